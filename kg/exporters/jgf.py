"""JSON Graph Format 2, for programs of one's own: nothing but the graph, in the plainest JSON there is a specification for."""

from collections.abc import Iterator
from typing import IO, Any

import networkx as nx

from kg.exporters import _json
from kg.network.flat import Flat, Value

NAME = "jgf"
SUFFIXES = (".jgf", ".jgf.json")
MEDIA_TYPE = "application/vnd.jgf+json"
LOSES = ("times", "integers of 53 bits")


def write_network(graph: nx.MultiDiGraph, file: IO[bytes]) -> None:
    """Writes label and relation as fields, all other attributes as metadata, lists as lists."""
    flat = Flat(graph, lists=True, whole=_json.WHOLE)
    # Nodes are the fields of an object, so they are not rows of an array.
    _json.write(file, f'{{"graph": {{"directed": {_json.dumps(flat.directed)}, "metadata": {_json.dumps(flat.about)},\n"nodes": {{')
    for number, node in enumerate(flat.nodes()):
        row = {"label": node.label, "metadata": _without(node.data, "label")}
        _json.write(file, f"{',' if number else ''}\n{_json.dumps(node.id)}: {_json.dumps(row)}")
    _json.write(file, '\n},\n"edges": [', _edges(flat), "\n]}}\n")


def _edges(flat: Flat) -> Iterator[dict[str, Any]]:
    for edge in flat.edges():
        told: dict[str, Value] = {name: str(edge.data[name]) for name in ("label", "relation") if name in edge.data}
        ends = {"source": edge.source, "target": edge.target, "directed": flat.directed}
        yield {"id": edge.id, **ends, **told, "metadata": _without(edge.data, "label", "relation")}


def _without(data: dict[str, Value], *names: str) -> dict[str, Value]:
    return {name: value for name, value in data.items() if name not in names}
