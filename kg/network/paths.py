"""How two entities are connected: paths through the network, told as sentences with their proof."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

import networkx as nx

from kg import resources
from kg.network.simple import label, simple

_HEDGES = {"negated": "it is denied that ", "possible": "it is possible that "}


@dataclass(frozen=True, slots=True)
class Step:
    """One tie of a path as it is told: from `source` to `target`, which may run against the path. `others` counts further ties of the two."""

    source: str
    relation: str
    target: str
    modality: str | None
    when: str | None
    sources: tuple[str, ...]
    sentence: str | None
    documents: tuple[str, ...]
    weight: float
    confidence: float
    others: int

    @property
    def text(self) -> str:
        """ "Black Guard attacked Zenda Bridge (2024-03-08, Ministry of War)"."""
        beside = ", ".join(filter(None, (self.when, " and ".join(self.sources))))
        told = f"{_HEDGES.get(self.modality or '', '')}{self.source} {_verb(self.relation)} {self.target}"
        return f"{told} ({beside})" if beside else told


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of ties; `nodes` are ids, from the one end to the other."""

    nodes: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def text(self) -> str:
        """The steps as sentences."""
        return ". ".join(step.text[:1].upper() + step.text[1:] for step in self.steps) + "."

    @property
    def confidence(self) -> float:
        """That of the weakest tie."""
        return min((step.confidence for step in self.steps), default=1.0)


def _verb(relation: str) -> str:
    """ "is head of state of", but "attacked"."""
    bare = relation.endswith(" of") or relation.split(" ", 1)[0] in resources.words("told", "network")["is"]
    return f"is {relation}" if bare else relation


def shortest(graph: nx.MultiDiGraph, sources: list[str], targets: list[str]) -> list[Path]:
    """All shortest paths between two entities, in whatever direction ties run; the best proved first. Each end may be one of several nodes."""
    made = simple(graph)
    found: list[list[str]] = []
    for source, target in _pairs(made, sources, targets):
        if nx.has_path(made, source, target):
            found += nx.all_shortest_paths(made, source, target)
    least = min(map(len, found), default=0)
    return _sorted(graph, (nodes for nodes in found if len(nodes) == least))


def simple_paths(graph: nx.MultiDiGraph, sources: list[str], targets: list[str], *, longest: int = 4, number: int = 100) -> list[Path]:
    """Paths of at most `longest` ties that meet no node twice, the shortest first; no more than `number`, the first in length."""
    made = simple(graph)
    found: list[list[str]] = []
    for source, target in _pairs(made, sources, targets):
        for length in range(1, longest + 1):
            if len(found) < number:
                paths = nx.all_simple_paths(made, source, target, cutoff=length)
                found += islice((nodes for nodes in paths if len(nodes) == length + 1), number)
    return _sorted(graph, found)[:number]


def _pairs(made: nx.Graph, sources: list[str], targets: list[str]) -> Iterator[tuple[str, str]]:
    yield from ((one, other) for one in sorted(sources) for other in sorted(targets) if one != other and one in made and other in made)


def _sorted(graph: nx.MultiDiGraph, found: Any) -> list[Path]:
    paths = [Path(tuple(nodes), tuple(_step(graph, one, other) for one, other in pairwise(nodes))) for nodes in found]
    return sorted(paths, key=lambda path: (len(path.nodes), -path.confidence, path.nodes))


def _step(graph: nx.MultiDiGraph, one: str, other: str) -> Step:
    """The tie of two nodes that is best proved: told as having happened, by the most voices, the most certainly."""
    ties = [
        (source, target, key, data)
        for source, target in ((one, other), (other, one))
        if graph.has_edge(source, target)
        for key, data in graph[source][target].items()
    ]
    source, target, _, data = min(ties, key=_order)
    days = dict.fromkeys(filter(None, (data.get("start"), data.get("end"))))
    return Step(
        source=label(graph, source),
        relation=data.get("label", data["relation"]),
        target=label(graph, target),
        modality=data.get("modality"),
        when=" to ".join(days) or None,
        sources=tuple(data.get("sources", ())),
        sentence=data.get("sentence"),
        documents=tuple(data.get("documents") or filter(None, (data.get("document"),))),
        weight=data.get("weight", 1.0),
        confidence=data.get("confidence", 1.0),
        others=len(ties) - 1,
    )


def _order(tie: tuple[str, str, str, dict[str, Any]]) -> tuple[Any, ...]:
    data = tie[3]
    return data.get("modality", "actual") != "actual", -data.get("weight", 1.0), -data.get("confidence", 1.0), tie[:3]
