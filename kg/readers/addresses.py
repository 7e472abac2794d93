"""Documents fetched from the web, from addresses that were allowed; kg asks no other."""

import io
from collections.abc import Collection

from kg.errors import InputError
from kg.model import Document
from kg.readers.reading import read
from kg.readers.source import LIMIT

_SECONDS = 30.0


def fetch(address: str, *, allowed: Collection[str], limit: int = LIMIT) -> list[Document]:
    """The documents of a page. `allowed` are addresses, or parts of the web below them; where a page redirects to is not followed.

    Raises InputError.
    """
    if not any(_within(address, part) for part in allowed):
        raise InputError(f"{address}: not an address that may be fetched; allow it with --web")
    import urllib3

    try:
        with urllib3.PoolManager(timeout=_SECONDS, retries=False) as pool:
            response = pool.request("GET", address, headers={"User-Agent": "kg"}, preload_content=False)
            try:
                body = response.read(limit + 1, decode_content=True)
            finally:
                response.close()
    except urllib3.exceptions.HTTPError as error:
        raise InputError(f"{address}: can't be fetched ({type(error).__name__})") from error
    if response.status != 200:
        raise InputError(f"{address}: the server answers with status {response.status}")
    return list(read("-", stdin=io.BytesIO(body), limit=limit))


def _within(address: str, part: str) -> bool:
    """True for an address that is the part or below it; news.example.org is not below news.example."""
    return address.startswith(("http://", "https://")) and (address == part or address.startswith(f"{part.rstrip('/')}/"))
