"""The description of the endpoint, after SPARQL 1.1 Service Description, with the counts of what is there (VoID)."""

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from kg.graph.store import Store
from kg.graph.terms import TYPE, english, integer, node
from kg.graph.triples import CLAIM
from kg.iris import ID
from kg.web import triples
from kg.web.exchange import Ask, Reply

SD, VOID, FORMATS = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#", "http://www.w3.org/ns/formats/"
_RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)


def answer(store: Store, ask: Ask) -> Reply:
    """The description, as RDF."""
    return triples.reply(ask, described(store, ask.address))


def described(store: Store, address: str) -> Iterator[ox.Triple]:
    """The triples; nodes without a name of their own are parts of the endpoint's address."""
    service = ox.NamedNode(address)
    dataset, default = ox.NamedNode(f"{address}#dataset"), ox.NamedNode(f"{address}#default-graph")
    yield ox.Triple(service, TYPE, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), service)
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for name in _RESULTS:
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(FORMATS + name))
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, TYPE, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), default)
    yield ox.Triple(default, TYPE, _sd("Graph"))
    yield ox.Triple(dataset, _void("documents"), integer(len(store.graphs())))


def counted(counts: Mapping[str, int]) -> Iterator[ox.Triple]:
    """The numbers of documents, entities, claims, and of those that are actual."""
    dataset, claims, facts = (ox.NamedNode(f"{ID}#{name}") for name in ("dataset", "claims", "facts"))
    yield ox.Triple(dataset, TYPE, _void("Dataset"))
    yield ox.Triple(dataset, _void("documents"), integer(counts["documents"]))
    yield ox.Triple(dataset, _void("entities"), integer(counts["entities"]))
    yield ox.Triple(dataset, _void("classPartition"), claims)
    yield ox.Triple(claims, _void("class"), CLAIM)
    yield ox.Triple(claims, _void("entities"), integer(counts["claims"]))
    yield ox.Triple(claims, _void("subset"), facts)
    yield ox.Triple(facts, node("dcterms:description"), english("the claims that are actual"))
    yield ox.Triple(facts, _void("entities"), integer(counts["facts"]))


def _void(name: str) -> ox.NamedNode:
    return ox.NamedNode(VOID + name)


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)
