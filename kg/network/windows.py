"""What changed: the network in windows of time, who enters and leaves, which ties are new."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

import networkx as nx

Length = Literal["day", "month", "year"]
_CHARACTERS: dict[str, int] = {"day": 10, "month": 7, "year": 4}
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Window:
    """A day, month or year ("2024-03") with what is reported in it.

    `entered` are nodes that no earlier window has, `left` those of the window before that are in this one no more; `returned` were in
    an earlier one, but not the last. `new_ties` are pairs that were never tied before, `gone_ties` those of the window before.
    """

    name: str
    nodes: int
    ties: int
    reports: int
    density: float
    entered: tuple[str, ...]
    returned: tuple[str, ...]
    left: tuple[str, ...]
    new_ties: tuple[Pair, ...]
    gone_ties: tuple[Pair, ...]


def windows(graph: nx.MultiDiGraph, *, length: Length = "month") -> list[Window]:
    """The windows in which something is reported, in order of time. A tie counts in each in which a document tells it.

    Ties that no dated document tells count nowhere.
    """
    told: dict[str, dict[Pair, int]] = defaultdict(lambda: defaultdict(int))
    for source, target, data in graph.edges(data=True):
        if source != target:
            for day in data.get("reported", ()):
                told[day[: _CHARACTERS[length]]][min(source, target), max(source, target)] += 1
    found: list[Window] = []
    ever_nodes: set[str] = set()
    ever_ties: set[Pair] = set()
    before: tuple[set[str], set[Pair]] = set(), set()
    for name in sorted(told):
        ties = set(told[name])
        nodes = {node for tie in ties for node in tie}
        found.append(
            Window(
                name=name,
                nodes=len(nodes),
                ties=len(ties),
                reports=sum(told[name].values()),
                density=round(2 * len(ties) / (len(nodes) * (len(nodes) - 1)), 6),
                entered=tuple(sorted(nodes - ever_nodes)),
                returned=tuple(sorted((nodes & ever_nodes) - before[0])),
                left=tuple(sorted(before[0] - nodes)),
                new_ties=tuple(sorted(ties - ever_ties)),
                gone_ties=tuple(sorted(before[1] - ties)),
            )
        )
        ever_nodes |= nodes
        ever_ties |= ties
        before = nodes, ties
    return found
