"""Requests of the SPARQL 1.1 Protocol: a query by GET, by POST of a form, or by POST of the query itself."""

from email.message import Message
from urllib.parse import parse_qsl

from kg.errors import RequestError

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
METHODS = "GET, HEAD, POST, OPTIONS"
_READ_ONLY = "this server answers queries and takes no updates: what the graph says comes from documents, by kg build and kg retract"

Parameters = tuple[tuple[str, str], ...]


def parameters(method: str, query_string: bytes, content_type: str, body: bytes) -> Parameters:
    """The parameters of an operation; none where the description of the service is asked for.

    Raises RequestError: 400 for what breaks the protocol, 403 for updates, 415 for another kind of body.
    """
    found = fields(query_string)
    if method == "POST":
        kind, encoding = _kind(content_type)
        if encoding not in ("", "utf-8", "utf8", "us-ascii"):
            raise RequestError(415, f"charset {encoding}: send UTF-8")
        if kind == FORM:
            found = (*found, *fields(body))
        elif kind == QUERY:
            if any(name == "query" for name, _ in found):
                raise RequestError(400, "two queries, one in the address and one in the body; send one")
            found = (*found, ("query", _text(body)))
        elif kind == UPDATE:
            raise RequestError(403, _READ_ONLY)
        else:
            raise RequestError(415, f"a body of the type {kind or '(none)'}; send {FORM} or {QUERY}", Accept_Post=f"{FORM}, {QUERY}")
    names = [name for name, _ in found]
    if "update" in names:
        if "query" in names:
            raise RequestError(400, "both a query and an update; send one")
        raise RequestError(403, _READ_ONLY)
    if names.count("query") > 1:
        raise RequestError(400, "several parameters called query; send one")
    if "query" not in names and (method == "POST" or any(name.endswith("-graph-uri") for name in names)):
        raise RequestError(400, "the parameter query is missing")
    return found


def form(content_type: str, body: bytes) -> Parameters:
    """The fields of a form. Raises RequestError 415 for another kind of body."""
    kind, _ = _kind(content_type)
    if kind != FORM:
        raise RequestError(415, f"a body of the type {kind or '(none)'}; send {FORM}", Accept_Post=FORM)
    return fields(body)


def fields(text: bytes) -> Parameters:
    """The fields of a query string or form. Raises RequestError 400 when it isn't UTF-8."""
    try:
        return tuple(parse_qsl(text.decode("utf-8"), keep_blank_values=True, errors="strict"))
    except ValueError as error:
        raise RequestError(400, "the parameters are not percent-encoded UTF-8") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(400, "the query is not UTF-8") from error


def _kind(content_type: str) -> tuple[str, str]:
    """The media type without its parameters, and the charset."""
    header = Message()
    header["Content-Type"] = content_type
    kind = content_type.split(";")[0].strip().lower()
    return kind, str(header.get_param("charset", "") or "").lower()
