"""A part of the graph is a graph: sound by its shapes and checks, and the whole where everything counts."""

import pytest

from kg.graph import queries
from kg.graph.shapes import validate
from kg.graph.store import Store
from kg.network.part import part
from kg.network.ties import Only


@pytest.mark.parametrize(
    ("only", "claims", "events"),
    [
        (Only(), 14, 5),
        (Only.of("actual", 0.0, None, None), 11, 4),
        (Only.of(None, 0.95, None, None), 1, 1),
        (Only.of(None, 0.0, "2024-03-09", None), 4, 1),
    ],
)
def test_claims_that_count_stay_with_their_events(store: Store, only: Only, claims: int, events: int) -> None:
    found = part(store, only)
    for kind, number in (("kg:Claim", claims), ("sem:Event", events)):
        assert len(queries.run(found, f"SELECT DISTINCT ?x WHERE {{ ?x a {kind} }}").rows) == number
    assert validate(found).conforms
    assert queries.check(found) == {}
    assert (set(found.quads()) == set(store.quads())) == (only == Only())
