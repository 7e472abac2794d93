"""Each format of networks is opened by the programs it is for, which find the same nodes, edges, labels, types, weights and dates."""

import io
from collections.abc import Callable
from pathlib import Path

import networks
import networkx as nx
import programs
import pytest
from programs import Found, expected

from kg import exporters
from kg.network.flat import flatten

GRAPHS = {"conflict": networks.conflict, "together": networks.together}
READERS: dict[str, tuple[str, Callable[[Path], Found]]] = {
    "networkx graphml": ("graphml", programs.networkx_graphml),
    "networkx gml": ("gml", programs.networkx_gml),
    "igraph graphml": ("graphml", programs.igraph_graphml),
    "graph-tool graphml": ("graphml", programs.graph_tool_graphml),
    "graph-tool gml": ("gml", programs.graph_tool_gml),
    "networkx yed": ("yed", programs.networkx_graphml),
    "graphviz": ("dot", programs.graphviz),
    "graphology graphml": ("graphml", programs.javascript("graphml")),
    "graphology gexf": ("gexf", programs.javascript("gexf")),
    "graphology": ("graphology", programs.javascript("graphology")),
    "cytoscape": ("cytoscape", programs.javascript("cytoscape")),
    "ndex": ("cx2", programs.ndex),
    "json graph": ("jgf", programs.json_graph),
    "pandas csv": ("tables", programs.pandas_tables),
    "pandas parquet": ("parquet", programs.pandas_parquet),
    "duckdb csv": ("tables", programs.duckdb_tables),
    "duckdb parquet": ("parquet", programs.duckdb_parquet),
    "sqlite": ("sqlite", programs.sqlite),
}
# These formats are tables of edges; that they have no direction stands nowhere, or the reader doesn't look.
WITHOUT_DIRECTION = {"pandas csv", "pandas parquet", "duckdb csv", "duckdb parquet", "sqlite"}


def written(graph: nx.MultiDiGraph, format: str) -> bytes:
    file = io.BytesIO()
    write = exporters.formats()[format].write_network
    assert write is not None
    write(graph, file)
    return file.getvalue()


def saved(graph: nx.MultiDiGraph, format: str, folder: Path) -> Path:
    path = folder / f"network{exporters.formats()[format].suffixes[0]}"
    path.write_bytes(written(graph, format))
    return path


@pytest.mark.filterwarnings("ignore:Could not add edge ids")
@pytest.mark.parametrize("graph", GRAPHS)
@pytest.mark.parametrize("reader", READERS)
def test_a_program_finds_the_network(reader: str, graph: str, tmp_path: Path) -> None:
    format, read = READERS[reader]
    network = GRAPHS[graph]()
    found, wanted = read(saved(network, format, tmp_path)), expected(network)
    assert found.nodes == wanted.nodes
    assert found.edges.keys() == wanted.edges.keys()
    for ident, edge in wanted.edges.items():
        assert found.edges[ident] == edge or (not wanted.directed and _turned(found.edges[ident]) == edge), ident
    assert found.directed == wanted.directed or reader in WITHOUT_DIRECTION


def _turned(edge: tuple[object, ...]) -> tuple[object, ...]:
    return edge[1], edge[0], *edge[2:]


def test_every_format_of_networks_has_a_reader() -> None:
    found = {format for format, _ in READERS.values()}
    assert {name for name, each in exporters.formats().items() if each.of_networks} - found == {"neo4j", "pajek"}, "these two have tests of their own"
    assert list(networks.FORMATS) == [name for name, each in exporters.formats().items() if each.of_networks]


def test_graphml_comes_back_whole() -> None:
    flat = flatten(networks.conflict())
    again = nx.read_graphml(io.BytesIO(written(networks.conflict(), "graphml")), force_multigraph=True)
    assert dict(again.nodes(data=True)) == dict(flat.nodes(data=True))
    assert list(again.edges(keys=True, data=True)) == list(flat.edges(keys=True, data=True))
    assert again.graph["title"] == "Who did what"


def test_networkit_finds_the_edges_and_weights(tmp_path: Path) -> None:
    networkit = pytest.importorskip("networkit")
    graph = networkit.graphio.GraphMLReader().read(str(saved(networks.conflict(), "graphml", tmp_path)))
    assert (graph.numberOfNodes(), graph.numberOfEdges(), graph.isDirected(), graph.totalEdgeWeight()) == (5, 5, True, 8.0)


def test_pajek_keeps_labels_relations_and_weights(tmp_path: Path) -> None:
    path = saved(networks.conflict(), "pajek", tmp_path)
    graph = nx.read_pajek(path)
    assert {data["l"] for *_, data in graph.edges(data=True)} == {"attacked", "invaded", "represents"}
    assert sorted(data["weight"] for *_, data in graph.edges("Black Guard", data=True)) == [1.0, 2.0, 3.0]
    assert {data["p"] for *_, data in graph.edges("روريتانيا", data=True)} == {"Dots"}
    found = pytest.importorskip("igraph").Graph.Read_Pajek(str(path))
    assert found.vs["name"] == ["روريتانيا", "Zenda Bridge", "Black Guard", "Otto Hahnel", "Anna 'Ännchen' Vogel 🕊"]
    assert found.es["weight"] == [1.0, 3.0, 1.0, 2.0, 1.0]


def test_pajek_tells_namesakes_apart() -> None:
    graph = nx.parse_pajek(written(networks.together(), "pajek").decode())
    assert sorted(graph) == ["Ada", "Bo (b)", "Bo (c)"]
    assert not graph.is_directed()


@pytest.mark.parametrize("format", networks.FORMATS)
def test_the_same_network_gives_the_same_bytes(format: str) -> None:
    graph, turned = networks.conflict(), nx.MultiDiGraph(**networks.conflict().graph)
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert written(turned, format) == written(graph, format)
