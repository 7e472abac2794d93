"""Whatever stands in a network, every format can be written and read, with all nodes and edges, and what it loses is told."""

import io
import json
import re
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from shutil import which
from typing import Any

import networks
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from test_network_readers import written

from kg import exporters
from kg.exporters._report import FEATURES, STRUCTURES, losses
from kg.network.flat import Flat

HOSTILE = [
    *(
        "\x00\x1f\x7f\x85",
        "\ud800 alone",
        "👩‍👩‍👧",
        "مرحبا بالعالم",
        "\"quoted\" '''",
        "a\rb\r\nc\n\td",
        "x" * 10_000,
        "]]>",
        "<b>&amp;</b>",
        "\\N \\",
    ),
    *("=1+1", "@SUM(A1)", "-- no", "a;b, c", "\u2028\ufeff\ufffe", "`) //", "*Arcs", "]", "", " ", "NaN", "true", "0012", "%25", "${x}"),
]
TEXT = st.text(st.characters(codec=None), max_size=10) | st.sampled_from(HOSTILE)
VALUES = (
    *(st.none(), st.booleans(), st.integers(), st.floats(), TEXT, st.dates(), st.just(2**70), st.just(-(2**40))),
    *(st.lists(TEXT, max_size=3), st.sets(st.integers(), max_size=3), st.dictionaries(TEXT, TEXT, max_size=1)),
)
NODE = ("label", "type", "aliases", "community", "pagerank", "x", "y", "start", "said by", "id")
EDGE = ("relation", "label", "modality", "weight", "sign", "start", "end", "sentence", "sources", "source", "Weight")


@st.composite
def graphs(draw: st.DrawFn) -> nx.MultiDiGraph:
    """Four nodes at most, with some edges; every attribute may be anything."""
    graph = nx.MultiDiGraph(directed=draw(st.booleans()), title=draw(TEXT))
    nodes = draw(st.lists(TEXT, min_size=1, max_size=4, unique=True))
    for node in nodes:
        graph.add_node(node, **{name: draw(st.one_of(VALUES)) for name in draw(st.sets(st.sampled_from(NODE), max_size=4)) if name != "id"})
    for _ in range(draw(st.integers(0, 4))):
        ends = draw(st.sampled_from(nodes)), draw(st.sampled_from(nodes))
        names = sorted(draw(st.sets(st.sampled_from(EDGE), max_size=5)))
        graph.add_edges_from([(*ends, draw(TEXT), {name: draw(st.one_of(VALUES)) for name in names})])
    return graph


def xml(kind: str) -> Callable[[bytes], tuple[int, int]]:
    def count(data: bytes) -> tuple[int, int]:
        tree = etree.fromstring(data, etree.XMLParser(huge_tree=True))
        nodes, edges = (tree.findall(f".//{{*}}{name}") for name in ("node", "edge"))
        ids = {node.get("id") for node in nodes}
        assert len(ids) == len(nodes)
        assert len({edge.get("id") for edge in edges}) == len(edges)
        assert all(edge.get(end) in ids for edge in edges for end in ("source", "target"))
        return len(nodes), len(edges)

    return count


def strict(data: bytes) -> Any:
    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    return json.loads(data, parse_constant=refuse)


def cx2(data: bytes) -> tuple[int, int]:
    aspects = {name: rows for aspect in strict(data) for name, rows in aspect.items()}
    counts = {each["name"]: each["elementCount"] for each in aspects["metaData"]}
    assert all(len(aspects[name]) == count for name, count in counts.items())
    assert {edge[end] for edge in aspects["edges"] for end in "st"} <= {node["id"] for node in aspects["nodes"]}
    return len(aspects["nodes"]), len(aspects["edges"])


def archive(suffix: str, read: Callable[[bytes], int]) -> Callable[[bytes], tuple[int, int]]:
    def count(data: bytes) -> tuple[int, int]:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return read(parts.read(f"nodes{suffix}")), read(parts.read(f"edges{suffix}"))

    return count


def table(data: bytes) -> int:
    rows = list(_rows(data))
    assert {len(row) for row in rows} == {len(rows[0])}
    return len(rows) - 1


def _rows(data: bytes) -> Iterator[list[str]]:
    import csv

    csv.field_size_limit(1_000_000)
    return csv.reader(io.StringIO(data.decode(), newline=""))


def parquet(data: bytes) -> int:
    return int(pytest.importorskip("pyarrow.parquet").read_table(io.BytesIO(data)).num_rows)


def database(data: bytes) -> tuple[int, int]:
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(data)
        assert not connection.execute("PRAGMA foreign_key_check").fetchall()
        return tuple(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("nodes", "ties"))  # type: ignore[return-value]
    finally:
        connection.close()


def gml(data: bytes) -> tuple[int, int]:
    graph = nx.parse_gml(data.decode("ascii"), label="id")
    return len(graph), graph.number_of_edges()


def pajek(data: bytes) -> tuple[int, int]:
    vertices, _, arcs = re.split(r"^\*(Arcs|Edges)\n", data.decode(), maxsplit=1, flags=re.MULTILINE)
    assert all(re.fullmatch(r'\d+ "[^"]*" [\d.]+ [\d.]+ [\d.]+', line) for line in vertices.split("\n")[1:-1])
    assert all(re.fullmatch(r'\d+ \d+ \S+ l "[^"]*" c \w+ p \w+', line) for line in arcs.split("\n")[:-1])
    return vertices.count("\n") - 1, arcs.count("\n")


