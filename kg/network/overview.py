"""The most important of a network in three tables, in the time that a page has: who matters, which camps there are, who connects."""

from dataclasses import dataclass

import networkx as nx

from kg.network import brokers, large, results
from kg.network.centrality import measure, measures
from kg.network.communities import communities

MEASURES = ("degree", "strength", "pagerank")
BETWEENNESS = "betweenness"
# Nodes × ties up to which networkx follows all shortest paths within some seconds.
STEPS = 10_000_000
LEFT_OUT = (
    "Who lies between others is left out: to find that out in a network of this size takes too long without networkit, "
    "which the server has after: pip install 'kg[large]'"
)


@dataclass(frozen=True, slots=True)
class Overview:
    """Rows of `kg.network.results`, so many at most; `communities` is how many there are in all. Without brokers `note` tells why."""

    nodes: int
    ties: int
    communities: int
    measures: tuple[str, ...]
    central: results.Rows
    groups: results.Rows
    brokers: results.Rows
    note: str = ""


def overview(graph: nx.MultiDiGraph, *, number: int) -> Overview:
    """The overview, with so many rows of each table."""
    scores = measures(graph, list(MEASURES))
    groups = communities(graph)
    if between := BETWEENNESS in measured(graph):
        scores[BETWEENNESS] = measure(graph, BETWEENNESS, engine="networkit" if _steps(graph) > STEPS else None)
    found = brokers.brokers(graph, groups=groups, scores=scores[BETWEENNESS], number=number) if between else []
    return Overview(
        nodes=len(graph),
        ties=graph.number_of_edges(),
        communities=len(groups),
        measures=tuple(scores),
        central=results.central_rows(graph, scores)[:number],
        groups=results.group_rows(graph, groups[:number]),
        brokers=results.broker_rows(graph, found, groups),
        note="" if between else LEFT_OUT,
    )


def measured(graph: nx.MultiDiGraph) -> tuple[str, ...]:
    """The measures that there is time for."""
    return (*MEASURES, BETWEENNESS) if _steps(graph) <= STEPS or large.installed() else MEASURES


def _steps(graph: nx.MultiDiGraph) -> int:
    return len(graph) * int(graph.number_of_edges())
