"""Claims of the store explained: found by id, IRI or their three parts, and read again from the text of their document where that is to be had."""

from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox

from kg.errors import QueryError
from kg.explanation import Sentence, Why, of_record
from kg.graph import names, records
from kg.graph.facts import Fact, facts
from kg.graph.sources import ADVICE, Inputs, Read, Sources
from kg.graph.store import Store
from kg.graph.terms import TYPE
from kg.graph.terms import claim as claim_node
from kg.iris import ID
from kg.model import Claim, Document, Extraction
from kg.ontology import Ontology

CLAIM = f"{ID}claim/"
UNKNOWN = "?"  # stands for a subject that the text does not tell

Explain = Callable[[Document], list[Sentence]]


def meant(store: Store, text: str, relations: Iterable[str]) -> list[str]:
    """The ids of the claims that a text means: an id or IRI of a claim, or "subject relation object" with the name of a relation between
    two names. Empty when it is neither; raises QueryError when it is three parts and nothing in the store says so.
    """
    ident = text.removeprefix(CLAIM)
    if next(iter(store.inner.quads_for_pattern(claim_node(ident), TYPE, None, None)), None) is not None:
        return [ident]
    if text.startswith(CLAIM):
        raise QueryError(f"no claim {text}; kg facts --format json tells the claims that there are")
    parted = list(_parts(text, frozenset(relations)))
    for subject, relation, object_ in parted:
        if found := _said(store, subject, relation, object_):
            return found
    if parted and not names.find(store, text):
        raise QueryError(_unsaid(store, *parted[0]))
    return []


def _parts(text: str, relations: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Every way to read a text as subject, relation, object."""
    words = text.split()
    for n, word in enumerate(words[1:-1], 1):
        if word in relations:
            yield " ".join(words[:n]), word, " ".join(words[n + 1 :])


def _said(store: Store, subject: str, relation: str, object_: str) -> list[str]:
    ends = [None if text == UNKNOWN else {records.ident(node) for node in names.find(store, text)} for text in (subject, object_)]

    def is_meant(fact: Fact) -> bool:
        return fact.relation == relation and all(
            ident is None if wanted is None else ident in wanted for ident, wanted in zip((fact.subject_id, fact.object_id), ends, strict=True)
        )

    return [fact.claim for fact in facts(store, entity=object_) if is_meant(fact)]


def _unsaid(store: Store, subject: str, relation: str, object_: str) -> str:
    """What to do when nobody says so."""
    for text in (subject, object_):
        if text != UNKNOWN:
            names.require(store, text)
    return f"no document says {subject} {relation} {object_}; kg why --text 'the sentence' tells what stopped it"


def explain(store: Store, claims: Iterable[str], *, ontology: Ontology, explain: Explain, read: Read, inputs: Iterable[Document] = ()) -> list[Why]:
    """The explanation of each claim, in order of documents and text. `explain` reads a text again; `read` gives the documents of a path."""
    known = {each.id: each for each in store.documents()}
    sources = Sources(store, read, Inputs(list(known.values()), inputs))
    found: list[Why] = []
    for extraction, there in _stored(store, set(claims)):
        stored = known[extraction.id]
        source = sources.find(stored)
        document = None if source is None else Document(stored.id, source.text, stored.title, stored.published, stored.source)
        missing = ""
        if document is None:
            missing = f"the text is not to be had ({stored.source or 'no place is known'}); {ADVICE}"
        elif document.sha256 != stored.sha256:
            missing = f"the text has changed since it was read ({stored.source}); kg build reads it again"
        sentences = explain(document) if document is not None and not missing else []
        found += [_why(extraction, claim, sentences, missing, ontology) for claim in there]
    return found


def _stored(store: Store, wanted: set[str]) -> Iterator[tuple[Extraction, list[Claim]]]:
    quads = (quad for ident in wanted for quad in store.inner.quads_for_pattern(claim_node(ident), TYPE, None, None))
    graphs = {quad.graph_name for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
    for extraction in records.read_all(store, names=graphs):
        if here := [claim for claim in extraction.claims if claim.id in wanted]:
            yield extraction, here


def _why(extraction: Extraction, claim: Claim, sentences: Iterable[Sentence], missing: str, ontology: Ontology) -> Why:
    for sentence in sentences:
        for told in sentence.told:
            if told.claim == claim.id:
                return Why(extraction.id, told, sentence)
    silent = "" if missing else "the extractor of today doesn't find the claim in its text any more; kg verify lists all such claims"
    told = of_record(extraction, claim, ontology)
    return Why(extraction.id, told, missing=missing or silent)
