"""Analyses as tables: the rows that the command line prints, with names beside ids."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.errors import QueryError
from kg.network import brokers as connecting
from kg.network import centrality
from kg.network.balance import balance
from kg.network.communities import Group, communities, components
from kg.network.motifs import motifs
from kg.network.similarity import Similarity, most_similar, similarity
from kg.network.simple import label
from kg.network.windows import windows

Rows = list[dict[str, Any]]
# What an overview shows of each.
OVERVIEW = ("centrality", "communities", "brokers", "windows")


@dataclass(frozen=True, slots=True)
class Result:
    """A table. `columns` are those for people; a row may hold more, such as ids and members. `note` is a sentence about the whole."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: Rows
    note: str = ""


def analyse(graph: nx.MultiDiGraph, name: str, nodes: Sequence[Sequence[str]] = ()) -> Result:
    """An analysis of `ANALYSES`. `nodes` are the ids of the entities that it is about, several where a name is several. Raises QueryError."""
    if name not in ANALYSES:
        raise QueryError(f"no analysis called {name!r}; choose one of: {', '.join(ANALYSES)}")
    return ANALYSES[name](graph, nodes)


def _centrality(graph: nx.MultiDiGraph, nodes: Sequence[Sequence[str]]) -> Result:
    scores = centrality.measures(graph)
    return Result("centrality", "Who matters", ("entity", "type", *centrality.MEASURES), central_rows(graph, scores))


def central_rows(graph: nx.MultiDiGraph, scores: Mapping[str, Mapping[str, float]]) -> Rows:
    """A row a node, the most central first."""
    rows = [{**_named(graph, node), **{name: found[node] for name, found in scores.items()}} for node in graph]
    return sorted(rows, key=lambda row: (-row["strength"], -row["pagerank"], row["entity"], row["id"]))


def _communities(graph: nx.MultiDiGraph, nodes: Sequence[Sequence[str]]) -> Result:
    return Result("communities", "Which camps there are", _GROUP, group_rows(graph, communities(graph)))


def _components(graph: nx.MultiDiGraph, nodes: Sequence[Sequence[str]]) -> Result:
    return Result("components", "Which parts are not connected", _GROUP, group_rows(graph, components(graph)))


_GROUP = ("number", "name", "size", "types", "inside", "outside")


def group_rows(graph: nx.MultiDiGraph, found: Iterable[Group]) -> Rows:
    """A row a group."""
    return [
        {
            "number": group.number,
            "name": group.name,
            "size": len(group.members),
            "types": [f"{number} {kind}" for kind, number in group.types],
            "inside": group.inside,
            "outside": group.outside,
            "members": [label(graph, node) for node in group.members],
            "ids": list(group.members),
        }
        for group in found
    ]


def _brokers(graph: nx.MultiDiGraph, nodes: Sequence[Sequence[str]]) -> Result:
    groups = communities(graph)
    rows = broker_rows(graph, connecting.brokers(graph, groups=groups, number=len(graph)), groups)
    return Result("brokers", "Who connects", ("entity", "type", "betweenness", "cuts off", "constraint", "communities"), rows)


def broker_rows(graph: nx.MultiDiGraph, found: Iterable[connecting.Broker], groups: Iterable[Group]) -> Rows:
    """A row a broker, with the names of the communities that it ties."""
    called = {group.number: group.name for group in groups}
    return [
        {
            **_named(graph, broker.node),
            "betweenness": broker.betweenness,
            "cuts off": broker.cuts_off,
            "constraint": broker.constraint,
            "communities": len(broker.between),
            "between": [called[number] for number in broker.between],
        }
        for broker in found
    ]


def _bridges(graph: nx.MultiDiGraph, nodes: Sequence[Sequence[str]]) -> Result:
    rows = [
        {"one": label(graph, b.source), "other": label(graph, b.target), "cuts off": b.cuts_off, "one_id": b.source, "other_id": b.target}
        for b in connecting.bridges(graph)
    ]
    return Result("bridges", "Ties without which the network falls apart", ("one", "other", "cuts off"), rows)


