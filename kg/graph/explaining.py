"""Claims of the store explained: found by id, IRI or their three parts, and read again from the text of their document where that is to be had."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product

import pyoxigraph as ox

from kg.errors import QueryError
from kg.explanation import Sentence, Why, of_record
from kg.graph import grounds, names, records
from kg.graph.grounds import Ground
from kg.graph.sources import ADVICE, Inputs, Read, Sources
from kg.graph.store import Store
from kg.graph.terms import TYPE
from kg.graph.terms import claim as claim_node
from kg.iris import ID
from kg.model import Claim, Document, Extraction
from kg.ontology import Ontology, Relation

CLAIM = f"{ID}claim/"
UNKNOWN = "?"  # stands for a subject that the text does not tell

Explain = Callable[[Document], list[Sentence]]


def meant(store: Store, text: str, relations: Mapping[str, Relation]) -> list[str]:
    """The ids of the claims that a text means: an id or IRI of a claim, or "subject relation object" with the name of a relation between
    two names. Empty when it is neither, or no document says so. Raises QueryError for the IRI of a claim that isn't there.
    """
    ident = text.removeprefix(CLAIM)
    if next(iter(store.inner.quads_for_pattern(claim_node(ident), TYPE, None, None)), None) is not None:
        return [ident]
    if text.startswith(CLAIM):
        raise QueryError(f"no claim {text}; kg facts --format json tells the claims that there are")
    for subject, relation, object_ in _parts(text, relations):
        ends = [None if end == UNKNOWN else names.find(store, end) for end in (subject, object_)]
        if found := grounds.claims(store, ends[0], iri(relation), ends[1]):
            return sorted(map(records.ident, found))
    return []


def unsaid(store: Store, text: str, relations: Mapping[str, Relation]) -> list[Ground]:
    """What "subject relation object" rests on that no document says: background knowledge, or that it follows. Empty where the text is a
    name, or not three parts. Raises QueryError when there is no ground for it.
    """
    parted = list(_parts(text, relations))
    if not parted or names.find(store, text):
        return []
    for subject, relation, object_ in parted:
        ends = [grounds.known(store, end) for end in (subject, object_)]
        if found := grounds.find(store, (ox.Triple(one, iri(relation), other) for one, other in product(*ends))):
            return found
    subject, relation, object_ = parted[0]
    for end in (subject, object_):
        if end != UNKNOWN and not grounds.known(store, end):
            names.require(store, end)
    told = f"{subject} {relation.name} {object_}"
    raise QueryError(f"no document says {told}, nor does it follow; kg why --text 'the sentence' tells what stopped it")


def _parts(text: str, relations: Mapping[str, Relation]) -> Iterator[tuple[str, Relation, str]]:
    """Every way to read a text as subject, relation, object."""
    words = text.split()
    for n, word in enumerate(words[1:-1], 1):
        if word in relations:
            yield " ".join(words[:n]), relations[word], " ".join(words[n + 1 :])


def iri(relation: Relation) -> ox.NamedNode:
    """The property."""
    return ox.NamedNode(relation.iri)


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
