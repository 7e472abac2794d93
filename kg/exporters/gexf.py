"""GEXF 1.3 for Gephi: ties with the time in which they are there, parallel edges of different kinds, colours, sizes and places.

networkx reads and writes drafts of GEXF 1.2 only, in which parallel edges melt into one.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import IO

import networkx as nx

from kg.exporters import _xml
from kg.exporters._xml import element, start
from kg.graph import temporal
from kg.network.flat import Edge, Flat, Node, Value
from kg.network.style import Style

NAME = "gexf"
SUFFIXES = (".gexf",)
MEDIA_TYPE = "application/gexf+xml"
LOSES = ("lists",)

_NAMESPACE = "http://gexf.net/1.3"
_TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}
_SHAPES = {"ellipse": "disc", "triangle": "triangle", "diamond": "diamond", "hexagon": "hexagon"}


def write_network(graph: nx.MultiDiGraph, file: IO[bytes]) -> None:
    """Writes the network; it is dynamic, to the day, when anything in it has a date."""
    _xml.write(file, _lines(Flat(graph), Style(graph)))


def _lines(flat: Flat, style: Style) -> Iterator[str]:
    rows: Iterator[Node | Edge] = chain(flat.nodes(), flat.edges())
    dated = any(any(spell(row.data)) for row in rows)
    dynamic = {"mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"} if dated else {"mode": "static"}
    numbers = {(kind, name): str(n) for kind, types in _tables(flat) for n, name in enumerate(types)}
    yield _xml.HEAD
    yield start("gexf", {"xmlns": _NAMESPACE, "xmlns:viz": f"{_NAMESPACE}/viz", "version": "1.3"})
    about = " · ".join(f"{name}: {value}" for name, value in flat.about.items())
    yield element("meta", None, element("creator", None, "kg"), element("description", None, _xml.text(about)))
    yield start("graph", {"defaultedgetype": "directed" if flat.directed else "undirected", "idtype": "string", **dynamic})
    for kind, types in _tables(flat):
        columns = (element("attribute", {"id": numbers[kind, name], "title": name, "type": _TYPES[of]}) for name, of in types.items())
        yield element("attributes", {"class": kind, "mode": "static"}, *columns)
    yield start("nodes", {"count": len(flat)})
    yield from (_node(node, style, numbers) for node in flat.nodes())
    yield "</nodes>"
    yield start("edges", {"count": flat.size})
    kinds: Counter[tuple[str, str, str]] = Counter()
    yield from (_edge(edge, _kind(edge, kinds, flat.directed), style, numbers) for edge in flat.edges())
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _tables(flat: Flat) -> Iterator[tuple[str, dict[str, type]]]:
    """The attributes of nodes and edges but for what the elements say themselves."""
    yield "node", {name: of for name, of in flat.node_types.items() if name != "label"}
    yield "edge", {name: of for name, of in flat.edge_types.items() if name != "label" and not (name == "weight" and of in (int, float))}


def _kind(edge: Edge, kinds: Counter[tuple[str, str, str]], directed: bool) -> str:
    """The relation, told apart from those of the same kind between the same two, which Gephi would melt into one."""
    relation, modality = str(edge.data.get("relation") or edge.data.get("label") or "tie"), edge.data.get("modality", "actual")
    kind = relation if modality == "actual" else f"{relation} ({modality})"
    ends = (edge.source, edge.target) if directed else sorted((edge.source, edge.target))
    kinds[kind, ends[0], ends[1]] += 1
    number = kinds[kind, ends[0], ends[1]]
    return kind if number == 1 else f"{kind} {number}"


def _node(node: Node, style: Style, numbers: dict[tuple[str, str], str]) -> str:
    look = style.node(node.key)
    viz = (
        element("viz:size", {"value": look.size}),
        # Gephi's y grows upwards.
        element("viz:position", {"x": look.x, "y": 0.0 - look.y, "z": 0.0}),
        element("viz:color", {**_rgb(look.colour), "a": 1.0}),
        element("viz:shape", {"value": _SHAPES.get(look.shape, "square")}),
    )
    return element("node", {"id": node.id, "label": node.label, **_time(node.data)}, _values("node", node.data, numbers), *viz)


def _edge(edge: Edge, kind: str, style: Style, numbers: dict[tuple[str, str], str]) -> str:
    look, weight = style.edge(edge.data), edge.data.get("weight", 1.0)
    attributes = {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "kind": kind,
        "label": edge.data.get("label"),
        # Text or nothing in a column of weights would not be read.
        "weight": float(weight) if isinstance(weight, int | float) else 1.0,
        **_time(edge.data),
    }
    viz = (
        element("viz:thickness", {"value": look.width}),
        element("viz:color", {**_rgb(look.colour), "a": 1.0}),
        element("viz:shape", {"value": "dashed" if look.dashed else "solid"}),
    )
    return element("edge", attributes, _values("edge", edge.data, numbers), *viz)


def _values(kind: str, data: dict[str, Value], numbers: dict[tuple[str, str], str]) -> str:
    told = (element("attvalue", {"for": numbers[kind, name], "value": value}) for name, value in data.items() if (kind, name) in numbers)
    return element("attvalues", None, *told)


def _time(data: Mapping[str, Value]) -> dict[str, str | None]:
    return dict(zip(("start", "end"), spell(data), strict=True))


def spell(data: Mapping[str, Value]) -> tuple[str | None, str | None]:
    """First and last day of the attributes `start` and `end`; None for one that is open or no date. What only starts is there for that time."""
    start, end = data.get("start"), data.get("end", data.get("start"))
    first = None if start is None else temporal.days(str(start))[0]
    last = None if end is None else temporal.days(str(end))[1]
    return (last, first) if first and last and last < first else (first, last)


def _rgb(colour: str) -> dict[str, int]:
    return {channel: int(colour[at : at + 2], 16) for channel, at in (("r", 1), ("g", 3), ("b", 5))}
