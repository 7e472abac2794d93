"""What pronouns and descriptions stand for, seen in the record of whole texts."""

import pytest

from kg.extract import Extractor
from kg.model import Document, Extraction


def read(extractor: Extractor, text: str) -> Extraction:
    return extractor.extract(Document("d", text))


def stands_for(extraction: Extraction, text: str, words: str, nth: int = 0) -> str | None:
    """The name of the entity that lists the nth occurrence of the words."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    span = (start, start + len(words))
    return next((e.name for e in extraction.entities if any((m.start, m.end) == span for m in e.mentions)), None)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param("Maria Lopez met Paul Klein. She thanked the crowd.", "She", "Maria Lopez", id="gender of a given name"),
        pytest.param("Spokeswoman Robin Wetz met Paul Klein. She thanked the crowd.", "She", "Robin Wetz", id="gender of a title"),
        pytest.param("Maria Lopez said she would resign.", "she", "Maria Lopez", id="speaker of indirect speech"),
        pytest.param("Paul Klein left Leeds. His wife stayed.", "His", "Paul Klein", id="possessive"),
        pytest.param("Paul Klein blamed Tom Reed. Reed attacked him.", "him", "Paul Klein", id="not the subject of the same verb"),
        pytest.param("Tom Reed, who leads Fatah, died.", "who", "Tom Reed", id="relative"),
        pytest.param("Maria Lopez, whose brother fled, wept.", "whose", "Maria Lopez", id="relative possessive"),
        pytest.param("After he left Leeds, Paul Klein was arrested.", "he", "Paul Klein", id="name behind the pronoun"),
        pytest.param("Boeing said it would close its plant.", "its", "Boeing", id="company"),
        pytest.param('"I am ready," said Maria Lopez.', "I", "Maria Lopez", id="speaker of a quotation"),
        pytest.param(
            '"We are ready," said Tom Reed, a spokesman for the Transport Ministry.', "We", "Transport Ministry", id="whom a spokesman speaks for"
        ),
    ],
)
def test_pronoun(extractor: Extractor, text: str, words: str, expected: str) -> None:
    found = stands_for(read(extractor, text), text, words)
    assert found == expected, f"expected {words!r} to be {expected!r} in {text!r}, found {found!r}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Boeing was fined. It is clear that the case is over.", "It", id="clause follows"),
        pytest.param("Boeing was fined. It was reported that two men left.", "It", id="reported"),
        pytest.param("Boeing closed its plant. It rained all day.", "It", id="weather"),
        pytest.param("Maria Lopez smiled. He left.", "He", id="other gender"),
        pytest.param("He left Leeds.", "He", id="nobody before"),
        pytest.param("Paul Klein left. I think so.", "I", id="first person outside of quotations"),
    ],
)
def test_silence(extractor: Extractor, text: str, words: str) -> None:
    found = stands_for(read(extractor, text), text, words)
    assert found is None, f"expected {words!r} to stand for nothing in {text!r}, found {found!r}"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param("The mayor of Leeds, Anna Berg, spoke. The mayor left.", "The mayor", "Anna Berg", id="apposition"),
        pytest.param("Anna Berg, the mayor of Leeds, spoke to Paul Klein. Later the mayor left.", "the mayor", "Anna Berg", id="office"),
        pytest.param("Paul Klein met Maria Lopez. The man left.", "The man", "Paul Klein", id="gender of the noun"),
        pytest.param("Boeing closed a plant. The company lost money.", "The company", "Boeing", id="kind"),
        pytest.param("The Transport Ministry met Boeing. The ministry was asked.", "The ministry", "Transport Ministry", id="word of the name"),
        pytest.param("Iraq is calm. The government of Iraq thanked Turkey.", "The government", "Iraq", id="government"),
        pytest.param("Baghdad is calm. Iraq closed a road to the capital.", "the capital", "Baghdad", id="capital"),
    ],
)
def test_description(extractor: Extractor, text: str, words: str, expected: str) -> None:
    nth = text.count(words) - 1
    found = stands_for(read(extractor, text), text, words, nth)
    assert found == expected, f"expected {words!r} to be {expected!r} in {text!r}, found {found!r}"


def test_unnamed_group(extractor: Extractor) -> None:
    text = "Several protesters blocked a road in Leeds. They attacked Paul Klein."
    extraction = read(extractor, text)
    subjects = [extraction.entity(c.subject).name for c in extraction.claims if c.relation == "attacked" and c.subject]
    assert subjects == ["Several protesters"], f"expected the protesters as attackers of {text!r}, found {subjects}"


def test_interview(extractor: Extractor) -> None:
    text = (
        "An interview with Maria Lopez\n\nMaria Lopez leads a choir in Leeds. We asked her about it.\n\nWhy do you sing?\n\n"
        "I like it. My father sang to me.\n\nI never stopped. I sing at home. I teach others."
    )
    found = stands_for(read(extractor, text), text, "My")
    assert found == "Maria Lopez", f"expected 'My' to be the person interviewed, found {found!r}"


def test_pronouns_are_listed_with_offsets(extractor: Extractor) -> None:
    text = "Maria Lopez said she knew Paul Klein."
    kinds = [(m.kind, m.text) for e in read(extractor, text).entities for m in e.mentions if e.name == "Maria Lopez"]
    assert kinds == [("name", "Maria Lopez"), ("pronoun", "she")], f"expected the name and the pronoun of {text!r}, found {kinds}"
