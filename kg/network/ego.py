"""Ego networks: what lies around an entity."""

from collections.abc import Iterable

import networkx as nx


def around(graph: nx.MultiDiGraph, nodes: Iterable[str], *, radius: int = 1) -> nx.MultiDiGraph:
    """The part of the network within so many ties of some nodes, in whatever direction, with all ties among those found."""
    found = {node for node in nodes if node in graph}
    asked = f"within {radius} of {', '.join(sorted(found))}"
    edge = found
    for _ in range(radius):
        edge = {near for node in edge for near in (*graph.successors(node), *graph.predecessors(node))} - found
        found = found | edge
    part = graph.subgraph(found).copy()
    part.graph["options"] = "; ".join(filter(None, (graph.graph.get("options"), asked)))
    return part
