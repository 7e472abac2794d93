"""Addresses of pages for IRIs and ids, and which addresses out of the graph may become links."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode, urlsplit

from kg.iris import ID, resource

# What has a page of its own; everything else is shown by its triples.
KINDS = ("entity", "claim", "event", "incident", "document")
_THING = "/resource?iri="


def page(kind: str, ident: str) -> str:
    """The page of a thing of one of these kinds by its id."""
    return local(resource(kind, ident))


def local(iri: str) -> str:
    """The page of an IRI."""
    path = iri.removeprefix(ID)
    kind, _, rest = path.partition("/")
    # Browsers take dots and empty segments out of an address, even where they are percent-encoded.
    usual = iri.startswith(ID) and kind in KINDS and {"", ".", ".."}.isdisjoint(rest.split("#")[0].split("/"))
    return f"/{path}" if usual else _THING + quote(iri.encode("utf-8", "surrogatepass"), safe="")


def outward(address: str | None) -> str | None:
    """The address if it may be a link: of the web, and nothing that runs."""
    if not address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None


def query(path: str, parameters: Mapping[str, str]) -> str:
    """An address with parameters; those without a value are left out."""
    given = {name: value.encode("utf-8", "surrogatepass") for name, value in parameters.items() if value}
    return f"{path}?{urlencode(given)}" if given else path
