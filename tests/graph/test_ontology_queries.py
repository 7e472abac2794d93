"""Queries over the ontology's own files: the lexicon as OntoLex-Lemon, and the alignments; neither needs a store."""

import functools

import pytest
import rdflib
from rdflib.namespace import RDF, RDFS, Namespace

from kg import ontology
from kg.errors import QueryError
from kg.graph import queries
from kg.graph.answers import Answer
from kg.iris import KG, LEX, PREFIXES, local

ONTOLEX, SYNSEM = Namespace("http://www.w3.org/ns/lemon/ontolex#"), Namespace("http://www.w3.org/ns/lemon/synsem#")
LEXINFO, LIME = Namespace("http://www.lexinfo.net/ontology/3.0/lexinfo#"), Namespace("http://www.w3.org/ns/lemon/lime#")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")


@functools.cache
def answer() -> Answer:
    return queries.run(None, "lexicon")


@functools.cache
def lexicon() -> rdflib.Graph:
    return rdflib.Graph().parse(data=answer().serialize("nt"), format="nt")


def words(trigger: ontology.Trigger) -> set[str]:
    return {f"{lemma} {noun}" if noun else lemma for lemma in trigger.lemmas for noun in trigger.object_nouns or {""}}


def triggers() -> list[ontology.Trigger]:
    return [trigger for relation in ontology.load().relations.values() for trigger in relation.triggers if trigger.lemmas]


def senses(word: str, relation: str) -> list[rdflib.term.Node]:
    graph = lexicon()
    forms = graph.subjects(ONTOLEX.writtenRep, rdflib.Literal(word, "en"))
    found = [sense for form in forms for entry in graph.subjects(ONTOLEX.canonicalForm, form) for sense in graph.objects(entry, ONTOLEX.sense)]
    return sorted(sense for sense in found if (sense, ONTOLEX.reference, rdflib.URIRef(KG + relation)) in graph)


def test_every_word_of_the_lexicon_has_an_entry_with_its_relation() -> None:
    graph = lexicon()
    found = {
        (str(graph.value(graph.value(entry, ONTOLEX.canonicalForm), ONTOLEX.writtenRep)), local(str(graph.value(sense, ONTOLEX.reference))))
        for entry, sense in graph.subject_objects(ONTOLEX.sense)
    }
    assert found == {(word, trigger.relation) for trigger in triggers() for word in words(trigger)}


def test_each_trigger_is_a_sense_of_its_own() -> None:
    graph = lexicon()
    assert len(set(graph.subjects(RDF.type, ONTOLEX.LexicalSense))) == sum(len(words(trigger)) for trigger in set(triggers()))


@pytest.mark.parametrize(
    ("word", "relation", "subject", "object_"),
    [
        ("bombard", "attacked", LEXINFO.subject, LEXINFO.directObject),
        ("open fire", "attacked", LEXINFO.subject, LEXINFO.prepositionalAdjunct),
        ("spokesman", "spokesmanOf", LEXINFO.copulativeArg, LEXINFO.prepositionalAdjunct),
        ("die", "killed", None, LEXINFO.subject),
        ("come under attack", "attacked", LEXINFO.prepositionalAdjunct, LEXINFO.subject),
    ],
)
def test_arguments_stand_where_the_frame_puts_them(word: str, relation: str, subject: rdflib.URIRef | None, object_: rdflib.URIRef) -> None:
    graph = lexicon()
    (sense, *_) = senses(word, relation)
    frame = rdflib.URIRef(f"{sense}-frame")
    assert (None, SYNSEM.synBehavior, frame) in graph
    for mapping, function in ((SYNSEM.subjOfProp, subject), (SYNSEM.objOfProp, object_)):
        argument = graph.value(sense, mapping)
        assert (argument is None) == (function is None)
        assert function is None or (frame, function, argument) in graph


def test_prepositions_mark_the_argument() -> None:
    graph = lexicon()
    (sense,) = senses("spokesman", "spokesmanOf")
    markers = {str(graph.value(marker, RDFS.label)) for marker in graph.objects(graph.value(sense, SYNSEM.objOfProp), SYNSEM.marker)}
    assert {"for", "of"} <= markers


def test_words_that_deny_say_so() -> None:
    (sense, *_) = senses("acquit", "convicted")
    assert (sense, rdflib.URIRef(LEX + "modality"), rdflib.Literal("negated")) in lexicon()


def test_entries_are_as_the_model_asks() -> None:
    graph = lexicon()
    entries = set(graph.subjects(RDF.type, ONTOLEX.LexicalEntry))
    assert entries == set(graph.objects(None, LIME.entry))
    for entry in entries:
        assert len(list(graph.objects(entry, ONTOLEX.canonicalForm))) == len(list(graph.objects(entry, LEXINFO.partOfSpeech))) == 1
    for sense in graph.subjects(RDF.type, ONTOLEX.LexicalSense):
        assert len(list(graph.objects(sense, ONTOLEX.reference))) == 1
        assert len(list(graph.objects(sense, SYNSEM.subjOfProp))) <= 1


def test_turtle_is_the_same_each_time_and_has_the_prefixes_of_the_query() -> None:
    first = answer().serialize("turtle")
    assert first == answer().serialize("turtle")
    assert b"@prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .\n" in first
    assert b"\nentry:bombard-verb " in first


def test_a_question_about_the_graph_needs_a_store() -> None:
    with pytest.raises(QueryError, match="attacks: a question about the graph"):
        queries.run(None, "attacks")


def test_alignments_are_of_terms_that_are_defined() -> None:
    rows = queries.run(None, "alignments").texts
    assert ["kg:spouseOf", "rdfs:subPropertyOf", "schema:spouse"] in [list(row) for row in rows]
    known = {*ontology.load().relations, *ontology.load().classes}
    terms = {term.removeprefix("kg:") for term, how, other in rows if how.startswith(("skos:", "kg:")) and term.startswith("kg:")}
    graph = rdflib.Graph()
    for file in ("graph.ttl", "entities.ttl", "events.ttl", "relations.ttl", "alignments.ttl"):
        graph.parse(queries.resources.folder("ontology") / file)
    assert terms - known - {local(str(term)) for term in graph.subjects(RDFS.label)} == set()


def test_aligned_namespaces_are_known() -> None:
    others = [other for _, how, other in queries.run(None, "alignments").texts if not how.startswith("kg:")]
    assert [other for other in others if other.split(":")[0] not in PREFIXES and not other.startswith("http://www.wikidata.org/entity/Q")] == []
