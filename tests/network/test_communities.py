"""Camps and parts, and what they are called after."""

import networkx as nx
import pytest
from graphs import NETWORKS, network, random, signed, two_camps
from hypothesis import given, settings

from kg.network import large
from kg.network.communities import communities, components
from kg.network.simple import simple

METHODS = ["louvain", "leiden"]


@pytest.mark.parametrize("method", METHODS)
def test_two_cliques_are_two_communities(method: str) -> None:
    if method == "leiden":
        pytest.importorskip("networkit")
    one, other = communities(two_camps(), method=method)  # type: ignore[arg-type]
    assert {frozenset(one.members), frozenset(other.members)} == {frozenset("abcd"), frozenset("wxyz")}
    assert (one.number, one.types, one.inside, one.outside) == (1, (("Person", 4),), 6.0, 1.0)


def test_a_community_is_called_after_those_most_tied_in_it() -> None:
    graph = network(("hub", "a"), ("hub", "b"), ("hub", "c", {"weight": 5.0}), ("a", "b"))
    (group,) = components(graph)
    assert group.name == "HUB, C, A"
    assert group.members == ("hub", "c", "a", "b")


def test_enemies_are_not_of_one_community() -> None:
    graph = signed(("a", "b", 1), ("b", "c", 1), ("a", "c", 1), ("c", "x", -1), ("x", "y", 1), ("a", "x", -1), ("b", "y", -1))
    assert [set(group.members) for group in communities(graph)] == [{"a", "b", "c"}, {"x", "y"}]


@settings(deadline=None, max_examples=25)
@given(NETWORKS)
def test_every_node_with_a_tie_is_of_one_group(graph: nx.MultiDiGraph) -> None:
    tied = {node for node, degree in simple(graph).degree() if degree}
    for find in (communities, components):
        members = [node for group in find(graph) for node in group.members]
        assert len(members) == len(set(members))
        assert set(members) == tied


def test_networkit_finds_the_same_components_and_communities_as_good() -> None:
    pytest.importorskip("networkit")
    made = simple(random(150, 300))
    theirs = {frozenset(part) for part in large.groups(made, "components")}
    assert theirs == {frozenset(part) for part in nx.connected_components(made)}
    ours = nx.community.modularity(made, nx.community.louvain_communities(made, seed=1))
    assert nx.community.modularity(made, large.groups(made, "communities")) > ours - 0.03
    assert large.groups(made, "communities") == large.groups(made, "communities")
