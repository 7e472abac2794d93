"""Other servers that a query asks with SERVICE: only those that are allowed, since a query may come from anywhere."""

import re
from collections.abc import Collection

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.remote import is_address
from kg.iris import PREFIXES

_KEYWORD = re.compile("service", re.IGNORECASE)
_ANY = re.compile(r"service(\s+silent\b)?", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U(00[0-9A-Fa-f]{6}))")
_NOT_IN_IRI = re.compile(r'[<>"{}|^`\\\s]')


def check(text: str, allowed: Collection[str] = ()) -> None:
    """Refuses a query that asks a server whose address isn't among the allowed ones, letter by letter. Raises QueryError.

    Where SERVICE is a keyword, and not in a string, name or comment, is decided by the engine's own parser: with other letters in its
    place the query is parsed only if no keyword went missing.
    """
    for address in allowed:
        if not is_address(address) or _NOT_IN_IRI.search(address):
            raise QueryError(f"{address}: not the address of a service; write it like https://query.example.org/sparql")
    # Some servers replace escapes before they look for keywords and the ends of comments.
    for form in {text, _ESCAPED.sub(_character, text)}:
        without = _without(form, allowed)
        if _KEYWORD.search(without) and not _is_query(_KEYWORD.sub("zzzzzzz", without)):
            raise QueryError(_reason(without, allowed))


def _without(text: str, allowed: Collection[str]) -> str:
    """The query with GRAPH in place of SERVICE before the addresses that are allowed."""
    for address in allowed:
        text = re.sub(rf"(?i:service(?:\s+silent)?)(\s*<{re.escape(address)}>)", r"GRAPH \1", text)
    return text


def _reason(without: str, allowed: Collection[str]) -> str:
    if not _is_query(_ANY.sub("GRAPH ", without)):
        return "not valid SPARQL, or SERVICE stands where it can't be checked; write SERVICE <URL>, the address in full"
    known = f"none of those allowed ({', '.join(sorted(allowed))})" if allowed else "not allowed"
    return f"SERVICE asks another server, which is {known}; allow it with --service URL, and write SERVICE <URL>, the address in full"


def _is_query(text: str) -> bool:
    try:
        ox.Store().query(text, prefixes=PREFIXES)
    except (SyntaxError, ValueError, RuntimeError, OSError):
        return False
    return True


def _character(found: re.Match[str]) -> str:
    code = int(found[1] or found[2], 16)
    return chr(code) if code <= 0x10FFFF else found[0]
