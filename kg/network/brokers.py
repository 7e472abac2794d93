"""Who connects: nodes and ties without which the network falls apart, and nodes that lie between others."""

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from kg.network import centrality
from kg.network.communities import Group, communities
from kg.network.simple import simple

Shares = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Broker:
    """A node that lies between others.

    `between` are the numbers of the communities that it is tied to; `cuts_off` counts the nodes that only it ties to the rest of its
    component. `constraint` is Burt's: the less, the less its neighbours know each other.
    """

    node: str
    betweenness: float
    between: tuple[int, ...]
    cuts_off: int
    constraint: float


@dataclass(frozen=True, slots=True)
class Bridge:
    """A tie without which two parts of the network are not connected; `cuts_off` counts the nodes of the smaller part."""

    source: str
    target: str
    cuts_off: int


def brokers(
    graph: nx.MultiDiGraph, *, groups: list[Group] | None = None, scores: Mapping[str, float] | None = None, number: int = 20
) -> list[Broker]:
    """Those with the highest betweenness, nobody whose betweenness is 0. `groups` and `scores` are given where they are known already."""
    made = simple(graph)
    scores = centrality.measure(graph, "betweenness") if scores is None else scores
    first = sorted((node for node in made if scores[node] > 0), key=lambda node: (-scores[node], node))[:number]
    of = {node: group.number for group in (communities(graph) if groups is None else groups) for node in group.members}
    shares = _shares(made)
    cut = _cut_off(made)
    return [
        Broker(
            node=node,
            betweenness=scores[node],
            between=tuple(sorted({of[each] for each in made[node] if each in of})),
            cuts_off=cut.get(node, 0),
            constraint=round(_constraint(shares, node), 3),
        )
        for node in first
    ]


def _shares(made: nx.Graph) -> Shares:
    """What part of all its ties each node has with each neighbour."""
    strength = dict(made.degree(weight="weight"))
    return {node: {other: tie["weight"] / strength[node] for other, tie in made[node].items() if strength[node]} for node in made}


def _constraint(shares: Shares, node: str) -> float:
    """Burt's (1992). That of networkx works the shares out anew for each pair, which takes minutes where a node has hundreds of ties."""
    own = shares[node]
    invested = dict(own)
    for other, share in own.items():
        for third, part in shares[other].items():
            if third in own:
                invested[third] += share * part
    return sum(part**2 for part in invested.values())


def cut_points(graph: nx.MultiDiGraph) -> dict[str, int]:
    """The nodes without which the network falls apart, each with the number of nodes that it then cuts off from the largest part."""
    return _cut_off(simple(graph))


def _cut_off(made: nx.Graph) -> dict[str, int]:
    """By the tree of blocks and cut points of each component: a cut point cuts off all but its largest branch."""
    found: dict[str, int] = {}
    for component in nx.connected_components(made):
        part = made.subgraph(component)
        cuts = set(nx.articulation_points(part))
        if cuts:
            found |= _branches(part, cuts)
    return dict(sorted(found.items()))


def _branches(part: nx.Graph, cuts: set[str]) -> dict[str, int]:
    tree = nx.Graph()
    weight: dict[object, int] = {}
    for number, block in enumerate(sorted(map(sorted, nx.biconnected_components(part)))):
        weight[number] = sum(node not in cuts for node in block)
        tree.add_edges_from((number, node) for node in block if node in cuts)
    weight |= dict.fromkeys(cuts, 1)
    root = min(cuts)
    below = dict(weight)
    parents = dict(nx.bfs_predecessors(tree, root))
    for node in reversed([root, *parents]):
        if node in parents:
            below[parents[node]] += below[node]
    found = {}
    for cut in cuts:
        branches = [below[child] if parents.get(child) == cut else below[root] - below[cut] for child in tree[cut]]
        found[cut] = sum(branches) - max(branches)
    return found


def bridges(graph: nx.MultiDiGraph) -> list[Bridge]:
    """The bridges, those that cut off most first."""
    made = simple(graph)
    found = []
    for component in nx.connected_components(made):
        part = made.subgraph(component)
        ties = {tuple(sorted(tie)) for tie in nx.bridges(part)}
        if ties:
            found += _bridges(part, ties)
    return sorted(found, key=lambda bridge: (-bridge.cuts_off, bridge.source, bridge.target))


def _bridges(part: nx.Graph, ties: set[tuple[str, ...]]) -> list[Bridge]:
    """By a depth-first tree: what hangs below a bridge is one part, the rest the other."""
    root = min(part)
    parents = {child: parent for parent, child in nx.dfs_edges(part, root)}
    below = dict.fromkeys(part, 1)
    for node in reversed(list(nx.dfs_preorder_nodes(part, root))):
        if node in parents:
            below[parents[node]] += below[node]
    found = []
    for one, other in ties:
        child = one if parents.get(one) == other else other
        found.append(Bridge(one, other, min(below[child], len(part) - below[child])))
    return found
