"""Who says what: sentences with the quotations that must be found in them, and their speakers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.nlp import Paragraph
from kg.extract.quotation_marks import MARKS, quoted
from kg.extract.quotes import Quotation, Sources, quotations, sources

if TYPE_CHECKING:
    from spacy.language import Language


def paragraphs(nlp: "Language", text: str, headline: bool = False) -> list[Paragraph]:
    """One paragraph a line."""
    found, start = [], 0
    for line in text.split("\n"):
        found.append(Paragraph(nlp(line), start, headline))
        start += len(line) + 1
    return found


def told(parts: Sequence[Paragraph], found: Sequence[Quotation]) -> list[tuple[str | None, str]]:
    """Speaker and words of each quotation."""
    return [(q.speaker.text if q.speaker else None, parts[q.paragraph].doc[q.start : q.end].text) for q in found]


DIRECT = [
    ("“We will rebuild the bridge,” said Anna Holm, the mayor.", [("Holm", "We will rebuild the bridge,")]),
    ('"We will rebuild the bridge," the mayor told reporters on Monday.', [("mayor", "We will rebuild the bridge,")]),
    ("The mayor said: “We will rebuild the bridge.”", [("mayor", "We will rebuild the bridge.")]),
    ("‘We will rebuild the bridge,’ she said.", [("she", "We will rebuild the bridge,")]),
    ("“The bridge is gone,” Holm said, “and we have no boats.”", [("Holm", "The bridge is gone,"), ("Holm", "and we have no boats.")]),
    (
        "“The bridge is gone,” Holm said. “We have no boats. We will wait.”",
        [("Holm", "The bridge is gone,"), ("Holm", "We have no boats. We will wait.")],
    ),
    ("The White House released a statement: “We mourn the victims of the fire.”", [("House", "We mourn the victims of the fire.")]),
    ("Holm said in a statement: “Nobody was in the building.”", [("Holm", "Nobody was in the building.")]),
    ("Holm wrote on Twitter, “Nobody was in the building.”", [("Holm", "Nobody was in the building.")]),
    ("“Is anybody in the building?” the guard asked.", [("guard", "Is anybody in the building?")]),
    ("“Nobody was in the building.” — Anna Holm", [("Holm", "Nobody was in the building.")]),
]

PARAGRAPHS = [
    ("“We shall never give up,” said Holm.\n“They want our land. We do not sell.”", ["Holm", "Holm"]),
    ("“We shall never give up,” said Holm.\n“They want our land.\n“We do not sell.”", ["Holm", "Holm", "Holm"]),
    ("The minister said:\n“Our land is not for sale.”", ["minister"]),
    (
        "The minister said:\nI was very sorry to hear of the fire in the port.\nMy thoughts are with the families of the dead.",
        ["minister", "minister"],
    ),
    ("Police said two people died.\nThe weather was fine.", ["Police"]),
]

INDIRECT = [
    ("The ministry said that rebels attacked the port.", [("ministry", "that rebels attacked the port")]),
    ("The ministry said rebels attacked the port.", [("ministry", "rebels attacked the port")]),
    ("Rebels attacked the port, the ministry said.", [("ministry", "Rebels attacked the port")]),
    ("Rebels attacked the port, according to the ministry.", [("ministry", "Rebels attacked the port")]),
    ("According to the ministry, rebels attacked the port.", [("ministry", "rebels attacked the port")]),
    ("According to a report by Amnesty, rebels attacked the port.", [("Amnesty", "rebels attacked the port")]),
    ("As the ministry said, rebels attacked the port.", [("ministry", "rebels attacked the port")]),
    ("Holm told the council that rebels attacked the port.", [("Holm", "that rebels attacked the port")]),
    ("It was reported that rebels attacked the port.", [(None, "that rebels attacked the port")]),
    ("He is said to have fled.", [(None, "to have fled")]),
    ("The army denied killing the farmers.", [("army", "killing the farmers")]),
    ("The ministry accused the rebels of attacking the port.", [("ministry", "attacking the port")]),
    ("The ministry confirmed the deaths of two guards.", [("ministry", "the deaths of two guards")]),
    ("Holm promised to rebuild the bridge.", [("Holm", "to rebuild the bridge")]),
    (
        "The Gazette reports that the ministry confirmed that rebels killed a guard.",
        [("Gazette", "that the ministry confirmed that rebels killed a guard"), ("ministry", "that rebels killed a guard")],
    ),
    ("The bridge is not safe, warned the mayor of the town.", [("mayor", "The bridge is not safe")]),
    ("The prison closed in May, argued the government's lawyer, Carl Berg.", [("lawyer", "The prison closed in May")]),
]

SILENT = [
    "The guards' dogs and the mayor's boat were lost.",
    "He called the deal “lousy” and left.",
    "They watched “Gone Girl” in a hotel.",
    "‘Tens’ Of Boats Sink In Storm",
    "The rebels attacked the port on Monday.",
    "Holm wants to rebuild the bridge.",
]

HEADLINES = [
    ("Police: two guards killed in port attack", [("Police", "two guards killed in port attack")]),
    ("Two guards were killed in port attack: officials", [("officials", "Two guards were killed in port attack")]),
]


@pytest.mark.parametrize(("text", "expected"), DIRECT)
def test_a_quotation_in_marks_takes_the_speaker_beside_it(nlp: "Language", text: str, expected: list[tuple[str, str]]) -> None:
    parts = paragraphs(nlp, text)
    found = quotations(parts)
    assert told(parts, found) == expected, f"of: {text}"
    assert all(q.direct for q in found), f"direct speech expected of: {text}"


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS)
def test_a_speaker_goes_on_over_paragraphs(nlp: "Language", text: str, expected: list[str]) -> None:
    parts = paragraphs(nlp, text)
    assert [speaker for speaker, _ in told(parts, quotations(parts))] == expected, f"of: {text}"


@pytest.mark.parametrize(("text", "expected"), INDIRECT)
def test_indirect_speech_is_a_clause_with_its_speaker(nlp: "Language", text: str, expected: list[tuple[str | None, str]]) -> None:
    parts = paragraphs(nlp, text)
    found = quotations(parts)
    assert told(parts, found) == expected, f"of: {text}"
    assert not any(q.direct for q in found), f"indirect speech expected of: {text}"


@pytest.mark.parametrize("text", SILENT)
def test_marks_and_apostrophes_without_a_speaker_are_no_quotation(nlp: "Language", text: str) -> None:
    parts = paragraphs(nlp, text)
    assert told(parts, quotations(parts)) == [], f"nothing is said in: {text}"


@pytest.mark.parametrize(("text", "expected"), HEADLINES)
def test_a_headline_names_its_source_beside_a_colon(nlp: "Language", text: str, expected: list[tuple[str, str]]) -> None:
    parts = paragraphs(nlp, text, headline=True)
    assert told(parts, quotations(parts)) == expected, f"of: {text}"


def test_the_attribution_inside_of_a_sentence_is_not_part_of_what_is_said(nlp: "Language") -> None:
    parts = paragraphs(nlp, "The bomb, officials said, killed three guards in the port.")
    found = quotations(parts)
    tokens = {t.text: t.i for t in parts[0].doc}
    said = {word: bool(sources(found, 0, tokens[word])) for word in ("bomb", "officials", "said", "killed", "port")}
    assert said == {"bomb": True, "officials": False, "said": False, "killed": True, "port": True}


def test_the_same_words_are_said_once_by_whoever_stands_outside_of_them(nlp: "Language") -> None:
    text = (
        'On Tuesday Foreign Minister Ann Lee told the assembly that Norway had agreed to free the four after "long and complex talks" over security.'
    )
    found = quotations(paragraphs(nlp, text))
    assert len({(q.start, q.end) for q in found}) == len(found), "one quotation for the same words"
    assert [q.speaker.text for q in found if q.speaker] == ["Lee"]


def test_sources_are_outermost_first(nlp: "Language") -> None:
    parts = paragraphs(nlp, "The Gazette reports that the ministry confirmed that rebels killed a guard.")
    killed = next(t.i for t in parts[0].doc if t.text == "killed")
    chain = Sources(quotations(parts)).of(0, killed)
    assert [q.speaker.text for q in chain if q.speaker] == ["Gazette", "ministry"]


BLANK = spacy.blank("en")


@given(st.text(alphabet="ab .,\"'“”‘’", max_size=60))
def test_quoted_stretches_lie_between_marks(text: str) -> None:
    doc = BLANK(text)
    for span in quoted(doc, [t for t in doc if t.orth in MARKS]):
        assert 0 < span.start < span.end <= len(doc), f"out of bounds in: {text!r}"
        assert doc[span.start - 1].orth in MARKS, f"no opening mark before {span} in: {text!r}"
        assert not span.closed or doc[span.end].orth in MARKS, f"no closing mark behind {span} in: {text!r}"
