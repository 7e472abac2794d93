"""Turtle that people like to read. pyoxigraph's own escapes every "/" in a name and orders prefixes at random; rdflib's takes 100 times as long."""

import re
from collections.abc import Iterable

import pyoxigraph as ox

from kg.exporters._order import nodes
from kg.graph.terms import TYPE, Term
from kg.iris import ID, PREFIXES

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_NUMBER = {
    PREFIXES["xsd"] + "integer": re.compile(r"[+-]?[0-9]+"),
    PREFIXES["xsd"] + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    PREFIXES["xsd"] + "boolean": re.compile("true|false"),
}
_STRING = PREFIXES["xsd"] + "string"


def head() -> str:
    """The base and the prefixes of the project; that of its resources, written relative to the base, for readers that shorten IRIs."""
    prefixes = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in sorted(PREFIXES))
    return f"@base <{ID}> .\n{prefixes}"


def block(triples: Iterable[ox.Triple], indent: str = "") -> Iterable[str]:
    """A paragraph for each subject; the triples must be in order."""
    for subject, properties in nodes(triples):
        lines = [f"{'a' if p == TYPE else _write(p)} {' , '.join(_write(o) for o in objects)}" for p, objects in properties]
        yield f"\n{indent}{_write(subject)}\n{indent}    " + f" ;\n{indent}    ".join(lines) + " .\n"


def _write(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return _iri(term.value)
    if isinstance(term, ox.Literal) and not term.language and term.datatype.value != _STRING:
        shorthand = _NUMBER.get(term.datatype.value)
        if shorthand and shorthand.fullmatch(term.value):
            return term.value
        return f"{ox.Literal(term.value)}^^{_iri(term.datatype.value)}"
    if isinstance(term, ox.Triple):
        return f"<<( {_write(term.subject)} {_write(term.predicate)} {_write(term.object)} )>>"
    return str(term)


def _iri(iri: str) -> str:
    for name, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            local = iri[len(namespace) :]
            if namespace == ID:
                # Dots alone and empty segments would be taken away when the IRI is resolved.
                return f"<{local}>" if {"", ".", ".."}.isdisjoint(local.split("#")[0].split("/")) else f"<{iri}>"
            if _LOCAL.fullmatch(local):
                return f"{name}:{local}"
    return f"<{iri}>"
