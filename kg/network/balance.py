"""Structural balance of a signed network: do the friends of friends and the enemies of enemies hold together, and into which two camps?

Between two nodes the sign of the sum of their ties counts, each with its weight (Heider 1946, Cartwright and Harary 1956).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx

from kg.errors import QueryError


@dataclass(frozen=True, slots=True)
class Triangle:
    """Three nodes all tied to each other, sorted; balanced when an even number of the ties is hostile."""

    nodes: tuple[str, str, str]
    hostile: int

    @property
    def balanced(self) -> bool:
        """True for three friends, and for two friends with one enemy."""
        return self.hostile % 2 == 0


@dataclass(frozen=True, slots=True)
class Camps:
    """Two sides of one component, the larger first; `against` are the ties that do not fit: enemies within a camp, friends across."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    ties: int
    against: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """The signed network as a whole; camps of the largest component first. `share` of triangles are balanced, None where there is none."""

    friendly: int
    hostile: int
    triangles: tuple[Triangle, ...]
    camps: tuple[Camps, ...]

    @property
    def share(self) -> float | None:
        """The share of triangles that are balanced."""
        return sum(triangle.balanced for triangle in self.triangles) / len(self.triangles) if self.triangles else None


def balance(graph: nx.MultiDiGraph) -> Balance:
    """Balance and camps of a signed network. Raises QueryError where no tie has a sign."""
    made = signed(graph)
    if graph.number_of_edges() and not any(sign for *_, sign in graph.edges(data="sign")):
        raise QueryError(f"the network {graph.graph.get('projection', '')!s} tells no friends from enemies; take --projection conflict")
    signs = [sign for *_, sign in made.edges(data="sign")]
    parts = sorted((sorted(part) for part in nx.connected_components(made)), key=lambda part: (-len(part), part))
    return Balance(
        friendly=sum(sign > 0 for sign in signs),
        hostile=sum(sign < 0 for sign in signs),
        triangles=tuple(_triangles(made)),
        camps=tuple(_camps(made, part) for part in parts),
    )


def signed(graph: nx.MultiDiGraph) -> nx.Graph:
    """One tie between two nodes with its `sign` and `strength`; ties whose sides weigh the same are left out."""
    summed: dict[tuple[str, str], float] = {}
    for source, target, data in graph.edges(data=True):
        if source != target and data.get("sign"):
            ends = (min(source, target), max(source, target))
            summed[ends] = summed.get(ends, 0.0) + data["sign"] * data.get("weight", 1.0)
    made = nx.Graph()
    for (one, other), total in sorted(summed.items()):
        if total:
            made.add_edge(one, other, sign=1 if total > 0 else -1, strength=abs(total))
    return made


def _triangles(made: nx.Graph) -> Iterator[Triangle]:
    for one in sorted(made):
        later = sorted(node for node in made[one] if node > one)
        for place, two in enumerate(later):
            for three in later[place + 1 :]:
                if made.has_edge(two, three):
                    signs = (made[one][two]["sign"], made[one][three]["sign"], made[two][three]["sign"])
                    yield Triangle((one, two, three), sum(sign < 0 for sign in signs))


def _camps(made: nx.Graph, part: list[str]) -> Camps:
    """Sides along a tree of the strongest ties, then every node on the side where fewer ties are against it, as long as that helps.

    The fewest possible ties against (the frustration index) is NP-hard to find; where the network is balanced, this finds none.
    """
    side = _first_sides(made.subgraph(part), part[0])
    improved = True
    while improved:
        improved = False
        for node in part:
            if sum(data["strength"] * data["sign"] * side[node] * side[other] for other, data in made[node].items()) < 0:
                side[node] = -side[node]
                improved = True
    sides = sorted((tuple(node for node in part if side[node] == which) for which in (1, -1)), key=lambda camp: (-len(camp), camp))
    ties = list(made.subgraph(part).edges(data="sign"))
    against = sorted((min(a, b), max(a, b)) for a, b, sign in ties if side[a] * side[b] != sign)
    return Camps(sides[0], sides[1], len(ties), tuple(against))


def _first_sides(part: nx.Graph, root: str) -> dict[str, int]:
    tree = nx.maximum_spanning_tree(part, weight="strength")
    side = {root: 1}
    for parent, child in nx.bfs_edges(tree, root):
        side[child] = side[parent] * tree[parent][child]["sign"]
    return side
