"""What the explorer draws: entities with their rank and community, and the claims about them with sentence and proof, as plain values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.graph import corroboration, queries, vocabulary
from kg.graph.corroboration import Belief
from kg.graph.facts import Fact
from kg.graph.records import ident
from kg.graph.store import Store, StoredDocument
from kg.network.centrality import measure
from kg.network.communities import Group, communities
from kg.network.entities import entities
from kg.network.told import Told, claims
from kg.web import links
from kg.web.remembered import remembered

# Beyond this a browser draws too slowly, and nobody sees anything.
NODES = 2000

Values = dict[str, Any]
Marks = Mapping[str, list[tuple[int, int, str]]]


@dataclass(frozen=True, slots=True)
class World:
    """All that the pictures of a store are parts of: everything that takes long to find, and nothing that holds the store."""

    known: Mapping[str, Values]
    told: Mapping[str, Told]
    network: nx.MultiDiGraph
    rank: Mapping[str, float]
    groups: Sequence[Group]
    beliefs: Mapping[str, Belief]
    marks: Marks
    labels: Mapping[str, str]
    documents: Mapping[str, StoredDocument]


def world(store: Store) -> World:
    """The whole network with its ranks and communities."""
    known = dict(entities(store))
    told = claims(store, {each: node["label"] for each, node in known.items()})
    told = {claim: each for claim, each in sorted(told.items()) if not _ends(each.fact).isdisjoint(known)}
    network = _network(told.values(), known)
    beliefs = corroboration.weigh((each.fact, each.publisher) for each in told.values())
    return World(
        known=known,
        told=told,
        network=network,
        rank=measure(network, "pagerank"),
        groups=communities(network),
        beliefs={claim: belief for belief in beliefs for claim in belief.claims},
        marks=_marks(store),
        labels=vocabulary.labels(store.inner),
        documents={document.id: document for document in store.documents()},
    )


def exploration(store: Store, *, nodes: int = NODES, around: str | None = None, pages: bool = False) -> Values:
    """The most central entities, at most so many, and all claims between them; `around` keeps those tied to one entity.

    With `pages` each thing has the address of its page in the server. The same store gives the same values in the same order.
    """
    whole = remembered(store, world)
    known, rank = whole.known, whole.rank
    kept = _central(whole.network, rank, nodes, around)
    drawn = [each for each in whole.told.values() if (ends := _ends(each.fact) & known.keys()) and ends <= kept]
    used = {each.fact.document for each in drawn}
    community = {member: group.number for group in whole.groups for member in group.members}
    shown = [_node(each, whole, community.get(each)) for each in sorted(kept, key=lambda n: (-rank[n], n))]
    data = {
        "nodes": shown,
        "claims": [_claim(each, whole) for each in drawn],
        "documents": {each: _document(whole.documents.get(each) or StoredDocument(each)) for each in sorted(used)},
        "communities": {str(group.number): group.name for group in whole.groups if not kept.isdisjoint(group.members)},
        "total": {"nodes": len(whole.network), "claims": len(whole.told)},
        "told": True,
    }
    return _with_pages(data) if pages else data


def _ends(fact: Fact) -> set[str]:
    return {end for end in (fact.subject_id, fact.object_id) if end is not None}


def _network(told: Iterable[Told], known: Mapping[str, Values]) -> nx.MultiDiGraph:
    """Everything that is drawn, before any of it is left out."""
    network = nx.MultiDiGraph()
    for each in told:
        network.add_nodes_from((end, {"label": known[end]["label"]}) for end in sorted(_ends(each.fact) & known.keys()))
        if each.fact.subject_id in known and each.fact.object_id in known:
            network.add_edge(each.fact.subject_id, each.fact.object_id, key=each.fact.claim)
    return network


def _central(network: nx.MultiDiGraph, rank: Mapping[str, float], number: int, around: str | None) -> set[str]:
    wanted = set(network)
    if around is not None:
        wanted = {around, *nx.all_neighbors(network, around)} if around in network else set()
    return set(sorted(wanted, key=lambda node: (node != around, -rank[node], node))[:number])


def _node(about: str, whole: World, community: int | None) -> Values:
    known = whole.known[about]
    return {
        "id": about,
        "rank": whole.rank[about],
        "community": community,
        **{name: known[name] for name in ("label", "type", "aliases", "mentions", "documents")},
        "kind": whole.labels.get(known["type"], known["type"]),
        "links": [link for link in known["links"] if links.outward(link)],
    }


def _claim(each: Told, whole: World) -> Values:
    fact, belief = each.fact, whole.beliefs.get(each.fact.claim)
    return {
        "id": fact.claim,
        "subject": fact.subject_id,
        "object": fact.object_id,
        "value": fact.object if fact.object_id is None else None,
        "relation": fact.relation,
        "label": whole.labels.get(fact.relation, fact.relation),
        "modality": fact.modality,
        "confidence": round(fact.confidence, 3),
        "sources": [{"id": source, "name": name} for source, name in zip(fact.source_ids, fact.sources, strict=False)],
        "sentence": fact.sentence,
        "marks": _within(fact, whole.marks.get(fact.claim, ())),
        "document": fact.document,
        "time": fact.time,
        "start": each.start,
        "end": each.end,
        "place": list(fact.place),
        "instrument": list(fact.instrument),
        "title": fact.title,
        "supporting": len(belief.supporting) if belief else None,
        "opposing": len(belief.opposing) if belief else None,
    }


def _marks(store: Store) -> Marks:
    """Where the words stand that each claim is made of, in its document."""
    found = defaultdict(list)
    for row in queries.rows(store, queries.library("details")["spans"]):
        found[ident(row["claim"])].append((int(row["start"].value), int(row["end"].value), str(row["part"].value)))
    return found


def _within(fact: Fact, marks: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The words as they stand in the sentence. Browsers count in UTF-16."""
    return [
        (_utf16(fact.sentence[: start - fact.start]), _utf16(fact.sentence[: end - fact.start]), part)
        for start, end, part in sorted(marks)
        if fact.start <= start < end <= fact.start + len(fact.sentence)
    ]


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _document(document: StoredDocument) -> Values:
    return {"title": document.title, "published": document.published, "source": document.source, "link": links.outward(document.source)}


def _with_pages(data: Values) -> Values:
    """The addresses of pages, which only the server knows how to write."""
    for kind, things in (("entity", data["nodes"]), ("claim", data["claims"])):
        for each in things:
            each["page"] = links.page(kind, each["id"])
    for about, document in data["documents"].items():
        document["page"] = links.page("document", about)
    return data
