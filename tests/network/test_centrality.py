"""Who matters: known values on small networks, networkit beside networkx, rules that hold for every network."""

import networkx as nx
import pytest
from graphs import NETWORKS, network, random, two_camps
from hypothesis import given, settings

from kg.errors import QueryError
from kg.network import centrality, large
from kg.network.centrality import MEASURES, measure, measures

STAR = network(("hub", "a"), ("hub", "b"), ("c", "hub"), ("hub", "a", {"weight": 3.0}))


@pytest.mark.parametrize(
    ("name", "hub", "leaf"),
    [
        ("degree", 3, 1),
        ("strength", 6.0, 4.0),
        ("betweenness", 1.0, 0.0),
        ("closeness", 1.0, 0.6),
        ("core", 1, 1),
        ("clustering", 0.0, 0.0),
    ],
)
def test_the_middle_of_a_star_matters(name: str, hub: float, leaf: float) -> None:
    found = measure(STAR, name)
    assert (found["hub"], found["a"]) == (hub, leaf)


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_has_one_type_on_all_nodes(name: str) -> None:
    graph = network(("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"))
    graph.add_node("e")
    assert {type(score) for score in measure(graph, name).values()} == {int if name in centrality.COUNTS else float}


def test_pagerank_follows_direction_and_weight() -> None:
    found = measure(STAR, "pagerank")
    assert found["a"] > found["b"] > found["c"]
    assert sum(found.values()) == pytest.approx(1, abs=1e-5)


def test_eigenvector_finds_the_dense_part() -> None:
    found = measure(two_camps(), "eigenvector")
    assert found["d"] > found["a"]


def test_undirected_ties_run_both_ways() -> None:
    found = measure(network(("a", "b"), ("b", "c"), directed=False), "pagerank")
    assert found["a"] == found["c"]


@pytest.mark.parametrize("name", large.MEASURES)
def test_networkit_measures_the_same(name: str) -> None:
    pytest.importorskip("networkit")
    graph = random(120, 500)
    ours, theirs = (measure(graph, name, engine=engine) for engine in ("networkx", "networkit"))  # type: ignore[arg-type]
    assert theirs == pytest.approx(ours, abs=1e-5)
    assert list(ours) == list(theirs)


@pytest.mark.parametrize(("name", "tolerance"), [("betweenness", 0.01), ("closeness", 0.02)])
def test_beyond_a_size_a_sample_estimates(name: str, tolerance: float, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("networkit")
    monkeypatch.setattr(large, "EXACT", 0)
    graph = random(300, 1200)
    exact, estimated = measure(graph, name, engine="networkx"), measure(graph, name, engine="networkit")
    assert estimated == pytest.approx(exact, abs=tolerance)
    assert estimated == measure(graph, name, engine="networkit"), "the same again"


def test_networkit_takes_over_large_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("networkit")
    monkeypatch.setattr(large, "LARGE", 100)
    monkeypatch.setitem(centrality.MEASURES, "betweenness", lambda made: pytest.fail("networkx was asked"))
    assert measure(random(60, 200), "betweenness")["n0"] >= 0


@settings(deadline=None, max_examples=25)
@given(NETWORKS)
def test_every_network_can_be_measured(graph: nx.MultiDiGraph) -> None:
    found = measures(graph)
    assert list(found) == list(MEASURES)
    for scores in found.values():
        assert scores.keys() == set(graph)
        assert all(score >= 0 for score in scores.values())
    again = nx.MultiDiGraph(**graph.graph)
    again.add_nodes_from(reversed(list(graph.nodes(data=True))))
    again.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert measures(again) == found, "the order of nodes and ties does not count"


def test_an_unknown_measure_lists_the_known_ones() -> None:
    with pytest.raises(QueryError, match="no measure called 'fame'; choose one of: degree, strength, pagerank"):
        measure(STAR, "fame")
