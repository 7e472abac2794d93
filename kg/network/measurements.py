"""Results of analyses as triples with their provenance: which activity measured what of whom, by what documents."""

import hashlib
from collections.abc import Iterator

import networkx as nx
import pyoxigraph as ox

from kg import __version__
from kg.graph.store import Store
from kg.graph.terms import LABEL, TYPE, document, entity, event, integer, literal, node
from kg.graph.triples import ACTIVITY, PIPELINE, USED
from kg.iris import ID, PREFIXES, resource
from kg.network.analysis import ATTRIBUTES
from kg.network.centrality import DIGITS

MEASUREMENT, MEASURES, NAME, VALUE = node("kg:Measurement"), node("kg:isMeasurementOf"), node("kg:measureName"), node("kg:measureValue")
GENERATED = node("prov:wasGeneratedBy")


def write(store: Store, graph: nx.MultiDiGraph) -> int:
    """Writes the measures of an annotated network into a graph of their own, in place of those of the same projection; returns how many."""
    found = list(dict.fromkeys(quads(graph)))
    there = set(store.inner.quads_for_pattern(None, None, None, name(graph)))
    store.change(there - set(found), set(found) - there)
    return sum(quad.predicate == VALUE for quad in found)


def name(graph: nx.MultiDiGraph) -> ox.NamedNode:
    """The name of the graph for a projection."""
    return ox.NamedNode(f"{ID}graph/analysis/{hashlib.sha256(str(graph.graph.get('projection', '')).encode()).hexdigest()[:12]}")


def quads(graph: nx.MultiDiGraph) -> Iterator[ox.Quad]:
    """A measurement for each node and measure, and the activity that made them, with the documents that it used."""
    asked = "; ".join(str(graph.graph[key]) for key in ("projection", "options") if graph.graph.get(key))
    activity = ox.NamedNode(resource("analysis", _hash(asked)))
    for triple in (*_activity(graph, activity, asked), *_measurements(graph, activity)):
        yield ox.Quad(triple.subject, triple.predicate, triple.object, name(graph))


def _activity(graph: nx.MultiDiGraph, activity: ox.NamedNode, asked: str) -> Iterator[ox.Triple]:
    yield ox.Triple(activity, TYPE, ACTIVITY)
    yield ox.Triple(activity, LABEL, literal(asked))
    yield ox.Triple(activity, PIPELINE, literal(f"kg {__version__}, networkx {nx.__version__}"))
    for ident in sorted({each for *_, data in graph.edges(data=True) for each in (*data.get("documents", ()), data.get("document", ""))} - {""}):
        yield ox.Triple(activity, USED, document(ident))


def _measurements(graph: nx.MultiDiGraph, activity: ox.NamedNode) -> Iterator[ox.Triple]:
    for about, data in sorted(graph.nodes(data=True)):
        # Events are nodes by their ids, which have no kind before a slash.
        subject = event(about) if about.startswith("v-") else entity(about)
        for attribute in ATTRIBUTES:
            if attribute in data:
                made = ox.NamedNode(resource("measurement", _hash(f"{activity.value} {attribute} {about}")))
                yield ox.Triple(made, TYPE, MEASUREMENT)
                yield ox.Triple(made, MEASURES, subject)
                yield ox.Triple(made, NAME, literal(attribute))
                yield ox.Triple(made, VALUE, _value(data[attribute]))
                yield ox.Triple(made, GENERATED, activity)


def _value(value: object) -> ox.Literal:
    if isinstance(value, int):
        return integer(value)
    if isinstance(value, float):
        return ox.Literal(f"{value:.{DIGITS}f}".rstrip("0").rstrip("."), datatype=node("xsd:decimal"))
    return literal(str(value))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def serialize(graph: nx.MultiDiGraph, format: ox.RdfFormat) -> bytes:
    """The measures of an annotated network in a format of RDF."""
    found = sorted(set(quads(graph)), key=str)
    if format.supports_datasets:
        return ox.serialize(found, format=format, prefixes=PREFIXES) or b""
    return ox.serialize((quad.triple for quad in found), format=format, prefixes=PREFIXES) or b""
