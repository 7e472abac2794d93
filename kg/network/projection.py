"""Projections: the graph seen as a network, by a query of `queries/network`.

The query gives a row a tie: ?source ?target ?relation, and what it likes of ?claim ?document ?modality ?weight ?sign ?via; of a row with a
claim, kg knows the rest (modality, sources, sentence, days). Its head may say `#+ edges: claims` (an edge a claim; else ties that are
told twice are one), `#+ directed: no`, `#+ signed: yes`, `#+ nodes: all` (entities without ties too, as long as nothing is filtered).
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from kg.graph import corroboration, queries, vocabulary
from kg.graph.queries import Query
from kg.graph.store import Store
from kg.network import edges
from kg.network.entities import entities
from kg.network.happenings import events
from kg.network.ties import Only, ties
from kg.network.told import claims


def projections() -> dict[str, Query]:
    """The projections by name, sorted."""
    return queries.library("network")


def project(
    store: Store,
    name: str | Path | Query = "claims",
    *,
    modality: str | Iterable[str] | None = None,
    min_confidence: float = 0.0,
    since: str | None = None,
    until: str | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> nx.MultiDiGraph:
    """The network of a projection, by its name, file or query.

    Nodes are entities (or events) by their ids, edges ties. `modality` keeps claims of one or some kinds, `since` and `until` ties that
    lie between two dates, both included. An undirected projection has each edge once, in either direction: `graph.graph["directed"]`
    is False. Raises QueryError.

    Nodes have label, type, aliases, links, mentions, documents, of places lat, lon and country, and the first and last day of their ties
    (start, end). Edges have relation, label and weight, and where it is known modality, confidence, sign, sources, sentence, document or
    documents, published, reported (all days of publication), start and end (of what is told, else of its publication), time, place,
    instrument, title, event, rule, via, claims, and the belief in the fact with the number of voices for and against it (supporting,
    opposing). What is not known is absent.
    """
    query = name if isinstance(name, Query) else queries.find(name, "network")
    only = Only.of(modality, min_confidence, since, until)
    directed = query.head.get("directed") != "no"
    nodes: dict[str, dict[str, Any]] = dict(entities(store))
    told = claims(store, {ident: node["label"] for ident, node in nodes.items()})
    documents = {document.id: document for document in store.documents()}
    found = filter(only, ties(queries.rows(store, query, parameters), query, told, documents))
    beliefs = _beliefs(told.values())
    # Only the ties hold it now, and they are let go one after the other.
    del told
    made = edges.of_claims(found, beliefs) if query.head.get("edges") == "claims" else edges.merged(found, beliefs, directed=directed)
    graph = nx.MultiDiGraph(projection=query.name, title=query.summary, directed=directed, signed="signed" in query.head, **_options(only))
    if query.head.get("nodes") == "all" and only == Only():
        graph.add_nodes_from(sorted(nodes))
    labels = vocabulary.labels(store.inner)
    for source, target, key, data in made:
        if "via" in data:
            data["via"] = sorted(nodes[each]["label"] if each in nodes else each for each in data["via"])
        graph.add_edge(source, target, key=key, label=labels.get(data["relation"]) or _words(data["relation"]), **data)
    if any(node not in nodes for node in graph):
        nodes |= events(store, nodes)
    _describe(graph, nodes)
    return graph


def _beliefs(told: Iterable[Any]) -> dict[str, corroboration.Belief]:
    return {claim: belief for belief in corroboration.grounded((each.fact, each.publisher) for each in told) for claim in belief.claims}


def _options(only: Only) -> dict[str, str]:
    """The filters as text, for whoever reads the network later."""
    kept = [("modality", " ".join(only.modality or ())), ("min-confidence", only.min_confidence or ""), ("from", only.since), ("to", only.until)]
    return {"options": text} if (text := "; ".join(f"{name} {value}" for name, value in kept if value)) else {}


def _words(relation: str) -> str:
    """ "acted in" of "actedIn"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", relation).lower()


def _describe(graph: nx.MultiDiGraph, nodes: Mapping[str, Mapping[str, Any]]) -> None:
    """What is known of each node, and the first and last day of its ties."""
    days: dict[str, tuple[str, str]] = {}
    for source, target, data in graph.edges(data=True):
        for told in [data[name] for name in ("start", "end") if name in data]:
            for end in (source, target):
                first, last = days.get(end, (told, told))
                days[end] = min(first, told), max(last, told)
    for node, data in graph.nodes(data=True):
        if node in days:
            data["start"], data["end"] = days[node]
        data |= nodes.get(node, {"label": node, "type": "Thing", "documents": []})
