"""A real server: questions that must be stopped, a store that changes, and hostile requests."""

import json
import socket
import string
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pyoxigraph as ox
import pytest
import toy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from kg.errors import RequestError, ServerError, StoreError
from kg.graph.live import LiveStore
from kg.graph.store import Store
from kg.web import triples
from kg.web.app import application
from kg.web.exchange import Ask
from kg.web.server import listening, serve
from kg.web.settings import Settings

NAMES = "SELECT ?name { <https://w3id.org/kg-news/id/entity/city/zenda> rdfs:label ?name }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"


def ask(address: str, query: str) -> bytes:
    with urllib.request.urlopen(f"{address}/sparql?{urlencode({'query': query})}", timeout=100) as response:
        found: bytes = response.read()
        return found


# ---- how it answers


def test_answers_go_out_without_waiting_for_the_client_to_confirm_their_beginning(place: Path) -> None:
    with listening(Settings(place=str(place))) as port, socket.create_connection(port.getsockname()):
        accepted, _ = port.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


# ---- limits


def test_a_question_that_takes_too_long_is_stopped(place: Path) -> None:
    with TestClient(application(Settings(place=str(place), workers=1, timeout=0.3)), base_url="http://localhost") as client:
        response = client.get("/sparql", params={"query": ENDLESS})
    assert (response.status_code, response.text[:13]) == (503, "stopped after")


def test_a_question_that_takes_too_much_memory_is_stopped_and_the_next_one_is_answered(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="503") as told:
        ask(address, GREEDY)
    with told.value as response:
        assert b"memory" in response.read()
    assert b"Zenda" in ask(address, NAMES)


def test_a_question_that_nobody_waits_for_is_stopped(address: str) -> None:
    """There is one worker, and two minutes are given to each question: the second one is answered because the first was stopped."""
    at = urlsplit(address)
    with socket.create_connection((at.hostname, at.port)) as client:
        client.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: {at.netloc}\r\n\r\n".encode())
        time.sleep(0.2)
    assert b"Zenda" in ask(address, NAMES)


def test_too_many_triples_are_noticed_before_they_are_all_there() -> None:
    node = ox.NamedNode("urn:x")
    with pytest.raises(RequestError, match="longer"):
        triples.written(Ask(size=1000), (ox.Triple(node, node, ox.Literal(n)) for n in iter(int, 1)), "turtle")


def test_questions_that_can_not_wait_are_sent_away(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.web.workers._QUEUE", 0)
    with TestClient(application(Settings(place=str(place), workers=1)), base_url="http://localhost") as client:
        response = client.get("/sparql", params={"query": NAMES})
    assert (response.status_code, response.headers["retry-after"]) == (503, "2")


# ---- a store that changes


def test_what_another_process_writes_is_seen(tmp_path: Path) -> None:
    def count() -> int:
        return len(live.current().documents())

    with Store.open(tmp_path / "store") as writer:
        writer.replace(toy.shelling())
        live = LiveStore(str(tmp_path / "store"))
        first = live.current()
        assert count() == 1
        assert live.current() is first
        writer.replace(toy.denial())
        until = time.monotonic() + 60
        while count() == 1 and time.monotonic() < until:
            time.sleep(0.01)
        assert count() == 2


def test_a_store_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store there"):
        LiveStore(str(tmp_path / "none")).current()


# ---- the verb


def test_the_verb_serves_until_it_is_told_to_end(place: Path) -> None:
    code = "from kg.cli import main; main()"
    words = ["serve", "--store", str(place), "--port", "0", "--workers", "1"]
    with subprocess.Popen([sys.executable, "-c", code, *words], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        assert b"Zenda" in ask(line.split()[-1].rstrip("/"), NAMES)
        process.terminate()
        assert process.stderr.read() == ""


def test_what_can_not_be_served_is_told(place: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store there"):
        serve(Settings(place=str(tmp_path / "none")), started=print)
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ServerError, match="choose another --port"):
        serve(Settings(place=str(place), port=taken.getsockname()[1]), started=print)


# ---- hostile requests

WORDS = ["query", "update", "default-graph-uri", "named-graph-uri", "graph", "default", "format", "output", "q", "page"]
VALUES = st.sampled_from(
    ["", "ASK {}", "SELECT * {}", "CONSTRUCT WHERE {?s ?p ?o}", "urn:a", "a", "\x00", "\ud800", "json", "../..", "%", "<script>", "=1"]
)
PAGES = ["entity", "document", "claim", "event", "questions", "resource", "search", "documents", "timeline", "static", "id"]
PLACES = ["/sparql", "/graphs", "/", "/nowhere", "//", "/%ff", "/sparql/", "/questions/attacks", "/entity/city/zenda", "/document/a"]
PATHS = st.sampled_from(PLACES) | st.builds("/{}/{}".format, st.sampled_from(PAGES), st.text(max_size=9).map(lambda t: quote(t, errors="replace")))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from(["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"]),
    path=PATHS,
    parameters=st.lists(st.tuples(st.sampled_from(WORDS), VALUES | st.text(max_size=20)), max_size=3),
    accept=st.sampled_from(["*/*", "text/html", "application/json", "", ";q=", "a/b;q=2, */*;q=x", "text/turtle"])
    | st.text(string.printable.strip()),
    kind=st.sampled_from(["", "application/sparql-query", "application/x-www-form-urlencoded", "application/sparql-query; charset=\u00ff", "x"]),
    body=st.binary(max_size=40) | VALUES.map(lambda text: text.encode("utf-8", "surrogatepass")),
)
def test_no_request_breaks_the_server(
    client: TestClient, method: str, path: str, parameters: list[tuple[str, str]], accept: str, kind: str, body: bytes
) -> None:
    address = f"{path}?{urlencode(parameters, errors='surrogatepass')}"
    headers = {"Accept": accept.encode("latin-1", "replace"), "Content-Type": kind.encode("latin-1")}
    response = client.request(method, address, headers=headers, content=body if method in ("POST", "PUT", "PATCH") else None)
    assert response.status_code < 500, f"{method} {address}: {response.text}"
    assert response.headers["x-content-type-options"] == "nosniff"
    if response.headers.get("content-type", "").endswith("json") and response.content:
        json.loads(response.content)
