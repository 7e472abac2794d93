"""Triples in short: "a", "kg:metWith", "b"; what has no prefix is an entity."""

from collections.abc import Iterable

import pyoxigraph as ox

from kg.graph.terms import document, entity, node

Short = tuple[str, str, str]
SAID = document("d")


def triple(short: Short) -> ox.Triple:
    """The triple; "a" in the middle is rdf:type, as in Turtle."""
    subject, predicate, object_ = short
    return ox.Triple(named(subject), node("rdf:type") if predicate == "a" else named(predicate), named(object_))


def named(word: str) -> ox.NamedNode:
    """The term of the ontology, or the entity."""
    return node(word) if ":" in word else entity(word)


def quads(shorts: Iterable[Short], graph: ox.NamedNode = SAID) -> list[ox.Quad]:
    """The triples in a graph, by default in that of a document."""
    return [ox.Quad(*triple(short), graph) for short in shorts]
