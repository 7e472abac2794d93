"""Pages fetched from a server on this machine, and what is not asked for."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kg.errors import InputError
from kg.model import Document
from kg.readers import Network, addresses, read
from kg.readers.addresses import _public, within

TEXT = "Anna Vogel met Karl Stein in Zenda on Friday.\n"
PAGE = f"<html><head><link rel='canonical' href='https://else.example/'></head><body><article><p>{TEXT * 20}</p></article></body></html>"
FEED = f"<rss><channel><item><link>https://news.example/1</link><description>{TEXT}</description></item></channel></rss>"
PAGES = {
    "/robots.txt": "User-agent: *\nDisallow: /secret/\n",
    "/news/a.txt": TEXT,
    "/news/a.html": PAGE,
    "/news/feed": FEED,
    "/secret/a.txt": TEXT,
    "/news/ä b.txt": TEXT,
}


class Pages(BaseHTTPRequestHandler):
    """A site; some addresses lead to others."""

    asked: list[str]

    def do_GET(self) -> None:
        """A page."""
        from urllib.parse import unquote

        self.asked.append(self.path)
        found = PAGES.get(unquote(self.path).split("?")[0])
        self.send_response(302 if self.path == "/old" else 404 if found is None else 200)
        self.send_header("Location", "/news/a.txt")
        self.end_headers()
        self.wfile.write((found or "").encode())

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    Pages.asked = []
    with HTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def fetched(address: str, network: Network = "private", **options: int) -> list[Document]:
    return list(read(address, network=network, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ["/news/a.txt", "/news/a.html", "/news/a.txt?page=2&x=%20", "/news/ä b.txt"])
def test_a_page_is_known_by_its_address(site: str, path: str) -> None:
    (document,) = fetched(f"{site}{path}")
    assert document.text.startswith(TEXT.strip())
    assert (document.id, document.source) == (f"{site}{path}", f"{site}{path}")


def test_the_entries_of_a_feed_are_known_by_their_links(site: str) -> None:
    (document,) = fetched(f"{site}/news/feed")
    assert (document.id, document.source, document.place) == ("https://news.example/1", "https://news.example/1", f"{site}/news/feed#entry=1")


def test_what_robots_txt_forbids_is_not_asked_for(site: str) -> None:
    with pytest.raises(InputError, match=r"robots\.txt asks"):
        fetched(f"{site}/secret/a.txt")
    assert Pages.asked == ["/robots.txt"]


@pytest.mark.parametrize(
    ("asked", "pause"),
    [("Crawl-delay: 7", 7), ("crawl-delay: 0.5", 1), ("Request-rate: 2/10", 5), ("Crawl-delay: 3\nRequest-rate: 1/4", 4), ("Crawl-delay: soon", 0)],
)
def test_between_two_pages_is_waited_as_robots_txt_asks(site: str, asked: str, pause: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PAGES, "/robots.txt", f"User-agent: *\n{asked}\n")
    now, slept = [1000.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    monkeypatch.setattr(addresses, "_TURNS", addresses.Turns(lambda: now[0], sleep))
    fetched(f"{site}/news/a.txt")
    assert slept == []
    now[0] += 0.25
    fetched(f"{site}/news/a.html")
    assert slept == ([pause - 0.25] if pause else [])
    now[0] += 100
    with pytest.raises(InputError, match="status 404"):
        fetched(f"{site}/news/none")
    fetched(f"{site}/news/a.txt")
    assert slept == ([pause - 0.25, pause] if pause else []), "a page that isn't there was asked for too"


def test_a_server_that_asks_for_more_patience_than_kg_has_is_not_read(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PAGES, "/robots.txt", "User-agent: *\nCrawl-delay: 3600\n")
    with pytest.raises(InputError, match=r"robots\.txt asks for 3600 seconds between two pages, and kg waits 30 at most; save the page"):
        fetched(f"{site}/news/a.txt")
    assert Pages.asked == ["/robots.txt"]


def test_a_robots_txt_with_numbers_that_are_none_is_told(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PAGES, "/robots.txt", "User-agent: *\nCrawl-delay: ²\n")
    with pytest.raises(InputError, match=r"robots\.txt: can't be understood"):
        fetched(f"{site}/news/a.txt")


def test_another_program_is_not_meant(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PAGES, "/robots.txt", "User-agent: bot\nCrawl-delay: 3600\n\nUser-agent: kg\nDisallow: /secret/\n")
    assert fetched(f"{site}/news/a.txt")


def test_without_leave_nothing_is_asked(site: str) -> None:
    with pytest.raises(InputError, match="--allow-network"):
        fetched(f"{site}/news/a.txt", network="none")
    assert Pages.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]", "2130706433"])
def test_an_address_of_ones_own_network_needs_leave_of_its_own(site: str, host: str) -> None:
    with pytest.raises(InputError, match=r"private network|can't be fetched"):
        fetched(site.replace("127.0.0.1", host) + "/news/a.txt", network="public")
    assert Pages.asked == []


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("10.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("::127.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("224.0.0.1", False),
    ],
)
def test_which_addresses_are_public(ip: str, public: bool) -> None:
    assert _public(ip) is public


@pytest.mark.parametrize(
    "address", ["file:///etc/hosts", "ftp://news.example/a", "https://", "http://[", "https:// /", "http://a:99999999/", "x://y"]
)
def test_other_kinds_of_addresses_are_refused(address: str) -> None:
    with pytest.raises(InputError, match=r"not an address|can't be fetched"):
        fetched(address)


def test_where_a_page_redirects_to_is_told_and_not_followed(site: str) -> None:
    with pytest.raises(InputError, match=r"status 302 and names /news/a\.txt"):
        fetched(f"{site}/old")
    assert Pages.asked == ["/robots.txt", "/old"]


def test_what_is_larger_than_the_limit_is_refused(site: str) -> None:
    with pytest.raises(InputError, match="larger than"):
        fetched(f"{site}/news/a.txt", limit=20)


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(InputError, match="can't be fetched"):
        fetched("http://127.0.0.1:9/a")


@pytest.mark.parametrize(
    ("part", "inside"),
    [
        ("https://n.example", True),
        ("https://n.example/", True),
        ("https://n.example/news", True),
        ("https://n.example/news/a.txt", True),
        ("https://n.example/new", False),
        ("https://n.ex", False),
        ("http://n.example", False),
    ],
)
def test_parts_of_the_web(part: str, inside: bool) -> None:
    assert within("https://n.example/news/a.txt", [part]) is inside
    assert not within("https://n.example/news/a.txt", [])
