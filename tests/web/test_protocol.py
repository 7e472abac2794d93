"""The rules of the SPARQL 1.1 Protocol, of Service Description, and of the Graph Store Protocol for reading.

| rule of the recommendation | test |
|---|---|
| Protocol 2.1: all of a request is percent-encoded UTF-8, a space is %20 or + | test_what_is_encoded_is_read, REFUSED |
| 2.1.1 query by GET | test_query_by_get |
| 2.1.2 query by POST of a form, of that type | test_query_by_post_of_a_form, REFUSED ("another kind of body", "a body of no kind") |
| 2.1.3 query by POST of the query, in UTF-8; graphs stand in the address | test_query_by_post_of_the_query, test_default_graphs_…, REFUSED |
| 2.1.1–2.1.3 exactly one query | REFUSED ("no query …", "two queries", "a query in the address and …", "an empty query") |
| 2.1.1 the other methods are not for queries | REFUSED ("PUT", "DELETE"), test_options_tell_the_methods, test_head_gives_the_headers_of_get |
| 2.1.4 default-graph-uri and named-graph-uri, each any number of times | test_default_graphs_…, test_named_graphs_…, test_both_kinds_… |
| 2.1.4 the dataset of the request counts before that of the query; without either the server's | test_the_dataset_…, test_the_default_graph_is_… |
| 2.1.5 Accept chooses | test_the_format_that_is_liked_best_is_given |
| 2.1.6 rows, truth or triples in the formats of the recommendations | test_rows_and_truth_…, test_graphs_come_…, test_types_and_encodings_… |
| 2.1.5 without Accept any; what can't be had is refused | test_the_format_that_is_liked_best_is_given (""), REFUSED ("a format that is not there") |
| 2.1.7 400 for what isn't SPARQL, with the reason in the body; 4xx or 5xx for what is refused | REFUSED |
| 2.2 updates by GET are none; 4: a server may refuse them | REFUSED ("an update …", "a query and an update") |
| 2.3 relative IRIs have the endpoint for their base, unless the query has one | test_relative_iris_…, test_a_base_of_the_query_counts |
| 4 limits of time, size and memory; no calls to other servers | test_server.py ("limits"), REFUSED ("a call to another server") |
| Service Description 2, 3: GET without a query gives it as RDF, with sd:endpoint | test_without_a_query_the_service_describes_itself |
| Graph Store 4.2: ?graph=IRI, absolute, or ?default, one of them | test_a_graph_by_its_name, test_the_default_graph, test_graphs_that_are_not_… |
| 5.2, 5.7 GET and HEAD; Accept chooses; 404 for a graph that isn't there | test_graphs_come_as_they_are_liked, test_graphs_that_… |
| 5.3–5.6 405 for methods that aren't there, with those that are | test_graphs_are_not_written |
"""

import csv
import io
import json
from typing import Any
from urllib.parse import quote, urlencode

import hostile
import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.iris import ID
from kg.web.description import SD

SELECT = "SELECT ?name { id:city/zenda rdfs:label ?name }".replace("id:city/zenda", f"<{ID}entity/city/zenda>")
ASK = "ASK { ?claim a kg:Claim }"
CONSTRUCT = f"CONSTRUCT {{ <{ID}entity/city/zenda> rdfs:label ?name }} WHERE {{ <{ID}entity/city/zenda> rdfs:label ?name }}"
DESCRIBE = f"DESCRIBE <{ID}entity/city/zenda>"
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
JSON, XML, CSV, TSV = "application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"
A, B = f"{ID}document/a", f"{ID}document/b"


def get(client: TestClient, accept: str = "*/*", **parameters: Any) -> Any:
    return client.get("/sparql", params=parameters, headers={"Accept": accept})


def post(client: TestClient, body: str | bytes, kind: str, address: str = "/sparql") -> Any:
    return client.post(address, content=body, headers={"Content-Type": kind})


def count(response: Any) -> int:
    return len(response.json()["results"]["bindings"])


# ---- ways to ask


def test_query_by_get(client: TestClient) -> None:
    assert get(client, query=SELECT).json()["results"]["bindings"][0]["name"] == {"type": "literal", "value": "Zenda", "xml:lang": "en"}


def test_query_by_post_of_a_form(client: TestClient) -> None:
    assert post(client, urlencode({"query": SELECT}), FORM).json() == get(client, query=SELECT).json()


def test_query_by_post_of_the_query(client: TestClient) -> None:
    assert post(client, SELECT.encode(), f"{QUERY}; charset=UTF-8").json() == get(client, query=SELECT).json()


