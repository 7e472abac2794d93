"""Structural balance: triangles, camps, ties that are out of line."""

import networkx as nx
import pytest
from graphs import SIGNED, network, signed
from hypothesis import given, settings

from kg.errors import QueryError
from kg.network.balance import balance


@pytest.mark.parametrize(
    ("signs", "balanced", "camps"),
    [
        ((1, 1, 1), True, (("a", "b", "c"), ())),
        ((1, -1, -1), True, (("a", "b"), ("c",))),
        ((-1, -1, -1), False, None),
        ((1, 1, -1), False, None),
    ],
)
def test_triangles(signs: tuple[int, int, int], balanced: bool, camps: tuple[tuple[str, ...], ...] | None) -> None:
    found = balance(signed(("a", "b", signs[0]), ("a", "c", signs[1]), ("b", "c", signs[2])))
    assert [triangle.balanced for triangle in found.triangles] == [balanced]
    assert found.share == float(balanced)
    assert len(found.camps[0].against) == (0 if balanced else 1)
    if camps:
        assert (found.camps[0].one, found.camps[0].other) == camps


def test_weights_decide_where_two_are_friends_and_enemies() -> None:
    found = balance(network(("a", "b", {"sign": 1, "weight": 3.0}), ("b", "a", {"sign": -1, "weight": 1.0}), ("c", "d", {"sign": -1})))
    assert (found.friendly, found.hostile, found.share) == (1, 1, None)


def test_a_network_without_signs_is_told() -> None:
    with pytest.raises(QueryError, match="take --projection conflict"):
        balance(network(("a", "b")))


@settings(deadline=None, max_examples=40)
@given(SIGNED)
def test_a_network_made_of_two_camps_has_no_tie_out_of_line(graph: nx.MultiDiGraph) -> None:
    for source, target, data in graph.edges(data=True):
        data["sign"] = 1 if (source < "f") == (target < "f") else -1
    found = balance(graph)
    assert all(not camps.against for camps in found.camps)
    assert all(triangle.balanced for triangle in found.triangles)


@settings(deadline=None, max_examples=40)
@given(SIGNED)
def test_no_node_would_stand_better_on_the_other_side(graph: nx.MultiDiGraph) -> None:
    for camps in balance(graph).camps:
        assert not set(camps.one) & set(camps.other)
        assert len(camps.against) <= camps.ties / 2
