"""Texts of documents kept beside the graph, compressed, so that its evidence can be checked where the sources are gone.

A graph of its own, which exports leave out: a node for each text, named by its hash, however many documents have that text.
"""

import base64
import zlib

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.changes import Changes
from kg.graph.store import Store
from kg.graph.terms import literal, node
from kg.graph.triples import CONTENT_HASH
from kg.iris import ID, resource
from kg.model import Document

TEXTS = ox.NamedNode(f"{ID}graph/texts")
TEXT, BINARY = node("kg:compressedText"), node("xsd:base64Binary")


def _node(sha256: str) -> ox.NamedNode:
    return ox.NamedNode(resource("text", sha256))


def keep(store: Store, document: Document) -> None:
    """Keeps the text of a document that is there."""
    with Changes(store) as changes:
        add(changes, document.sha256, document.text)


def add(changes: Changes, sha256: str, text: str) -> None:
    """Keeps a text with the document that comes."""
    if next(iter(changes.store.inner.quads_for_pattern(_node(sha256), TEXT, None, TEXTS)), None) is None:
        changes.swap((), [quad(sha256, text)])


def quad(sha256: str, text: str) -> ox.Quad:
    """A text as it is kept."""
    packed = base64.b64encode(zlib.compress(text.encode("utf-8", "surrogatepass"), 9)).decode("ascii")
    return ox.Quad(_node(sha256), TEXT, ox.Literal(packed, datatype=BINARY), TEXTS)


def kept(store: Store, sha256: str) -> str | None:
    """The text with that hash; None when it was not kept. Raises StoreError when it is damaged."""
    for quad in store.inner.quads_for_pattern(_node(sha256), TEXT, None, TEXTS):
        try:
            return zlib.decompress(base64.b64decode(quad.object.value)).decode("utf-8", "surrogatepass")  # type: ignore[union-attr]
        except (ValueError, zlib.error) as error:
            raise StoreError(f"the kept text {sha256} is damaged ({error}); build the document again with --keep-text") from error
    return None


def drop(changes: Changes, sha256: str | None) -> None:
    """Takes a text away that no document has any more."""
    if sha256 and not changes.has(None, CONTENT_HASH, literal(sha256)):
        changes.swap(list(changes.quads_for_pattern(_node(sha256), None, None, TEXTS)), ())