@pytest.mark.parametrize("space", ["+", "%20", "%0D%0A", "%09"])
def test_what_is_encoded_is_read(client: TestClient, space: str) -> None:
    text = "Düsseldorf–漢字&1+1=2"
    query = quote(f'SELECT ("{text}" AS ?text) {{}}').replace("%20", space)
    for response in (client.get(f"/sparql?query={query}"), post(client, f"query={query}", FORM)):
        assert response.json()["results"]["bindings"][0]["text"]["value"] == text


def test_parameters_in_the_address_of_a_form_count(client: TestClient) -> None:
    documents = urlencode({"query": "SELECT ?d { ?d a foaf:Document }"})
    assert count(post(client, documents, FORM, f"/sparql?{urlencode({'default-graph-uri': A})}")) == 1


def test_relative_iris_are_relative_to_the_endpoint(client: TestClient) -> None:
    found = get(client, query="SELECT ?iri { BIND (<x> AS ?iri) }").json()["results"]["bindings"][0]["iri"]["value"]
    assert found == "http://localhost/x"


def test_a_base_of_the_query_counts(client: TestClient) -> None:
    found = get(client, query="BASE <urn:base/> SELECT ?iri { BIND (<x> AS ?iri) }").json()["results"]["bindings"][0]["iri"]["value"]
    assert found == "urn:base/x"


def test_head_gives_the_headers_of_get(client: TestClient) -> None:
    head = client.head("/sparql", params={"query": SELECT})
    assert (head.status_code, head.headers["content-type"]) == (200, JSON)


def test_options_tell_the_methods(client: TestClient) -> None:
    assert client.options("/sparql").headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert client.options("/graphs").headers["allow"] == "GET, HEAD, OPTIONS"


REFUSED: dict[str, tuple[dict[str, Any], int]] = {
    "no query in a form": ({"method": "POST", "content": "", "headers": {"Content-Type": FORM}}, 400),
    "two queries": ({"method": "GET", "params": {"query": [SELECT, ASK]}}, 400),
    "a query in the address and one in the form": (
        {"method": "POST", "url": f"/sparql?query={quote(ASK)}", "content": urlencode({"query": ASK}), "headers": {"Content-Type": FORM}},
        400,
    ),
    "a form of no kind": ({"method": "POST", "content": urlencode({"query": ASK})}, 415),
    "two updates": ({"method": "POST", "content": "update=CLEAR+ALL&update=CLEAR+ALL", "headers": {"Content-Type": FORM}}, 403),
    "UTF-16": ({"method": "POST", "content": ASK.encode("utf-16"), "headers": {"Content-Type": QUERY}}, 400),
    "a relative named graph": ({"method": "GET", "params": {"query": ASK, "named-graph-uri": "a"}}, 400),
    "a query and a body with one": (
        {"method": "POST", "params": {"query": SELECT}, "content": SELECT, "headers": {"Content-Type": QUERY}},
        400,
    ),
    "a query and an update": (
        {"method": "POST", "content": f"query={quote(ASK)}&update=CLEAR", "headers": {"Content-Type": FORM}},
        400,
    ),
    "graphs without a query": ({"method": "GET", "params": {"default-graph-uri": A}}, 400),
    "not SPARQL": ({"method": "GET", "params": {"query": "SELECT nothing"}}, 400),
    "an update as a query": ({"method": "GET", "params": {"query": "CLEAR ALL"}}, 400),
    "an empty query": ({"method": "GET", "params": {"query": ""}}, 400),
    "a relative graph": ({"method": "GET", "params": {"query": ASK, "default-graph-uri": "a"}}, 400),
    "not UTF-8 in the address": ({"method": "GET", "url": "/sparql?query=%ff"}, 400),
    "not UTF-8 in the body": ({"method": "POST", "content": b"ASK {} # \xff", "headers": {"Content-Type": QUERY}}, 400),
    "another charset": ({"method": "POST", "content": ASK, "headers": {"Content-Type": f"{QUERY}; charset=utf-16"}}, 415),
    "another kind of body": ({"method": "POST", "content": ASK, "headers": {"Content-Type": "text/plain"}}, 415),
    "a body of no kind": ({"method": "POST", "content": ASK}, 415),
    "too long a body": ({"method": "POST", "content": b" " * 1_100_000, "headers": {"Content-Type": QUERY}}, 413),
    "an update by a form": ({"method": "POST", "content": urlencode({"update": "CLEAR ALL"}), "headers": {"Content-Type": FORM}}, 403),
    "an update": ({"method": "POST", "content": "CLEAR ALL", "headers": {"Content-Type": UPDATE}}, 403),
    "an update by GET": ({"method": "GET", "params": {"update": "CLEAR ALL"}}, 403),
    "a call to another server": ({"method": "GET", "params": {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}}, 403),
    "too long an answer": ({"method": "GET", "params": {"query": "SELECT * { ?s ?p ?o . ?a ?b ?c }"}}, 403),
    "a format that is not there": ({"method": "GET", "params": {"query": ASK}, "headers": {"Accept": "image/png"}}, 406),
    "PUT": ({"method": "PUT"}, 405),
    "DELETE": ({"method": "DELETE"}, 405),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_told_in_a_line(client: TestClient, case: str) -> None:
    request, status = REFUSED[case]
    response = client.request(**{"url": "/sparql", **request})
    assert response.status_code == status, response.text
    assert len(response.text.strip()) > 10
    assert response.text.count("\n") <= 1


# ---- formats


@pytest.mark.parametrize("query", [SELECT, ASK])
@pytest.mark.parametrize("accept", [JSON, XML, CSV, TSV])
def test_rows_and_truth_come_in_every_format(client: TestClient, query: str, accept: str) -> None:
    response = get(client, accept, query=query)
    assert response.headers["content-type"].split(";")[0] == accept
    expected = b"Zenda" if query == SELECT else b"true"
    assert expected in response.content


@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
@pytest.mark.parametrize("accept", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"])
def test_graphs_come_in_every_format(client: TestClient, query: str, accept: str) -> None:
    response = get(client, accept, query=query)
    assert response.headers["content-type"].split(";")[0] == accept
    format = ox.RdfFormat.from_media_type(accept)
    assert format is not None
    assert [q for q in ox.parse(response.content, format=format) if str(q.object) == '"Zenda"@en']


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", JSON),
        ("text/*, application/*;q=0.1", CSV),
        (f"{XML};q=0.5, {CSV};q=0.4", XML),
        (f"*/*;q=0.1, {TSV}", TSV),
        ("application/json", JSON),
        (f"{JSON};q=0, */*", XML),
        ("application/xml, text/html;q=0.9", XML),
        (f"{XML};q=nonsense, {CSV};q=0.1", CSV),
        (f"garbage, {CSV}", CSV),
    ],
)
def test_the_format_that_is_liked_best_is_given(client: TestClient, accept: str, expected: str) -> None:
    response = get(client, accept, query=ASK)
    assert response.headers["content-type"].split(";")[0] == expected
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (SELECT, JSON, JSON),
        (SELECT, XML, XML),
        (SELECT, CSV, f"{CSV}; charset=utf-8"),
        (SELECT, TSV, f"{TSV}; charset=utf-8"),
        (CONSTRUCT, "", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
    ],
)
def test_types_and_encodings_are_told(client: TestClient, query: str, accept: str, expected: str) -> None:
    assert get(client, accept, query=query).headers["content-type"] == expected


