"""An SQLite database: tables of nodes and edges, with indexes, and a view that reads like sentences."""

import json
import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import networkx as nx

from kg.errors import StoreError
from kg.exporters import _rows
from kg.network.flat import Flat, Value

NAME = "sqlite"
SUFFIXES = (".sqlite", ".sqlite3", ".db")
MEDIA_TYPE = "application/vnd.sqlite3"
LOSES = ("times", "booleans")

_TYPES = {str: "TEXT", int: "INTEGER", float: "REAL", bool: "INTEGER", list: "TEXT"}


def write_network(graph: nx.MultiDiGraph, file: IO[bytes]) -> None:
    """Writes the tables `nodes` and `edges`, lists as arrays of JSON (`json_each` takes them apart), and the view `ties`.

    The database is made beside, on the disk: SQLite jumps about in its file, which standard output does not allow.
    """
    with TemporaryDirectory() as folder:
        made = Path(folder) / "network.sqlite"
        try:
            _make(Flat(graph, lists=True), made)
        except sqlite3.OperationalError as error:
            raise StoreError(f"{folder}: the database can't be made there ({error}); make room, or name another folder in TMPDIR") from error
        with made.open("rb") as database:
            shutil.copyfileobj(database, file)


def _make(flat: Flat, place: Path) -> None:
    # One transaction, begun here: in a Turkish locale Python doesn't know an INSERT, and would write each row by itself.
    database = sqlite3.connect(place, isolation_level=None)
    try:
        # Nobody reads the file before it is whole.
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN")
        nodes, edges = _rows.node_columns(flat), _rows.edge_columns(flat)
        _fill(database, "network", {"name": str, "value": str}, [{"name": k, "value": str(v)} for k, v in flat.about.items()], "PRIMARY KEY (name)")
        _fill(database, "nodes", nodes, _rows.nodes(flat), "PRIMARY KEY (id)")
        ends = "PRIMARY KEY (id), FOREIGN KEY (source) REFERENCES nodes (id), FOREIGN KEY (target) REFERENCES nodes (id)"
        _fill(database, "edges", edges, _rows.edges(flat), ends)
        database.execute("CREATE INDEX edges_by_source ON edges (source)")
        database.execute("CREATE INDEX edges_by_target ON edges (target)")
        database.execute(
            'CREATE VIEW ties AS SELECT a.label AS "from", '
            f'{"e.relation" if "relation" in edges else "e.id"} AS tie, b.label AS "to", e.* '
            "FROM edges e JOIN nodes a ON a.id = e.source JOIN nodes b ON b.id = e.target"
        )
        database.execute("COMMIT")
    finally:
        database.close()


def _fill(database: sqlite3.Connection, table: str, columns: Mapping[str, type], rows: Iterable[Mapping[str, Value]], keys: str) -> None:
    names = dict(zip(columns, _names(columns), strict=True))
    database.execute(f"CREATE TABLE {table} ({', '.join(f'{names[name]} {_TYPES[kind]}' for name, kind in columns.items())}, {keys})")
    marks = ", ".join("?" * len(columns))
    database.executemany(f"INSERT INTO {table} VALUES ({marks})", ([_cell(row.get(name)) for name in columns] for row in rows))


def _names(columns: Iterable[str]) -> Iterable[str]:
    """Names in quotation marks; SQLite tells no capitals from small letters."""
    seen: set[str] = set()
    for name in columns:
        found, number = name, 1
        while found.casefold() in seen:
            number += 1
            found = f"{name} {number}"
        seen.add(found.casefold())
        yield '"' + found.replace('"', '""') + '"'


def _cell(value: Value | None) -> str | int | float | None:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
