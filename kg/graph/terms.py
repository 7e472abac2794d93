"""RDF terms made from hostile text: what can't stand in an IRI is percent-encoded, what can't stand in XML is replaced."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import quote

import pyoxigraph as ox

from kg import iris

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

# One replacement for one character, so that lengths and offsets stay what they were.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_NAME = re.compile(r"[^\w-]")
_IRI_SAFE = "!#$&'()*+,-./:;=?@[]_~"


def node(prefixed: str) -> ox.NamedNode:
    """The term "prefix:local" with a prefix of the project."""
    prefix, local = prefixed.split(":", 1)
    return ox.NamedNode(iris.PREFIXES[prefix] + local)


def clean(text: str) -> str:
    """The text with each character that XML 1.0 forbids (control characters, lone surrogates) replaced by U+FFFD."""
    return _UNWRITABLE.sub("\ufffd", text)


def literal(text: str) -> ox.Literal:
    """A plain string."""
    return ox.Literal(clean(text))


def english(text: str) -> ox.Literal:
    """A string in English."""
    return ox.Literal(clean(text), language="en")


def integer(number: int) -> ox.Literal:
    """An xsd:integer."""
    return ox.Literal(int(number))


def decimal(number: float) -> ox.Literal:
    """An xsd:decimal with at most four places, in the canonical form that Oxigraph gives back; what is no number becomes 0."""
    rounded = f"{number:.4f}".rstrip("0").rstrip(".") if abs(number) < 1e9 else "0"
    return ox.Literal("0" if rounded == "-0" else rounded, datatype=XSD_DECIMAL)


def iri(text: str) -> ox.NamedNode | None:
    """The IRI that the text is or becomes by percent-encoding; None where it has no scheme."""
    for attempt in (text, quote(text.encode("utf-8", "surrogatepass"), safe=_IRI_SAFE), quote(text.encode("utf-8", "surrogatepass"), safe="/:")):
        try:
            return ox.NamedNode(attempt)
        except ValueError:
            continue
    return None


def term(local: str, own: Mapping[str, str] = MappingProxyType({})) -> ox.NamedNode:
    """A term of the ontology by its local name; whatever can't stand in an XML name becomes "_". `own` holds the IRIs of a user's terms."""
    if (address := own.get(local)) and (found := iri(address)):
        return found
    name = _NOT_NAME.sub("_", clean(local))
    return ox.NamedNode(iris.term(name if name[:1].isalpha() or name[:1] == "_" else f"_{name}"))


def entity(ident: str) -> ox.NamedNode:
    """The node of an entity."""
    return ox.NamedNode(iris.resource("entity", ident))


def claim(ident: str) -> ox.NamedNode:
    """The node of a claim."""
    return ox.NamedNode(iris.resource("claim", ident))


def event(ident: str) -> ox.NamedNode:
    """The node of an event."""
    return ox.NamedNode(iris.resource("event", ident))


def document(ident: str) -> ox.NamedNode:
    """The node of a document, which is also the name of its graph."""
    return ox.NamedNode(iris.resource("document", ident))


XSD_DECIMAL = node("xsd:decimal")
TYPE = node("rdf:type")
LABEL = node("rdfs:label")
# Of background knowledge, which also those read who do not know the gazetteer.
BACKGROUND = ox.NamedNode(f"{iris.ID}graph/background")
LATITUDE, LONGITUDE, LOCATED_IN = node("geo:lat"), node("geo:long"), node("kg:locatedIn")
