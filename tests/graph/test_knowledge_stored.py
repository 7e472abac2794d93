"""A user's own knowledge base in the store: remembered, and told of those whom documents speak of, never as said by them."""

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import toy

from kg.graph import knowledge
from kg.graph.background import renew
from kg.graph.identities import Identities
from kg.graph.knowledge import KNOWLEDGE, recall
from kg.graph.queries import run
from kg.graph.store import Store
from kg.graph.terms import BACKGROUND
from kg.identity.knowledge import Entry, Knowledge, known
from kg.identity.tenures import Tenure
from kg.pipeline import load

VOGEL, STEIN = "https://kb.example/vogel", "https://kb.example/stein"
BASE = Knowledge(
    (
        Entry(VOGEL, "Anna Vogel", ("A. Vogel",), "Person", "A politician", "FR", tenures=(Tenure("president of France", "1895-01-17", "1899"),)),
        Entry(STEIN, "Carl Stein", (), "Person", "A swimmer", "", "1870", "1960-01"),
    )
)


@pytest.fixture
def store() -> Store:
    store = Store.open(None)
    load([toy.shelling(), toy.denial()], store, knowledge=BASE)
    return store


def told(store: Store, graph: ox.NamedNode) -> list[str]:
    return sorted({q.subject.value for q in store.inner.quads_for_pattern(None, None, None, graph) if "kb.example" in q.subject.value})  # type: ignore[union-attr]


def test_the_store_remembers_the_base(store: Store) -> None:
    remembered = recall(store)
    assert remembered is not None
    assert (set(remembered.entries), remembered.version) == (set(BASE.entries), BASE.version)
    assert renew(store, None) == remembered
    assert renew(store, Knowledge(())) is None
    assert not list(store.inner.quads_for_pattern(None, None, None, KNOWLEDGE))
    assert not told(store, BACKGROUND)


def test_background_tells_of_those_whom_documents_speak_of(store: Store) -> None:
    assert told(store, KNOWLEDGE) == [STEIN, VOGEL]
    assert told(store, BACKGROUND) == [VOGEL]
    (office,) = run(store, "offices").texts
    assert office == ("Anna Vogel", "president of France", "1895-01-17", "1899", "A politician", VOGEL)
    for name in store.graphs():
        assert not any("kb.example" in q.subject.value for q in store.inner.quads_for_pattern(None, None, None, name)), "no document says so"  # type: ignore[union-attr]


def test_it_goes_with_the_last_document(store: Store) -> None:
    identities = Identities(store)
    before = store.nquads()
    for extraction in (toy.shelling(), toy.denial()):
        identities.retract(extraction.id)
    assert not told(store, BACKGROUND)
    load([toy.shelling(), toy.denial()], store)
    assert store.nquads() == before


def test_a_changed_base_changes_what_is_told(store: Store) -> None:
    changed = Knowledge((replace(BASE.entries[0], description="A poet", tenures=()), BASE.entries[1]))
    assert renew(store, changed) == Knowledge(tuple(sorted(changed.entries, key=lambda entry: entry.id)))
    descriptions = [q.object.value for q in store.inner.quads_for_pattern(None, knowledge.DESCRIPTION, None, BACKGROUND)]  # type: ignore[union-attr]
    assert descriptions == ["A poet"]
    assert run(store, "offices").texts == []


def test_one_in_documents_with_and_without_the_base_is_one() -> None:
    store = Store.open(None)
    plain = [toy.shelling(), replace(toy.shelling(), document={**toy.shelling().document, "id": "z"})]
    load(plain[:1], store)
    load(plain[1:], store, knowledge=BASE)
    (own,) = {e.id for e in known(plain[1], BASE).entities if VOGEL in e.links}
    identities = Identities(store)
    assert identities.registry.entity(own) == "person/anna-vogel"


def test_a_base_from_a_file_is_remembered_as_it_was_read(tmp_path: Path) -> None:
    (tmp_path / "kb.csv").write_text(
        "id,name,aliases,type,country,start,roles\nhttps://kb.example/1,Łukasz “X” Müller,b;a,Person,Poland,1999-05,senator; mayor from 2001\n",
        encoding="utf-8",
    )
    read = knowledge.load(tmp_path / "kb.csv")
    store = Store.open(None)
    remembered = renew(store, read)
    assert remembered is not None
    assert remembered.version == read.version
