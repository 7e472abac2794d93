"""Copies of one text among the documents of the store, found by their signatures and written to a graph of their own."""

from collections.abc import Iterable

import pyoxigraph as ox

from kg.extract.signature import is_signature
from kg.graph import records, temporal
from kg.graph.changes import Changes
from kg.graph.store import Store
from kg.graph.terms import document, node
from kg.identity.copies import Text, originals
from kg.iris import ID
from kg.model import Extraction

COPIES = ox.NamedNode(f"{ID}graph/copies")
COPY_OF = node("kg:isCopyOf")
_TEXTS = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX kg: <https://w3id.org/kg-news/ontology#>
SELECT ?document ?published ?length ?signature WHERE {
  ?document kg:textSignature ?signature ; kg:length ?length .
  OPTIONAL { ?document dcterms:issued ?published }
}
"""
# Documents that tell no date come after those that do.
_UNDATED = "~"


def renew(store: Store) -> None:
    """Finds the copies among all documents and writes them in place of those that were there."""
    with Changes(store) as changes:
        _renew(changes)


def forget(changes: Changes, name: ox.NamedNode) -> None:
    """Brings the copies in line when a document goes, which may have been one or have had some."""
    if changes.has(name, COPY_OF, None, COPIES) or changes.has(None, COPY_OF, name, COPIES):
        _renew(changes, without=records.ident(name))


def _renew(changes: Changes, without: str | None = None) -> None:
    store = changes.store
    rows = store.inner.query(_TEXTS, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    wanted = quads(text for text in map(_text, rows) if text is not None and text.document != without)
    there = set(store.inner.quads_for_pattern(None, None, None, COPIES))
    changes.swap(there - wanted, wanted - there)


def quads(texts: Iterable[Text]) -> set[ox.Quad]:
    """The copies among texts."""
    return {ox.Quad(document(copy), COPY_OF, document(first), COPIES) for copy, first in originals(list(texts)).items()}


def told(extraction: Extraction) -> Text | None:
    """The text of a document, as its record tells of it; None for one without signature."""
    known = extraction.document
    if not known.get("signature") or known.get("length") is None:
        return None
    published = str(known.get("published") or "")
    exact = temporal.literal(published)
    return _made(exact.value if exact else published, extraction.id, int(known["length"]), str(known["signature"]))


def found(store: Store) -> dict[str, str]:
    """The first document with its text for each document that is a copy, as written last."""
    return {records.ident(quad.subject): records.ident(quad.object) for quad in store.inner.quads_for_pattern(None, COPY_OF, None, COPIES)}


def _text(row: ox.QuerySolution) -> Text | None:
    published = row["published"]
    return _made(None if published is None else published.value, records.ident(row["document"]), int(row["length"].value), row["signature"].value)


def _made(published: str | None, ident: str, length: int, signature: str) -> Text | None:
    """None for a signature that is none: a record may come from anywhere."""
    return Text(published or _UNDATED, ident, length, signature) if is_signature(signature) else None
