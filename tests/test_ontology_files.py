"""The ontology's files hold what they promise, and `kg.ontology.load` reads them and a user's own."""

from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import OWL, RDFS, SKOS

from kg import ontology
from kg.errors import OntologyError
from kg.iris import KG, LEX

FOLDER = Path(__file__).parents[1] / "ontology"
FILES = sorted(FOLDER.glob("*.ttl"))
OWN_RELATIONS = FOLDER / "examples" / "own-relations.ttl"

RELATIONS = [
    "attacked",
    "killed",
    "injured",
    "abducted",
    "arrested",
    "destroyed",
    "threatened",
    "clashedWith",
    "invaded",
    "accused",
    "condemned",
    "supports",
    "opposes",
    "sanctioned",
    "metWith",
    "visited",
    "agreedWith",
    "alliedWith",
    "appointed",
    "succeeded",
    "defeated",
    "affiliatedWith",
    "worksFor",
    "spokesmanOf",
    "leads",
    "headOfState",
    "headOfGovernment",
    "commands",
    "ministerOf",
    "memberOf",
    "represents",
    "founded",
    "owns",
    "acquired",
    "subsidiaryOf",
    "partOf",
    "citizenOf",
    "locatedIn",
    "basedIn",
    "livesIn",
    "bornIn",
    "diedIn",
    "capitalOf",
    "deployedIn",
    "spouseOf",
    "parentOf",
    "childOf",
    "siblingOf",
    "relativeOf",
    "educatedAt",
    "charged",
    "convicted",
    "sentenced",
    "sued",
]
SYMMETRIC = {"clashedWith", "metWith", "agreedWith", "alliedWith", "spouseOf", "siblingOf", "relativeOf"}
TRANSITIVE = {"locatedIn", "partOf"}
ATTRIBUTES = ["birthDate", "deathDate", "foundingDate", "age", "deathCount", "injuredCount", "groupSize", "amount"]
CLASSES = [
    "Actor",
    "Person",
    "Organization",
    "MilitaryForce",
    "Group",
    "Place",
    "Country",
    "Region",
    "City",
    "Facility",
    "Weapon",
    "Vehicle",
    "Work",
    "NamedEvent",
]
EVENTS = {
    "attacked": "Attack",
    "invaded": "Invasion",
    "killed": "Killing",
    "injured": "Injury",
    "abducted": "Abduction",
    "arrested": "Arrest",
    "destroyed": "Destruction",
    "threatened": "Threat",
    "clashedWith": "Clash",
    "accused": "Accusation",
    "condemned": "Condemnation",
    "sanctioned": "Sanctioning",
    "metWith": "Meeting",
    "visited": "Visit",
    "agreedWith": "Agreement",
    "appointed": "Appointment",
    "succeeded": "Succession",
    "defeated": "Defeat",
    "founded": "Founding",
    "acquired": "Acquisition",
    "charged": "Charge",
    "convicted": "Conviction",
    "sentenced": "Sentence",
    "sued": "Lawsuit",
}

PREFIXES = f"""
@prefix my: <https://example.org/my#> . @prefix kg: <{KG}> . @prefix lex: <{LEX}> .
@prefix owl: <{OWL}> . @prefix rdfs: <{RDFS}> . @prefix skos: <{SKOS}> .
"""


@pytest.fixture(scope="module")
def loaded() -> ontology.Ontology:
    return ontology.load()


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(FOLDER / "shapes" / "ontology.ttl")


def graph_of(*files: Path) -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in files:
        graph.parse(file)
    return graph


def report(graph: rdflib.Graph, shapes: rdflib.Graph) -> str:
    """What breaks the shapes; empty when all is well."""
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes, inference="none", advanced=True)
    return "" if conforms else str(text)


def test_the_files_with_the_example_keep_the_shapes(shapes: rdflib.Graph) -> None:
    assert report(graph_of(*FILES, OWN_RELATIONS), shapes) == ""


