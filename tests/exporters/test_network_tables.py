"""Tables of networks: cells are no formulas, columns have types, Neo4j's headers and script fit each other, SQLite answers questions."""

import csv
import io
import json
import re
import sqlite3
import zipfile

import networks
import networkx as nx
import pytest
from test_network_readers import written


def rows(format: str, table: str, graph: nx.MultiDiGraph) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(written(graph, format))) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(table).decode(), newline="")))


@pytest.mark.parametrize("format", ["tables", "neo4j"])
@pytest.mark.parametrize(("text", "cell"), [("=1+1", "'=1+1"), ("+49", "'+49"), ("-x", "'-x"), ("@A1", "'@A1"), ("a=1", "a=1"), ("=", "'=")])
def test_no_cell_is_a_formula(format: str, text: str, cell: str) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node(text, label=text, lat=-1.5, aliases=[text])
    (row,) = rows(format, "nodes.csv", graph)
    assert {value for name, value in row.items() if name.startswith(("id", "label", "aliases"))} == {cell}
    assert [value for name, value in row.items() if name.startswith("lat")] == ["-1.5"], "a number is no formula"


def test_neo4j_says_types_labels_and_lists() -> None:
    nodes, edges = (rows("neo4j", f"{name}.csv", networks.conflict()) for name in ("nodes", "edges"))
    assert {"id:ID", "label:string", ":LABEL", "aliases:string[]", "mentions:long", "lat:double"} <= nodes[0].keys()
    assert {"id:string", ":START_ID", ":END_ID", ":TYPE", "weight:double", "sources:string[]"} <= edges[0].keys()
    assert {node["id:ID"]: (node[":LABEL"], node["aliases:string[]"]) for node in nodes}["force/guard"] == (
        "Entity;MilitaryForce",
        "the Guard;Guards",
    )
    assert {edge[":TYPE"] for edge in edges} == {"ATTACKED", "INVADED", "REPRESENTS"}
    assert {edge[end] for edge in edges for end in (":START_ID", ":END_ID")} <= {node["id:ID"] for node in nodes}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('he said "no"', '"he said ""no"""'),
        ("C:\\new, old\\", '"C:\\\\new, old\\\\"'),
        ("C:\\new", "C:\\new"),
        ('\\"', '"\\\\"""'),
    ],
)
def test_neo4j_reads_quotation_marks_twice_and_backslashes_twice_in_quotes(text: str, cell: str) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", label=text)
    with zipfile.ZipFile(io.BytesIO(written(graph, "neo4j"))) as archive:
        assert archive.read("nodes.csv").decode() == f"id:ID,label:string,:LABEL\na,{cell},Entity;Thing\n"
        assert "--legacy-style-quoting=true" in archive.read("import.sh").decode()


def test_neo4j_script_loads_every_type_and_names_only_columns_that_are_there() -> None:
    with zipfile.ZipFile(io.BytesIO(written(networks.conflict(), "neo4j"))) as archive:
        script = archive.read("import.cypher").decode()
        header = {name: archive.read(name).decode().split("\n")[0].split(",") for name in ("nodes.csv", "edges.csv")}
    statements = [statement.strip() for statement in script.split(";\n") if "LOAD CSV" in statement]
    for statement in statements:
        file = re.search(r"file:///(\w+\.csv)", statement)
        assert file is not None
        assert set(re.findall(r"row\.`([^`]*)`", statement)) <= set(header[file[1]])
    assert set(re.findall(r"\[r:`(\w+)`", script)) == {"ATTACKED", "INVADED", "REPRESENTS"}
    assert set(re.findall(r"SET n:`(\w+)`", script)) == {"Country", "Facility", "MilitaryForce", "Person"}


def test_sqlite_answers_who_attacked_whom_and_holds_lists() -> None:
    database = sqlite3.connect(":memory:")
    try:
        database.deserialize(written(networks.conflict(), "sqlite"))
        told = database.execute('SELECT "from", tie, "to" FROM ties WHERE modality = \'negated\'').fetchall()
        names = database.execute("SELECT value FROM nodes, json_each(nodes.aliases) WHERE nodes.id = 'force/guard'").fetchall()
        kinds = {name: kind for _, name, kind, *_ in database.execute("PRAGMA table_info(nodes)")}
    finally:
        database.close()
    assert told == [("Black Guard", "attacked", "Zenda Bridge")]
    assert names == [("the Guard",), ("Guards",)]
    assert (kinds["lat"], kinds["mentions"], kinds["label"]) == ("REAL", "INTEGER", "TEXT")


def test_parquet_has_typed_columns_and_lists() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    with zipfile.ZipFile(io.BytesIO(written(networks.conflict(), "parquet"))) as archive:
        nodes = parquet.read_table(io.BytesIO(archive.read("nodes.parquet")))
    assert {field.name: str(field.type) for field in nodes.schema}["aliases"] == "list<element: string>"
    assert nodes.column("aliases").to_pylist()[2] == ["the Guard", "Guards"]


def test_parquet_without_pyarrow_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.errors import FormatError

    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(FormatError, match=re.escape("pip install 'kg[parquet]'")):
        written(networks.conflict(), "parquet")


def test_json_keeps_lists() -> None:
    graph = json.loads(written(networks.conflict(), "jgf"))["graph"]
    assert graph["nodes"]["force/guard"]["metadata"]["aliases"] == ["the Guard", "Guards"]
