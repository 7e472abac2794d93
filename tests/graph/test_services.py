"""SERVICE asks the servers that are allowed, and no other, however a query is written."""

import pyoxigraph as ox
import pytest
import servers

from kg.errors import QueryError
from kg.graph import queries, services
from kg.graph.store import Store

ALLOWED = "http://allowed.example/sparql"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT ?service { ?service kg:service 'SERVICE <http://other.example/> {' }",
        "PREFIX service: <http://service.example/> DESCRIBE service:x # SERVICE",
        r"SELECT * { ?s ?p '\u0053ervice' }",
        f"SELECT * {{ SERVICE <{ALLOWED}> {{ ?s ?p ?o }} }}",
        f"ASK {{ service\n silent <{ALLOWED}>{{ ?s ?p ?o }} }}",
    ],
)
def test_what_asks_no_other_server_may_be_asked(text: str) -> None:
    services.check(text, [ALLOWED])


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://other.example/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://other.example/> { ?s ?p ?o } }",
        f"SELECT * {{ SERVICE <{ALLOWED}> {{ ?s ?p ?o }} SERVICE <{ALLOWED}/other> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE <{ALLOWED.upper()}> {{ ?s ?p ?o }} }}",
        "BASE <http://other.example/> SELECT * { SERVICE <sparql> { ?s ?p ?o } }",
        "PREFIX service: <http://other.example/> SELECT * { SERVICE service:sparql { ?s ?p ?o } }",
        "PREFIX : <http://other.example/> SELECT * { SERVICE:sparql { ?s ?p ?o } }",
        "SELECT * { VALUES ?x { <http://other.example/> } SERVICE ?x { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE<http://other.example/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE<http://other.example/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER(?o<1)SERVICE#c>'''\n<http://other.example/>{?s ?p ?o} \n#'''\n }",
        r"SELECT * { \u0053ERVICE <http://other.example/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o # \\u000A SERVICE <http://other.example/> { ?s ?p ?o }\n }",
        "SELECT * { SERVICE # here\n <http://other.example/> { ?s ?p ?o } }",
    ],
)
def test_what_asks_another_server_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="write SERVICE <URL>, the address in full"):
        services.check(text, [ALLOWED])


@pytest.mark.parametrize("address", ["sparql", "", "ftp://other.example/", "http://a b/", "http://a/> { } SERVICE <http://b/"])
def test_only_an_address_can_be_allowed(address: str) -> None:
    with pytest.raises(QueryError, match="not the address of a service"):
        services.check("ASK { }", [address])


def test_a_server_is_asked_when_it_is_allowed() -> None:
    other = Store.open(servers.take().address)
    name, label = ox.NamedNode("urn:x"), ox.Literal("asked")
    other.inner.extend([ox.Quad(name, name, label, name)])
    text = f"SELECT ?o WHERE {{ SERVICE <{other.path}/query> {{ GRAPH ?g {{ <urn:x> ?p ?o }} }} }}"
    with pytest.raises(QueryError, match="SERVICE asks another server, which is not allowed; allow it with --service URL"):
        queries.run(Store.open(), text)
    assert queries.run(Store.open(), text, allowed=[f"{other.path}/query"]).rows == [(label,)]
