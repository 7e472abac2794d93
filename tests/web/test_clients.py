"""Clients that others wrote ask a real server: SPARQLStore of rdflib, SPARQLWrapper, and kg itself."""

import io
from typing import Any
from xml.dom.minidom import Document

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, RDFXML, TSV, TURTLE, XML, SPARQLExceptions, SPARQLWrapper
from typer.testing import CliRunner

from kg.cli import app
from kg.graph.store import Store
from kg.iris import ID

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*", "ignore::DeprecationWarning:SPARQLWrapper.*")

CITY = rdflib.URIRef(f"{ID}entity/city/zenda")
ZENDA = rdflib.Literal("Zenda", lang="en")
PATTERN = f"{{ <{CITY}> <{rdflib.RDFS.label}> ?name }}"
# The name stands in several graphs.
ROWS = f"SELECT DISTINCT ?name {PATTERN}"
TRUTH = f"ASK {PATTERN}"
TRIPLES = [f"CONSTRUCT {PATTERN} WHERE {PATTERN}", f"DESCRIBE <{CITY}>"]
GET_AND_POSTS = ["GET", "POST", "POST_FORM"]


def asked(address: str, query: str, format: str, method: str = "GET") -> Any:
    """What SPARQLWrapper makes of the answer; it warns, and so fails, where the format isn't the one that it asked for."""
    client = SPARQLWrapper(f"{address}/sparql")
    client.setMethod(method)
    client.setQuery(query)
    client.setReturnFormat(format)
    return client.queryAndConvert()


# ---- rdflib


@pytest.mark.parametrize("method", GET_AND_POSTS)
@pytest.mark.parametrize("format", ["xml", "json", "tsv"])
def test_rdflib_reads_rows(address: str, format: str, method: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{address}/sparql", returnFormat=format, method=method))
    assert [row.name for row in graph.query(ROWS)] == [ZENDA]


def test_rdflib_reads_csv_which_knows_no_languages(address: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{address}/sparql", returnFormat="csv"))
    assert [row.name for row in graph.query(ROWS)] == [rdflib.Literal("Zenda")]


@pytest.mark.parametrize(("query", "truth"), [(TRUTH, True), ("ASK { ?nothing a <urn:unknown> }", False)])
@pytest.mark.parametrize("format", ["xml", "json"])
def test_rdflib_reads_truth(address: str, format: str, query: str, truth: bool) -> None:
    assert rdflib.Graph(SPARQLStore(f"{address}/sparql", returnFormat=format)).query(query).askAnswer is truth


@pytest.mark.parametrize("format", ["turtle", "nt", "json-ld", "xml"])
@pytest.mark.parametrize("query", TRIPLES)
def test_rdflib_reads_triples(address: str, query: str, format: str) -> None:
    found = rdflib.Graph(SPARQLStore(f"{address}/sparql", returnFormat=format)).query(query).graph
    assert found is not None
    assert (CITY, rdflib.RDFS.label, ZENDA) in found


def test_rdflib_walks_in_the_graph(address: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{address}/sparql"))
    assert graph.value(CITY, rdflib.RDFS.label) == ZENDA
    assert (CITY, rdflib.RDFS.label, None) in graph


# ---- SPARQLWrapper


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_reads_rows_of_json(address: str, method: str) -> None:
    assert asked(address, ROWS, JSON, method)["results"]["bindings"][0]["name"]["value"] == "Zenda"


def test_sparqlwrapper_reads_rows_of_xml(address: str) -> None:
    found = asked(address, ROWS, XML)
    assert isinstance(found, Document)
    assert [literal.firstChild.data for literal in found.getElementsByTagName("literal")] == ["Zenda"]  # type: ignore[union-attr]


@pytest.mark.parametrize(("format", "rows"), [(CSV, ["name", "Zenda"]), (TSV, ["?name", '"Zenda"@en'])])
def test_sparqlwrapper_reads_rows_of_tables(address: str, format: str, rows: list[str]) -> None:
    assert asked(address, ROWS, format).decode().split() == rows


def test_sparqlwrapper_reads_truth(address: str) -> None:
    assert asked(address, TRUTH, JSON)["boolean"] is True
    assert asked(address, TRUTH, XML).getElementsByTagName("boolean")[0].firstChild.data == "true"


@pytest.mark.parametrize("format", [TURTLE, N3, JSONLD, RDFXML, XML])
@pytest.mark.parametrize("query", TRIPLES)
def test_sparqlwrapper_reads_triples(address: str, query: str, format: str) -> None:
    found = asked(address, query, format)
    graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(io.BytesIO(found), format="turtle")
    assert (CITY, rdflib.RDFS.label, ZENDA) in graph


def test_sparqlwrapper_tells_what_is_wrong_with_a_query(address: str) -> None:
    with pytest.raises(SPARQLExceptions.QueryBadFormed, match="expected"):
        asked(address, "SELECT ?name {", JSON)


# ---- kg


def test_kg_reads_from_kg(address: str) -> None:
    with Store.open(f"{address}#sparql,none,graphs", read_only=True) as store:
        assert len(store.documents()) == 3
        assert len(store.graphs()) == 3
        result = CliRunner().invoke(app, ["facts", "--relation", "metWith", "--store", f"{address}#sparql,none,graphs"])
    assert "Ida Brandt" in result.stdout, result.output
