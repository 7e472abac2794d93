"""Pages fetched from a server on this machine, and what is not asked for."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kg.errors import InputError
from kg.readers.addresses import fetch

PAGE = "Anna Vogel met Karl Stein in Zenda on Friday.\n"


class Pages(BaseHTTPRequestHandler):
    """One article; another address leads to it."""

    def do_GET(self) -> None:
        """A page."""
        found = self.path == "/news/a.txt"
        self.send_response(200 if found else 302)
        self.send_header("Location", "/news/a.txt")
        self.end_headers()
        self.wfile.write(PAGE.encode() if found else b"")

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("below", ["", "/", "/news", "/news/", "/news/a.txt"])
def test_a_page_that_may_be_fetched_is_read(site: str, below: str) -> None:
    (document,) = fetch(f"{site}/news/a.txt", allowed=[f"{site}{below}"])
    assert document.text.strip() == PAGE.strip()


@pytest.mark.parametrize("allowed", ["", "/new", "/news/b.txt", ".example.org", "0"])
def test_other_addresses_are_not_asked(site: str, allowed: str) -> None:
    with pytest.raises(InputError, match="not an address that may be fetched"):
        fetch(f"{site}/news/a.txt", allowed=[f"{site}{allowed}"] if allowed else [])


def test_where_a_page_redirects_to_is_not_followed(site: str) -> None:
    with pytest.raises(InputError, match="status 302"):
        fetch(f"{site}/old", allowed=[site])


def test_what_is_larger_than_the_limit_is_refused(site: str) -> None:
    with pytest.raises(InputError, match="larger than"):
        fetch(f"{site}/news/a.txt", allowed=[site], limit=20)


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(InputError, match="can't be fetched"):
        fetch("http://127.0.0.1:9/a", allowed=["http://127.0.0.1:9"])
