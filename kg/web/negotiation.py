"""Content negotiation: which of the formats that there are a client likes best."""

from collections.abc import Iterable, Mapping

from kg.errors import RequestError
from kg.web.exchange import Ask

ROWS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPHS = {
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
PAGE = {"html": "text/html"}
DATA = {"json": "application/json"}
# What clients say as well, and mean one of the above.
_ALSO = {
    "application/json": ("application/sparql-results+json", "application/ld+json"),
    "application/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "text/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "application/xhtml+xml": ("text/html",),
    "text/plain": ("application/n-triples",),
    "application/x-turtle": ("text/turtle",),
    "application/turtle": ("text/turtle",),
}
# What clients call formats of triples: SPARQLWrapper, which has one word for rows and triples, and files by their ends.
_CALLED = {
    "json": "jsonld",
    "json-ld": "jsonld",
    "n3": "turtle",
    "nt": "ntriples",
    "rdf": "rdfxml",
    "rdf+xml": "rdfxml",
    "ttl": "turtle",
    "xml": "rdfxml",
}


def choose(ask: Ask, offered: Mapping[str, str]) -> str:
    """The name of the format that the parameter "format" or else the header Accept asks for; the first one where all are as good.

    Raises RequestError 406, which lists them.
    """
    if wanted := ask.one("format") or ask.one("output"):
        for name, media_type in offered.items():
            if wanted in (name, media_type):
                return name
        if (called := _CALLED.get(wanted, "")) in offered:
            return called
    else:
        ranks = ranges(ask.accept)
        liked = {name: _quality(media_type, ranks) for name, media_type in offered.items()}
        best = max(liked, key=lambda name: liked[name])
        if liked[best] > 0:
            return best
    raise RequestError(406, f"not to be had as {wanted or ask.accept}; choose one of: {', '.join(f'{n} ({t})' for n, t in offered.items())}")


def wants_page(ask: Ask) -> bool:
    """True for a browser, which likes HTML better than any data."""
    try:
        return choose(ask, {**ROWS, **GRAPHS, **PAGE}) == "html"
    except RequestError:
        return False


def ranges(accept: str) -> list[tuple[str, float]]:
    """The media ranges of an Accept header with their qualities; what is malformed is left out. An empty header accepts everything."""
    found = []
    for entry in accept.split(","):
        media_type, *parameters = (part.strip().lower() for part in entry.split(";"))
        if media_type.count("/") == 1:
            found.append((media_type, _weight(parameters)))
    return found or [("*/*", 1.0)]


def _weight(parameters: Iterable[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                number = float(value)
            except ValueError:
                return 0.0
            return number if 0 <= number <= 1 else 0.0
    return 1.0


def _quality(media_type: str, ranks: list[tuple[str, float]]) -> float:
    """That of the most exact range that the type lies in."""
    kind = media_type.split("/")[0]
    best = (0, 0.0)
    for given, weight in ranks:
        exact = 4 if given == media_type else 3 if media_type in _ALSO.get(given, ()) else 2 if given == f"{kind}/*" else 1 if given == "*/*" else 0
        best = max(best, (exact, weight if exact else 0.0))
    return best[1]


def content_type(media_type: str) -> str:
    """With the encoding where it is text."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
