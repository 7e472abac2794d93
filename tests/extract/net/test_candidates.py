"""What the net catches: pairs whose classes fit, beside a word of the relation or near each other; how they are described."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from kg.extract import Extractor
from kg.extract.net.candidates import Candidate, Net
from kg.extract.net.features import Described, describe
from kg.extract.net.ranking import Ranking
from kg.extract.selection import Draft
from kg.model import Document

Cast = Callable[[str], "list[tuple[Candidate, Described]]"]
NOBODY = "?"


class Keeping:
    """Stands in for the model: keeps what it is shown."""

    def __init__(self, model: Ranking) -> None:
        self.open, self.version = {("Person", "Organization"): ("memberOf",), ("City", "Country"): ("locatedIn",)}, model.version
        self.seen: list[tuple[Candidate, Described]] = []

    def accept(self, net: Net, candidates: Sequence[Candidate]) -> list[Draft]:
        self.seen = list(zip(candidates, describe(net, candidates), strict=True))
        return []


@pytest.fixture
def cast(extractor: Extractor) -> Cast:
    """The candidates of a text with their features."""

    def read(text: str) -> list[tuple[Candidate, Described]]:
        reader = copy.copy(extractor)
        keeping = Keeping(extractor.ranking)
        reader.ranking = keeping  # type: ignore[assignment]
        reader.extract(Document("case", text))
        return keeping.seen

    return read


def facts(caught: Sequence[tuple[Candidate, Described]]) -> dict[tuple[str, str, str], Candidate]:
    return {(NOBODY if c.subject is None else c.subject.cluster.name, c.relation, c.object.cluster.name): c for c, _ in caught}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Anna Holm, a spokeswoman for NATO, spoke in Oslo.", ("Anna Holm", "spokesmanOf", "NATO"), id="said by a frame"),
        pytest.param("The spokeswoman was Anna Holm, whom NATO had sent.", ("Anna Holm", "spokesmanOf", "NATO"), id="a word of the relation near"),
        pytest.param("NATO veteran Anna Holm spoke in Oslo.", ("Anna Holm", "memberOf", "NATO"), id="no word, near each other"),
        pytest.param("Nine people were killed in Kabul.", (NOBODY, "killed", "Nine people"), id="nobody known"),
        pytest.param(
            "Norway voted. Norway is calm. Judge Anna Holm ruled on Monday.", ("Anna Holm", "worksFor", "Norway"), id="office without a place"
        ),
    ],
)
def test_catches(cast: Cast, text: str, expected: tuple[str, str, str]) -> None:
    found = facts(cast(text))
    assert expected in found, f"the net should catch {expected} in {text!r}, it has {sorted(found)}"


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        pytest.param("Anna Holm bombed the exam in Oslo.", ("Oslo", "spouseOf", "Anna Holm"), id="classes don't fit"),
        pytest.param("Anna Holm spoke. NATO was silent.", ("Anna Holm", "memberOf", "NATO"), id="two sentences"),
    ],
)
def test_leaves_out(cast: Cast, text: str, unwanted: tuple[str, str, str]) -> None:
    assert unwanted not in facts(cast(text)), f"nothing in {text!r} may say {unwanted}"


def test_every_draft_of_a_frame_is_a_candidate(cast: Cast, extractor: Extractor) -> None:
    text = "Anna Holm, a spokeswoman for NATO, said that Russia bombed Kharkiv. The base in Narvik, Norway, was shelled."
    everything = copy.copy(extractor)
    everything.ranking = replace(extractor.ranking, known=frozenset())
    extraction = everything.extract(Document("case", text))
    names = {e.id: e.name for e in extraction.entities}
    said = {(names.get(c.subject or "", NOBODY), c.relation, names[c.object or ""]) for c in extraction.claims}
    framed = {fact for fact, c in facts(cast(text)).items() if c.framed}
    assert said, "the frames should find something"
    assert said == framed, "what the frames say and the framed candidates are the same"


def test_one_candidate_a_sentence_and_fact(cast: Cast) -> None:
    caught = cast("Anna Holm of NATO said that NATO would send Anna Holm, its spokeswoman.")
    keys = [(c.paragraph, c.sentence, c.pair, c.relation) for c, _ in caught]
    assert len(keys) == len(set(keys)), "several mentions of the same two give one candidate"


def test_a_crowded_sentence_stays_bounded(cast: Cast) -> None:
    people = ", ".join(f"{first} {last}" for first in ("Anna", "Boris", "Clara", "David") for last in ("Holm", "Berg", "Lund", "Dahl"))
    assert len(cast(f"{people} and Erik Moe met NATO spokeswoman Vera Vik in Oslo.")) < 600, "a list of names must not multiply without end"


@pytest.mark.parametrize(
    ("text", "fact", "feature"),
    [
        pytest.param("Anna Holm, a spokeswoman for NATO, spoke.", ("Anna Holm", "spokesmanOf", "NATO"), "frame=RoleNoun", id="frame"),
        pytest.param("Anna Holm, a spokeswoman for NATO, spoke.", ("Anna Holm", "spokesmanOf", "NATO"), "word=spokeswoman", id="word"),
        pytest.param("NATO veteran Anna Holm spoke.", ("Anna Holm", "memberOf", "NATO"), "<middle=veteran", id="words between, object first"),
        pytest.param("Russia bombed Kharkiv.", ("Russia", "attacked", "Kharkiv"), "ways=<>nsubj <>dobj", id="ways in the parse"),
        pytest.param("Nine people were killed in Kabul.", (NOBODY, "killed", "Nine people"), "?kind=nominal", id="nobody known"),
    ],
)
def test_features(cast: Cast, text: str, fact: tuple[str, str, str], feature: str) -> None:
    caught = cast(text)
    (found,) = [d for c, d in caught if c is facts(caught)[fact]]
    assert feature in (*found.pair, *found.own), f"{feature!r} should speak for {fact} in {text!r}: {[*found.pair, *found.own]}"
