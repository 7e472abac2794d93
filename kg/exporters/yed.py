"""GraphML as yEd wants it: labels, shapes, colours and lines in elements of its own, and all attributes as its custom properties."""

from typing import IO

import networkx as nx

from kg.exporters import _graphml, _xml
from kg.exporters._xml import element
from kg.network.flat import Edge, Flat, Node
from kg.network.style import Style

NAME = "yed"
SUFFIXES = (".yed.graphml",)
MEDIA_TYPE = "application/graphml+xml"
LOSES = ("lists", "times")

_NODE, _EDGE = "nodegraphics", "edgegraphics"
_SHAPES = {"round-rectangle": "roundrectangle"}


def write_network(graph: nx.MultiDiGraph, file: IO[bytes]) -> None:
    """Writes the network with its looks; what yEd shows as tool tip is the sentence."""
    flat, style = Flat(graph), Style(graph)
    _graphml.write(
        flat,
        file,
        namespaces={"xmlns:y": "http://www.yworks.com/xml/graphml"},
        keys=(
            element("key", {"id": _NODE, "for": "node", "yfiles.type": "nodegraphics"}),
            element("key", {"id": _EDGE, "for": "edge", "yfiles.type": "edgegraphics"}),
            element("key", {"id": "tip", "for": "edge", "attr.name": "description", "attr.type": "string"}),
        ),
        node=lambda node: _node(node, style),
        edge=lambda edge: _edge(edge, style, flat.directed),
    )


def _node(node: Node, style: Style) -> str:
    look = style.node(node.key)
    shape = element(
        "y:ShapeNode",
        None,
        # yEd places corners, not centres.
        element("y:Geometry", {"height": look.size, "width": look.size, "x": look.x - look.size / 2, "y": look.y - look.size / 2}),
        element("y:Fill", {"color": look.colour, "transparent": False}),
        element("y:BorderStyle", {"color": "#333333", "type": "line", "width": 1.0}),
        element("y:NodeLabel", {"modelName": "sides", "modelPosition": "s", "textColor": "#222222"}, _xml.text(node.label)),
        element("y:Shape", {"type": _SHAPES.get(look.shape, look.shape)}),
    )
    return element("data", {"key": _NODE}, shape)


def _edge(edge: Edge, style: Style, directed: bool) -> str:
    look, label = style.edge(edge.data), edge.data.get("label")
    named = () if label is None else (element("y:EdgeLabel", {"textColor": look.colour, "preferredPlacement": "center_on_edge"}, _xml.text(label)),)
    line = element(
        "y:PolyLineEdge",
        None,
        element("y:LineStyle", {"color": look.colour, "type": "dashed" if look.dashed else "line", "width": look.width}),
        element("y:Arrows", {"source": "none", "target": "standard" if directed else "none"}),
        *named,
        element("y:BendStyle", {"smoothed": False}),
    )
    sentence = edge.data.get("sentence")
    tip = "" if sentence is None else element("data", {"key": "tip"}, _xml.text(sentence))
    return tip + element("data", {"key": _EDGE}, line)
