"""Plain text: one file, one document."""

from collections.abc import Iterator
from typing import IO

from kg.model import Document
from kg.readers.decoding import decode, read_all
from kg.readers.source import Source

NAME = "text"
SUFFIXES = (".txt", ".text", ".md")
LONGEST_TITLE = 150


def read(stream: IO[bytes], source: Source) -> Iterator[Document]:
    """The text as it stands; a title line stays in it."""
    text = decode(read_all(stream, source), source)
    if not text.strip():
        raise source.error("is empty")
    yield Document(id=source.document_id(text), text=text, title=title(text), source=source.origin, place=source.place)


def title(text: str) -> str | None:
    """The first line, if it is short, has an empty line below and more text after that, and doesn't end like a sentence."""
    first, _, rest = text.lstrip().partition("\n")
    below, _, more = rest.partition("\n")
    first = first.strip()
    if below.strip() or not more.strip() or len(first) > LONGEST_TITLE or first.endswith((".", ":", ",", ";")):
        return None
    return first.lstrip("# ") or None
