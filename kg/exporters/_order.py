"""The order in which people like to read a graph: document, entities, claims, events, then the spans of the text; types and names first."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import pyoxigraph as ox

from kg.graph.store import Store
from kg.graph.terms import LABEL, TYPE, Term
from kg.iris import ID

Node = ox.NamedNode | ox.BlankNode | ox.Triple
_KINDS = {"document": 0, "entity": 1, "claim": 2, "event": 3}


def union(store: Store) -> list[ox.Triple]:
    """The triples of all documents without duplicates, in reading order."""
    return ordered({quad.triple for quad in store.quads()})


def ordered(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """The triples in reading order."""
    return sorted(triples, key=_key)


def nodes(triples: Iterable[ox.Triple]) -> Iterator[tuple[Node, list[tuple[ox.NamedNode, list[Term]]]]]:
    """Each subject with its predicates, each predicate with its objects; of triples in order."""
    for subject, of_subject in groupby(triples, key=lambda triple: triple.subject):
        properties = groupby(of_subject, key=lambda triple: triple.predicate)
        yield subject, [(predicate, [triple.object for triple in same]) for predicate, same in properties]


def _key(triple: ox.Triple) -> tuple[int, str, int, str, str]:
    subject, predicate = str(triple.subject)[1:-1], triple.predicate
    kind = subject[len(ID) :].split("/", 1)[0] if subject.startswith(ID) else ""
    # Parts of a document (spans, quotations) come last.
    rank = 4 if kind == "document" and "#" in subject else _KINDS.get(kind, 5)
    return rank, subject, 0 if predicate == TYPE else 1 if predicate == LABEL else 2, predicate.value, str(triple.object)
