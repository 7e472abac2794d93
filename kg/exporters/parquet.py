"""Two Parquet tables in a zip archive, nodes.parquet and edges.parquet: for pandas, Polars, DuckDB, Spark and Arrow."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any

import networkx as nx

from kg.errors import FormatError
from kg.exporters import _archive, _rows
from kg.network.flat import Flat, Value

NAME = "parquet"
SUFFIXES = (".parquet.zip",)
MEDIA_TYPE = "application/zip"
LOSES = ("times",)

# Rows that are held at once, and bytes.
_GROUP = 20_000
_BLOCK = 2**20


def write_network(graph: nx.MultiDiGraph, file: IO[bytes]) -> None:
    """Writes typed columns, lists as lists. Raises FormatError where pyarrow is missing."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise FormatError("Parquet needs pyarrow; install it with: pip install 'kg[parquet]'") from None
    flat = Flat(graph, lists=True)
    parts = (
        ("nodes.parquet", _table(pyarrow, _rows.node_columns(flat), _rows.nodes(flat))),
        ("edges.parquet", _table(pyarrow, _rows.edge_columns(flat), _rows.edges(flat))),
    )
    # Parquet compresses its own columns.
    _archive.write(file, parts, compressed=False)


def _table(pyarrow: Any, columns: Mapping[str, type], rows: Iterator[Mapping[str, Value]]) -> Iterable[bytes]:
    types = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_(), list: pyarrow.list_(pyarrow.string())}
    schema = pyarrow.schema([(name, types[kind]) for name, kind in columns.items()])
    with TemporaryFile() as table:
        with pyarrow.parquet.ParquetWriter(table, schema) as writer:
            while group := list(islice(rows, _GROUP)):
                writer.write_table(pyarrow.Table.from_pylist(group, schema=schema))
        table.seek(0)
        yield from iter(partial(table.read, _BLOCK), b"")
