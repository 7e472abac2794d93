"""YASQE, the editor of YASGUI, asks the endpoint from a page of another origin in a real browser. Skipped where there is none."""

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import npm
import pytest
from serving import serving

from kg.iris import ID
from kg.web.negotiation import GRAPHS, ROWS
from kg.web.settings import Settings

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"), pytest.mark.xdist_group("browser")]

CITY, LABEL = f"<{ID}entity/city/zenda>", "<http://www.w3.org/2000/01/rdf-schema#label>"
NAME = f"SELECT DISTINCT ?name {{ {CITY} {LABEL} ?name }}"
# YASQE asks prefix.cc for prefixes. Routes of Playwright would keep it from that too, but answer CORS preflights themselves.
LOCAL = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
ASK = """async ([query, config]) => {
    const yasqe = new Yasqe(document.body, {persistenceId: null});
    yasqe.setValue(query);
    const answer = await yasqe.query(config);
    return [answer.status, answer.headers.get("content-type"), answer.content];
}"""


@pytest.fixture(scope="module")
def read_by_pages(place: Path) -> Iterator[str]:
    """The address of a server that pages of any origin may read."""
    with serving(Settings(place=str(place), workers=1, timeout=120.0, cors=("*",))) as address:
        yield address


@pytest.fixture(scope="module")
def page(browsers: Any) -> Iterator[Any]:
    """A page elsewhere, with YASQE on it."""
    script = npm.installed("@zazuko/yasqe@4.6.2") / "@zazuko" / "yasqe" / "build" / "yasqe.min.js"
    browser = browsers.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", LOCAL])
    opened = browser.new_page()
    with files(script.parent) as elsewhere:
        opened.goto(elsewhere)
        opened.add_script_tag(path=script)
        yield opened
    browser.close()


@contextmanager
def files(folder: Path) -> Iterator[str]:
    """The address of a server of files. Browsers let no page that comes from nowhere ask this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()
        thread.join()


class Quiet(SimpleHTTPRequestHandler):
    """Tells nobody what was asked."""

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def ask(page: Any, address: str, query: str, **config: Any) -> tuple[int, str, str]:
    """Status, media type and body, as YASQE hands them on."""
    status, kind, text = page.evaluate(ASK, [query, {"endpoint": f"{address}/sparql", **config}])
    return status, kind.split(";")[0], text


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_yasqe_asks_for_rows(page: Any, read_by_pages: str, method: str) -> None:
    status, kind, text = ask(page, read_by_pages, NAME, method=method)
    assert (status, kind) == (200, ROWS["json"])
    assert json.loads(text)["results"]["bindings"] == [{"name": {"type": "literal", "value": "Zenda", "xml:lang": "en"}}]


def test_yasqe_asks_for_triples(page: Any, read_by_pages: str) -> None:
    status, kind, text = ask(page, read_by_pages, f"CONSTRUCT {{ {CITY} {LABEL} ?name }} WHERE {{ {CITY} {LABEL} ?name }}")
    assert (status, kind) == (200, GRAPHS["ntriples"])
    assert text == f'{CITY} {LABEL} "Zenda"@en .\n'


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_yasqe_names_graphs(page: Any, read_by_pages: str, method: str) -> None:
    graph = f"{ID}document/a"
    _, _, text = ask(page, read_by_pages, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", method=method, namedGraphs=[graph])
    assert json.loads(text)["results"]["bindings"] == [{"g": {"type": "uri", "value": graph}}]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_long_list_of_formats_is_allowed(page: Any, read_by_pages: str, method: str) -> None:
    """Of more than 128 characters the browser asks beforehand whether they may be sent (a CORS preflight)."""
    accept = ", ".join([ROWS["xml"], *(f"{kind};q=0.1" for kind in (*ROWS.values(), *GRAPHS.values()))])
    assert len(accept) > 128
    status, kind, text = ask(page, read_by_pages, NAME, method=method, headers={"Accept": accept})
    assert (status, kind) == (200, ROWS["xml"])
    assert ">Zenda</literal>" in text


def test_yasqe_is_told_what_is_wrong_with_a_query(page: Any, read_by_pages: str) -> None:
    with pytest.raises(playwright.Error, match="expected"):
        ask(page, read_by_pages, "SELECT ?name {")


def test_pages_that_were_not_allowed_read_nothing(page: Any, address: str) -> None:
    with pytest.raises(playwright.Error, match="Failed to fetch"):
        ask(page, address, NAME)
