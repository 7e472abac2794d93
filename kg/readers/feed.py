"""RSS and Atom feeds: an article an entry, with what the feed gives of it."""

from collections.abc import Iterator
from typing import IO, Any

from kg.errors import InputError
from kg.model import Document, valid
from kg.readers import markup, xml
from kg.readers.dates import iso
from kg.readers.decoding import read_all
from kg.readers.source import Source

NAME = "feed"
SUFFIXES = (".rss", ".atom")
ENTRIES = ("item", "entry")
# The whole article before a summary.
TEXTS = ("encoded", "content", "description", "summary")
DATES = ("published", "pubdate", "date", "updated", "modified")


def read(stream: IO[bytes], source: Source) -> Iterator[Document]:
    """The entries in their order. Those without text are reported; entities that the feed defines itself are not filled in."""
    root = xml.root(read_all(stream, source), source)
    entries = [node for node in root.iter() if _name(node) in ENTRIES]
    if not entries:
        raise source.error("is no RSS or Atom feed with entries")
    for number, entry in enumerate(entries, 1):
        try:
            yield _document(entry, source.part(f"entry {number}", f"entry={number}"), source, number)
        except InputError as error:
            source.report(error)


def _document(entry: Any, here: Source, source: Source, number: int) -> Document:
    known: dict[str, Any] = {}
    for node in entry:
        known.setdefault(_name(node), node)
    text = next((found for name in TEXTS if name in known and (found := markup.text(_content(known[name])).strip())), "")
    if not text:
        raise here.error("has no text; fetch its page and read that")
    text, link = text + "\n", _link(entry)
    own = source.document_id(text) if source.id is None else f"{source.id}#{number}"
    return Document(
        id=link or _line(known.get("guid")) or _line(known.get("id")) or own,
        text=text,
        title=_line(known.get("title")),
        published=next((date for name in DATES if (date := iso(_line(known.get(name))))), None),
        source=link or source.origin,
        author=_author(known),
        place=here.place,
    )


def _name(node: Any) -> str:
    return xml.name(node).lower()


def _content(node: Any) -> str:
    """The HTML of an element: as escaped text, or as XHTML elements inside."""
    from lxml import etree

    if len(node) == 0:
        return node.text or ""
    return str(node.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in node)


def _link(entry: Any) -> str | None:
    for node in entry:
        if _name(node) == "link" and node.get("rel", "alternate") == "alternate":
            address = valid(str(node.get("href") or node.text or "")).strip()
            if address.startswith(("http://", "https://")):
                return address
    return None


def _author(known: dict[str, Any]) -> str | None:
    node = known.get("author", known.get("creator"))
    named = None if node is None else next((child for child in node if _name(child) == "name"), node)
    return _line(named)


def _line(node: Any) -> str | None:
    """The text of an element in one line, without markup."""
    return None if node is None else " ".join(markup.text("".join(node.itertext())).split()) or None
