"""What changed from window to window; motifs, similarity, surroundings."""

import pytest
from graphs import network, two_camps

from kg.network.ego import around
from kg.network.motifs import motifs
from kg.network.similarity import most_similar, similarity
from kg.network.windows import windows


def dated(*ties: tuple[str, str, str]) -> list[tuple[str, str, dict[str, object]]]:
    return [(one, other, {"reported": days.split()}) for one, other, days in ties]


def test_who_enters_leaves_and_returns() -> None:
    graph = network(*dated(("a", "b", "2024-01-05 2024-03-01"), ("b", "c", "2024-01-09 2024-02-01"), ("c", "d", "2024-02-02")))
    first, second, third = windows(graph)
    assert (first.name, first.nodes, first.ties, first.entered, first.left) == ("2024-01", 3, 2, ("a", "b", "c"), ())
    assert (second.entered, second.left, second.new_ties, second.gone_ties) == (("d",), ("a",), (("c", "d"),), (("a", "b"),))
    assert (third.entered, third.returned, third.left, third.new_ties) == ((), ("a",), ("c", "d"), ())
    assert third.density == 1.0


@pytest.mark.parametrize(("length", "names"), [("year", ["2023", "2024"]), ("month", ["2023-12", "2024-01"]), ("day", ["2023-12-31", "2024-01-01"])])
def test_windows_have_lengths(length: str, names: list[str]) -> None:
    graph = network(*dated(("a", "b", "2023-12-31 2024-01-01"), ("a", "a", "2022-01-01"), ("b", "c", "")))
    assert [window.name for window in windows(graph, length=length)] == names  # type: ignore[arg-type]


@pytest.mark.parametrize(("ties", "code"), [("ab bc ca", "030C"), ("ab bc ac", "030T"), ("ab ba bc cb", "201"), ("ab ac", "021D")])
def test_motifs_have_codes_and_meanings(ties: str, code: str) -> None:
    found = motifs(network(*(tuple(tie) for tie in ties.split())))
    assert len(found) == 16
    assert [motif.code for motif in found if motif.number] == [code]
    assert all(motif.meaning for motif in found)


def test_those_with_the_same_neighbours_are_alike() -> None:
    graph = network(("a", "x"), ("b", "x"), ("a", "y"), ("b", "y"), ("b", "z"), ("c", "z"), ("a", "b"))
    found = similarity(graph, "a", "b")
    assert (found.jaccard, found.cosine) == (0.6667, 0.8165)
    assert found.shared == (("to", "knows", "x"), ("to", "knows", "y"))
    assert most_similar(graph, "a")[0].other == "b"


def test_other_relations_to_the_same_neighbour_are_not_alike() -> None:
    found = similarity(network(("a", "x"), ("b", "x", {"relation": "attacked"})), "a", "b")
    assert (found.jaccard, found.cosine, found.shared) == (1.0, 0.0, ())
    assert found.others == ("x",), "a common neighbour is told where it counts"


@pytest.mark.parametrize(("radius", "nodes"), [(0, "d"), (1, "abcdw"), (2, "abcdwxyz")])
def test_surroundings(radius: int, nodes: str) -> None:
    found = around(two_camps(), ["d", "nobody"], radius=radius)
    assert sorted(found) == list(nodes)
    assert (found.graph["projection"], found.graph["options"]) == ("test", f"within {radius} of d")
