"""Nothing escapes: whatever an input is called or holds, kg writes only where it was told to, and asks no other machine unasked."""

import http.server
import json
import os
import socket
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg import pipeline, readers
from kg.cli import app
from kg.errors import InputError
from kg.extract import Extractor
from kg.graph.store import Store
from kg.model import Document
from kg.readers.source import ignore

TEXT = "Iran attacked a base in Iraq on Monday, said Anna Holm. "
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
TRICKS = (
    "../../escaped",
    "/escaped",
    "..\\..\\escaped",
    "a/../../escaped",
    "~/escaped",
    "file:///escaped",
    "C:\\escaped",
    "con",
    "a\nb",
    "%2e%2e%2fescaped",
)
watching: list["Watch"] = []


class Watch:
    """What is opened for writing, made or removed, and which sockets connect, while it watches."""

    def __init__(self) -> None:
        self.written: set[str] = set()
        self.connected: list[object] = []

    def __enter__(self) -> "Watch":
        watching.append(self)
        return self

    def __exit__(self, *error: object) -> None:
        watching.remove(self)

    def outside(self, *places: Path) -> list[str]:
        """What was written elsewhere; devices are no files."""
        inside = tuple(f"{place.resolve()}{os.sep}" for place in places)
        found = (os.path.realpath(path) for path in self.written)
        return sorted(
            path for path in found if not f"{path}{os.sep}".startswith(inside) and not path.startswith("/dev/") and "__pycache__" not in path
        )


def hook(event: str, args: tuple[object, ...]) -> None:
    for watch in watching:
        if event == "open" and isinstance(args[0], str | bytes | os.PathLike):
            mode, flags = args[1], args[2]
            if (isinstance(mode, str) and set(mode) & set("wax+")) or (isinstance(flags, int) and flags & WRITING):
                watch.written.add(os.fsdecode(args[0]))
        elif event in ("os.mkdir", "os.remove", "os.rmdir", "os.truncate", "shutil.rmtree"):
            watch.written.add(os.fsdecode(args[0]))  # type: ignore[arg-type]
        elif event in ("os.rename", "os.link", "os.symlink"):
            watch.written.add(os.fsdecode(args[1]))  # type: ignore[arg-type]
        elif event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
            watch.connected.append(args)


sys.addaudithook(hook)


@pytest.fixture
def trap() -> Iterator[tuple[int, list[str]]]:
    """A server of this machine that notes who asks; its port."""
    asked: list[str] = []

    class Trap(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(TEXT.encode())

        def log_message(self, *words: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Trap)
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    yield server.server_address[1], asked
    server.shutdown()
    server.server_close()
    thread.join()


def kg(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_what_is_watched_is_seen(tmp_path: Path, trap: tuple[int, list[str]]) -> None:
    with Watch() as watch:
        (tmp_path / "a").write_text("a")
        socket.create_connection(("127.0.0.1", trap[0])).close()
    assert watch.outside(tmp_path) == []
    assert watch.outside(tmp_path / "b") == [str((tmp_path / "a").resolve())]
    assert watch.connected


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, extractor: Extractor) -> Path:
    """A store with one article."""
    place = tmp_path_factory.mktemp("sandbox") / "store"
    with Store.open(place) as opened:
        pipeline.build([Document("a", TEXT)], opened, extractor=extractor)
    return place


def page(address: str) -> str:
    """HTML that names an address wherever a browser would ask it."""
    return (
        f'<!DOCTYPE html SYSTEM "{address}"><html><head><base href="{address}"><link rel=canonical href="{address}">'
        f'<meta http-equiv=refresh content="0;{address}"></head><body><img src="{address}"><iframe src="{address}"></iframe>'
        f"<p>{TEXT * 9}</p></body></html>"
    )


def feed(address: str) -> str:
    """A feed that names an address wherever an XML parser might ask it."""
    return (
        f'<?xml-stylesheet href="{address}"?><!DOCTYPE r [<!ENTITY x SYSTEM "{address}">]>'
        f"<rss><item><link>{address}</link><description>{TEXT}&x;</description></item></rss>"
    )


def test_hostile_inputs_write_nothing_outside_and_ask_nobody(tmp_path: Path, trap: tuple[int, list[str]], extractor: Extractor) -> None:
    inputs, out = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    out.mkdir()
    address = f"http://127.0.0.1:{trap[0]}/page"
    rows = [{"id": trick, "title": trick, "url": address if n % 2 else trick, "text": f"{TEXT}{n} {address}"} for n, trick in enumerate(TRICKS)]
    (inputs / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (inputs / "a.html").write_text(page(address))
    (inputs / "a.rss").write_text(feed(address))
    with zipfile.ZipFile(inputs / "a.zip", "w") as archive:
        for n, trick in enumerate(TRICKS):
            archive.writestr(f"{trick}{n}.txt", f"{TEXT}{n}.")
    with Watch() as watch:
        with Store.open(out / "store") as opened:
            summary = pipeline.build(readers.read(inputs, on_error=ignore), opened, extractor=extractor, keep_text=True)
        for words in (["export", str(out / "a.ttl")], ["export", str(out / "a.graphml")], ["facts"], ["verify"], ["retract", TRICKS[0]]):
            assert kg(*words, "--store", str(out / "store")).exit_code in (0, 1)
    assert summary.documents > len(TRICKS)
    assert watch.outside(out) == []
    assert watch.connected == []
    assert trap[1] == []


@pytest.mark.parametrize(
    "form",
    [
        "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * FROM <{0}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <{0}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "LOAD <{0}>",
        "LOAD SILENT <{0}> INTO GRAPH <urn:g>",
        "INSERT DATA {{ <urn:a> <urn:b> <urn:c> }}",
        "SELECT * {{ ?s ?p ?o }} ; LOAD <{0}>",
        "BASE <{0}> SELECT * {{ SERVICE <> {{ ?s ?p ?o }} }}",
    ],
)
def test_queries_ask_nobody(store: Path, trap: tuple[int, list[str]], form: str) -> None:
    with Watch() as watch:
        kg("query", form.format(f"http://127.0.0.1:{trap[0]}/sparql"), "--store", str(store))
    assert watch.outside(store) == []
    assert watch.connected == []
    assert trap[1] == []


LOCAL = (
    "127.0.0.1", "localhost", "0", "0.0.0.0", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "[::1]", "[::]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "127.0.0.1.", "LOCALHOST", "user@127.0.0.1", "news.example@127.0.0.1", "１２７.0.0.1",
    "127。0。0。1", "[::127.0.0.1]", "[0:0:0:0:0:ffff:127.0.0.1]", "169.254.169.254", "localhost%00.example", "127.0.0.1%2f",
)  # fmt: skip


@pytest.mark.parametrize("host", LOCAL)
def test_no_spelling_of_ones_own_machine_is_asked(trap: tuple[int, list[str]], host: str) -> None:
    address = f"http://{host}:{trap[0]}/page"
    with Watch() as watch:
        with pytest.raises(InputError, match="works offline"):
            list(readers.read(address))
        assert watch.connected == []
        with pytest.raises(InputError):
            list(readers.read(address, network="public"))
    assert not [each for each in watch.connected if isinstance(each, tuple) and isinstance(each[0], socket.socket)], watch.connected
    assert trap[1] == []
