"""CSV and TSV: an article a row; the first row names the columns, of which one is `text` (or another usual name, or --text-column)."""

import csv
import io
from collections.abc import Iterator
from itertools import chain
from typing import IO

from kg.errors import InputError
from kg.model import Document
from kg.readers import fields
from kg.readers.decoding import SAMPLE, encoding_of
from kg.readers.source import Source
from kg.readers.streams import peek

NAME = "csv"
SUFFIXES = (".csv", ".tsv")
SEPARATORS = ",;\t|"


def read(stream: IO[bytes], source: Source) -> Iterator[Document]:
    """The articles in their order. Rows without text are reported with their number; where rows can't be told apart any more, reading ends."""
    head, whole = peek(stream, SAMPLE)
    text = io.TextIOWrapper(whole, encoding_of(head, source), "replace", newline="")
    try:
        yield from _rows(_lines(text, source), source)
    finally:
        text.detach()  # whoever opened the stream closes it


def _rows(lines: Iterator[str], source: Source) -> Iterator[Document]:
    first = next(lines, "").removeprefix("\ufeff")
    csv.field_size_limit(max(csv.field_size_limit(), source.limit))
    rows = csv.reader(chain((first,), lines), delimiter=max(SEPARATORS, key=first.count))
    try:
        columns = next(rows, [])
        if fields.is_of_articles(columns, source):
            yield from _documents(rows, columns, source)
    except csv.Error as error:
        raise source.error(f"line {rows.line_num}: {error}; what follows is not read") from error


def _documents(rows: Iterator[list[str]], columns: list[str], source: Source) -> Iterator[Document]:
    empty = True
    for number, row in enumerate(rows, 1):
        if any(row):
            empty = False
            try:
                yield fields.document(dict(zip(columns, row, strict=False)), source, number, "row")
            except InputError as error:
                source.report(error)
    if empty:
        raise source.error("has no rows")


def _lines(text: io.TextIOWrapper, source: Source) -> Iterator[str]:
    """The lines with their ends. Raises InputError above the limit, having read no more than that."""
    while line := text.readline(source.limit + 1):
        if len(line) > source.limit:
            raise source.too_large()
        yield line
