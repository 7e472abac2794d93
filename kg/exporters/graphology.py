"""graphology's JSON, which sigma.js draws as it is."""

from collections.abc import Iterator
from typing import IO, Any

import networkx as nx

from kg.exporters import _json
from kg.network.flat import Flat, Value
from kg.network.style import Style

NAME = "graphology"
SUFFIXES = (".graphology.json", ".sigma.json")
MEDIA_TYPE = "application/json"
LOSES = ("times", "integers of 53 bits", "dashes")

# sigma takes `type` for the program that draws a node or edge.
_RENAMED = {"type": "class"}
_NODE_SCALE = 4


def write_network(graph: nx.MultiDiGraph, file: IO[bytes]) -> None:
    """Writes a directed (or undirected) multigraph; what `type` says in the network is `class` here."""
    flat, style = Flat(graph, lists=True, whole=_json.WHOLE), Style(graph)
    options = {"type": "directed" if flat.directed else "undirected", "multi": True, "allowSelfLoops": True}
    _json.write(
        file,
        f'{{"options": {_json.dumps(options)},\n"attributes": {_json.dumps(flat.about)},\n"nodes": [',
        _nodes(flat, style),
        '\n],\n"edges": [',
        _edges(flat, style),
        "\n]}\n",
    )


def _nodes(flat: Flat, style: Style) -> Iterator[dict[str, Any]]:
    for node in flat.nodes():
        look = style.node(node.key)
        looks = {"label": node.label, "x": look.x, "y": 0.0 - look.y, "size": round(look.size / _NODE_SCALE, 2), "color": look.colour}
        yield {"key": node.id, "attributes": {**_renamed(node.data), **looks}}


def _edges(flat: Flat, style: Style) -> Iterator[dict[str, Any]]:
    for edge in flat.edges():
        look = style.edge(edge.data)
        looks = {"type": "arrow" if flat.directed else "line", "size": look.width, "color": look.colour}
        row = {"key": edge.id, "source": edge.source, "target": edge.target, "attributes": {**_renamed(edge.data), **looks}}
        yield row if flat.directed else {**row, "undirected": True}


def _renamed(data: dict[str, Value]) -> dict[str, Value]:
    return {_RENAMED.get(name, name): value for name, value in data.items()}
