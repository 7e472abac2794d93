"""How two entities are connected, told as sentences."""

import networkx as nx
import pytest
from graphs import NETWORKS, network
from hypothesis import given, settings

from kg.graph.store import Store
from kg.network.paths import shortest, simple_paths
from kg.network.projection import project
from kg.network.simple import simple

GUARD, ZENDA = ["force/black-guard"], ["city/zenda"]


def test_a_path_is_told_with_its_proof(store: Store) -> None:
    (path,) = shortest(project(store, "facts", modality="actual"), GUARD, ZENDA)
    assert path.text == "Black Guard attacked Zenda Bridge (2024-03-08, Ministry of War). Zenda Bridge is located in Zenda (2024-03-08)."
    assert [step.documents for step in path.steps] == [("a",), ("a",)]
    assert path.steps[0].sentence is not None
    assert path.steps[0].sentence.startswith("The Black Guard shelled")
    assert path.confidence == 0.9


@pytest.mark.parametrize(("modality", "text"), [("negated", "It is denied that A knows B."), ("possible", "It is possible that A knows B.")])
def test_what_did_not_happen_is_told_so(modality: str, text: str) -> None:
    (path,) = shortest(network(("a", "b", {"modality": modality})), ["a"], ["b"])
    assert path.text == text


def test_the_best_proved_tie_is_told() -> None:
    graph = network(("b", "a", {"weight": 2.0, "label": "leads"}), ("a", "b"), ("a", "b", {"weight": 9.0, "modality": "negated"}))
    (path,) = shortest(graph, ["a"], ["b"])
    assert path.text == "B leads A."
    assert path.steps[0].others == 2


def test_ends_may_be_several_or_absent() -> None:
    graph = network(("a", "b"), ("b", "c"))
    assert [path.nodes for path in shortest(graph, ["a", "c"], ["b", "nobody"])] == [("a", "b"), ("c", "b")]
    assert shortest(graph, ["nobody"], ["a"]) == []


def test_all_paths_come_shortest_first_up_to_a_length() -> None:
    graph = network(("a", "b"), ("a", "c"), ("c", "b"), ("c", "d"), ("d", "b"))
    assert ["".join(path.nodes) for path in simple_paths(graph, ["a"], ["b"])] == ["ab", "acb", "acdb"]
    assert ["".join(path.nodes) for path in simple_paths(graph, ["a"], ["b"], longest=2)] == ["ab", "acb"]
    assert ["".join(path.nodes) for path in simple_paths(graph, ["a"], ["b"], number=1)] == ["ab"]


@settings(deadline=None, max_examples=25)
@given(NETWORKS)
def test_paths_are_those_of_networkx(graph: nx.MultiDiGraph) -> None:
    made = simple(graph)
    if "a" in made and "b" in made:
        expected = sorted(map(tuple, nx.all_simple_paths(made, "a", "b", cutoff=4)))
        assert sorted(path.nodes for path in simple_paths(graph, ["a"], ["b"], number=10**6)) == expected
        assert len(shortest(graph, ["a"], ["b"])) == sum(len(path) == min(map(len, expected), default=0) for path in expected) or not expected