def test_a_parameter_chooses_the_format_for_links(client: TestClient) -> None:
    assert get(client, "text/html", query=ASK, format="xml").headers["content-type"] == XML


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        (CONSTRUCT, "xml", "application/rdf+xml"),
        (CONSTRUCT, "rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "json-ld", "application/ld+json"),
        (CONSTRUCT, "ttl", "text/turtle"),
        (SELECT, "xml", XML),
        (SELECT, "json", JSON),
    ],
)
def test_formats_may_be_called_as_clients_call_them(client: TestClient, query: str, name: str, expected: str) -> None:
    assert get(client, query=query, format=name).headers["content-type"].split(";")[0] == expected


@pytest.mark.parametrize(("query", "name"), [(SELECT, "turtle"), (SELECT, "json-ld"), (CONSTRUCT, "csv")])
def test_a_format_that_the_answer_can_not_have_is_refused(client: TestClient, query: str, name: str) -> None:
    assert get(client, query=query, format=name).status_code == 406


def test_downloads_hold_no_formulas(client: TestClient) -> None:
    response = get(client, CSV, query="SELECT DISTINCT ?name { ?s rdfs:label ?name . FILTER (STRSTARTS(?name, '=')) }")
    assert list(csv.reader(io.StringIO(response.text))) == [["name"], [f"'{hostile.FORMULA}"]]


# ---- datasets


def test_the_default_graph_is_the_union(client: TestClient) -> None:
    assert count(get(client, query="SELECT DISTINCT ?d { ?d a foaf:Document }")) == 3


def test_default_graphs_of_the_request_are_merged(client: TestClient) -> None:
    documents = "SELECT ?d { ?d a foaf:Document }"
    assert count(get(client, query=documents, **{"default-graph-uri": A})) == 1
    assert count(get(client, query=documents, **{"default-graph-uri": [A, B]})) == 2
    assert count(post(client, urlencode({"query": documents, "default-graph-uri": [A, B]}, doseq=True), FORM)) == 2
    assert count(post(client, documents, QUERY, f"/sparql?{urlencode({'default-graph-uri': A})}")) == 1


