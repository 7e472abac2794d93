"""Web archives (WARC 1.0 and 1.1, as of Common Crawl's news): an article a page that was fetched, known by its address.

Where a page tells no date, the day on which it was fetched stands for it.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.parser import BytesHeaderParser
from typing import IO

from kg.errors import InputError
from kg.model import Document, valid
from kg.readers.dates import iso
from kg.readers.decoding import BROKEN_STREAM, unreadable
from kg.readers.dispatch import documents
from kg.readers.source import Source
from kg.readers.streams import CHUNK

NAME = "warc"
SUFFIXES = (".warc",)
MAGIC = (b"WARC/",)
PAGES = ("text/html", "application/xhtml+xml")
# Bytes of the head of a record, or of a page, and lines between two records.
_HEAD, _EMPTY = 64_000, 100


@dataclass(frozen=True, slots=True)
class Record:
    """What stands between two records' heads: of a page that was fetched, the answer of the server."""

    number: int
    kind: str
    address: str
    date: str
    block: bytes


def read(stream: IO[bytes], source: Source) -> Iterator[Document]:
    """The pages that have an article, in their order. How many have none is told at the end: a crawl is full of them."""
    pages, failed = 0, list[InputError]()
    try:
        for record in _records(stream, source):
            body = _page(record)
            if body is None:
                continue
            pages += 1
            try:
                yield from _documents(record, body, source)
            except InputError as error:
                failed.append(error)
    finally:
        if failed:
            source.report(source.error(f"{len(failed)} of {pages} pages can't be read; the first is {failed[0]}"))
    if not pages:
        raise source.error("holds no web pages")


def _documents(record: Record, body: bytes, source: Source) -> Iterator[Document]:
    here = source.part(f"record {record.number} ({record.address})", f"record={record.number}", record.address)
    if len(record.block) > source.limit:
        raise here.too_large()
    for document in documents(io.BytesIO(body), here, format="html"):
        yield replace(document, source=record.address, published=document.published or iso(record.date[:10]))


def _records(stream: IO[bytes], source: Source) -> Iterator[Record]:
    """The records; of what is larger than a document may be, only so much that it can be told. Raises InputError where no next one is found."""
    number = 0
    try:
        while _begins(stream, source, number):
            number += 1
            known = BytesHeaderParser().parsebytes(b"".join(_head(stream, source, number)))
            length = str(known.get("Content-Length", "")).strip()
            if not (length.isascii() and length.isdigit() and len(length) < 16):
                raise source.error(f"record {number} does not tell its length; what follows is not read")
            block = _taken(stream, int(length), source.limit + 1)
            address = valid(str(known.get("WARC-Target-URI", ""))).strip().strip("<>")
            yield Record(number, str(known.get("WARC-Type", "")).strip().lower(), address, str(known.get("WARC-Date", "")).strip(), block)
    except BROKEN_STREAM as error:
        raise unreadable(source, error) from error


def _begins(stream: IO[bytes], source: Source, number: int) -> bool:
    """True at the first line of a record, False at the end."""
    for _ in range(_EMPTY):
        line = stream.readline(_HEAD)
        if line.startswith(MAGIC):
            return True
        if line.strip():
            break
        if not line:
            return False
    raise source.error(f"no record begins after record {number}; what follows is not read")


def _head(stream: IO[bytes], source: Source, number: int) -> Iterator[bytes]:
    """The lines of the head of a record."""
    left = _HEAD
    while (line := stream.readline(left)).strip():
        yield line
        left -= len(line)
        if left <= 0:
            raise source.error(f"record {number} has no end of its head; what follows is not read")
    if not line:
        raise EOFError("it breaks off")


def _taken(stream: IO[bytes], length: int, most: int) -> bytes:
    """The first bytes of a block of that length; the rest is passed over."""
    data = stream.read(min(length, most))
    left = length - len(data)
    while left > 0 and (passed := stream.read(min(CHUNK, left))):
        left -= len(passed)
    if left > 0:
        raise EOFError("it breaks off")
    return data


def _page(record: Record) -> bytes | None:
    """The page that a server answered with; None where it is none, or no answer of "200 OK"."""
    head, _, body = record.block.partition(b"\r\n\r\n")
    status, _, lines = head.partition(b"\r\n")
    if record.kind != "response" or not record.address or len(head) > _HEAD or status.split(b" ")[1:2] != [b"200"]:
        return None
    known = BytesHeaderParser().parsebytes(lines)
    if not str(known.get("Content-Type", "")).strip().lower().startswith(PAGES):
        return None
    return _joined(body) if "chunked" in str(known.get("Transfer-Encoding", "")).lower() else body


def _joined(body: bytes) -> bytes:
    """The chunks of a body as one; what is in no chunks, whatever its head says, stays as it is."""
    parts, at = list[bytes](), 0
    while (end := body.find(b"\r\n", at, at + 100)) >= 0:
        size = body[at:end].partition(b";")[0].strip()
        if not size or len(size) > 8 or size.strip(b"0123456789abcdefABCDEF"):
            break
        if int(size, 16) == 0:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + int(size, 16)])
        at = end + 2 + int(size, 16) + 2
    return b"".join(parts) or body
