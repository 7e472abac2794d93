"""How networks look: colours by type or community, sizes by centrality, dashes and red for what didn't happen or isn't sure."""

import networkx as nx
import pytest

from kg.network.style import Style, rules
from kg.ontology import load


def test_every_class_that_entities_have_has_a_colour_of_its_own_or_that_of_places() -> None:
    from kg.resources import folder

    text = (folder("ontology") / "entities.ttl").read_text(encoding="utf-8")
    classes = {name for name in load().classes if f"\nkg:{name} a owl:Class" in text} - {"Actor"}
    assert classes == rules()["node"].keys() - {"other"}


@pytest.mark.parametrize(
    ("edge", "colour", "dashed"),
    [
        ({"modality": "actual"}, "actual", False),
        ({"modality": "negated"}, "negated", False),
        ({"modality": "possible"}, "possible", True),
        ({"modality": "actual", "sign": -1}, "conflict", False),
        ({"sign": 1}, "cooperation", False),
        ({"modality": "negated", "sign": -1}, "negated", False),
    ],
)
def test_edges_show_modality_and_sign(edge: dict[str, object], colour: str, dashed: bool) -> None:
    look = Style(nx.MultiDiGraph()).edge(edge)
    assert (look.colour, look.dashed) == (rules()["edge"][colour], dashed)


def test_size_goes_by_the_first_measure_that_is_there() -> None:
    graph = nx.MultiDiGraph([("a", "b"), ("a", "c"), ("a", "b")])
    by_edges = Style(graph)
    assert by_edges.node("a").size > by_edges.node("b").size > by_edges.node("c").size
    nx.set_node_attributes(graph, {"a": 0.1, "b": 0.9, "c": float("nan")}, "pagerank")
    by_rank = Style(graph)
    assert by_rank.node("b").size == rules()["size"]["largest"] > by_rank.node("a").size
    assert by_rank.node("c").size == rules()["size"]["smallest"]


def test_communities_take_the_place_of_types_and_places_given_stay() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", type="Person", community=1, x=3.0, y=4.0)
    graph.add_node("b", type="Person", community=2, x=5.0, y=6.0)
    graph.add_node("c", type="Person", x=7.0, y=8.0)
    style = Style(graph)
    assert len({style.node(node).colour for node in graph}) == 3
    assert style.node("c").colour == rules()["node"]["other"]["colour"]
    assert (style.node("b").x, style.node("b").y) == (5.0, 6.0)


def test_nodes_without_places_stand_apart() -> None:
    graph = nx.MultiDiGraph(nx.star_graph(300))
    style = Style(graph)
    places = [(style.node(node).x, style.node(node).y) for node in graph]
    assert min((a - c) ** 2 + (b - d) ** 2 for n, (a, b) in enumerate(places) for c, d in places[:n]) > 40**2
    assert places[0] == (0.0, 0.0), "the most connected stands within"
