"""From a stream of bytes to documents: unpacks gzip, finds the format, refuses what is no text."""

from collections.abc import Iterator
from typing import IO

from kg.model import Document
from kg.readers import registry
from kg.readers.decoding import BROKEN_STREAM, magic, unreadable
from kg.readers.source import Source
from kg.readers.streams import unpacked


def documents(stream: IO[bytes], source: Source, *, suffix: str | None = None, format: str | None = None) -> Iterator[Document]:
    """The documents of a stream, in the format that was asked for, that the suffix tells, or that the first bytes look like.

    Raises InputError when nothing can be read.
    """
    try:
        head, whole = unpacked(stream)
    except BROKEN_STREAM as error:
        raise unreadable(source, error) from error
    if not head:
        raise source.error("is empty")
    reader = _reader(head, source, suffix, format)
    try:
        yield from reader.read(whole, source)
    except BROKEN_STREAM as error:
        raise unreadable(source, error) from error


def _reader(head: bytes, source: Source, suffix: str | None, format: str | None) -> registry.Reader:
    if format is not None:
        return registry.by_name(format)
    if (reader := registry.by_magic(head)) is not None:
        return reader
    if kind := magic(head):
        raise source.error(f"is {kind}, which kg does not read; it reads {', '.join(registry.formats())}")
    reader = registry.by_suffix(suffix) or registry.by_content(head)
    if suffix == ".json" and reader.NAME != "jsonl":
        raise source.error("JSON is read as JSONL only: one article a line, with id and text")
    return reader
