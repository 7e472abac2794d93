"""CX2, the exchange format of the Cytoscape desktop and of NDEx, with visual properties."""

from collections.abc import Iterator
from typing import IO, Any

import networkx as nx

from kg.exporters import _json
from kg.network.flat import Flat
from kg.network.style import Style

NAME = "cx2"
SUFFIXES = (".cx2",)
MEDIA_TYPE = "application/json"
LOSES = ("times", "integers of 53 bits")

_TYPES = {str: "string", int: "long", float: "double", bool: "boolean", list: "list_of_string"}


def write_network(graph: nx.MultiDiGraph, file: IO[bytes]) -> None:
    """Writes the aspects of CX2; nodes and edges are numbered there, their ids are the attribute `id`."""
    flat, style = Flat(graph, lists=True, whole=_json.WHOLE), Style(graph)
    about = {**flat.about, "name": str(flat.about.get("title") or flat.about.get("projection") or "kg")}
    declared = {
        "networkAttributes": {name: {"d": _TYPES[type(value)]} for name, value in sorted(about.items())},
        "nodes": {"id": {"d": "string"}, "name": {"d": "string"}, **_types(flat.node_types, "label")},
        "edges": {"id": {"d": "string"}, "interaction": {"d": "string"}, **_types(flat.edge_types)},
    }
    counts = {
        "attributeDeclarations": 1,
        "networkAttributes": 1,
        "nodes": len(flat),
        "edges": flat.size,
        "visualProperties": 1,
        "nodeBypasses": len(flat),
        "edgeBypasses": flat.size,
    }
    head = [
        {"CXVersion": "2.0", "hasFragments": False},
        {"metaData": [{"name": name, "elementCount": count} for name, count in counts.items()]},
        {"attributeDeclarations": [declared]},
        {"networkAttributes": [about]},
        {"visualProperties": [_defaults(flat.directed)]},
    ]
    numbers = {node.id: number for number, node in enumerate(flat.nodes())}
    _json.write(
        file,
        "[",
        head,
        ',\n{"nodes": [',
        _nodes(flat, style),
        '\n]},\n{"edges": [',
        _edges(flat, numbers),
        '\n]},\n{"nodeBypasses": [',
        _node_looks(flat, style),
        '\n]},\n{"edgeBypasses": [',
        _edge_looks(flat, style),
        ']},\n{"status": [{"success": true}]}\n]\n',
    )


def _types(types: dict[str, type], *without: str) -> dict[str, dict[str, str]]:
    return {name: {"d": _TYPES[kind]} for name, kind in types.items() if name not in ("id", "name", "interaction", *without)}


def _defaults(directed: bool) -> dict[str, Any]:
    """The label of a node is its name, that of an edge its interaction."""
    arrow = "triangle" if directed else "none"
    labels = {
        part: {label: {"type": "PASSTHROUGH", "definition": {"attribute": name, "type": "string"}}}
        for part, label, name in (("nodeMapping", "NODE_LABEL", "name"), ("edgeMapping", "EDGE_LABEL", "interaction"))
    }
    return {"default": {"network": {}, "node": {}, "edge": {"EDGE_TARGET_ARROW_SHAPE": arrow}}, **labels}


def _nodes(flat: Flat, style: Style) -> Iterator[dict[str, Any]]:
    for number, node in enumerate(flat.nodes()):
        look, data = style.node(node.key), {name: value for name, value in node.data.items() if name != "label"}
        yield {"id": number, "x": look.x, "y": look.y, "v": {**data, "id": node.id, "name": node.label}}


def _edges(flat: Flat, numbers: dict[str, int]) -> Iterator[dict[str, Any]]:
    for number, edge in enumerate(flat.edges()):
        interaction = str(edge.data.get("label") or edge.data.get("relation") or "")
        data = {**{name: value for name, value in edge.data.items() if name != "name"}, "id": edge.id, "interaction": interaction}
        yield {"id": number, "s": numbers[edge.source], "t": numbers[edge.target], "v": data}


def _node_looks(flat: Flat, style: Style) -> Iterator[dict[str, Any]]:
    for number, node in enumerate(flat.nodes()):
        look = style.node(node.key)
        properties = {"NODE_BACKGROUND_COLOR": look.colour, "NODE_SHAPE": look.shape, "NODE_WIDTH": look.size, "NODE_HEIGHT": look.size}
        yield {"id": number, "v": properties}


def _edge_looks(flat: Flat, style: Style) -> Iterator[dict[str, Any]]:
    for number, edge in enumerate(flat.edges()):
        look = style.edge(edge.data)
        colours = {"EDGE_LINE_COLOR": look.colour, "EDGE_TARGET_ARROW_COLOR": look.colour}
        yield {"id": number, "v": {**colours, "EDGE_LINE_STYLE": "dashed" if look.dashed else "solid", "EDGE_WIDTH": look.width}}
