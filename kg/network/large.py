"""Networks too large for networkx: networkit (the extra `large`) measures the same, within the tolerance that the tests give.

Of betweenness and closeness beyond EXACT steps, a sample of SAMPLES nodes gives an estimate. One thread and fixed seeds: the same network
gives the same numbers.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import networkx as nx

if TYPE_CHECKING:
    import networkit

# Ties from which networkit takes over, and nodes × ties up to which shortest paths from every node are followed.
LARGE = 20_000
EXACT = 500_000_000
SAMPLES = 500
SEED = 20200108

Scores = dict[str, float]


def takes_over(graph: nx.Graph) -> bool:
    """True for a network that is large, where networkit is installed."""
    return graph.number_of_edges() >= LARGE and installed()


def installed() -> bool:
    """True where networkit is."""
    return find_spec("networkit") is not None


def scores(graph: nx.Graph, measure: str) -> Scores:
    """A measure of `MEASURES` of each node."""
    with _repeatable():
        made = _converted(graph, weighted=measure in ("pagerank", "eigenvector"))
        values = MEASURES[measure](made)
    kind = int if measure == "core" else float
    return dict(zip(graph, map(kind, values), strict=True))


def groups(graph: nx.Graph, kind: str) -> list[set[str]]:
    """The communities (by the Leiden algorithm) or components of a network."""
    with _repeatable():
        made = _converted(graph, weighted=kind == "communities")
        partition = _leiden(made) if kind == "communities" else _components(made)
        members = partition.getVector()
    found: dict[int, set[str]] = {}
    for node, number in zip(graph, members, strict=True):
        found.setdefault(number, set()).add(node)
    return list(found.values())


@contextmanager
def _repeatable() -> Iterator[None]:
    import networkit as nk

    threads = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)
    nk.setSeed(SEED, False)
    try:
        yield
    finally:
        nk.setNumberOfThreads(threads)


def _converted(graph: nx.Graph, *, weighted: bool) -> "networkit.Graph":
    import networkit as nk
    import numpy as np

    number = {node: place for place, node in enumerate(graph)}
    ends = np.array([(number[source], number[target]) for source, target in graph.edges()], dtype=np.uint64).reshape(-1, 2)
    weights = np.array([data["weight"] for *_, data in graph.edges(data=True)] if weighted else np.ones(len(ends)), dtype=float)
    coo: Any = (weights, (ends[:, 0], ends[:, 1]))
    return nk.GraphFromCoo(coo, n=len(graph), weighted=weighted, directed=graph.is_directed())


def _pagerank(made: "networkit.Graph") -> Any:
    import networkit as nk
    import numpy as np

    found = np.array(nk.centrality.PageRank(made, 0.85, 1e-10, distributeSinks=nk.centrality.SinkHandling.DistributeSinks).run().scores())
    return found / found.sum() if found.sum() else found


def _betweenness(made: "networkit.Graph") -> list[float]:
    import networkit as nk

    if made.numberOfNodes() * made.numberOfEdges() <= EXACT:
        exact: list[float] = nk.centrality.Betweenness(made, True).run().scores()
        return exact
    estimate: list[float] = nk.centrality.EstimateBetweenness(made, SAMPLES, True, False).run().scores()
    return estimate


def _closeness(made: "networkit.Graph") -> Any:
    import networkit as nk

    if made.numberOfNodes() * made.numberOfEdges() <= EXACT:
        return nk.centrality.Closeness(made, True, nk.centrality.ClosenessVariant.GENERALIZED).run().scores()
    return _estimated_closeness(made)


def _estimated_closeness(made: "networkit.Graph") -> Any:
    """By the distances from some nodes of a component instead of all (Eppstein and Wang 2004)."""
    import networkit as nk
    import numpy as np

    of = np.array(_components(made).getVector())
    sizes = np.bincount(of, minlength=1)
    total, seen = np.zeros(len(of)), np.zeros(len(of))
    for pivot in np.random.default_rng(SEED).choice(len(of), min(SAMPLES, len(of)), replace=False):
        distances = np.array(nk.distance.BFS(made, int(pivot), False).run().getDistances())
        reached = of == of[pivot]
        total[reached] += distances[reached]
        seen[reached] += 1
    others = sizes[of] - 1.0
    with np.errstate(divide="ignore", invalid="ignore"):
        found = others / max(1, len(of) - 1) * seen / total
    return np.nan_to_num(found, nan=0.0, posinf=0.0)


def _eigenvector(made: "networkit.Graph") -> Any:
    import networkit as nk
    import numpy as np

    return np.abs(nk.centrality.EigenvectorCentrality(made, 1e-9).run().scores())


def _core(made: "networkit.Graph") -> Any:
    import networkit as nk

    return nk.centrality.CoreDecomposition(made).run().scores()


def _clustering(made: "networkit.Graph") -> Any:
    import networkit as nk

    return nk.centrality.LocalClusteringCoefficient(made).run().scores()


def _leiden(made: "networkit.Graph") -> Any:
    import networkit as nk

    return nk.community.ParallelLeiden(made, iterations=10, randomize=False).run().getPartition()


def _components(made: "networkit.Graph") -> Any:
    import networkit as nk

    return nk.components.ConnectedComponents(made).run().getPartition()


MEASURES: dict[str, Callable[["networkit.Graph"], Any]] = {
    "pagerank": _pagerank,
    "betweenness": _betweenness,
    "closeness": _closeness,
    "eigenvector": _eigenvector,
    "core": _core,
    "clustering": _clustering,
}
