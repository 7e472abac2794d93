"""GML for yEd, Gephi, Cytoscape, igraph, graph-tool and networkx: plain ASCII, with letters beyond as entities, as its specification asks."""

import re
from collections.abc import Iterator, Mapping
from typing import IO

import networkx as nx

from kg.network.flat import Flat, Value
from kg.network.style import Style

NAME = "gml"
SUFFIXES = (".gml",)
MEDIA_TYPE = "text/plain"
LOSES = ("lists", "times", "booleans", "integers of 32 bits")

_INT32 = 2**31
_SHAPES = {"round-rectangle": "roundrectangle"}
_KEY = re.compile(r"[^A-Za-z0-9]+")
_SPECIAL = re.compile('[^ -~]|[&"]')


def write_network(graph: nx.MultiDiGraph, file: IO[bytes]) -> None:
    """Writes the network. Nodes are numbered, as GML asks; `name` is the id of a node, `key` that of an edge, `label` what is shown."""
    flat = Flat(graph, whole=_INT32)
    for line in _lines(flat, Style(graph)):
        file.write(line.encode("ascii") + b"\n")


def _lines(flat: Flat, style: Style) -> Iterator[str]:
    names = {name: _name(name) for name in (*flat.about, *flat.node_types, *flat.edge_types)}
    yield 'Creator "kg"'
    yield "graph ["
    yield f"  directed {int(flat.directed)}"
    yield "  multigraph 1"
    yield from (f"  {names[name]} {_value(value)}" for name, value in flat.about.items())
    numbers = {}
    for number, node in enumerate(flat.nodes()):
        numbers[node.id] = number
        look = style.node(node.key)
        shape = _SHAPES.get(look.shape, look.shape)
        drawn = f'x {look.x} y {look.y} w {look.size} h {look.size} type "{shape}" fill "{look.colour}"'
        yield f"  node [\n    id {number}\n    name {_value(node.id)}\n    label {_value(node.label)}"
        yield from _data(node.data, names, ("id", "name", "label"))
        yield f"    graphics [ {drawn} ]\n  ]"
    for edge in flat.edges():
        line = style.edge(edge.data)
        drawn = f'fill "{line.colour}" width {line.width} style "{"dashed" if line.dashed else "line"}"'
        arrow = ' targetArrow "standard"' if flat.directed else ""
        yield f"  edge [\n    source {numbers[edge.source]}\n    target {numbers[edge.target]}\n    key {_value(edge.id)}"
        yield from _data(edge.data, names, ("id", "source", "target", "key"))
        yield f"    graphics [ {drawn}{arrow} ]\n  ]"
    yield "]"


def _data(data: Mapping[str, Value], names: Mapping[str, str], own: tuple[str, ...]) -> Iterator[str]:
    return (f"    {names[name]} {_value(value)}" for name, value in data.items() if name not in own)


def _name(name: str) -> str:
    """A key as GML allows it: letters and digits; "said_by" becomes "saidBy"."""
    first, *rest = (part for part in _KEY.split(name) if part) if _KEY.sub("", name) else ("attribute",)
    key = first + "".join(part[:1].upper() + part[1:] for part in rest)
    return key if key[0].isalpha() else f"a{key}"


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        text = repr(value)
        # A number with an exponent needs a point before it.
        return text if "." in text or "e" not in text else text.replace("e", ".0e")
    return (
        '"' + _SPECIAL.sub(lambda found: f"&#{ord(found[0])};" if found[0] not in '&"' else {"&": "&amp;", '"': "&quot;"}[found[0]], str(value)) + '"'
    )
