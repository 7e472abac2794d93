"""What a page shows of a network: the first rows, and no more measures than there is time for."""

import pytest
from graphs import random, two_camps

from kg.network import large, overview


def test_the_first_rows_of_each_table() -> None:
    found = overview.overview(two_camps(), number=3)
    assert (found.nodes, found.ties, found.communities) == (8, 13, 2)
    assert {row["entity"] for row in found.central[:2]} == {"D", "W"}
    assert len(found.central) == 3
    assert [group["size"] for group in found.groups] == [4, 4]
    assert {row["entity"] for row in found.brokers} == {"D", "W"}
    assert found.note == ""


def test_a_network_that_is_too_large_for_this_machine_has_no_brokers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "STEPS", 50)
    monkeypatch.setattr(large, "installed", lambda: False)
    found = overview.overview(two_camps(), number=3)
    assert found.brokers == []
    assert "kg[large]" in found.note
    assert found.measures == ("degree", "strength", "pagerank")


def test_with_networkit_it_has_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("networkit")
    graph = random(40, 120)
    expected = overview.overview(graph, number=5)
    monkeypatch.setattr(overview, "STEPS", 50)
    found = overview.overview(graph, number=5)
    assert [row["id"] for row in found.brokers] == [row["id"] for row in expected.brokers]
    assert found.central[0]["betweenness"] == pytest.approx(expected.central[0]["betweenness"], abs=1e-5)