@pytest.mark.parametrize(
    ("flaw", "message"),
    [
        ('my:likes a owl:ObjectProperty ; skos:definition "Relates two friends."@en .', "exactly one label"),
        ('my:likes a owl:ObjectProperty ; rdfs:label "likes"@en , "loves"@en .', "exactly one label"),
        ('my:likes rdfs:label "likes"@en ; lex:trigger [ lex:frame lex:Transitive ; lex:lemma "like" ] .', "at least two examples"),
        ('my:likes rdfs:label "likes"@en ; lex:trigger [ lex:frame lex:Transitive ; lex:lemma "like" ] .', "a domain and a range"),
        ("my:likes lex:trigger [ lex:frame lex:Transitive ] .", "at least one lexeme"),
        ('my:likes lex:trigger [ lex:lemma "like" ] .', "An entry has one frame"),
        ('my:likes lex:trigger [ lex:frame lex:Prepositional ; lex:lemma "care" ] .', "names its prepositions"),
        ('my:likes lex:trigger [ lex:frame lex:LightObject ; lex:lemma "take" ; lex:preposition "in" ] .', "names its object nouns"),
        ('my:likes lex:trigger [ lex:frame lex:Transitive ; lex:lemma "Like" ] .', "lower case"),
        ('my:likes lex:trigger [ lex:frame lex:Transitive ; lex:lemma "like" ; lex:confidence 3 ] .', "up to 1"),
        ('my:likes lex:trigger [ lex:frame lex:Transitive ; lex:lemma "like" ; lex:range kg:Pet ] .', "lex:range is a class"),
        ('my:likes lex:example [ lex:text "Ann likes Bob." ; lex:subject "Ann" ; lex:object "Carl" ] .', "stand in its text"),
    ],
)
def test_the_shapes_find_the_flaw(shapes: rdflib.Graph, flaw: str, message: str) -> None:
    graph = graph_of(FOLDER / "core.ttl").parse(data=PREFIXES + flaw, format="turtle")
    assert message in report(graph, shapes), f"no complaint about {flaw}"


@pytest.mark.parametrize("name", RELATIONS)
def test_every_relation_has_words_and_examples(loaded: ontology.Ontology, name: str) -> None:
    relation = loaded.relations[name]
    assert not relation.literal
    assert relation.definition, f"{name} has no definition"
    assert relation.domain, f"{name} has no domain"
    assert relation.range, f"{name} has no range"
    assert relation.triggers, f"{name} has no words"
    assert len(relation.examples) >= 2, f"{name} has fewer than two examples"


def test_no_relation_is_defined_unseen(loaded: ontology.Ontology) -> None:
    assert sorted(loaded.relations) == sorted([*RELATIONS, *ATTRIBUTES])


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_attributes_have_literal_values(loaded: ontology.Ontology, name: str) -> None:
    assert loaded.relations[name].literal


@pytest.mark.parametrize(("relation", "event"), EVENTS.items())
def test_relations_that_happen_make_events(loaded: ontology.Ontology, relation: str, event: str) -> None:
    assert loaded.relations[relation].event == event
    assert loaded.is_a(event, frozenset({"Event"})), f"{event} is no event"


def test_lasting_relations_make_no_events(loaded: ontology.Ontology) -> None:
    assert {name for name, relation in loaded.relations.items() if relation.event} == set(EVENTS)


def test_symmetric_relations(loaded: ontology.Ontology) -> None:
    assert {name for name, relation in loaded.relations.items() if relation.symmetric} == SYMMETRIC


def test_symmetric_relations_take_the_same_on_both_sides(loaded: ontology.Ontology) -> None:
    assert [name for name in sorted(SYMMETRIC) if loaded.relations[name].domain != loaded.relations[name].range] == []


def test_transitive_relations(loaded: ontology.Ontology) -> None:
    assert {name for name, relation in loaded.relations.items() if relation.transitive} == TRANSITIVE


def test_parents_and_children_are_inverse(loaded: ontology.Ontology) -> None:
    assert (loaded.relations["parentOf"].inverse, loaded.relations["childOf"].inverse) == ("childOf", "parentOf")