def _balance(graph: nx.MultiDiGraph, nodes: Sequence[Sequence[str]]) -> Result:
    found = balance(graph)
    rows = [
        {
            "camp": _labels(graph, camps.one),
            "against": _labels(graph, camps.other),
            "ties": camps.ties,
            "out of line": [f"{label(graph, one)} – {label(graph, other)}" for one, other in camps.against],
            "camp_ids": list(camps.one),
            "against_ids": list(camps.other),
        }
        for camps in found.camps
    ]
    share = "no triangles" if found.share is None else f"{found.share:.0%} of {len(found.triangles)} triangles balanced"
    note = f"{found.friendly} friendly and {found.hostile} hostile ties, {share}"
    return Result("balance", "Who stands with and against whom", ("camp", "against", "ties", "out of line"), rows, note)


def _windows(graph: nx.MultiDiGraph, nodes: Sequence[Sequence[str]]) -> Result:
    rows = [
        {
            "window": w.name,
            "nodes": w.nodes,
            "ties": w.ties,
            "entered": _labels(graph, w.entered),
            "returned": _labels(graph, w.returned),
            "left": _labels(graph, w.left),
            "new ties": [f"{label(graph, one)} – {label(graph, other)}" for one, other in w.new_ties],
            "gone ties": [f"{label(graph, one)} – {label(graph, other)}" for one, other in w.gone_ties],
            "reports": w.reports,
            "density": w.density,
        }
        for w in windows(graph)
    ]
    return Result("windows", "What changed", ("window", "nodes", "ties", "entered", "left", "new ties"), rows)


def _labels(graph: nx.MultiDiGraph, nodes: Iterable[str]) -> list[str]:
    """Names, those of the nodes with most neighbours first."""
    return [label(graph, node) for node in sorted(nodes, key=lambda node: (-graph.degree(node), label(graph, node)))]


def _motifs(graph: nx.MultiDiGraph, nodes: Sequence[Sequence[str]]) -> Result:
    # What ties all three comes first, of that what is found at all.
    found = sorted(motifs(graph), key=lambda motif: (not motif.connected, motif.number == 0))
    rows = [{"motif": motif.code, "number": motif.number, "meaning": motif.meaning} for motif in found]
    return Result("motifs", "How three are tied", ("motif", "number", "meaning"), rows)


def _similarity(graph: nx.MultiDiGraph, nodes: Sequence[Sequence[str]]) -> Result:
    if len(nodes) not in (1, 2):
        raise QueryError("similarity needs one entity, or two to compare: kg analyze similarity Iran Iraq")
    if len(nodes) == 1:
        found = [each for node in _present(graph, nodes[0]) for each in most_similar(graph, node, number=len(graph))]
    else:
        found = [similarity(graph, one, other) for one in _present(graph, nodes[0]) for other in _present(graph, nodes[1]) if one != other]
    rows = [_likeness(graph, each) for each in found]
    return Result("similarity", "Who is tied to the same others", ("one", "other", "cosine", "jaccard", "shared", "adamic-adar"), rows)


def _likeness(graph: nx.MultiDiGraph, each: Similarity) -> dict[str, Any]:
    arrow = {"to": "→", "from": "←", "with": "–"}
    return {
        "one": label(graph, each.one),
        "other": label(graph, each.other),
        "cosine": each.cosine,
        "jaccard": each.jaccard,
        "adamic-adar": each.adamic_adar,
        # A name without a relation: both are tied to it, each in ways of its own.
        "shared": [
            *(f"{relation} {arrow[direction]} {label(graph, node)}" for direction, relation, node in each.shared),
            *(label(graph, node) for node in each.others),
        ],
        "one_id": each.one,
        "other_id": each.other,
    }


def _present(graph: nx.MultiDiGraph, nodes: Sequence[str]) -> list[str]:
    if found := [node for node in nodes if node in graph]:
        return found
    raise QueryError(f"{nodes[0] if nodes else 'it'} has no tie in this network; see kg network for others")


def _named(graph: nx.MultiDiGraph, node: str) -> dict[str, Any]:
    return {"entity": label(graph, node), "type": graph.nodes[node].get("type", ""), "id": node}


ANALYSES: dict[str, Callable[[nx.MultiDiGraph, Sequence[Sequence[str]]], Result]] = {
    "centrality": _centrality,
    "communities": _communities,
    "components": _components,
    "brokers": _brokers,
    "bridges": _bridges,
    "balance": _balance,
    "windows": _windows,
    "motifs": _motifs,
    "similarity": _similarity,
}
