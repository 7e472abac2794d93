"""Cytoscape.js JSON, for web pages with Cytoscape.js and for the Cytoscape desktop, with a style sheet."""

from collections.abc import Iterator
from typing import IO, Any

import networkx as nx

from kg.exporters import _json
from kg.network.flat import Flat
from kg.network.style import Style

NAME = "cytoscape"
SUFFIXES = (".cyjs",)
MEDIA_TYPE = "application/vnd.cytoscape.cyjs+json"
LOSES = ("times", "integers of 53 bits")

# The looks are data of each element, so that a page can use them or bring its own.
_SHEET = [
    {
        "selector": "node",
        "style": {
            "label": "data(name)",
            "background-color": "data(colour)",
            "shape": "data(shape)",
            "width": "data(size)",
            "height": "data(size)",
            "font-size": 12,
            "text-valign": "bottom",
        },
    },
    {
        "selector": "edge",
        "style": {
            "label": "data(interaction)",
            "line-color": "data(colour)",
            "target-arrow-color": "data(colour)",
            "width": "data(width)",
            "line-style": "data(line)",
            "curve-style": "bezier",
            "font-size": 9,
        },
    },
]


def write_network(graph: nx.MultiDiGraph, file: IO[bytes]) -> None:
    """Writes the network; `name` and `interaction` are what the desktop shows, lists stay lists."""
    flat, style = Flat(graph, lists=True, whole=_json.WHOLE), Style(graph)
    sheet = [*_SHEET, {"selector": "edge", "style": {"target-arrow-shape": "triangle"}}] if flat.directed else _SHEET
    head = f'{{"format_version": "1.0", "generated_by": "kg", "data": {_json.dumps(flat.about)},\n"style": {_json.dumps(sheet)},\n'
    _json.write(
        file,
        f'{head}"elements": {{"nodes": [',
        _nodes(flat, style),
        '\n],\n"edges": [',
        _edges(flat, style),
        "\n]}}\n",
    )


def _nodes(flat: Flat, style: Style) -> Iterator[dict[str, Any]]:
    for node in flat.nodes():
        look = style.node(node.key)
        looks = {"colour": look.colour, "shape": look.shape, "size": look.size}
        yield {"data": {**node.data, **looks, "id": node.id, "name": node.label, "label": node.label}, "position": {"x": look.x, "y": look.y}}


def _edges(flat: Flat, style: Style) -> Iterator[dict[str, Any]]:
    for edge in flat.edges():
        look = style.edge(edge.data)
        label = str(edge.data.get("label") or edge.data.get("relation") or "")
        looks = {"colour": look.colour, "width": look.width, "line": "dashed" if look.dashed else "solid"}
        yield {"data": {**edge.data, **looks, "id": edge.id, "source": edge.source, "target": edge.target, "name": label, "interaction": label}}
