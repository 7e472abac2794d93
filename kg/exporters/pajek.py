"""Pajek's network file: labels, relations, weights and colours. It knows no further attributes."""

from collections import Counter
from collections.abc import Iterator
from typing import IO

import networkx as nx

from kg.network.flat import Flat, Node
from kg.network.style import Style

NAME = "pajek"
SUFFIXES = (".net", ".paj")
MEDIA_TYPE = "text/plain"
LOSES = ("node attributes but label", "edge attributes but label weight", "quotation marks")

_MARKS = str.maketrans({'"': "'", "\\": "/"})


def write_network(graph: nx.MultiDiGraph, file: IO[bytes]) -> None:
    """Writes vertices and arcs; a label that several nodes bear has the id behind it, as programs tell vertices apart by it."""
    for line in _lines(Flat(graph), Style(graph)):
        file.write(line.encode() + b"\n")


def _lines(flat: Flat, style: Style) -> Iterator[str]:
    labels = Counter(_marked(node.label) for node in flat.nodes())
    places = [style.node(node.key) for node in flat.nodes()]
    wide = max((abs(at) for place in places for at in (place.x, place.y)), default=0.0) or 1.0
    yield f"*Vertices {len(flat)}"
    numbers = {}
    for number, (node, look) in enumerate(zip(flat.nodes(), places, strict=True), 1):
        numbers[node.id] = number
        # Pajek's page goes from 0 to 1.
        x, y = (0.5 + at / wide * 0.45 for at in (look.x, look.y))
        yield f'{number} "{_label(node, labels)}" {x:.4f} {y:.4f} 0.5000'
    yield "*Arcs" if flat.directed else "*Edges"
    for edge in flat.edges():
        line, weight = style.edge(edge.data), edge.data.get("weight", 1)
        value = weight if isinstance(weight, int | float) else 1
        told = str(edge.data.get("label") or edge.data.get("relation") or "")
        pattern = "Dots" if line.dashed else "Solid"
        colour = "Red" if edge.data.get("modality") == "negated" else "Gray"
        yield f'{numbers[edge.source]} {numbers[edge.target]} {float(value)!r} l "{_marked(told)}" c {colour} p {pattern}'


def _label(node: Node, labels: Counter[str]) -> str:
    label = _marked(node.label)
    return label if labels[label] == 1 else f"{label} ({_marked(node.id)})"


def _marked(text: str) -> str:
    """Pajek knows no escape for the quotation mark; a backslash would be one for other readers."""
    return text.translate(_MARKS)
