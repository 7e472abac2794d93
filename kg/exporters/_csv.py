"""CSV after RFC 4180 with line feeds, in UTF-8, in which no cell is a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.network.flat import Value

# Spreadsheets run a cell that begins with one of these.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(columns: Sequence[str], rows: Iterable[Mapping[str, Value]], header: Sequence[str] | None = None) -> Iterator[str]:
    """The lines of a table; what a row lacks is an empty cell, and `header` stands over it in place of the names of columns."""
    yield _line(header or columns)
    for row in rows:
        yield _line([cell(row.get(name)) for name in columns])


def cell(value: Value | None) -> str:
    """The text of a cell. What a spreadsheet would run as a formula gets an apostrophe before it; numbers are no text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    text = "; ".join(value) if isinstance(value, list) else value
    return f"'{text}" if text.startswith(FORMULA) else text


def _line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()
