"""Triples as the explorer draws them: nobody's claims, so without sentence, source or modality."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import networkx as nx
import pyoxigraph as ox

from kg.graph import names, queries, vocabulary
from kg.graph.answers import readable
from kg.graph.store import Store
from kg.graph.terms import LABEL, TYPE, Term
from kg.iris import KG, local
from kg.network.centrality import measure
from kg.network.communities import communities
from kg.web import links
from kg.web.exploration import NODES, Values

_OWN = (TYPE, LABEL)


def depiction(store: Store, triples: Sequence[ox.Triple]) -> Values | None:
    """The things with most ties, at most as many as a browser can draw, and what is said of them; None where nothing ties two things.

    Names and classes are no ties. They are those of the triples, else of the store.
    """
    whole = nx.MultiDiGraph()
    whole.add_edges_from((triple.subject, triple.object) for triple in triples if _ties(triple))
    if not whole:
        return None
    kept = set(sorted(whole, key=lambda each: (-whole.degree(each), str(each)))[:NODES])
    labels = vocabulary.labels(store.inner)
    network = nx.MultiDiGraph()
    network.add_nodes_from((str(each), about) for each, about in _called(store, kept, triples, labels).items())
    network.add_edges_from((str(each.subject), str(each.object)) for each in triples if _ties(each) and {each.subject, each.object} <= kept)
    rank, groups = measure(network, "pagerank"), communities(network)
    community = {member: group.number for group in groups for member in group.members}
    said = [each for each in triples if each.predicate not in _OWN and each.subject in whole]
    drawn = [each for each in said if each.subject in kept and (each.object in kept or not _ties(each))]
    shown = sorted(network, key=lambda each: (-rank[each], each))
    return {
        "nodes": [{"id": each, "rank": rank[each], "community": community.get(each), **network.nodes[each]} for each in shown],
        "claims": [_statement(number, each, labels) for number, each in enumerate(drawn)],
        "documents": {},
        "communities": {str(group.number): group.name for group in groups},
        "total": {"nodes": len(whole), "claims": len(said)},
        "told": False,
    }


def _ties(triple: ox.Triple) -> bool:
    return triple.predicate not in _OWN and isinstance(triple.object, ox.NamedNode | ox.BlankNode)


def _called(store: Store, things: Iterable[Term], triples: Iterable[ox.Triple], labels: Mapping[str, str]) -> dict[Term, dict[str, Any]]:
    """Name, class and page of each thing, sorted."""
    told = _told((each.subject, each.object) for each in triples if each.predicate in _OWN)
    known = _told(_known(store, [each for each in things if isinstance(each, ox.NamedNode)]))
    found = {}
    for each in sorted(things, key=str):
        name, kinds = ((told[each, is_name] or known[each, is_name]) for is_name in (True, False))
        kind = local(min(kinds, key=lambda iri: (not iri.startswith(KG), iri), default="thing"))
        found[each] = {
            "label": names.choose(name) if name else readable(each),
            "type": kind,
            "kind": labels.get(kind, kind),
            "aliases": [],
            "mentions": None,
            "documents": [],
            "links": [each.value] if isinstance(each, ox.NamedNode) and links.outward(each.value) else [],
            "page": links.local(each.value) if isinstance(each, ox.NamedNode) else None,
        }
    return found


def _told(pairs: Iterable[tuple[Term, Term]]) -> dict[tuple[Term, bool], Counter[str]]:
    """The names (True) and classes (False) of things, with how often each is told: a literal is a name, an IRI a class."""
    told: dict[tuple[Term, bool], Counter[str]] = defaultdict(Counter)
    for thing, value in pairs:
        if isinstance(value, ox.NamedNode | ox.Literal):
            told[thing, isinstance(value, ox.Literal)][value.value] += 1
    return told


def _known(store: Store, things: Iterable[ox.NamedNode]) -> Iterator[tuple[Term, Term]]:
    """What the store says of names and classes, by one question: a server may be far."""
    asked = " ".join(sorted(map(str, things)))
    found = queries.ask(store, f"SELECT ?thing ?value WHERE {{ VALUES ?thing {{ {asked} }} GRAPH ?graph {{ ?thing rdf:type|rdfs:label ?value }} }}")
    assert isinstance(found, ox.QuerySolutions)
    yield from ((row["thing"], row["value"]) for row in found)


def _statement(number: int, triple: ox.Triple, labels: Mapping[str, str]) -> Values:
    tie, relation = _ties(triple), triple.predicate.value
    name = readable(triple.predicate)
    return {
        "id": str(number),
        "subject": str(triple.subject),
        "object": str(triple.object) if tie else None,
        "value": None if tie else readable(triple.object),
        "relation": relation,
        "label": labels.get(relation.removeprefix(KG), name) if relation.startswith(KG) else name,
        "page": links.local(relation),
        "modality": "actual",
        "confidence": 1,
        "sources": [],
        "start": None,
        "end": None,
    }
