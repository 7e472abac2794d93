"""Claims found by id, IRI and their three parts, and what is told of them when their text is not there."""

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
import toy

from kg import ontology
from kg.errors import InputError, QueryError
from kg.explanation import Sentence, Why
from kg.graph import texts
from kg.graph.explaining import CLAIM, explain, meant, unsaid
from kg.graph.store import Store
from kg.graph.terms import BACKGROUND, LABEL, LOCATED_IN, entity
from kg.model import Document

RELATIONS = ontology.load().relations


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.open() as store:
        store.replace_all(toy.extractions())
        yield store


def absent(place: str) -> list[Document]:
    raise InputError(f"{place}: not here")


def nothing(document: Document) -> list[Sentence]:
    return []


def why(store: Store, text: str) -> list[Why]:
    return explain(store, meant(store, text, RELATIONS), ontology=ontology.load(), explain=nothing, read=absent)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Black Guard attacked Zenda Bridge", [("a", "actual"), ("b", "negated")]),
        ("the guard attacked the bridge", [("a", "actual"), ("b", "negated")]),
        ("ruritania attacked grauland", [("a", "negated")]),
        ("? injured Nine people", [("b", "actual")]),
        ("Karl Stein", []),
    ],
)
def test_three_parts_mean_the_claims_that_say_so(store: Store, text: str, claims: list[tuple[str, str]]) -> None:
    assert [(each.document, each.told.modality) for each in why(store, text)] == claims


def test_a_claim_by_its_id_and_iri(store: Store) -> None:
    (found,) = why(store, "Karl Stein metWith Ida Brandt")
    ident = found.told.claim
    assert meant(store, ident, RELATIONS) == meant(store, f"{CLAIM}{ident}", RELATIONS) == [ident]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Ida Brandt attacked Zenda Bridge", "no document says Ida Brandt attacked Zenda Bridge, nor does it follow; kg why --text"),
        ("? attacked Zenda", "no document says"),
        ("Ida Brand attacked Zenda Bridge", "no entity called 'Ida Brand'; did you mean Ida Brandt"),
        (f"{CLAIM}c-none", "no claim "),
    ],
)
def test_what_nobody_says(store: Store, text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        _ = meant(store, text, RELATIONS) or unsaid(store, text, RELATIONS)


@pytest.mark.parametrize(
    ("text", "rule", "because"),
    [
        ("Ida Brandt metWith Karl Stein", "symmetric", "Karl Stein metWith Ida Brandt"),
        ("Karl Stein leads Ruritania", "subproperty", "Karl Stein headOfState Ruritania"),
    ],
)
def test_what_follows_is_explained_down_to_what_is_said(store: Store, text: str, rule: str, because: str) -> None:
    assert meant(store, text, RELATIONS) == []
    found = unsaid(store, text, RELATIONS)
    said = meant(store, because, RELATIONS)
    assert (found[0].rule, [each.places for each in found[0].premises if not each.claims]) == (rule, [("the ontology",)])
    assert [each.claims for each in found[0].premises if each.claims] == [tuple(said)]


def test_what_only_background_knowledge_says() -> None:
    with Store.open() as store:
        store.replace_all(toy.extractions())
        outer = entity("country/ruritania"), entity("continent/europe")
        store.inner.extend([ox.Quad(outer[0], LOCATED_IN, outer[1], BACKGROUND), ox.Quad(outer[1], LABEL, ox.Literal("Europe"), BACKGROUND)])
        (known,) = unsaid(store, "ruritania locatedIn europe", RELATIONS)
        found = unsaid(store, "Zenda Bridge locatedIn Europe", RELATIONS)
    assert (known.rule, known.statement.places, known.statement.claims) == ("", ("background knowledge",), ())
    assert ("background knowledge",) in {premise.places for each in found for premise in each.premises}
    assert all(each.rule for each in found)


@pytest.mark.parametrize("text", ["Ida Brandt", "nothing of the kind"])
def test_what_is_no_triple_has_no_ground(store: Store, text: str) -> None:
    assert unsaid(store, text, RELATIONS) == []


def test_without_its_text_a_claim_is_explained_by_what_the_store_knows(store: Store) -> None:
    (found,) = why(store, "Ruritania attacked Grauland")
    told = found.told
    assert found.missing.startswith("the text is not to be had (https://news.example/a)")
    assert (told.modality, told.cues, [source.speaker for source in told.sources]) == ("negated", ("not",), ["Anna Vogel"])
    assert told.subject is not None
    assert (told.subject.name, told.subject.type, told.subject.fits) == ("Ruritania", "Country", True)
    assert "Actor" in told.subject.wanted


def test_a_claim_that_the_text_no_longer_gives_is_told() -> None:
    with Store.open() as store:
        store.replace(toy.denial())
        (stored,) = store.documents()
        texts.keep(store, Document(stored.id, text_of_denial()))
        (found,) = why(store, "Karl Stein metWith Ida Brandt")
    assert found.missing.startswith("the extractor of today doesn't find the claim")


def text_of_denial() -> str:
    """The text of the second toy article, which its record doesn't hold."""
    made: list[str] = []
    original = toy.Toy.extraction
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(toy.Toy, "extraction", lambda self: (made.append(self.text), original(self))[1])
        toy.denial()
    return made[0]
