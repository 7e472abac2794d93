"""What the graph says of one node: its triples, those of its parts, and of the claims and events that are about it."""

from collections.abc import Iterator

import pyoxigraph as ox

from kg.graph import triples as form
from kg.graph.store import Store
from kg.iris import ID

_ABOUT = (form.SUBJECT, form.OBJECT, form.ATTRIBUTED, *form.ROLES.values())


def description(store: Store, node: ox.NamedNode) -> Iterator[ox.Triple]:
    """The triples. Parts are nodes with a "#" within the project's own IRIs: spans of a text, steps of an attribution."""
    yield from _with_parts(store, node, set())
    if node.value.startswith(f"{ID}entity/"):
        seen: set[ox.NamedNode] = set()
        for predicate in _ABOUT:
            for quad in store.inner.quads_for_pattern(None, predicate, node, None):
                if isinstance(quad.subject, ox.NamedNode):
                    yield from _with_parts(store, quad.subject, seen)


def _with_parts(store: Store, node: ox.NamedNode, seen: set[ox.NamedNode]) -> Iterator[ox.Triple]:
    open_ = [node]
    while open_:
        current = open_.pop()
        if current in seen:
            continue
        seen.add(current)
        for quad in store.inner.quads_for_pattern(current, None, None, None):
            yield quad.triple
            if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(ID) and "#" in quad.object.value:
                open_.append(quad.object)
