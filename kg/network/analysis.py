"""Results of analyses as attributes of nodes and edges, for the exports."""

from collections.abc import Callable, Collection, Iterable

import networkx as nx

from kg.errors import QueryError
from kg.network import brokers, centrality
from kg.network.communities import Group, communities, components

ALL = "all"
# What `annotate` may write at nodes.
ATTRIBUTES = (*centrality.MEASURES, "community", "community_name", "component", "cuts_off")


def annotate(graph: nx.MultiDiGraph, names: Iterable[str], *, modality: Collection[str] | None = None) -> None:
    """Writes measures into the network: a number for each of `centrality.MEASURES`, `community` with `community_name`, `component`,
    `cuts_off` on cut points, `bridge` on ties. With `modality` only ties of those kinds count, and ties that have none.
    Raises QueryError for a name that is not in `known()`.
    """
    wanted = list(dict.fromkeys(names))
    wanted = list(known()) if ALL in wanted else wanted
    for name in wanted:
        if name not in known():
            raise QueryError(f"no analysis called {name!r}; choose from: {', '.join(known())}, {ALL}")
    counted = graph if modality is None else _of(graph, modality)
    for name, scores in centrality.measures(counted, [name for name in wanted if name in centrality.MEASURES]).items():
        nx.set_node_attributes(graph, scores, name)
    for name in wanted:
        if name in _OTHERS:
            _OTHERS[name](graph, counted)


def _of(graph: nx.MultiDiGraph, modality: Collection[str]) -> nx.MultiDiGraph:
    others = [(*tie, key) for *tie, key, kind in graph.edges(keys=True, data="modality") if kind is not None and kind not in modality]
    counted = graph.copy()
    counted.remove_edges_from(others)
    return counted


def known() -> tuple[str, ...]:
    """What can be written into a network."""
    return *centrality.MEASURES, *_OTHERS


def _communities(graph: nx.MultiDiGraph, counted: nx.MultiDiGraph) -> None:
    groups = communities(counted)
    _number(graph, groups, "community")
    nx.set_node_attributes(graph, {node: group.name for group in groups for node in group.members}, "community_name")


def _components(graph: nx.MultiDiGraph, counted: nx.MultiDiGraph) -> None:
    _number(graph, components(counted), "component")


def _number(graph: nx.MultiDiGraph, groups: list[Group], name: str) -> None:
    nx.set_node_attributes(graph, {node: group.number for group in groups for node in group.members}, name)


def _cuts(graph: nx.MultiDiGraph, counted: nx.MultiDiGraph) -> None:
    nx.set_node_attributes(graph, brokers.cut_points(counted), "cuts_off")


def _bridges(graph: nx.MultiDiGraph, counted: nx.MultiDiGraph) -> None:
    found = {frozenset((bridge.source, bridge.target)) for bridge in brokers.bridges(counted)}
    for source, target, key, data in graph.edges(keys=True, data=True):
        data["bridge"] = frozenset((source, target)) in found and counted.has_edge(source, target, key)


_OTHERS: dict[str, Callable[[nx.MultiDiGraph, nx.MultiDiGraph], None]] = {
    "communities": _communities,
    "components": _components,
    "cutpoints": _cuts,
    "bridges": _bridges,
}
