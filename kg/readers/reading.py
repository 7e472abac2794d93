"""From the words on the command line to documents."""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Literal, TypeVar

from kg.errors import InputError
from kg.model import Document
from kg.readers import inputs, registry
from kg.readers.addresses import fetch, is_address
from kg.readers.decoding import unreadable
from kg.readers.dispatch import documents
from kg.readers.meter import Meter
from kg.readers.source import LIMIT, Source, raise_error

T = TypeVar("T")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
# Whether addresses among the inputs are fetched: not at all, those of the public web, those of private networks too.
Network = Literal["none", "public", "private"]


def read(
    *given: str | Path,
    on_error: Callable[[InputError], None] = raise_error,
    format: str | None = None,
    published: str | None = None,
    limit: int = LIMIT,
    stdin: IO[bytes] | None = None,
    text_column: str | None = None,
    network: Network = "none",
    meter: Meter | None = None,
) -> Iterator[Document]:
    """The documents of files, folders, glob patterns, addresses and "-" (standard input), in order; each file and each document once.

    What can't be read goes to `on_error` (which raises by default) and the rest is read. `format` overrides suffix and content; `published` is
    for documents that don't tell their date; `limit` is in bytes a document; `text_column` is that of tables which holds the text;
    `network` allows addresses; `meter` is told how far the reading has come. Raises FormatError for an unknown format, at once.
    """
    if format is not None:
        registry.by_name(format)
    base = Source("standard input", limit=limit, report=on_error, text_column=text_column)
    return _distinct(_Reading(base, format, stdin, network, meter or Meter()).given(given), on_error, published)


def _distinct(documents: Iterator[Document], on_error: Callable[[InputError], None], published: str | None) -> Iterator[Document]:
    """Each id once: a second document of the same id would silently replace the first in the graph."""
    known: dict[str, bytes] = {}
    for each in documents:
        # A graph can't hold control characters, and by another id the document would not be found again.
        document = replace(each, id=_CONTROL.sub("\ufffd", each.id)) if _CONTROL.search(each.id) else each
        digest = bytes.fromhex(document.sha256)[:8]
        if document.id not in known:
            known[document.id] = digest
            yield document if document.published else replace(document, published=published)
        elif known[document.id] != digest:
            on_error(InputError(f"{document.source}: another document has the id {document.id!r}; give it its own, or read a folder above both"))


@dataclass(frozen=True, slots=True)
class _Reading:
    base: Source
    format: str | None
    stdin: IO[bytes] | None
    network: Network
    meter: Meter

    def given(self, given: tuple[str | Path, ...]) -> Iterator[Document]:
        done: set[Path] = set()
        for each in given:
            if str(each) == inputs.STANDARD_INPUT:
                yield from self._reported(documents(self.stdin or sys.stdin.buffer, self.base, format=self.format))
                continue
            if is_address(each):
                yield from self._reported(self._fetched(str(each)))
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
            self.base.report(error)

    def _fetched(self, address: str) -> Iterator[Document]:
        source = replace(self.base, name=address, id=address)
        if self.network == "none":
            raise source.error("kg works offline; allow it to fetch pages with --allow-network, or save the page to a file and read that")
        yield from fetch(address, source, private=self.network == "private", format=self.format)

    def _file(self, file: inputs.File) -> Iterator[Document]:
        source = replace(self.base, name=inputs.shown(file.path), id=file.id, found=file.found)
        try:
            stream = file.path.open("rb")
        except OSError as error:
            raise unreadable(source, error) from error
        with stream:
            self.meter.opened(stream)
            yield from documents(stream, source, suffix=inputs.suffix(file.path), format=self.format)
        self.meter.closed(file.path.stat().st_size)
