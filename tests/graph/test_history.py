"""What documents said and say no more: kept when they are taken back or read again, followed when it moved in the text."""

from dataclasses import replace

import pytest
import toy

from kg.errors import QueryError
from kg.graph import queries
from kg.graph.history import changes, history, meant
from kg.graph.identities import Identities
from kg.graph.store import Store
from kg.model import Extraction


def written(*extractions: Extraction) -> Identities:
    identities = Identities(Store.open())
    identities.write(extractions)
    return identities


def revised(**fields: object) -> Extraction:
    """The first article with another first claim."""
    base = toy.shelling()
    return replace(base, claims=(replace(base.claims[0], **fields), *base.claims[1:]))  # type: ignore[arg-type]


def test_a_retracted_document_leaves_its_facts_in_the_history() -> None:
    identities = written(*toy.extractions())
    assert identities.retract("b")
    assert not identities.retract("b")
    (change,) = changes(identities.store)
    assert (change.kind, change.document, len(change.facts)) == ("retraction", "b", 5)
    found = history(identities.store, "Ida Brandt")
    assert [fact.relation for fact in found.changes[0].facts] == ["metWith", "headOfGovernment"]
    assert found.standing == ()
    both = history(identities.store, "Black Guard")
    assert {fact.document for fact in both.standing} == {"a"}
    assert {fact.document for fact in both.changes[0].facts} == {"b"}


def test_claims_and_documents_are_invalidated_by_the_change() -> None:
    identities = written(*toy.extractions())
    identities.retract("b")
    rows = queries.run(
        identities.store, "SELECT ?what WHERE { ?what prov:wasInvalidatedBy ?change . ?change a kg:Retraction ; prov:used ?document }"
    ).texts
    assert len(rows) == 6, "five claims and the document"
    assert queries.check(identities.store) == {}


def test_reading_an_unchanged_document_again_changes_nothing() -> None:
    identities = written(*toy.extractions())
    before = set(identities.store.inner)
    assert identities.write(toy.extractions()) == 0
    assert set(identities.store.inner) == before


def test_a_text_that_goes_back_to_what_it_was_leaves_provenance_sound() -> None:
    first, second = toy.shelling(), revised(id="c-moved")
    identities = written(first)
    for each in (second, first, second):
        identities.write([each])
    rows = queries.run(identities.store, "SELECT ?new ?old WHERE { ?new prov:alternateOf ?old }").texts
    assert {tuple(names) for names in rows} == {
        (f"id:claim/{a}", f"id:claim/{b}") for a, b in ((first.claims[0].id, "c-moved"), ("c-moved", first.claims[0].id))
    }
    assert queries.check(identities.store) == {}


@pytest.mark.parametrize(("fields", "told"), [({"modality": "possible"}, "actual"), ({"object": "city/zenda"}, "actual")])
def test_a_fact_told_in_another_way_is_kept_as_it_was(fields: dict[str, object], told: str) -> None:
    identities = written(*toy.extractions())
    identities.write([revised(**fields)])
    (change,) = changes(identities.store)
    (fact,) = change.facts
    assert (change.kind, fact.relation, fact.object, fact.modality) == ("revision", "attacked", "Zenda Bridge", told)


def test_a_claim_that_moved_in_the_text_is_no_change_but_is_followed() -> None:
    identities = written(toy.shelling())
    old = toy.shelling().claims[0].id
    identities.write([revised(id="c-moved")])
    assert changes(identities.store) == []
    identities.write([revised(id="c-moved-again")])
    for ident in (old, "c-moved", "c-moved-again"):
        assert [fact.claim for fact in history(identities.store, ident).standing] == ["c-moved-again"]
    identities.retract("a")
    found = history(identities.store, old)
    assert [(change.kind, [fact.claim for fact in change.facts]) for change in found.changes] == [("retraction", ["c-moved-again"])]
    assert found.standing == ()


def test_changes_are_numbered_and_what_comes_back_stands() -> None:
    identities = written(*toy.extractions())
    for _ in range(2):
        identities.retract("b")
        identities.write([toy.denial()])
    identities.write([toy.shelling(), revised(modality="negated")])
    assert [(change.number, change.kind) for change in changes(identities.store)] == [(1, "retraction"), (2, "retraction"), (3, "revision")]
    assert len(history(identities.store, "Ida Brandt").standing) == 2


def test_it_is_not_exported() -> None:
    identities = written(*toy.extractions())
    identities.retract("b")
    assert identities.store.nquads() == written(toy.shelling()).store.nquads()


def test_nobody_has_no_history() -> None:
    with pytest.raises(QueryError, match="did you mean Anna Vogel"):
        history(written(*toy.extractions()).store, "Anna Vogl")


def test_documents_are_meant_by_id_path_or_address() -> None:
    store = written(*toy.extractions()).store
    assert meant(store, "a") == meant(store, "https://news.example/a") == ["a"]
    assert meant(store, "wire/b.txt") == ["b"]
    with pytest.raises(QueryError, match="no document 'wire/'; did you mean b"):
        meant(store, "wire/")
