"""JSON-LD: all documents together, with the prefixes of the project as context."""

import json
from collections.abc import Iterable
from typing import IO, Any

import pyoxigraph as ox

from kg.exporters._order import nodes, union
from kg.graph.store import Store
from kg.graph.terms import TYPE, Term
from kg.iris import PREFIXES

NAME = "jsonld"
SUFFIXES = (".jsonld", ".json-ld")
MEDIA_TYPE = "application/ld+json"

_STRING = PREFIXES["xsd"] + "string"


def write(store: Store, file: IO[bytes]) -> None:
    """Writes a node a line."""
    write_triples(union(store), file)


def write_triples(triples: Iterable[ox.Triple], file: IO[bytes]) -> None:
    """Writes triples, which must be in reading order."""
    file.write(b'{"@context": ' + _json({name: PREFIXES[name] for name in sorted(PREFIXES)}) + b',\n"@graph": [')
    separator = b"\n"
    for subject, properties in nodes(triples):
        node: dict[str, Any] = {"@id": _short(subject)}
        for predicate, objects in properties:
            values = [_short(o) for o in objects] if predicate == TYPE else [_value(o) for o in objects]
            node["@type" if predicate == TYPE else _short(predicate)] = values[0] if len(values) == 1 else values
        file.write(separator + _json(node))
        separator = b",\n"
    file.write(b"\n]}\n")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _short(term: Any) -> str:
    if isinstance(term, ox.BlankNode):
        return str(term)
    for name, namespace in PREFIXES.items():
        rest = term.value.removeprefix(namespace)
        # "id://" would be read as an absolute IRI.
        if rest != term.value and rest and not rest.startswith("//"):
            return f"{name}:{rest}"
    return str(term.value)


def _value(term: Term) -> dict[str, str] | str:
    if not isinstance(term, ox.Literal):
        return {"@id": _short(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    return term.value if term.datatype.value == _STRING else {"@value": term.value, "@type": _short(term.datatype)}
