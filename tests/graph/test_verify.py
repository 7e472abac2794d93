"""Proof of the graph: one changed character is told with the claims that fell; missing and moved sources; texts kept beside the graph."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
import toy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg import ontology
from kg.errors import InputError, StoreError
from kg.graph import texts
from kg.graph.identities import Identities
from kg.graph.store import Store
from kg.graph.verify import Report, _apart, verify
from kg.iris import PREFIXES
from kg.model import Document, Extraction

ZENDA, GRAULAND = (f"<https://w3id.org/kg-news/id/entity/{ident}>" for ident in ("city/zenda", "country/grauland"))


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch) -> dict[str, Document]:
    """The documents of the toy articles by where they came from; the first, which has a web address, is given one of a file."""
    made: dict[str, Document] = {}
    original = toy.Toy.extraction

    def noted(self: toy.Toy) -> Extraction:
        self.source = f"{self.ident}.txt"
        made[self.source] = Document(self.ident, self.text, self.title, self.published, self.source)
        return original(self)

    monkeypatch.setattr(toy.Toy, "extraction", noted)
    return made


@pytest.fixture
def store(sources: dict[str, Document]) -> Iterator[Store]:
    with Store.open() as store:
        Identities(store).write(toy.extractions())
        yield store


def proof(store: Store, sources: dict[str, Document], **options: object) -> Report:
    def read(place: str) -> list[Document]:
        if place not in sources:
            raise InputError(f"{place}: no such file")
        return [sources[place]]

    return verify(store, read=read, **options)  # type: ignore[arg-type]


def test_all_is_proved(store: Store, sources: dict[str, Document]) -> None:
    report = proof(store, sources)
    assert report.holds, report.failures
    assert (report.documents, report.proved, report.claims) == (2, 2, 14)


def test_one_changed_character_tells_which_claims_fell(store: Store, sources: dict[str, Document]) -> None:
    text = sources["a.txt"].text
    sources["a.txt"] = replace(sources["a.txt"], text=text.replace("bombarded", "bombarted"))
    report = proof(store, sources)
    assert not report.holds
    assert report.proved == 1
    assert [(f.document, f.problem) for f in report.failures if not f.claim and f.problem != "other words"] == [("a", "source changed")]
    fallen = [failure for failure in report.failures if failure.claim]
    assert {failure.what for failure in fallen} == {"Ruritania attacked Grauland (negated)", "Anna Vogel spokesmanOf Ministry of War"}
    assert "bombarted Grauland" in fallen[0].detail


TEXT = st.text("ab", max_size=60)


@given(TEXT, TEXT)
def test_of_two_texts_only_what_differs_is_shown(one: str, other: str) -> None:
    shown = _apart(one, other)
    assert (shown[0] == shown[1]) == (one == other)
    for text, part in zip((one, other), shown, strict=True):
        assert part.strip("…") in text
        assert (not part.startswith("…")) <= text.startswith(part.strip("…"))
        assert (not part.endswith("…")) <= text.endswith(part.strip("…"))


def test_one_letter_of_a_long_sentence_is_shown_with_what_is_around_it() -> None:
    shown = _apart("a" * 100 + "x" + "b" * 100, "a" * 100 + "yy" + "b" * 100)
    assert shown == tuple(f"…{'a' * 20}{middle}{'b' * 20}…" for middle in ("x", "yy"))


def test_words_that_moved_are_told_with_their_new_place(store: Store, sources: dict[str, Document]) -> None:
    sources["b.txt"] = replace(sources["b.txt"], text="News: " + sources["b.txt"].text)
    report = proof(store, sources)
    assert any(failure.detail.endswith("they stand at 6") for failure in report.failures)


def test_missing_and_moved_sources(store: Store, sources: dict[str, Document]) -> None:
    gone = sources.pop("a.txt")
    (failure,) = proof(store, sources).failures
    assert (failure.document, failure.problem, failure.detail.split(";")[0]) == ("a", "source missing", "a.txt")
    report = proof(store, sources, inputs=[replace(gone, id="new", source="new.txt")])
    assert report.holds
    assert report.moved == (("a", "new.txt"),)


def test_kept_texts_stand_for_sources_that_are_gone(store: Store, sources: dict[str, Document]) -> None:
    for document in sources.values():
        texts.keep(store, document)
        texts.keep(store, document)
    assert proof(store, {}).holds
    sources["a.txt"] = replace(sources["a.txt"], text="Another.")
    assert not proof(store, sources).holds, "a source that is there counts more than a text that was kept"


def test_a_text_is_kept_as_long_as_a_document_has_it(store: Store, sources: dict[str, Document]) -> None:
    document = sources["a.txt"]
    copy = toy.shelling()
    Identities(store).write([replace(copy, document={**copy.document, "id": "copy"}, claims=(), events=())])
    texts.keep(store, document)
    identities = Identities(store)
    identities.retract("a")
    assert texts.kept(store, document.sha256) == document.text
    identities.retract("copy")
    assert texts.kept(store, document.sha256) is None


def test_a_damaged_text_is_told(store: Store, sources: dict[str, Document]) -> None:
    texts.keep(store, sources["a.txt"])
    where = "GRAPH ?graph { ?text kg:compressedText ?packed }"
    damaged = "GRAPH ?graph { ?text kg:compressedText 'AAAA'^^xsd:base64Binary }"
    store.inner.update(f"DELETE {{ {where} }} INSERT {{ {damaged} }} WHERE {{ {where} }}", prefixes=PREFIXES)
    with pytest.raises(StoreError, match="is damaged"):
        texts.kept(store, sources["a.txt"].sha256)


@settings(max_examples=30)
@given(st.text(st.characters(codec=None), max_size=40))
@example("a \ud800 b \U0001f600")
def test_any_text_is_kept_as_it_is(text: str) -> None:
    with Store.open() as store:
        document = Document("x", text)
        texts.keep(store, document)
        # What no encoding can write does not come into a document.
        assert texts.kept(store, document.sha256) == document.text == "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


def test_rules_that_are_gone_or_silent(store: Store, sources: dict[str, Document]) -> None:
    def fewer(documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            extraction = toy.shelling() if document.id == "a" else toy.denial()
            yield replace(extraction, claims=extraction.claims[1:])

    report = proof(store, sources, extract=fewer)
    assert [(f.document, f.problem, f.what) for f in report.failures] == [
        ("a", "rule is silent", "Black Guard attacked Zenda Bridge"),
        ("b", "rule is silent", "Black Guard attacked Zenda Bridge (negated)"),
    ]
    known = ontology.load()
    gone = replace(known, relations={name: relation for name, relation in known.relations.items() if name != "metWith"})
    problems = [f.what for f in proof(store, sources, ontology=gone).failures if f.problem == "no such rule"]
    assert "Karl Stein metWith Ida Brandt" in problems


def test_a_plain_triple_without_a_claim_is_told(store: Store, sources: dict[str, Document]) -> None:
    triple = f"{ZENDA} kg:locatedIn {GRAULAND}"
    store.inner.update(f"INSERT DATA {{ GRAPH <https://w3id.org/kg-news/id/document/a> {{ {triple} }} }}", prefixes=PREFIXES)
    (failure,) = proof(store, sources).failures
    assert failure.problem == "graph"
    assert "no actual claim" in failure.detail
