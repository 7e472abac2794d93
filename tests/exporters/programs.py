"""Programs that open exports: each function reads a file and tells the network it found there."""

import html
import json
import os
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import networkx as nx
import npm
import pytest

EDGE = ("relation", "modality", "weight", "start")


@dataclass(frozen=True)
class Found:
    """Nodes as id: (label, type), edges as id: (source, target, relation, modality, weight, start)."""

    nodes: dict[str, tuple[Any, ...]]
    edges: dict[str, tuple[Any, ...]]
    directed: bool


def expected(graph: nx.MultiDiGraph) -> Found:
    nodes = {node: (data["label"], data["type"]) for node, data in graph.nodes(data=True)}
    edges = {key: (tail, head, *(data.get(name) for name in EDGE)) for tail, head, key, data in graph.edges(keys=True, data=True)}
    return Found(nodes, edges, graph.graph["directed"])


def found(nodes: list[dict[str, Any]], edges: list[dict[str, Any]], directed: bool, *, kind: str = "type", ident: str = "id") -> Found:
    """From rows; programs that have no missing values give empty text."""
    return Found(
        {node[ident]: (node["label"], node[kind]) for node in nodes},
        {edge["id"]: (edge["source"], edge["target"], *(_told(edge.get(name)) for name in EDGE)) for edge in edges},
        directed,
    )


def _told(value: Any) -> Any:
    return None if value is None or value == "" or value != value else value


def networkx_graphml(path: Path) -> Found:
    graph = nx.read_graphml(path, force_multigraph=True)
    nodes = [{"id": node, **data} for node, data in graph.nodes(data=True)]
    return found(nodes, [{**d, "source": a, "target": b, "id": k} for a, b, k, d in graph.edges(keys=True, data=True)], graph.is_directed())


def networkx_gml(path: Path) -> Found:
    graph = nx.read_gml(path, label="id")
    names = dict(graph.nodes(data="name"))
    edges = [{**d, "source": names[a], "target": names[b], "id": k} for a, b, k, d in graph.edges(keys=True, data=True)]
    return found([data for _, data in graph.nodes(data=True)], edges, graph.is_directed(), ident="name")


# igraph finds that ids of edges lie there twice, where the format has them and where it reads them.
@pytest.mark.filterwarnings("ignore:Could not add edge ids")
def igraph_graphml(path: Path) -> Found:
    igraph = pytest.importorskip("igraph")
    return _igraph(igraph.Graph.Read_GraphML(str(path)), "id")


def _igraph(graph: Any, ident: str) -> Found:
    nodes = [vertex.attributes() for vertex in graph.vs]
    edges = [{**e.attributes(), "source": nodes[e.source][ident], "target": nodes[e.target][ident]} for e in graph.es]
    return found(nodes, edges, graph.is_directed(), ident=ident)


def graph_tool_graphml(path: Path) -> Found:
    return _graph_tool(path, "_graphml_vertex_id", "_graphml_edge_id")


def graph_tool_gml(path: Path) -> Found:
    """graph-tool gives the entities of GML back as they lie there."""
    read = _graph_tool(path, "name", "key")
    return replace(read, nodes={ident: (html.unescape(label), kind) for ident, (label, kind) in read.nodes.items()})


def _graph_tool(path: Path, vertex: str, edge: str) -> Found:
    """graph-tool is a package of Debian, for its own Python."""
    python = "/usr/bin/python3"
    if not Path(python).exists() or subprocess.run([python, "-c", "import graph_tool"], capture_output=True).returncode:
        pytest.skip("graph-tool is not installed")
    code = (
        "import graph_tool, json, sys\n"
        "path, vertex, edge = sys.argv[1:]\n"
        "g = graph_tool.load_graph(path)\n"
        "text = lambda value: value if isinstance(value, str) else float(value)\n"
        "row = lambda maps, of: {name: text(m[of]) for name, m in maps.items() if 'object' not in m.value_type()}\n"
        "nodes = [{**row(g.vp, v), 'id': g.vp[vertex][v]} for v in g.vertices()]\n"
        "edges = [{**row(g.ep, e), 'id': g.ep[edge][e], 'source': g.vp[vertex][e.source()], 'target': g.vp[vertex][e.target()]} for e in g.edges()]\n"
        "print(json.dumps([nodes, edges, g.is_directed()]))"
    )
    return found(*json.loads(subprocess.run([python, "-c", code, path, vertex, edge], capture_output=True, text=True, check=True).stdout))


