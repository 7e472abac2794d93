"""The graph in RDF 1.2: a claim reifies a triple term, `<claim> rdf:reifies <<( s p o )>>`, and has no rdf:subject, predicate and object.

A triple term is named, not asserted: what is denied or only possible stays unsaid. A claim whose subject the text does not tell says no
triple; it keeps rdf:predicate and rdf:object.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

import pyoxigraph as ox

from kg.graph.store import Store
from kg.graph.terms import TYPE, node
from kg.graph.triples import OBJECT, PREDICATE, STATEMENT, SUBJECT

REIFIES = node("rdf:reifies")
_PARTS = (SUBJECT, PREDICATE, OBJECT)


def reified(store: Store) -> Store:
    """A copy in memory of the documents and the graphs beside them, in RDF 1.2; with what follows, or beliefs, if it has them."""
    copy = Store(ox.Store(), beside=store.beside)
    for name in chain(store.graphs(), store.shared()):
        copy.inner.extend(reify(store.inner.quads_for_pattern(None, None, None, name)))
    return copy


def reify(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads of a graph with reifiers in place of statements."""
    quads = list(quads)
    parts = {predicate: {quad.subject: quad for quad in quads if quad.predicate == predicate} for predicate in _PARTS}
    whole = set.intersection(*(set(found) for found in parts.values()))
    for quad in quads:
        if quad.subject not in whole or not (quad.predicate in _PARTS or (quad.predicate == TYPE and quad.object == STATEMENT)):
            yield quad
    for about in whole:
        subject, predicate, object_ = (parts[part][about].object for part in _PARTS)
        yield ox.Quad(about, REIFIES, ox.Triple(subject, predicate, object_), parts[SUBJECT][about].graph_name)  # type: ignore[arg-type]


def unreify(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads with statements in place of reifiers, as the store has them."""
    for quad in quads:
        if quad.predicate != REIFIES or not isinstance(quad.object, ox.Triple):
            yield quad
            continue
        about, said, name = quad.subject, quad.object, quad.graph_name
        yield ox.Quad(about, TYPE, STATEMENT, name)
        for predicate, part in zip(_PARTS, (said.subject, said.predicate, said.object), strict=True):
            yield ox.Quad(about, predicate, part, name)
