"""The network of entities: a node for each, an edge for each claim between two. For networkx and the formats of graph tools."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from kg.graph import corroboration, names, records
from kg.graph.corroboration import Belief
from kg.graph.facts import Fact, facts_of
from kg.graph.store import Store
from kg.graph.terms import clean
from kg.model import Extraction

_SPACE = re.compile(r"[\t\n\r]+")


def network(store: Store, *, modality: str | None = None, min_confidence: float = 0.0) -> nx.MultiDiGraph:
    """The network of all documents; with `modality` only of claims of that kind."""
    return network_of(records.read_all(store), modality=modality, min_confidence=min_confidence)


def network_of(extractions: Iterable[Extraction], *, modality: str | None = None, min_confidence: float = 0.0) -> nx.MultiDiGraph:
    """The network of extractions. Nodes are entity ids; the key of an edge is the claim's id. Claims without subject give no edge.

    Nodes have label, type, aliases, links, mentions (how many) and documents; edges relation, label, modality, confidence,
    sources, sentence, document, published, time, place, instrument, title, event and rule, and of the fact that the claim tells, by all
    these extractions: belief, supporting and opposing (how many independent voices).
    """
    graph = nx.MultiDiGraph()
    extractions = list(extractions)
    believed = {claim: belief for belief in corroboration.beliefs(extractions) for claim in belief.claims}
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for extraction in extractions:
        for entity in extraction.entities:
            labels[entity.id][entity.name] += 1
            node = graph.nodes[entity.id] if entity.id in graph else None
            if node is None:
                graph.add_node(entity.id, type=entity.type, aliases=set(), links=set(), mentions=0, documents=set())
                node = graph.nodes[entity.id]
            node["aliases"].update(entity.aliases)
            node["links"].update(entity.links)
            node["mentions"] += len(entity.mentions)
            node["documents"].add(extraction.id)
        for fact in facts_of(extraction):
            if (modality is None or fact.modality == modality) and fact.confidence >= min_confidence:
                _add(graph, fact, extraction.document, believed.get(fact.claim))
    for ident, node in graph.nodes(data=True):
        label = names.choose(labels[ident]) if ident in labels else ident
        others = set(labels[ident]) | node.get("aliases", set())
        node.update(label=label, aliases=sorted(others - {label}), links=sorted(node.get("links", ())), documents=sorted(node.get("documents", ())))
    return graph


def _add(graph: nx.MultiDiGraph, fact: Fact, document: Mapping[str, Any], belief: Belief | None) -> None:
    if fact.subject_id is None or fact.object_id is None or belief is None:
        return
    graph.add_edge(
        fact.subject_id,
        fact.object_id,
        key=fact.claim,
        relation=fact.relation,
        label=fact.relation,
        modality=fact.modality,
        confidence=fact.confidence,
        sources=list(fact.sources),
        sentence=fact.sentence,
        document=fact.document,
        published=document.get("published"),
        time=fact.time,
        place=list(fact.place),
        instrument=list(fact.instrument),
        title=fact.title,
        event=fact.event,
        rule=fact.rule,
        belief=belief.degree,
        supporting=len(belief.supporting),
        opposing=len(belief.opposing),
    )


def flatten(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """A copy that every writer of networkx can write: values are text, integers, finite floats or booleans, nothing is None.

    Lists become text joined by "; "; an attribute has one type everywhere; characters that XML forbids are replaced; nodes
    and edges are sorted, and each edge has its key as `id`.
    """
    flat = nx.MultiDiGraph()
    kinds = _kinds([data for _, data in graph.nodes(data=True)]), _kinds([data for *_, data in graph.edges(data=True)])
    for node, data in sorted(graph.nodes(data=True), key=lambda item: str(item[0])):
        flat.add_node(_text(node), **_plain(data, kinds[0]))
    for tail, head, key, data in sorted(graph.edges(keys=True, data=True), key=lambda item: tuple(map(str, item[:3]))):
        flat.add_edge(_text(tail), _text(head), key=_text(key), **{"id": _text(key), **_plain(data, kinds[1])})
    return flat


def _kinds(rows: Iterable[Mapping[str, Any]]) -> dict[str, type]:
    """The one type of each attribute: that of all its values, float for a mix of numbers, else text."""
    found: dict[str, set[type]] = defaultdict(set)
    for row in rows:
        for name, value in row.items():
            if (simple := _simple(value)) is not None:
                found[name].add(type(simple))
    return {name: next(iter(types)) if len(types) == 1 else float if types == {int, float} else str for name, types in found.items()}


def _plain(data: Mapping[str, Any], kinds: Mapping[str, type]) -> dict[str, Any]:
    plain = {}
    for name in sorted(data):
        if (simple := _simple(data[name])) is not None:
            plain[_text(name)] = simple if type(simple) is kinds[name] else kinds[name](simple)
    return plain


def _simple(value: Any) -> str | int | float | bool | None:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if -(2**63) <= value < 2**63 else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list | tuple | set | frozenset):
        parts = sorted(map(str, value)) if isinstance(value, set | frozenset) else map(str, value)
        return _text("; ".join(parts)) or None
    return _text(value)


def _text(value: object) -> str:
    """On one line: XML would turn line ends in attributes into spaces, some readers everywhere."""
    return _SPACE.sub(" ", clean(str(value)))