def lines(data: bytes) -> tuple[int, int]:
    """Of DOT: what stands between quotation marks can't end the line; Graphviz itself reads the hostile texts in a test of its own."""
    assert all(re.fullmatch(r'  ("(?:[^"\\]|\\.)*"|graph|node|edge)( (->|--) "(?:[^"\\]|\\.)*")? \[.*\];', line) for line in _dot(data))
    return sum('"tooltip"=' in line and not _tie(line) for line in _dot(data)), sum(map(_tie, _dot(data)))


def _dot(data: bytes) -> list[str]:
    return data.decode().split("\n")[1:-2]


def _tie(line: str) -> bool:
    return bool(re.match(r'  "(?:[^"\\]|\\.)*" (->|--) ', line))


COUNTS: dict[str, Callable[[bytes], tuple[int, int]]] = {
    "cx2": cx2,
    "cytoscape": lambda data: tuple(len(strict(data)["elements"][name]) for name in ("nodes", "edges")),  # type: ignore[return-value]
    "dot": lines,
    "gexf": xml("gexf"),
    "gml": gml,
    "graphml": xml("graphml"),
    "graphology": lambda data: (len(strict(data)["nodes"]), len(strict(data)["edges"])),
    "jgf": lambda data: (len(strict(data)["graph"]["nodes"]), len(strict(data)["graph"]["edges"])),
    "neo4j": archive(".csv", table),
    "pajek": pajek,
    "parquet": archive(".parquet", parquet),
    "sqlite": database,
    "tables": archive(".csv", table),
    "yed": xml("yed"),
}


@settings(max_examples=25, deadline=None)
@given(graphs())
def test_every_format_holds_all_nodes_and_edges(graph: nx.MultiDiGraph) -> None:
    for format, count in COUNTS.items():
        assert count(written(graph, format)) == (len(graph), graph.number_of_edges()), format
        assert all(isinstance(line, str) for line in losses(graph, exporters.formats()[format]))


@pytest.mark.parametrize("format", networks.FORMATS)
def test_two_hundred_parallel_edges_stay_two_hundred(format: str) -> None:
    graph = nx.MultiDiGraph()
    graph.add_edges_from(("a", "b", f"c-{number}", {"relation": "attacked"}) for number in range(200))
    assert COUNTS[format](written(graph, format)) == (2, 200)


def test_graphviz_reads_hostile_texts() -> None:
    if not which("dot"):
        pytest.skip("Graphviz is not installed")
    graph = nx.MultiDiGraph()
    for number, text in enumerate(HOSTILE):
        graph.add_edge(f"{number} {text}", text, key=text, label=text, sentence=text)
    done = subprocess.run(["dot", "-Tdot_json"], input=written(graph, "dot"), capture_output=True, check=True)
    assert not done.stderr
    read = json.loads(done.stdout)
    assert (len(read["objects"]), len(read["edges"])) == (len(graph), len(HOSTILE))


@given(st.lists(st.one_of(VALUES), max_size=6))
def test_an_attribute_has_one_type_and_ids_are_told_apart(values: list[Any]) -> None:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from((chr(number), {"value": value}) for number, value in enumerate(values))
    flat = Flat(graph, lists=True)
    assert len({node.id for node in flat.nodes()}) == len(graph)
    assert {type(node.data["value"]) for node in flat.nodes() if "value" in node.data} <= {flat.node_types.get("value")}


def test_what_is_lost_is_counted_in_the_network() -> None:
    graph = networks.conflict()
    graph.nodes["person/vogel"]["age"] = float("nan")
    graph.nodes["force/guard"]["strength"] = 2**40
    told = {format: losses(graph, exporters.formats()[format]) for format in networks.FORMATS}
    assert told["gexf"] == [
        "node age: 1 of 5, no number, left out",
        "node aliases: 2 of 5, lists become text",
        "edge place: 1 of 5, lists become text",
        "edge sources: 1 of 5, lists become text",
    ]
    assert "edge sentence: 1 of 5, left out" in told["pajek"]
    assert "node label: 1 of 5, quotation marks are replaced" in told["pajek"]
    assert "node strength: 1 of 5, larger integers become text" in told["gml"]
    assert "edge start: 3 of 5, kept as text, the format has no time" in told["graphml"]
    assert "edge modality: 1 of 5, possible claims aren't dashed" in told["graphology"]
    assert not any("lists" in line for line in told["sqlite"])
    assert "edges: 2, ties without a direction get one" in losses(networks.together(), exporters.formats()["neo4j"])


@pytest.mark.parametrize("name", exporters.formats())
def test_formats_name_only_losses_that_can_be_counted(name: str) -> None:
    known = FEATURES.keys() | STRUCTURES
    assert [loss for loss in exporters.formats()[name].loses if loss not in known and " attributes but " not in loss] == []


def test_dates_are_written_as_iso() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", start=date(2024, 3, 8))
    assert b'value="2024-03-08"' in written(graph, "gexf")
