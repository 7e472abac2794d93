"""Which camps there are: communities and components, each called after those who are most tied within it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import networkx as nx

from kg.network import large
from kg.network.simple import label, simple

Method = Literal["louvain", "leiden"]
NAMED_AFTER = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes that belong together. `members` are ids, the most tied first; `types` are counted, the most common first.

    `inside` and `outside` are the weights of ties within and to the others.
    """

    number: int
    name: str
    members: tuple[str, ...]
    types: tuple[tuple[str, int], ...]
    inside: float
    outside: float


def communities(graph: nx.MultiDiGraph, *, method: Method | None = None, resolution: float = 1.0) -> list[Group]:
    """Communities of the network, the largest first: by Louvain, or Leiden (networkit) where the network is large.

    Of a signed network only friendly ties bind. Nodes without ties belong to none.
    """
    bound = _friendly(graph)
    made = simple(bound)
    made.remove_nodes_from(list(nx.isolates(made)))
    if not made:
        return []
    if method == "leiden" or (method is None and large.takes_over(made)):
        return _groups(graph, made, large.groups(made, "communities"))
    return _groups(graph, made, nx.community.louvain_communities(made, weight="weight", resolution=resolution, seed=large.SEED))


def components(graph: nx.MultiDiGraph) -> list[Group]:
    """Parts of the network that no tie connects, the largest first; nodes without ties are left out."""
    made = simple(graph)
    made.remove_nodes_from(list(nx.isolates(made)))
    return _groups(graph, made, large.groups(made, "components") if large.takes_over(made) else nx.connected_components(made))


def _friendly(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    hostile = [(source, target, key) for source, target, key, sign in graph.edges(keys=True, data="sign") if sign is not None and sign < 0]
    if not hostile:
        return graph
    kept = graph.copy()
    kept.remove_edges_from(hostile)
    return kept


def _groups(graph: nx.MultiDiGraph, made: nx.Graph, found: Iterable[set[str]]) -> list[Group]:
    ordered = sorted((sorted(members) for members in found), key=lambda members: (-len(members), members))
    of = {node: number for number, members in enumerate(ordered) for node in members}
    within: Counter[str] = Counter()
    inside: Counter[int] = Counter()
    outside: Counter[int] = Counter()
    for source, target, weight in made.edges(data="weight"):
        if of[source] == of[target]:
            within.update({source: weight, target: weight})
            inside[of[source]] += weight
        else:
            outside.update({of[source]: weight, of[target]: weight})
    groups = []
    for number, members in enumerate(ordered):
        members.sort(key=lambda node: (-within[node], label(graph, node), node))
        types = Counter(str(graph.nodes[node].get("type", "Thing")) for node in members)
        counted = tuple(sorted(types.items(), key=lambda item: (-item[1], item[0])))
        name = ", ".join(label(graph, node) for node in members[:NAMED_AFTER])
        groups.append(Group(number + 1, name, tuple(members), counted, float(inside[number]), float(outside[number])))
    return groups
