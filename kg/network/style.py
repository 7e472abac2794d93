"""How a network looks, the same in every export and picture: colour by type or community, size by centrality, lines by modality."""

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

import networkx as nx

from kg import resources

DIRECTORY = "network"
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
_SPACING = 60.0
_WIDEST = 6.0


@dataclass(frozen=True, slots=True)
class NodeStyle:
    """Colour as "#rrggbb", shape as Cytoscape calls it, width in pixels, and where the node stands (y grows downwards).

    `ink` is the colour of text that is read on the node.
    """

    colour: str
    ink: str
    shape: str
    size: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class EdgeStyle:
    """Colour as "#rrggbb", width in pixels; possible claims are dashed."""

    colour: str
    width: float
    dashed: bool


class Style:
    """The looks of one network. Nodes with `x` and `y` stay where they are; without, they stand in a spiral, the most connected within."""

    def __init__(self, graph: nx.MultiDiGraph) -> None:
        self._graph = graph
        self._rules = rules()
        self._measured = _measures(graph, self._rules["size"]["measures"])
        self._largest = max(self._measured.values(), default=0.0)
        self._communities = sorted({str(c) for _, c in graph.nodes(data="community") if c is not None}, key=lambda c: (len(c), c))
        self._places = _places(graph)

    def node(self, node: Any) -> NodeStyle:
        """The look of a node, by its key in the network."""
        data = self._graph.nodes[node]
        known = self._rules["node"]
        look = known.get(str(data.get("type")), known["other"])
        share = math.sqrt(self._measured[node] / self._largest) if self._largest > 0 else 0.0
        small, large = self._rules["size"]["smallest"], self._rules["size"]["largest"]
        community = data.get("community")
        # Where there are communities, a node of none is grey: a colour of its type would look like one.
        alone = known["other"] if self._communities else look
        colour = alone["colour"] if community is None else self._community(str(community))
        return NodeStyle(colour, _ink(colour), look["shape"], round(small + (large - small) * share, 1), *self._places[node])

    def edge(self, data: Any) -> EdgeStyle:
        """The look of an edge, by its attributes."""
        colours, modality, sign, weight = self._rules["edge"], data.get("modality"), data.get("sign"), data.get("weight")
        kind = modality if modality in ("negated", "possible") else "actual"
        if kind == "actual" and isinstance(sign, int | float) and sign:
            kind = "conflict" if sign < 0 else "cooperation"
        thick = isinstance(weight, int | float) and math.isfinite(weight) and weight > 1
        width = min(1 + math.log2(weight), _WIDEST) if thick else 1.0
        return EdgeStyle(colours[kind], round(width, 2), modality == "possible")

    def _community(self, community: str) -> str:
        colours: list[str] = self._rules["community"]["colours"]
        return colours[self._communities.index(community) % len(colours)]


@cache
def rules() -> dict[str, Any]:
    """The colours, shapes and sizes of style.toml."""
    return tomllib.loads((resources.PACKAGE / DIRECTORY / "style.toml").read_text(encoding="utf-8"))


def _ink(colour: str) -> str:
    """White on dark colours, nearly black on light ones."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#ffffff" if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else "#222222"


def _measures(graph: nx.MultiDiGraph, names: list[str]) -> dict[Any, float]:
    """How much each node counts: by the first measure that any node has, else by its edges."""
    for name in names:
        if found := {node: float(value) for node, value in graph.nodes(data=name) if _number(value)}:
            return {node: max(found.get(node, 0.0), 0.0) for node in graph}
    return {node: float(degree) for node, degree in graph.degree()}


def _places(graph: nx.MultiDiGraph) -> dict[Any, tuple[float, float]]:
    given = {node: (data.get("x"), data.get("y")) for node, data in graph.nodes(data=True)}
    if all(_number(x) and _number(y) for x, y in given.values()):
        return {node: (float(x), float(y)) for node, (x, y) in given.items()}
    places = {}
    for number, node in enumerate(sorted(graph, key=lambda node: (-graph.degree(node), str(node)))):
        radius, angle = _SPACING * math.sqrt(number), number * _GOLDEN_ANGLE
        places[node] = round(radius * math.cos(angle), 2), round(radius * math.sin(angle), 2)
    return places


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15
