"""Changes that are collected are seen as if they were made, and are made all at once."""

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.graph.changes import Changes
from kg.graph.store import Store

GRAPHS = [ox.NamedNode(f"urn:graph{number}") for number in range(3)]
NODES = [ox.NamedNode(f"urn:node{number}") for number in range(3)]
QUADS = [ox.Quad(NODES[n % 3], NODES[n // 3 % 3], ox.Literal(f"\\u{n}'\n"), GRAPHS[n % 2]) for n in range(12)]
some = st.sets(st.sampled_from(QUADS))


@pytest.fixture(scope="module", autouse=True)
def kind_of_store() -> None:
    """In memory: what a server is sent is tested with `Store.change`."""


@settings(max_examples=60)
@given(some, st.lists(st.tuples(some, some), max_size=4), st.booleans(), st.booleans())
def test_what_is_seen_before_is_what_is_there_after(
    there: set[ox.Quad], swaps: list[tuple[set[ox.Quad], set[ox.Quad]]], whole: bool, drop: bool
) -> None:
    store = Store.open()
    store.inner.extend(there)
    changes = Changes(store)
    new = [ox.Quad(NODES[0], NODES[1], NODES[2], GRAPHS[2])]
    for gone, come in swaps:
        changes.swap(gone, come)
        assert changes.has(None, None, None) or not set(store.inner)
        if whole:
            assert changes.replace_graph(GRAPHS[2], new)
    if drop:
        changes.drop_graph(GRAPHS[0])
    seen = {place: set(changes.quads_for_pattern(None, None, None, place)) for place in GRAPHS}
    subjects = {node: {quad for quad in changes.quads_for_pattern(node, None, None) if quad.graph_name in GRAPHS} for node in NODES}
    changes.write()
    for place in GRAPHS:
        assert seen[place] == set(store.inner.quads_for_pattern(None, None, None, place))
    for node in NODES:
        assert subjects[node] == {quad for quad in store.inner.quads_for_pattern(node, None, None, None) if quad.graph_name in GRAPHS}
    assert not changes.gone
    assert not changes.new


def test_nothing_is_written_after_an_error() -> None:
    store = Store.open()
    before = set(store.inner)
    changes = Changes(store)
    changes.swap((), QUADS)
    with pytest.raises(StoreError), changes:
        raise StoreError("no")
    assert set(store.inner) == before


def test_a_graph_that_is_dropped_leaves_no_name() -> None:
    store = Store.open()
    store.inner.extend(QUADS)
    with Changes(store) as changes:
        changes.drop_graph(GRAPHS[0])
    assert not store.inner.contains_named_graph(GRAPHS[0])
    assert store.inner.contains_named_graph(GRAPHS[1])
