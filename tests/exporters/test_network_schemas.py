"""GraphML and GEXF keep the rules of their schemas, yEd's GraphML those of yEd. The schemas are our own, of what we write."""

import io
from pathlib import Path

import networks
import networkx as nx
import pytest
from lxml import etree
from test_network_readers import written

SCHEMAS = Path(__file__).parent / "schemas"
GRAPHS = (networks.conflict(), networks.together(), nx.MultiDiGraph())
Y = {"g": "http://graphml.graphdrawing.org/xmlns", "y": "http://www.yworks.com/xml/graphml"}
GEXF = {"x": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}


@pytest.mark.parametrize("graph", GRAPHS, ids=["conflict", "together", "empty"])
@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_the_schema_is_kept(format: str, graph: nx.MultiDiGraph) -> None:
    schema = etree.RelaxNG(etree.parse(SCHEMAS / f"{format}.rng"))
    tree = etree.parse(io.BytesIO(written(graph, format)))
    assert schema.validate(tree), schema.error_log


@pytest.mark.parametrize("format", ["graphml", "yed", "gexf"])
def test_what_is_referred_to_is_there_once(format: str) -> None:
    tree = etree.parse(io.BytesIO(written(networks.conflict(), format)))
    for declared, used in (("key/@id", "data/@key"), ("node/@id", "edge/@source | //*[local-name()='edge']/@target")):
        first = tree.xpath(f"//*[local-name()='{declared.split('/')[0]}']/{declared.split('/')[1]}")
        name, attribute = used.split("/", 1)
        assert len(first) == len(set(first))
        assert set(tree.xpath(f"//*[local-name()='{name}']/{attribute}")) <= set(first)


def test_gexf_tells_parallel_edges_apart_by_kind() -> None:
    tree = etree.parse(io.BytesIO(written(networks.conflict(), "gexf")))
    kinds = tree.xpath("//x:edge[@source='force/guard']/@kind", namespaces=GEXF)
    assert sorted(kinds) == ["attacked", "attacked (negated)", "attacked 2"]


def test_gexf_two_hundred_parallel_edges_have_kinds_of_their_own() -> None:
    graph = nx.MultiDiGraph(directed=False)
    for number in range(200):
        graph.add_edge(*("ab" if number % 2 else "ba"), key=f"c-{number}", relation="met")
    tree = etree.parse(io.BytesIO(written(graph, "gexf")))
    assert len(set(tree.xpath("//x:edge/@kind", namespaces=GEXF))) == 200


def test_gexf_shows_when_ties_are_there() -> None:
    tree = etree.parse(io.BytesIO(written(networks.conflict(), "gexf")))
    told = {edge.get("id"): (edge.get("start"), edge.get("end")) for edge in tree.iterfind(".//x:edge", GEXF)}
    assert told["c-1"] == ("2024-03-08", "2024-03-08")
    assert told["c-2"] == ("2024-03-01", "2024-03-31"), "a month lasts from its first day to its last"
    assert told["c-3"] == ("2024-03-09", "2024-03-11")
    assert told["c-4"] == (None, None)
    graph = tree.find("x:graph", GEXF)
    assert (graph.get("mode"), graph.get("timeformat"), graph.get("timerepresentation")) == ("dynamic", "date", "interval")
    static = etree.parse(io.BytesIO(written(networks.together(), "gexf"))).find("x:graph", GEXF)
    assert (static.get("mode"), static.get("timeformat")) == ("static", None)


def test_gexf_draws_colours_sizes_and_dashes() -> None:
    tree = etree.parse(io.BytesIO(written(networks.conflict(), "gexf")))
    sizes = {node.get("id"): float(node.find("viz:size", GEXF).get("value")) for node in tree.iterfind(".//x:node", GEXF)}
    assert sizes["force/guard"] > sizes["country/ruritania"] > sizes["person/alone"]
    (negated,) = tree.xpath("//x:edge[@id='c-2']/viz:color", namespaces=GEXF)
    assert (negated.get("r"), negated.get("g"), negated.get("b")) == ("214", "39", "40")
    assert tree.xpath("//x:edge[viz:shape/@value='dashed']/@id", namespaces=GEXF) == ["c-4"]


def test_yed_shows_labels_shapes_colours_and_lines() -> None:
    tree = etree.parse(io.BytesIO(written(networks.conflict(), "yed")))
    graphics = {key.get("yfiles.type"): key.get("id") for key in tree.iterfind("g:key[@yfiles.type]", Y)}
    assert graphics.keys() == {"nodegraphics", "edgegraphics"}
    for node in tree.iterfind(".//g:node", Y):
        (shape,) = node.findall(f"g:data[@key='{graphics['nodegraphics']}']/y:ShapeNode", Y)
        assert [child.tag.split("}")[1] for child in shape] == ["Geometry", "Fill", "BorderStyle", "NodeLabel", "Shape"]
        assert shape.find("y:NodeLabel", Y).text
        assert float(shape.find("y:Geometry", Y).get("width")) > 0
    assert {label.text for label in tree.iterfind(".//y:NodeLabel", Y)} >= {"Black Guard", "روريتانيا"}
    lines = {edge.get("id"): edge.find(".//y:LineStyle", Y) for edge in tree.iterfind(".//g:edge", Y)}
    assert (lines["c-4"].get("type"), lines["c-2"].get("color")) == ("dashed", "#d62728")
    assert {label.text for label in tree.iterfind(".//y:EdgeLabel", Y)} == {"attacked", "invaded", "represents"}


def test_yed_lays_nodes_apart() -> None:
    tree = etree.parse(io.BytesIO(written(nx.MultiDiGraph(nx.path_graph(50)), "yed")))
    places = {(place.get("x"), place.get("y")) for place in tree.iterfind(".//y:Geometry", Y)}
    assert len(places) == 50
