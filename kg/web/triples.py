"""Triples as a reply, in the format that the client likes best."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.errors import RequestError
from kg.exporters import write_triples
from kg.graph.store import Store
from kg.graph.terms import LABEL, TYPE
from kg.graph.triples import ALIAS
from kg.web.exchange import Ask, Reply
from kg.web.limited import TOO_LONG, Limited
from kg.web.negotiation import GRAPHS, choose, content_type

# Bytes that a triple takes at least in any of the formats, when it shares its subject and predicate with the one before.
_SHORTEST = 4


def reply(ask: Ask, triples: Iterable[ox.Triple]) -> Reply:
    """The triples. Raises RequestError 403 when there are too many."""
    format = choose(ask, GRAPHS)
    return written(ask, triples, format)


def called(store: Store, nodes: Iterable[ox.NamedNode]) -> Iterator[ox.Triple]:
    """Classes, names and aliases of things."""
    for node in nodes:
        for predicate in (TYPE, LABEL, ALIAS):
            yield from (quad.triple for quad in store.inner.quads_for_pattern(node, predicate, None, None))


def written(ask: Ask, triples: Iterable[ox.Triple], format: str) -> Reply:
    """The triples in one of the formats of `GRAPHS`."""
    file = Limited(ask.size)
    write_triples(_not_too_many(triples, ask.size), file, format)
    return Reply(file.getvalue(), content_type(GRAPHS[format]))


def _not_too_many(triples: Iterable[ox.Triple], size: int) -> Iterator[ox.Triple]:
    """Notices what can only be too long before all of it is in memory."""
    for number, triple in enumerate(triples):
        if number * _SHORTEST > size:
            raise RequestError(403, TOO_LONG)
        yield triple
