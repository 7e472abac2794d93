"""Documents fetched from the web, where that was allowed; kg asks no other address.

What robots.txt forbids is not fetched, and between two pages is waited as it asks; where a page redirects to is told and not followed, and an
address that was not named by hand may not lie in a private network.
"""

import io
import ipaddress
import math
import re
import socket
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from kg.errors import InputError
from kg.model import Document
from kg.readers.dispatch import documents
from kg.readers.source import Source

if TYPE_CHECKING:
    import urllib3

_AGENT = "kg"
# Without an answer, and for a whole page.
_SILENCE, _SECONDS = 30.0, 120.0
_CHUNK = 1 << 16
_ROBOTS = 500_000
# Seconds between two pages of a server; one that asks for more is not read.
_LONGEST = 30.0
# What holds an address of the old kind in its last 32 bits: translated by NAT64, and the compatible ones of the first standard.
_HOLDING = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::/96"))
_SAFE = "/%:@!$&'()*+,;=?-._~[]"


def is_address(given: object) -> bool:
    """True for what names a page of the web, not a file."""
    return "://" in str(given)


def within(address: str, parts: Collection[str]) -> bool:
    """True for an address that is one of the parts of the web, or below one; news.example.org is not below news.example."""
    return address.startswith(("http://", "https://")) and any(address == part or address.startswith(f"{part.rstrip('/')}/") for part in parts)


def fetch(address: str, source: Source, *, private: bool = False, format: str | None = None) -> Iterator[Document]:
    """The documents of a page, a feed or a file on the web; `private` allows addresses inside of one's own network. Raises InputError."""
    try:
        place = urlsplit(address)
    except ValueError:
        place = urlsplit("")
    if place.scheme not in ("http", "https") or not place.hostname:
        raise source.error("not an address of the web; name one that begins with https://")
    server = urlunsplit((place.scheme, place.netloc, "/robots.txt", "", ""))
    rules = _robots(server, private)
    if not rules.can_fetch(_AGENT, address):
        raise source.error("its robots.txt asks programs not to fetch it; save the page and read that")
    pause = _pause(rules)
    if pause > _LONGEST:
        told = f"its robots.txt asks for {pause:g} seconds between two pages, and kg waits {_LONGEST:g} at most"
        raise source.error(f"{told}; save the page and read that")
    with _TURNS.turn(server, pause):
        status, headers, body = _answer(address, source, private, source.limit)
    if status in (301, 302, 303, 307, 308):
        raise source.error(f"the server answers with status {status} and names {headers.get('Location', 'no other address')}; name that instead")
    if status != 200:
        raise source.error(f"the server answers with status {status}")
    for document in documents(io.BytesIO(body), source, format=format):
        # Where a page says that it belongs elsewhere, it was still read here.
        yield replace(document, source=address) if document.id == source.id else document


@dataclass(slots=True)
class Turns:
    """When servers may be asked again, in this run."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    ended: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def turn(self, server: str, pause: float) -> Iterator[None]:
        """Waits until so many seconds have passed since a server answered."""
        left = self.ended.get(server, -math.inf) + pause - self.clock()
        if left > 0:
            self.sleep(left)
        try:
            yield
        finally:
            self.ended[server] = self.clock()


_TURNS = Turns()


def _pause(rules: RobotFileParser) -> float:
    """Seconds between two pages that a server asks for."""
    rate = rules.request_rate(_AGENT)
    return max(float(rules.crawl_delay(_AGENT) or 0), rate.seconds / rate.requests if rate and rate.requests else 0.0)


@cache
def _robots(address: str, private: bool) -> RobotFileParser:
    """What a server asks of programs, once a run; nothing where it has no such file. A server that fails is asked for nothing else."""
    rules = RobotFileParser()
    status, _, body = _answer(address, Source(address), private, _ROBOTS)
    if status >= 500:
        raise InputError(f"{address}: the server answers with status {status}; try again later")
    # The parser knows whole seconds only.
    lines = re.sub(r"(?im)^(crawl-delay:\s*)(\d*\.\d+)", _whole, body.decode("utf-8", "replace")).splitlines()
    try:
        rules.parse(lines if status == 200 else [])
    except ValueError as error:  # numbers that are none
        raise InputError(f"{address}: can't be understood ({error}); save the page and read that") from error
    return rules


def _whole(found: re.Match[str]) -> str:
    return f"{found[1]}{math.ceil(min(float(found[2]), 1e6))}"


def _answer(address: str, source: Source, private: bool, limit: int) -> tuple[int, Mapping[str, str], bytes]:
    """Status, headers and body of what a server answers."""
    import urllib3

    place = urlsplit(address)
    secure = place.scheme == "https"
    try:
        host, port = place.hostname or "", place.port or (443 if secure else 80)
        ip = _ip(host, port, source, private)
        # The address that was looked up is the one that is asked: a name may mean another a moment later.
        pool = (
            urllib3.HTTPSConnectionPool(ip, port, timeout=_SILENCE, retries=False, server_hostname=host, assert_hostname=host)
            if secure
            else urllib3.HTTPConnectionPool(ip, port, timeout=_SILENCE, retries=False)
        )
        target = urlunsplit(("", "", quote(place.path, safe=_SAFE) or "/", quote(place.query, safe=_SAFE), ""))
        headers = {"Host": place.netloc.rpartition("@")[2], "User-Agent": _AGENT, "Accept-Encoding": "gzip"}
        with pool, closing(pool.request("GET", target, headers=headers, preload_content=False)) as response:
            return response.status, response.headers, _body(response, source, limit)
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise source.error(f"can't be fetched ({type(error).__name__})") from error


def _body(response: "urllib3.BaseHTTPResponse", source: Source, limit: int) -> bytes:
    """What was sent. Raises InputError above the limit, having read no more than that, and when it takes too long."""
    until = time.monotonic() + _SECONDS
    parts, size = [], 0
    for part in response.stream(_CHUNK, decode_content=True):
        parts.append(part)
        size += len(part)
        if size > limit:
            raise source.too_large()
        if time.monotonic() > until:
            raise source.error(f"takes longer than {_SECONDS:g} seconds; save the page and read that")
    return b"".join(parts)


def _ip(host: str, port: int, source: Source, private: bool) -> str:
    """The address of a server. Raises InputError for one inside of a private network, unless that is allowed."""
    found = dict.fromkeys(str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    if not private and not all(_public(ip) for ip in found):
        raise source.error("lies in a private network; allow that with --allow-private-network")
    return next(iter(found))


def _public(ip: str) -> bool:
    """True for an address of the whole internet, also where it stands inside of one of IPv6."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if any(address in each for each in _HOLDING) else None
    inner = inner or getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    each = inner or address
    return bool(each.is_global) and not each.is_multicast
