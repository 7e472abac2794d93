"""DOT for Graphviz: labels, colours and lines as it draws them, all other attributes beside, which it keeps and does not draw."""

from collections.abc import Iterator, Mapping
from typing import IO

import networkx as nx

from kg.network.flat import Flat, Value
from kg.network.style import Style

NAME = "dot"
SUFFIXES = (".dot", ".gv")
MEDIA_TYPE = "text/vnd.graphviz"
LOSES = ("lists", "times", "types", "backslashes")

_SHAPES = {"rectangle": "box", "round-rectangle": "box"}
_INCH = 72
# These words mean something to Graphviz, as do escapes and XML entities in them: \N would be the name of the node.
_DRAWN = frozenset(("label", "tooltip"))
# Attributes of the network that Graphviz would take for instructions of its own, by the name they get.
_MEANT = frozenset(
    [
        "arrowhead",
        "arrowsize",
        "arrowtail",
        "bgcolor",
        "class",
        "color",
        "comment",
        "constraint",
        "dir",
        "fillcolor",
        "fontcolor",
        "fontname",
        "fontsize",
        "group",
        "head_lp",
        "headlabel",
        "height",
        "href",
        "id",
        "image",
        "labeljust",
        "labelloc",
        "layer",
        "len",
        "lhead",
        "lp",
        "ltail",
        "margin",
        "nodesep",
        "ordering",
        "orientation",
        "overlap",
        "pad",
        "peripheries",
        "pin",
        "pos",
        "rank",
        "ranksep",
        "root",
        "rotate",
        "samehead",
        "sametail",
        "shape",
        "sides",
        "size",
        "skew",
        "splines",
        "start",
        "style",
        "tail_lp",
        "taillabel",
        "target",
        "URL",
        "vertices",
        "weight",
        "width",
        "xlabel",
        "xlp",
        "z",
    ]
)


def write_network(graph: nx.MultiDiGraph, file: IO[bytes]) -> None:
    """Writes the network; an attribute that Graphviz would take for its own has "kg_" before its name."""
    for line in _lines(Flat(graph), Style(graph)):
        file.write(line.encode() + b"\n")


def _lines(flat: Flat, style: Style) -> Iterator[str]:
    arrow = "->" if flat.directed else "--"
    yield f"{'digraph' if flat.directed else 'graph'} kg {{"
    yield f"  graph [{_attributes({**_renamed(flat.about), 'charset': 'UTF-8', 'overlap': 'false'})}];"
    yield '  node [style="filled", fontname="Helvetica", fontsize="10"];'
    yield '  edge [fontname="Helvetica", fontsize="8"];'
    for node in flat.nodes():
        look = style.node(node.key)
        drawn = {
            "label": node.label,
            "tooltip": node.label,
            "fillcolor": look.colour,
            "fontcolor": look.ink,
            "shape": _SHAPES.get(look.shape, look.shape),
        }
        if look.shape == "round-rectangle":
            drawn["style"] = "filled,rounded"
        drawn["width"] = f"{look.size / _INCH:.2f}"
        yield f"  {_quoted(node.id)} [{_attributes({**_renamed(node.data), **drawn})}];"
    for edge in flat.edges():
        line = style.edge(edge.data)
        told = str(edge.data.get("sentence") or edge.data.get("label") or edge.id)
        drawn = {"id": edge.id, "tooltip": told, "color": line.colour, "fontcolor": line.colour, "penwidth": f"{line.width:.2f}"}
        if line.dashed:
            drawn["style"] = "dashed"
        # Graphviz draws ties with a larger weight shorter; it takes whole numbers.
        weight = edge.data.get("weight")
        if isinstance(weight, int | float) and 0 <= weight < 1_000_000:
            drawn["weight"] = str(max(1, round(weight)))
        yield f"  {_quoted(edge.source)} {arrow} {_quoted(edge.target)} [{_attributes({**_renamed(edge.data), **drawn})}];"
    yield "}"


def _renamed(data: Mapping[str, Value]) -> dict[str, Value]:
    return {f"kg_{name}" if name in _MEANT or name.startswith("_") else name: value for name, value in data.items()}


def _attributes(data: Mapping[str, Value]) -> str:
    return ", ".join(f"{_quoted(name)}={_drawn(str(value)) if name in _DRAWN else _quoted(_text(value))}" for name, value in data.items())


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _quoted(text: str) -> str:
    # A backslash is doubled, for the last one would take the quotation mark with it; Graphviz gives it back doubled.
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _drawn(text: str) -> str:
    return _quoted(text.replace("&", "&amp;").replace("<", "&lt;"))
