"""What is read of one entity is what all of its documents say of it."""

from collections.abc import Iterator
from typing import Any

import pytest
import toy

from kg.graph import records
from kg.graph.facts import facts_of
from kg.graph.identities import Identities
from kg.graph.show import show
from kg.graph.store import Store
from kg.graph.terms import entity


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.open() as opened:
        Identities(opened).write(toy.extractions())
        yield opened


@pytest.mark.parametrize("ident", toy.NAMES)
def test_only_what_is_about_an_entity_is_read_and_all_of_that(store: Store, ident: str) -> None:
    whole = list(records.read_all(store, mentioning=[entity(ident)]))
    part = list(records.read_about(store, entity(ident)))
    assert [each.id for each in part] == [each.id for each in whole]
    for told, known in zip(part, whole, strict=True):
        about: list[Any] = [c for c in known.claims if ident in (c.subject, c.object, *c.attributed_to)]
        assert list(told.claims) == about
        assert {v.id for v in told.events} == {v.id for v in known.events if ident in {i for f in v.roles.values() for i in f}} | {
            c.event for c in about if c.event
        }
        assert list(told.quotes) == [q for q in known.quotes if q.speaker == ident]
        assert told.entity(ident) == known.entity(ident)
        assert facts_of(told) == [fact for fact in facts_of(known) if ident in (fact.subject_id, fact.object_id, *fact.source_ids)]


def test_nothing_is_known_of_an_entity_that_no_document_names(store: Store) -> None:
    assert show(store, entity("person/nobody"))[0].documents == ()
