"""How alike two entities are by whom they are tied to."""

import math
from dataclasses import dataclass

import networkx as nx

from kg.network.simple import simple

Profile = dict[tuple[str, str, str], float]


@dataclass(frozen=True, slots=True)
class Similarity:
    """Of two nodes. `jaccard` is the share of neighbours they have in common, `adamic_adar` counts those that few others have for more,
    `cosine` compares what they do to whom, with weights. `shared` are the common ties, as (direction, relation, node), and `others`
    the common neighbours to which the two are tied in different ways.
    """

    one: str
    other: str
    jaccard: float
    adamic_adar: float
    cosine: float
    shared: tuple[tuple[str, str, str], ...]
    others: tuple[str, ...] = ()


def similarity(graph: nx.MultiDiGraph, one: str, other: str) -> Similarity:
    """Compares two nodes of the network; a tie between the two themselves does not count."""
    return _compared(graph, simple(graph), one, other)


def most_similar(graph: nx.MultiDiGraph, node: str, *, number: int = 10) -> list[Similarity]:
    """The nodes most like one, by cosine, then by neighbours; those that have nothing in common with it are left out."""
    made = simple(graph)
    candidates = {far for near in made[node] for far in made[near]} - {node}
    found = [_compared(graph, made, node, each) for each in sorted(candidates)]
    return sorted(found, key=lambda each: (-each.cosine, -each.jaccard, each.other))[:number]


def _compared(graph: nx.MultiDiGraph, made: nx.Graph, one: str, other: str) -> Similarity:
    first, second = (set(made[node]) - {one, other} for node in (one, other))
    common, every = first & second, first | second
    profiles = _profile(graph, one, other), _profile(graph, other, one)
    shared = profiles[0].keys() & profiles[1].keys()
    return Similarity(
        one=one,
        other=other,
        jaccard=round(len(common) / len(every), 4) if every else 0.0,
        # A common neighbour has at least these two ties, so the logarithm is not 0.
        adamic_adar=round(sum(1 / math.log(made.degree(node)) for node in sorted(common)), 4),
        cosine=round(_cosine(*profiles), 4),
        shared=tuple(sorted(shared)),
        others=tuple(sorted(common - {node for *_, node in shared})),
    )


def _profile(graph: nx.MultiDiGraph, node: str, without: str) -> Profile:
    """The weights of ties of a node by direction, relation and other end."""
    found: Profile = {}
    sides = (("to", graph.out_edges(node, data=True), 1), ("from", graph.in_edges(node, data=True), 0))
    for direction, edges, end in sides:
        for edge in edges:
            if edge[end] not in (node, without):
                key = (direction if graph.graph.get("directed", True) else "with", edge[2]["relation"], edge[end])
                found[key] = found.get(key, 0.0) + edge[2].get("weight", 1.0)
    return found


def _cosine(one: Profile, other: Profile) -> float:
    product = sum(one[key] * other[key] for key in sorted(one.keys() & other.keys()))
    length = math.hypot(*one.values()) * math.hypot(*other.values())
    return product / length if length else 0.0
