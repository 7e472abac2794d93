"""Copies of one text are linked in the store, count once, and are linked anew when one is taken back."""

from dataclasses import replace

import pytest
import toy

from kg.extract.signature import signature
from kg.graph import copies, corroboration, incidents
from kg.graph.identities import Identities
from kg.graph.shapes import validate
from kg.graph.store import Store
from kg.model import Extraction
from kg.pipeline import load

TEXT = " ".join(f"word{number}" for number in range(200))


def telling(ident: str, text: str = TEXT, published: str = "2020-01-10") -> Extraction:
    """The toy article in the words of a newspaper of that name."""
    base = toy.shelling()
    events = tuple(
        replace(e, id=f"{e.id}-{ident}", evidence=replace(e.evidence, text=f"{ident} has it") if e.evidence else None) for e in base.events
    )
    claims = tuple(
        replace(c, id=f"{c.id}-{ident}", event=c.event and f"{c.event}-{ident}", evidence=replace(c.evidence, text=f"{ident} has it"))
        for c in base.claims
        if not c.attributed_to
    )
    known = {"id": ident, "source": f"https://{ident}.example/", "published": published, "signature": signature(text), "length": len(text)}
    return replace(base, document={**base.document, **known}, events=events, claims=claims)


@pytest.fixture
def store() -> Store:
    store = Store.open(None)
    load([telling("post", published="2020-01-11"), telling("agency"), telling("star", TEXT[:800]), telling("own", TEXT[::-1])], store)
    return store


def test_copies_are_linked_to_the_first(store: Store) -> None:
    assert copies.found(store) == {"post": "agency", "star": "agency"}
    assert sum(b"#isCopyOf" in line for line in store.nquads()) == 2


def test_what_is_written_of_copies_is_valid() -> None:
    store = Store.open(None)
    base = toy.shelling()
    signed = {**base.document, "signature": signature(TEXT), "place": "a.zip#member=a.txt"}
    load([replace(base, document={**signed, "id": ident}, claims=(), events=(), quotes=()) for ident in ("a", "b")], store)
    assert copies.found(store) == {"b": "a"}
    assert validate(store).violations == ()


def test_copies_count_once(store: Store) -> None:
    fact = next(belief for belief in corroboration.find(store) if len(belief.documents) == 4)
    assert [voice.documents for voice in fact.supporting] == [("agency", "post", "star"), ("own",)]
    assert {found.independent for found in incidents.find(store) if len(found.documents) == 4} == {2}


def test_the_next_is_the_original_when_the_first_is_taken_back(store: Store) -> None:
    Identities(store).retract("agency")
    assert copies.found(store) == {"post": "star"}
    Identities(store).retract("post")
    assert copies.found(store) == {}


def test_a_document_that_changed_is_no_copy_any_more(store: Store) -> None:
    load([telling("post", TEXT.upper()[::-1])], store)
    assert copies.found(store) == {"post": "own", "star": "agency"} or copies.found(store) == {"own": "post", "star": "agency"}


@pytest.mark.parametrize("damaged", ["", "AAAA", "no base64!", "é", 5])
def test_a_record_with_a_damaged_signature_has_no_copies(store: Store, damaged: object) -> None:
    record = telling("wrong")
    load([replace(record, document={**record.document, "signature": damaged})], store)
    assert set(copies.found(store)) == {"post", "star"}