@pytest.mark.parametrize(
    ("relation", "ancestors"),
    [
        ("headOfState", ("headOfState", "leads", "worksFor", "affiliatedWith")),
        ("spokesmanOf", ("spokesmanOf", "worksFor", "affiliatedWith")),
        ("invaded", ("invaded", "attacked")),
        ("capitalOf", ("capitalOf", "locatedIn")),
        ("subsidiaryOf", ("subsidiaryOf", "partOf")),
    ],
)
def test_special_relations_stand_below_general_ones(loaded: ontology.Ontology, relation: str, ancestors: tuple[str, ...]) -> None:
    assert loaded.ancestors(relation) == ancestors


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_is_there(loaded: ontology.Ontology, name: str) -> None:
    assert name in loaded.classes


@pytest.mark.parametrize(
    ("kind", "allowed", "expected"),
    [
        ("MilitaryForce", {"Organization"}, True),
        ("MilitaryForce", {"Actor"}, True),
        ("Country", {"Place"}, True),
        ("Country", {"Actor"}, True),
        ("Facility", {"Place"}, True),
        ("Facility", {"Actor"}, False),
        ("Place", {"Country"}, False),
        ("Invasion", {"Attack"}, True),
        ("Weapon", set(), True),
    ],
)
def test_is_a(loaded: ontology.Ontology, kind: str, allowed: set[str], expected: bool) -> None:
    assert loaded.is_a(kind, frozenset(allowed)) is expected


def test_entries_stay_within_their_relation(loaded: ontology.Ontology) -> None:
    strays = [
        (relation.name, trigger.frame, kind)
        for relation in loaded.relations.values()
        for trigger in relation.triggers
        for kinds, general in ((trigger.domain, relation.domain), (trigger.range, relation.range))
        for kind in kinds
        if not loaded.is_a(kind, general)
    ]
    assert strays == []


def test_defined_once_each() -> None:
    homes: dict[object, list[str]] = {}
    for file in FILES:
        for term in set(graph_of(file).subjects(SKOS.definition)):
            homes.setdefault(term, []).append(file.name)
    assert {term: names for term, names in homes.items() if len(names) != 1} == {}


def test_own_relations_are_added() -> None:
    own = ontology.load((OWN_RELATIONS,))
    assert {"coaches", "sponsors"} <= own.relations.keys()
    assert own.ancestors("coaches") == ("coaches", "worksFor", "affiliatedWith")


def test_own_words_are_added_to_a_relation_of_the_project(loaded: ontology.Ontology) -> None:
    own = ontology.load((OWN_RELATIONS,)).relations["defeated"]
    added = {lemma for t in own.triggers for lemma in t.lemmas} - {lemma for t in loaded.relations["defeated"].triggers for lemma in t.lemmas}
    assert added == {"hammer", "outplay"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("my:likes a owl:ObjectProperty", "not valid Turtle"),
        ('my:likes a owl:ObjectProperty ; lex:trigger [ lex:frame lex:Sideways ; lex:lemma "like" ] .', "Sideways"),
        ('my:likes a owl:ObjectProperty ; lex:trigger [ lex:lemma "like" ] .', "frame none"),
        ("my:likes a owl:ObjectProperty ; lex:trigger [ lex:frame lex:Transitive ] .", "no lex:lemma"),
        ('my:likes a owl:ObjectProperty ; lex:trigger [ lex:frame lex:Transitive ; lex:lemma "like" ; lex:modality "perhaps" ] .', "perhaps"),
        ('my:likes a owl:ObjectProperty ; rdfs:domain kg:Pet ; lex:trigger [ lex:frame lex:Transitive ; lex:lemma "like" ] .', "class Pet"),
        ('my:likes a owl:ObjectProperty ; rdfs:subPropertyOf kg:adores ; lex:trigger [ lex:frame lex:Transitive ; lex:lemma "like" ] .', "adores"),
    ],
)
def test_broken_files_are_refused_with_the_reason(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "own.ttl"
    file.write_text(PREFIXES + text, encoding="utf-8")
    with pytest.raises(OntologyError, match=message):
        ontology.load((file,))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"nowhere\.ttl"):
        ontology.load((tmp_path / "nowhere.ttl",))
