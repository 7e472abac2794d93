"""All that follows from made-up graphs is found, with reasons that lead to what was said."""

from itertools import product

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shorthand import Short, quads, triple

from kg.graph import vocabulary
from kg.graph.reasoning import infer
from kg.graph.store import Store


@pytest.fixture(scope="module", autouse=True)
def kind_of_store() -> None:
    """What follows is worked out in memory, whatever the store."""


PROPERTIES = ("kg:partOf", "kg:subsidiaryOf", "kg:metWith", "kg:parentOf", "kg:childOf", "kg:basedIn", "kg:locatedIn", "kg:capitalOf")
GRAPHS = st.sets(st.tuples(st.sampled_from("abcd"), st.sampled_from(PROPERTIES), st.sampled_from("abcd")), max_size=8)


def closure(said: set[Short]) -> set[Short]:
    """What follows, reckoned by hand."""
    found = set(said)
    turned = {"kg:metWith": "kg:metWith", "kg:parentOf": "kg:childOf", "kg:childOf": "kg:parentOf"}
    above = {"kg:subsidiaryOf": "kg:partOf", "kg:capitalOf": "kg:locatedIn"}
    while True:
        new = {(o, turned[p], s) for s, p, o in found if p in turned} | {(s, above[p], o) for s, p, o in found if p in above}
        for (s, p, o), (t, q, u) in product(found, found):
            if o == t and ((p == q and p in ("kg:partOf", "kg:locatedIn") and s != u) or (p == "kg:basedIn" and q == "kg:locatedIn")):
                new.add((s, p, u))
        if new <= found:
            return found - said
        found |= new


@settings(max_examples=40)
@given(GRAPHS)
def test_all_that_follows_is_found_with_reasons_that_go_in_no_circle(said: set[Short]) -> None:
    store = Store(ox.Store())
    store.inner.extend([*quads(said), *vocabulary.quads()])
    found = infer(store)
    assert set(found.rounds) == set(map(triple, closure(said)))
    for each in found.rounds:
        standing = {quad.triple for quad in store.inner}
        for reason in sorted(found.reasons(each), key=lambda reason: found.rounds[reason.conclusion]):
            assert standing.issuperset(reason.premises)
            standing.add(reason.conclusion)
        assert each in standing