def graphviz(path: Path) -> Found:
    if not shutil.which("dot"):
        pytest.skip("Graphviz is not installed")
    done = subprocess.run(["dot", "-Tjson", str(path)], capture_output=True, text=True, check=True)
    assert not done.stderr
    data = json.loads(done.stdout)
    nodes = [{**node, "id": node["name"]} for node in data["objects"]]
    ids = {node["_gvid"]: node["name"] for node in data["objects"]}
    told = [{**e, "source": ids[e["tail"]], "target": ids[e["head"]]} for e in data.get("edges", [])]
    return found(nodes, [{**e, "weight": float(e["kg_weight"]), "start": e.get("kg_start")} for e in told], data["directed"])


def pandas_tables(path: Path) -> Found:
    pandas = pytest.importorskip("pandas")
    with zipfile.ZipFile(path) as archive:
        nodes, edges = (pandas.read_csv(archive.open(f"{name}.csv")) for name in ("nodes", "edges"))
    return found(nodes.to_dict("records"), edges.to_dict("records"), True)


def pandas_parquet(path: Path) -> Found:
    pandas = pytest.importorskip("pandas")
    with zipfile.ZipFile(path) as archive:
        nodes, edges = (pandas.read_parquet(archive.open(f"{name}.parquet")) for name in ("nodes", "edges"))
    return found(nodes.to_dict("records"), edges.to_dict("records"), True)


def duckdb_tables(path: Path) -> Found:
    return _duckdb(path, "csv", "read_csv('{}')")


def duckdb_parquet(path: Path) -> Found:
    return _duckdb(path, "parquet", "'{}'")


def _duckdb(path: Path, suffix: str, table: str) -> Found:
    duckdb = pytest.importorskip("duckdb")
    rows = []
    with zipfile.ZipFile(path) as archive, duckdb.connect() as connection:
        for name in ("nodes", "edges"):
            result = connection.execute(f"SELECT * FROM {table.format(archive.extract(f'{name}.{suffix}', path.parent))}")
            columns = [column[0] for column in result.description]
            rows.append([{k: str(v) if k == "start" and v else v for k, v in zip(columns, row, strict=True)} for row in result.fetchall()])
    return found(*rows, True)


def sqlite(path: Path) -> Found:
    database = sqlite3.connect(path)
    database.row_factory = sqlite3.Row
    try:
        nodes, edges = ([dict(row) for row in database.execute(f"SELECT * FROM {table}")] for table in ("nodes", "edges"))
    finally:
        database.close()
    return found(nodes, edges, True)


def json_graph(path: Path) -> Found:
    graph = json.loads(path.read_text(encoding="utf-8"))["graph"]
    nodes = [{"id": ident, "label": node["label"], **node["metadata"]} for ident, node in graph["nodes"].items()]
    return found(nodes, [{**edge, **edge["metadata"]} for edge in graph["edges"]], graph["directed"])


def ndex(path: Path) -> Found:
    pytest.importorskip("ndex2")
    from ndex2.cx2 import CX2Network

    network = CX2Network()
    network.create_from_raw_cx2(json.loads(path.read_text(encoding="utf-8")))
    nodes = {ident: {**node["v"], "label": node["v"]["name"]} for ident, node in network.get_nodes().items()}
    edges = [{**e["v"], "source": nodes[e["s"]]["id"], "target": nodes[e["t"]]["id"]} for e in network.get_edges().values()]
    arrow = network.get_visual_properties()["default"]["edge"]["EDGE_TARGET_ARROW_SHAPE"]
    return found(list(nodes.values()), edges, arrow == "triangle")


def javascript(kind: str) -> Callable[[Path], Found]:
    def read(path: Path) -> Found:
        data = run_javascript(kind, path)
        return found(data["nodes"], data["edges"], data["directed"], kind="class" if kind == "graphology" else "type")

    return read


def run_javascript(kind: str, path: Path) -> Any:
    """What a library of pages finds."""
    script = Path(__file__).with_name("programs.cjs")
    modules = npm.installed(*LIBRARIES)
    done = subprocess.run(["node", str(script), kind, str(path)], capture_output=True, text=True, env={"NODE_PATH": str(modules), "PATH": _path()})
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


LIBRARIES = ("graphology@0.26.0", "graphology-graphml@0.5.2", "graphology-gexf@0.13.2", "cytoscape@3.35.0")


def _path() -> str:
    return os.environ["PATH"]
