"""The network with one tie between two nodes, which most measures need."""

import networkx as nx


def simple(graph: nx.MultiDiGraph, *, directed: bool = False) -> nx.Graph:
    """An nx.Graph, or nx.DiGraph: weights of parallel edges are summed, ties of a node with itself are left out, nodes and ties are sorted."""
    made: nx.Graph = nx.DiGraph() if directed else nx.Graph()
    made.add_nodes_from(sorted(graph))
    both_ways = directed and graph.graph.get("directed") is False
    for source, target, data in sorted(graph.edges(data=True), key=lambda edge: edge[:2]):
        if source == target:
            continue
        _tie(made, source, target, data.get("weight", 1.0))
        if both_ways:
            _tie(made, target, source, data.get("weight", 1.0))
    return made


def _tie(made: nx.Graph, source: str, target: str, weight: float) -> None:
    before = made[source][target]["weight"] if made.has_edge(source, target) else 0.0
    made.add_edge(source, target, weight=before + weight)


def label(graph: nx.MultiDiGraph, node: str) -> str:
    """What people call a node."""
    return str(graph.nodes[node].get("label", node))
