"""Who connects: brokers, cut points and bridges, checked by taking them away."""

import networkx as nx
import pytest
from graphs import NETWORKS, network, two_camps
from hypothesis import given, settings

from kg.network.brokers import bridges, brokers, cut_points
from kg.network.simple import simple


def test_the_tie_between_two_camps_is_a_bridge() -> None:
    (bridge,) = bridges(two_camps())
    assert (bridge.source, bridge.target, bridge.cuts_off) == ("d", "w", 4)


def test_those_at_its_ends_are_brokers() -> None:
    first, second = brokers(two_camps())
    assert {first.node, second.node} == {"d", "w"}
    assert first.between == (1, 2)
    assert (first.cuts_off, second.cuts_off) == (3, 3)
    assert 0 < first.constraint < 1


def test_nobody_brokers_where_all_know_each_other() -> None:
    assert brokers(network(("a", "b"), ("b", "c"), ("a", "c"))) == []


@pytest.mark.parametrize(
    ("ties", "expected"), [("ab bc", {"b": 1}), ("ab bc cd", {"b": 1, "c": 1}), ("ab bc ca", {}), ("ab bc ca cd de", {"c": 2, "d": 1})]
)
def test_cut_points(ties: str, expected: dict[str, int]) -> None:
    assert cut_points(network(*(tuple(tie) for tie in ties.split()))) == expected


@given(NETWORKS)
def test_constraint_is_that_of_networkx(graph: nx.MultiDiGraph) -> None:
    made = simple(graph)
    for broker in brokers(graph):
        assert broker.constraint == pytest.approx(nx.constraint(made, [broker.node], weight="weight")[broker.node], abs=1e-3)


@settings(deadline=None, max_examples=40)
@given(NETWORKS)
def test_taking_them_away_shows_what_they_cut_off(graph: nx.MultiDiGraph) -> None:
    made = simple(graph)
    for node, cuts in cut_points(graph).items():
        whole = nx.node_connected_component(made, node)
        parts = list(nx.connected_components(made.subgraph(whole - {node})))
        assert cuts == len(whole) - 1 - max(map(len, parts))
    for bridge in bridges(graph):
        without = made.copy()
        without.remove_edge(bridge.source, bridge.target)
        assert bridge.cuts_off == min(len(nx.node_connected_component(without, end)) for end in (bridge.source, bridge.target))
