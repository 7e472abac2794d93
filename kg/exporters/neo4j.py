"""Tables for Neo4j in a zip archive, with the command of the bulk import and a Cypher script that loads them into a running database."""

import re
from collections.abc import Iterator
from typing import IO

import networkx as nx

from kg.exporters import _archive, _csv, _rows
from kg.network.flat import Flat, Value

NAME = "neo4j"
SUFFIXES = (".neo4j.zip",)
MEDIA_TYPE = "application/zip"
LOSES = ("times", "directions", "separators", "formulas")

# Between the parts of a list in one cell; a part that holds it gets a comma in its place.
_SEPARATOR = ";"
_TYPES = {str: "string", int: "long", float: "double", bool: "boolean", list: "string[]"}
_CASTS = {int: "toInteger({})", float: "toFloat({})", bool: "toBoolean({})", list: f"split({{}}, '{_SEPARATOR}')"}
# A cell with one of these stands in quotes.
_QUOTED = frozenset(',"\n\r')
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_NAME = re.compile(r"\W+")


def write_network(graph: nx.MultiDiGraph, file: IO[bytes]) -> None:
    """Writes nodes.csv and edges.csv with the headers of neo4j-admin, import.sh and import.cypher."""
    flat = Flat(graph, lists=True)
    nodes, edges = _rows.node_columns(flat), _rows.edge_columns(flat)
    types = sorted({_relationship(edge.data) for edge in flat.edges()})
    labels = sorted({_label(node.data) for node in flat.nodes()})
    parts: tuple[tuple[str, Iterator[str]], ...] = (
        ("nodes.csv", _csv.table([*nodes, ":LABEL"], _nodes(flat), [*_header(nodes, {"id": "id:ID"}), ":LABEL"])),
        ("edges.csv", _csv.table([*edges, ":TYPE"], _edges(flat), [*_header(edges, {"source": ":START_ID", "target": ":END_ID"}), ":TYPE"])),
        ("import.sh", _command()),
        ("import.cypher", _script(nodes, edges, labels, types)),
    )
    _archive.write(file, parts)


def _nodes(flat: Flat) -> Iterator[dict[str, Value]]:
    return ({**_joined(row), ":LABEL": f"Entity{_SEPARATOR}{_label(row)}"} for row in _rows.nodes(flat))


def _edges(flat: Flat) -> Iterator[dict[str, Value]]:
    return ({**_joined(row), ":TYPE": _relationship(row)} for row in _rows.edges(flat))


def _joined(row: dict[str, Value]) -> dict[str, Value]:
    parts = {name: [part.replace(_SEPARATOR, ",") for part in value] if isinstance(value, list) else value for name, value in row.items()}
    return {name: _escaped(_SEPARATOR.join(value) if isinstance(value, list) else value) for name, value in parts.items()}


def _escaped(value: Value) -> Value:
    r"""In quotes Neo4j reads "" as one quotation mark and \\ as one backslash, out of quotes a backslash as it is."""
    return value.replace("\\", "\\\\") if isinstance(value, str) and not _QUOTED.isdisjoint(value) else value


def _label(data: dict[str, Value]) -> str:
    return _NOT_NAME.sub("_", str(data.get("type") or "Thing"))


def _relationship(data: dict[str, Value]) -> str:
    """The relation as Neo4j's people write it: spokesmanOf is SPOKESMAN_OF."""
    return _NOT_NAME.sub("_", _WORD_START.sub("_", str(data.get("relation") or data.get("label") or "tie"))).upper()


def _header(columns: dict[str, type], own: dict[str, str]) -> list[str]:
    """A name with a colon would say a type."""
    return [own.get(name) or f"{name.replace(':', '_')}:{_TYPES[kind]}" for name, kind in columns.items()]


def _command() -> Iterator[str]:
    # Backslashes are read as LOAD CSV reads them by default.
    yield "#!/bin/sh\n# Into an empty database, in the folder of these files; Neo4j must not run on it.\n"
    yield "neo4j-admin database import full neo4j --nodes=nodes.csv --relationships=edges.csv "
    yield f"--array-delimiter='{_SEPARATOR}' --legacy-style-quoting=true --overwrite-destination\n"


def _script(nodes: dict[str, type], edges: dict[str, type], labels: list[str], types: list[str]) -> Iterator[str]:
    """Loads the tables from the import folder; run twice it changes nothing."""
    yield "// Put nodes.csv and edges.csv into Neo4j's import folder, then: cypher-shell -f import.cypher\n"
    yield "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;\n"
    header = dict(zip(nodes, _header(nodes, {"id": "id:ID"}), strict=True))
    yield from _load("nodes.csv", f"MERGE (n:Entity {{id: row.`{header['id']}`}})", _set("n", nodes, header, ("id",)))
    for label in labels:
        yield from _load("nodes.csv", f"MATCH (n:Entity {{id: row.`id:ID`}}) WHERE 'Entity;{label}' = row.`:LABEL`", f"SET n:`{label}`")
    header = dict(zip(edges, _header(edges, {"source": ":START_ID", "target": ":END_ID"}), strict=True))
    for kind in types:
        match = f"WITH row WHERE row.`:TYPE` = '{kind}' MATCH (a:Entity {{id: row.`:START_ID`}}), (b:Entity {{id: row.`:END_ID`}})"
        merge = f"MERGE (a)-[r:`{kind}` {{id: row.`{header['id']}`}}]->(b)"
        yield from _load("edges.csv", f"{match} {merge}", _set("r", edges, header, ("id", "source", "target")))


def _load(file: str, *clauses: str) -> Iterator[str]:
    yield f"LOAD CSV WITH HEADERS FROM 'file:///{file}' AS row\n"
    yield "".join(f"{clause}\n" for clause in clauses if clause)
    yield ";\n"


def _set(name: str, columns: dict[str, type], header: dict[str, str], without: tuple[str, ...]) -> str:
    """Sets properties; an empty cell is null in Cypher, which sets none."""
    told = [(header[column], kind, column) for column, kind in columns.items() if column not in without]
    values = (f"{name}.`{_tick(column)}` = {_CASTS.get(kind, '{}').format(f'row.`{_tick(cell)}`')}" for cell, kind, column in told)
    return f"SET {', '.join(values)}" if told else ""


def _tick(name: str) -> str:
    return name.replace("`", "``")
