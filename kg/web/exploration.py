"""What the explorer draws: entities with their rank and community, and the claims about them with sentence and proof, as plain values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from kg.graph import corroboration, queries, vocabulary
from kg.graph.facts import Fact
from kg.graph.records import ident
from kg.graph.store import Store, StoredDocument
from kg.network.centrality import measure
from kg.network.communities import communities
from kg.network.entities import entities
from kg.network.told import Told, claims
from kg.web import links

# Beyond this a browser draws too slowly, and nobody sees anything.
NODES = 2000

Values = dict[str, Any]
Marks = Mapping[str, list[tuple[int, int, str]]]


def exploration(store: Store, *, nodes: int = NODES, around: str | None = None, pages: bool = False) -> Values:
    """The most central entities, at most so many, and all claims between them; `around` keeps those tied to one entity.

    With `pages` each thing has the address of its page in the server. The same store gives the same values in the same order.
    """
    known = dict(entities(store))
    told = claims(store, {each: node["label"] for each, node in known.items()})
    told = {claim: each for claim, each in sorted(told.items()) if not _ends(each.fact).isdisjoint(known)}
    network = _network(told.values(), known)
    rank = measure(network, "pagerank")
    kept = _central(network, rank, nodes, around)
    groups = communities(network)
    drawn = [each for each in told.values() if (ends := _ends(each.fact) & known.keys()) and ends <= kept]
    documents = {document.id: document for document in store.documents()}
    used = {each.fact.document for each in drawn}
    community = {member: group.number for group in groups for member in group.members}
    shown = [_node(each, known[each], rank[each], community.get(each)) for each in sorted(kept, key=lambda n: (-rank[n], n))]
    data = {
        "nodes": shown,
        "claims": _claims(store, drawn, told.values()),
        "documents": {each: _document(documents.get(each) or StoredDocument(each)) for each in sorted(used)},
        "communities": {str(group.number): group.name for group in groups if not kept.isdisjoint(group.members)},
        "total": {"nodes": len(network), "claims": len(told)},
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


def _node(about: str, known: Mapping[str, Any], rank: float, community: int | None) -> Values:
    node = {
        "id": about,
        "rank": rank,
        "community": community,
        **{name: known[name] for name in ("label", "type", "aliases", "mentions", "documents")},
    }
    return {**node, "links": [link for link in known["links"] if links.outward(link)]}


def _claims(store: Store, drawn: Iterable[Told], told: Iterable[Told]) -> list[Values]:
    beliefs = {claim: belief for belief in corroboration.weigh((each.fact, each.publisher) for each in told) for claim in belief.claims}
    labels, marks = vocabulary.labels(store.inner), _marks(store)
    found = []
    for each in drawn:
        fact, belief = each.fact, beliefs.get(each.fact.claim)
        found.append(
            {
                "id": fact.claim,
                "subject": fact.subject_id,
                "object": fact.object_id,
                "value": fact.object if fact.object_id is None else None,
                "relation": fact.relation,
                "label": labels.get(fact.relation, fact.relation),
                "modality": fact.modality,
                "confidence": round(fact.confidence, 3),
                "sources": [{"id": source, "name": name} for source, name in zip(fact.source_ids, fact.sources, strict=False)],
                "sentence": fact.sentence,
                "marks": _within(fact, marks.get(fact.claim, ())),
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
        )
    return found


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
