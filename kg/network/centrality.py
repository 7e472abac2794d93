"""Who matters: measures of a node's place in a network.

Degree is the number of neighbours, strength the sum of the weights of ties. PageRank follows the direction and the weight of ties;
eigenvector takes weights, the others only who is tied to whom.
"""

from collections.abc import Callable
from typing import Literal

import networkx as nx

from kg.errors import QueryError
from kg.network import large
from kg.network.large import Scores
from kg.network.simple import simple

Engine = Literal["networkx", "networkit"]
# As many as are shown and exported; what is behind is noise of the last iterations.
DIGITS = 6
# Whole numbers; all others are floats, whatever their value.
COUNTS = frozenset(("degree", "core"))


def measure(graph: nx.MultiDiGraph, name: str, *, engine: Engine | None = None) -> Scores:
    """A measure of `MEASURES` for each node, by networkx or, where the network is large, networkit. Raises QueryError."""
    return measures(graph, [name], engine=engine)[name]


def measures(graph: nx.MultiDiGraph, names: list[str] | None = None, *, engine: Engine | None = None) -> dict[str, Scores]:
    """Several measures, all when none is named. Raises QueryError."""
    names = list(MEASURES) if names is None else names
    for name in names:
        if name not in MEASURES:
            raise QueryError(f"no measure called {name!r}; choose one of: {', '.join(MEASURES)}")
    both = {directed: simple(graph, directed=directed) for directed in {name == "pagerank" for name in names}}
    return {name: _rounded(_measure(both[name == "pagerank"], name, engine), whole=name in COUNTS) for name in names}


def _measure(made: nx.Graph, name: str, engine: Engine | None) -> Scores:
    if not made.number_of_edges():
        return dict.fromkeys(made, 1 / max(1, len(made)) if name == "pagerank" else 0.0)
    if name in large.MEASURES and (engine == "networkit" or (engine is None and large.takes_over(made))):
        return large.scores(made, name)
    return MEASURES[name](made)


def _rounded(scores: Scores, *, whole: bool) -> Scores:
    return {node: int(score) if whole else round(float(score), DIGITS) for node, score in scores.items()}


def _degree(made: nx.Graph) -> Scores:
    return dict(made.degree())


def _strength(made: nx.Graph) -> Scores:
    return dict(made.degree(weight="weight"))


def _pagerank(made: nx.Graph) -> Scores:
    return nx.pagerank(made, weight="weight", tol=1e-9, max_iter=1000)  # type: ignore[no-any-return]


def _betweenness(made: nx.Graph) -> Scores:
    return nx.betweenness_centrality(made)  # type: ignore[no-any-return]


def _closeness(made: nx.Graph) -> Scores:
    return nx.closeness_centrality(made)  # type: ignore[no-any-return]


def _eigenvector(made: nx.Graph) -> Scores:
    return nx.eigenvector_centrality(made, weight="weight", max_iter=10_000, tol=1e-9)  # type: ignore[no-any-return]


def _core(made: nx.Graph) -> Scores:
    return nx.core_number(made)  # type: ignore[no-any-return]


def _clustering(made: nx.Graph) -> Scores:
    return nx.clustering(made)  # type: ignore[no-any-return]


MEASURES: dict[str, Callable[[nx.Graph], Scores]] = {
    "degree": _degree,
    "strength": _strength,
    "pagerank": _pagerank,
    "betweenness": _betweenness,
    "closeness": _closeness,
    "eigenvector": _eigenvector,
    "core": _core,
    "clustering": _clustering,
}
