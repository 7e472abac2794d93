"""The SPARQL 1.1 Graph Store HTTP Protocol for reading: whole graphs by their names (done by a worker)."""

from collections.abc import Iterator

import pyoxigraph as ox

from kg.errors import RequestError
from kg.graph.store import Store
from kg.web import triples
from kg.web.exchange import Ask, Reply

METHODS = "GET, HEAD, OPTIONS"


def answer(store: Store, ask: Ask) -> Reply:
    """The graph that `?graph=IRI` or `?default` names; the default graph is the union of all. Raises RequestError 400 and 404."""
    names, default = ask.all("graph"), bool(ask.all("default"))
    if len(names) + default != 1:
        raise RequestError(400, "name one graph: ?graph=IRI or ?default")
    return triples.reply(ask, _union(store) if default else _graph(store, names[0]))


def _graph(store: Store, address: str) -> Iterator[ox.Triple]:
    try:
        name = ox.NamedNode(address)
    except ValueError as error:
        raise RequestError(400, f"graph: not an absolute IRI: {error}") from error
    if not store.inner.contains_named_graph(name):
        raise RequestError(404, f"no graph <{address}>")
    return (quad.triple for quad in store.inner.quads_for_pattern(None, None, None, name))


def _union(store: Store) -> Iterator[ox.Triple]:
    return (quad.triple for quad in store.inner)
