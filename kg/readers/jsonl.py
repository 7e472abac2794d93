"""JSONL: one article a line with `id`, `text` and optionally `title`, `published` or `date`, `url`, `author`."""

import json
from collections.abc import Iterator
from typing import IO, Any

from kg.errors import InputError
from kg.model import Document
from kg.readers import fields
from kg.readers.decoding import BROKEN_STREAM, decode_line, unreadable
from kg.readers.source import Source
from kg.readers.streams import CHUNK, utf8

NAME = "jsonl"
SUFFIXES = (".jsonl", ".ndjson")


def read(stream: IO[bytes], source: Source) -> Iterator[Document]:
    """The articles in their order. A bad line is reported with its number and the rest is read; the text is given on as it is."""
    empty = True
    for number, line in enumerate(_lines(stream, source), 1):
        if line is not None and not line.strip():
            continue
        empty = False
        try:
            yield _document(line, number, source)
        except InputError as error:
            source.report(error)
    if empty:
        raise source.error("is empty")


def _lines(stream: IO[bytes], source: Source) -> Iterator[bytes | None]:
    """The lines; None for one above the limit, which is never held in memory."""
    try:
        stream = utf8(stream)
        while line := stream.readline(source.limit + 2):
            if len(line.rstrip(b"\r\n")) <= source.limit:
                yield line
                continue
            while line and not line.endswith(b"\n"):
                line = stream.readline(CHUNK)
            yield None
    except BROKEN_STREAM as error:
        raise unreadable(source, error) from error


def _document(line: bytes | None, number: int, source: Source) -> Document:
    here = source.part(f"line {number}", f"line={number}")
    if line is None:
        raise here.too_large()
    return fields.document(_object(line, here), source, number, "line")


def _object(line: bytes, here: Source) -> dict[str, Any]:
    try:
        data = json.loads(decode_line(line, here))
    except json.JSONDecodeError as error:
        raise here.error(f"not JSON ({error.msg} at column {error.colno})") from error
    except (ValueError, RecursionError) as error:
        raise here.error(f"not JSON that can be read ({type(error).__name__})") from error
    if not isinstance(data, dict):
        raise here.error('not an object with "id" and "text"')
    return data
