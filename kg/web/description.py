"""The description of the endpoint, after SPARQL 1.1 Service Description, with the counts of what is there (VoID)."""

from collections.abc import Iterator

import pyoxigraph as ox

from kg.graph.store import Store
from kg.graph.terms import TYPE, integer
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
    yield ox.Triple(dataset, ox.NamedNode(f"{VOID}documents"), integer(len(store.graphs())))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)
