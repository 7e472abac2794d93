"""The facts table and what its filters let through; the page of one entity."""

import pytest
import toy

from kg.graph.facts import facts
from kg.graph.show import show
from kg.graph.store import Store


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store.open()
    store.replace_all(toy.extractions())
    return store


def test_a_fact_tells_all_that_matters(store: Store) -> None:
    fact = facts(store)[0]
    assert (fact.subject, fact.relation, fact.object, fact.modality) == ("Black Guard", "attacked", "Zenda Bridge", "actual")
    assert (fact.sources, fact.time, fact.place, fact.instrument) == (("Ministry of War",), "2024-03-08", ("Zenda",), ("mortars",))
    assert fact.sentence.startswith("The Black Guard shelled")
    assert (fact.document, fact.start, fact.confidence) == ("a", 0, 0.95)


def test_an_unknown_subject_is_none(store: Store) -> None:
    (fact,) = facts(store, relation="injured")
    assert (fact.subject, fact.object, fact.time) == (None, "Nine people", "2024-02-26/2024-03-03")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, 14),
        ({"entity": "Black Guard"}, 4),
        ({"entity": "the guard"}, 4),
        ({"entity": "force/black-guard"}, 4),
        ({"entity": "https://w3id.org/kg-news/id/entity/force/black-guard"}, 4),
        ({"entity": "guard"}, 4),
        ({"entity": "uard"}, 0),
        ({"entity": ""}, 0),
        ({"relation": "attacked"}, 4),
        ({"relation": "leads"}, 2),
        ({"relation": "knitted"}, 0),
        ({"modality": "negated"}, 2),
        ({"modality": "possible", "relation": "invaded"}, 1),
        ({"document": "b"}, 5),
        ({"document": "bridge SHELLED"}, 9),
        ({"document": "nothing like it"}, 0),
        ({"source": "Ministry of War"}, 2),
        ({"min_confidence": 0.95}, 1),
    ],
)
def test_filters(store: Store, filters: dict[str, str], expected: int) -> None:
    assert len(facts(store, **filters)) == expected, filters  # type: ignore[arg-type]


def test_an_entity_s_page(store: Store) -> None:
    (vogel,) = show(store, "vogel")
    assert (vogel.name, vogel.types, vogel.aliases) == ("Anna Vogel", ("Person",), ("Vogel",))
    assert [fact.relation for fact in vogel.facts] == ["spokesmanOf"]
    assert [fact.relation for fact in vogel.says] == ["attacked"]
    assert [quote.text for quote in vogel.quotes] == ["“We will rebuild the bridge,”"]
    (guard,) = show(store, "black guard")
    assert [event.type for event in guard.events] == ["Attack", "Killing"]
    assert guard.documents == ("a", "b")


def test_a_part_of_a_name_may_mean_several(store: Store) -> None:
    assert [profile.name for profile in show(store, "karl")] == ["Karl Stein"]
    assert len(show(store, "of")) == 1
    assert {profile.name for profile in show(store, "zenda")} == {"Zenda"}, "a whole name goes before a part of one"