def test_named_graphs_of_the_request_can_be_asked_and_no_others(client: TestClient) -> None:
    named = "SELECT DISTINCT ?g { GRAPH ?g { ?d a foaf:Document } }"
    assert count(get(client, query=named, **{"named-graph-uri": [A, B]})) == 2
    assert count(get(client, query="SELECT ?d { ?d a foaf:Document }", **{"named-graph-uri": A})) == 0
    assert count(get(client, query=named, **{"default-graph-uri": A})) == 0


def test_both_kinds_of_graphs_of_the_request_count(client: TestClient) -> None:
    query = "SELECT DISTINCT ?d ?g { ?d a foaf:Document GRAPH ?g { ?e a foaf:Document } }"
    assert count(get(client, query=query, **{"default-graph-uri": [A, B], "named-graph-uri": [A, B]})) == 4
    found = get(client, query=query, **{"default-graph-uri": A, "named-graph-uri": B}).json()["results"]["bindings"]
    assert [(row["d"]["value"], row["g"]["value"]) for row in found] == [(A, B)]


def test_the_dataset_of_a_query_counts_unless_the_request_has_one(client: TestClient) -> None:
    query = f"SELECT ?d FROM <{A}> {{ ?d a foaf:Document }}"
    assert get(client, query=query).json()["results"]["bindings"][0]["d"]["value"] == A
    assert get(client, query=query, **{"default-graph-uri": B}).json()["results"]["bindings"][0]["d"]["value"] == B


def test_a_graph_that_is_not_there_is_empty(client: TestClient) -> None:
    assert get(client, query=f"ASK FROM <{A}/none> {{ ?s ?p ?o }}").json()["boolean"] is False


# ---- description


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/ld+json"])
def test_without_a_query_the_service_describes_itself(client: TestClient, accept: str) -> None:
    response = get(client, accept)
    format = ox.RdfFormat.from_media_type(accept)
    assert format is not None
    said = {(q.predicate.value.removeprefix(SD), getattr(q.object, "value", "")) for q in ox.parse(response.content, format=format)}
    assert ("endpoint", "http://localhost/sparql") in said
    assert ("supportedLanguage", f"{SD}SPARQL11Query") in said
    assert ("feature", f"{SD}UnionDefaultGraph") in said
    assert not any(SD + "BasicFederatedQuery" in found for _, found in said)


# ---- CORS


def test_pages_of_an_origin_that_was_named_may_read(client: TestClient) -> None:
    origin = {"Origin": "https://reader.example"}
    assert client.get("/sparql", params={"query": ASK}, headers=origin).headers["access-control-allow-origin"] == origin["Origin"]
    asked = {**origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    answered = client.options("/sparql", headers=asked)
    assert answered.status_code == 200
    assert "POST" in answered.headers["access-control-allow-methods"]


def test_pages_of_other_origins_may_not(client: TestClient) -> None:
    response = client.get("/sparql", params={"query": ASK}, headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in response.headers


def test_a_name_that_leads_to_this_machine_is_not_answered(client: TestClient) -> None:
    assert client.get("/sparql", headers={"Host": "evil.example"}).status_code == 421
    assert client.get("/sparql", headers={"Host": "[::1]:80"}).status_code == 200


# ---- Graph Store Protocol


def test_a_graph_by_its_name(client: TestClient) -> None:
    response = client.get("/graphs", params={"graph": A}, headers={"Accept": "application/n-triples"})
    assert f"<{A}> <http://purl.org/dc/terms/identifier>" in response.text
    assert f"<{B}>" not in response.text
    assert client.head("/graphs", params={"graph": A}).status_code == 200


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"])
def test_graphs_come_as_they_are_liked(client: TestClient, accept: str) -> None:
    found, head = (client.request(method, "/graphs", params={"graph": A}, headers={"Accept": accept}) for method in ("GET", "HEAD"))
    assert found.headers["content-type"].split(";")[0] == accept
    assert head.headers == found.headers
    format = ox.RdfFormat.from_media_type(accept)
    assert any(ox.parse(found.content, format=format))


def test_the_default_graph(client: TestClient) -> None:
    response = client.get("/graphs?default", headers={"Accept": "application/n-triples"})
    assert response.status_code == 200
    assert all(f"<{name}>" in response.text for name in (A, B))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/graphs", 400),
        (f"/graphs?default&graph={quote(A)}", 400),
        ("/graphs?graph=a", 400),
        (f"/graphs?graph={quote(A)}x", 404),
    ],
)
def test_graphs_that_are_not_told_or_not_there(client: TestClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_graphs_are_not_written(client: TestClient, method: str) -> None:
    response = client.request(method, "/graphs?default", content=b"")
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_json_is_json(client: TestClient) -> None:
    assert json.loads(get(client, query=ASK).content)["boolean"] is True
