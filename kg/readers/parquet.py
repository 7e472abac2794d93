"""Parquet: an article a row, with the columns of a CSV file. Read by pyarrow, which comes with kg[inputs]."""

from collections.abc import Iterator
from datetime import date
from typing import IO, Any

from kg.errors import InputError
from kg.model import Document
from kg.readers import fields
from kg.readers.decoding import reason
from kg.readers.extras import needed
from kg.readers.source import Source
from kg.readers.streams import seekable

NAME = "parquet"
SUFFIXES = (".parquet",)
MAGIC = (b"PAR1",)
ROWS = 64


def read(stream: IO[bytes], source: Source) -> Iterator[Document]:
    """The articles in their order; a few rows are held at a time, and columns that tell nothing of an article are not read."""
    needed("pyarrow.parquet", source)
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with seekable(stream, source) as whole, pq.ParquetFile(whole) as file:
            names = file.schema_arrow.names
            if not fields.is_of_articles(names, source):
                return
            for batch in file.iter_batches(batch_size=ROWS, columns=fields.wanted(names, source), use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    yield from _reported(row, source, number)
    except (pa.ArrowException, OSError, ValueError, TypeError, OverflowError) as error:
        raise source.error(f"can't be read as Parquet ({reason(error)})") from error
    if not number:
        raise source.error("has no rows")


def _reported(row: dict[str, Any], source: Source, number: int) -> Iterator[Document]:
    known = {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
    try:
        yield fields.document(known, source, number, "row")
    except InputError as error:
        source.report(error)
