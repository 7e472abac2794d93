"""What is special to a store behind an address: other paths, logins, servers that fail, and a build through the command line."""

import threading
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pyoxigraph as ox
import pytest
import servers
import toy
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import StoreError
from kg.graph import queries, remote
from kg.graph.identities import Identities
from kg.graph.store import Store


@pytest.fixture(scope="module", autouse=True)
def kind_of_store() -> None:
    """Once is enough: these tests name their servers."""


@pytest.fixture
def address() -> Iterator[str]:
    server = servers.take()
    yield server.address
    servers._free.append(server)


class Answering(BaseHTTPRequestHandler):
    """Answers everything with a status; remembers what was asked."""

    status = 500
    seen: list[tuple[str, str | None]]

    def do_GET(self) -> None:
        """Any request."""
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        type(self).seen.append((self.path, self.headers.get("Authorization")))
        body = b"disk full"
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_DELETE = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def failing() -> Iterator[tuple[type[Answering], str]]:
    class Handler(Answering):
        seen: list[tuple[str, str | None]] = []  # noqa: RUF012

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Handler, f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_paths_of_other_servers_stand_behind_the_address(address: str) -> None:
    with Store.open(f"{address}/#query,update,store") as store:
        store.replace_all(toy.extractions())
    with Store.open(address, read_only=True) as again:
        assert [document.id for document in again.documents()] == ["a", "b"]


def test_a_server_without_a_word_for_all_graphs_is_told_their_names(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "_UNION", ("not", "understood"))
    with Store.open(address) as store, Store.open() as other:
        for each in (store, other):
            each.replace_all(toy.extractions())
        assert queries.run(store, "attacks").rows == queries.run(other, "attacks").rows != []


def test_an_update_is_one_transaction(address: str) -> None:
    with Store.open(address) as store:
        store.replace(toy.shelling())
        before = store.nquads()
        with pytest.raises(SyntaxError):
            store.inner.update("DROP ALL ; INSERT DATA { nonsense }")
        assert store.nquads() == before


@pytest.mark.parametrize(("status", "message"), [(500, "status 500: disk full"), (401, "name and password"), (403, "refuses")])
def test_a_server_that_fails_is_told(failing: tuple[type[Answering], str], status: int, message: str) -> None:
    handler, host = failing
    handler.status = status
    with pytest.raises(StoreError, match=message) as told:
        Store.open(f"http://anna:secret@{host}/news")
    assert "secret" not in str(told.value)
    path, login = handler.seen[0]
    assert path.startswith("/news/store?graph=")
    assert login == "Basic YW5uYTpzZWNyZXQ="


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:9: no answer from the server"):
        Store.open("http://anna:secret@127.0.0.1:9/")


@pytest.mark.parametrize("place", ["http://", "http://host/#a", "http://host/#a,b,c,d"])
def test_what_is_no_address_is_told(place: str) -> None:
    with pytest.raises(StoreError, match="not the address of a store"):
        Store.open(place)


def test_terms_come_back_as_they_were(address: str) -> None:
    graph = ox.NamedNode("urn:g")
    terms = [ox.Literal('a\n"b"\\ \t\''), ox.Literal("x", language="en"), ox.Literal(1), ox.NamedNode("urn:ü"), ox.Literal("\x01 😀")]
    quads = {ox.Quad(graph, ox.NamedNode(f"urn:p{n}"), each, graph) for n, each in enumerate(terms)}
    inner = remote.Remote(address)
    inner.extend(quads)
    assert set(inner.quads_for_pattern(None, None, None, graph)) == quads == set(inner.quads_for_pattern(graph, None, None, None)) == set(inner)
    assert all(quad in inner and list(inner.quads_for_pattern(*quad)) == [quad] for quad in quads)
    inner.remove_graph(graph)
    assert not inner.contains_named_graph(graph)
    assert list(inner.named_graphs()) == []


def test_a_server_that_goes_away_in_the_middle_is_served_again(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever request is the last, the same documents once more leave what an undisturbed run leaves."""
    changed = replace(toy.shelling(), claims=toy.shelling().claims[2:])
    documents = [changed, toy.denial(), toy.retold("c", dead=4)]
    whole, known = Identities(Store.open()), Store.open(address)
    send = remote.Remote._send
    left = 0

    def failing(self: remote.Remote, method: str, place: str, kind: str, body: bytes | None = None, accept: str = "*/*") -> object:
        nonlocal left
        left -= body is not None and b"query=" not in body
        if left < 0:
            raise StoreError("gone")
        return send(self, method, place, kind, body, accept)

    for each in ([toy.shelling()], documents):
        whole.write(each)
    for number in range(4):
        left = 100
        known.inner.update("DROP ALL")
        Identities(known).write([toy.shelling()])
        monkeypatch.setattr(remote.Remote, "_send", failing)
        left = number
        done = number == 3
        with nullcontext() if done else pytest.raises(StoreError, match="gone"):
            Identities(known).write(documents)
        monkeypatch.setattr(remote.Remote, "_send", send)
        Identities(known).write(documents)
        mine, theirs = ({str(quad) for quad in store.inner if "/ontology>" not in str(quad.graph_name)} for store in (known, whole.store))
        assert mine == theirs, number


def test_the_verbs_work_on_a_server(address: str) -> None:
    def kg(*words: str) -> str:
        result = CliRunner().invoke(app, [*words, "--store", address], env={"COLUMNS": "200", "TERM": "dumb"})
        assert result.exit_code == 0, result.output
        return result.stdout

    assert f"written to {address}" in kg("build", "tests/data/agency.jsonl")
    assert "3 unchanged" in kg("build", "tests/data/agency.jsonl")
    assert "Savanna Trust" in kg("facts", "--relation", "leads")
    assert "Hadi al-Tamir" in kg("query", "leaders")
    assert "are different" in kg("different", "Iraq", "Jordan")
    assert "taken back" in kg("undo")
    assert "3 documents checked, all is well" in kg("validate")
