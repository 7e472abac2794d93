"""From the words on the command line to documents."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TypeVar

from kg.errors import InputError
from kg.model import Document
from kg.readers import inputs, registry
from kg.readers.decoding import BROKEN_STREAM, magic, unreadable
from kg.readers.source import LIMIT, Source, raise_error
from kg.readers.streams import unpacked

T = TypeVar("T")


def read(
    *given: str | Path,
    on_error: Callable[[InputError], None] = raise_error,
    format: str | None = None,
    published: str | None = None,
    limit: int = LIMIT,
    stdin: IO[bytes] | None = None,
) -> Iterator[Document]:
    """The documents of files, folders, glob patterns and "-" (standard input), in order; each file and each document once.

    What can't be read goes to `on_error` (which raises by default) and the rest is read. `format` overrides suffix and content; `published` is
    for documents that don't tell their date; `limit` is in bytes a document. Raises FormatError for an unknown format, at once.
    """
    if format is not None:
        registry.by_name(format)
    return _distinct(_Reading(on_error, format, limit, stdin).documents(given), on_error, published)


def _distinct(documents: Iterator[Document], on_error: Callable[[InputError], None], published: str | None) -> Iterator[Document]:
    """Each id once: a second document of the same id would silently replace the first in the graph."""
    known: dict[str, bytes] = {}
    for document in documents:
        digest = bytes.fromhex(document.sha256)[:8]
        if document.id not in known:
            known[document.id] = digest
            yield document if document.published else replace(document, published=published)
        elif known[document.id] != digest:
            on_error(InputError(f"{document.source}: another document has the id {document.id!r}; give it its own, or read a folder above both"))


@dataclass(frozen=True, slots=True)
class _Reading:
    on_error: Callable[[InputError], None]
    format: str | None
    limit: int
    stdin: IO[bytes] | None

    def documents(self, given: tuple[str | Path, ...]) -> Iterator[Document]:
        done: set[Path] = set()
        for each in given:
            if str(each) == inputs.STANDARD_INPUT:
                stream = nullcontext(self.stdin or sys.stdin.buffer)
                yield from self._reported(self._opened(stream, Source("standard input", None, self.limit, self.on_error), None))
                continue
            for file in self._reported(inputs.find(each, registry.suffixes())):
                path = file.path.resolve()
                if path not in done:
                    done.add(path)
                    yield from self._reported(self._file(file))

    def _reported(self, items: Iterator[T]) -> Iterator[T]:
        try:
            yield from items
        except InputError as error:
            self.on_error(error)

    def _file(self, file: inputs.File) -> Iterator[Document]:
        source = Source(inputs.shown(file.path), file.id, self.limit, self.on_error)
        try:
            stream = file.path.open("rb")
        except OSError as error:
            raise unreadable(source, error) from error
        yield from self._opened(stream, source, inputs.suffix(file.path))

    def _opened(self, opened: AbstractContextManager[IO[bytes]], source: Source, suffix: str | None) -> Iterator[Document]:
        with opened as raw:
            try:
                head, stream = unpacked(raw)
            except BROKEN_STREAM as error:
                raise unreadable(source, error) from error
            if not head:
                raise source.error("is empty")
            if kind := magic(head):
                raise source.error(f"is {kind}, which is not supported yet; kg reads {', '.join(registry.formats())}")
            yield from self._reader(suffix, head, source).read(stream, source)

    def _reader(self, suffix: str | None, head: bytes, source: Source) -> registry.Reader:
        """The format that was asked for, that the suffix tells, or that the first bytes look like."""
        if self.format is not None:
            return registry.by_name(self.format)
        reader = registry.by_suffix(suffix) or registry.by_content(head)
        if suffix == ".json" and reader.NAME != "jsonl":
            raise source.error("JSON is read as JSONL only: one article a line, with id and text")
        return reader
