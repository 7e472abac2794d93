"""Names of a paragraph after repair."""

import pytest
from spacy.language import Language

from kg.extract import Extractor
from kg.extract.mentions import names
from kg.extract.nlp import parse
from kg.model import Document


def found(nlp: Language, text: str) -> dict[str, str]:
    ((_, paragraphs),) = parse(nlp, [Document("a", text)])
    roles = frozenset(("leader", "president", "whip", "spokesman", "minister"))
    return {name.text: name.type for number, paragraph in enumerate(paragraphs) for name in names(number, paragraph, roles)}


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("He was jailed in the Western District of Nebraska in 2011.", "Western District of Nebraska", "Region"),
        ("The broadcaster ABS-CBN lost its licence.", "ABS-CBN", "Organization"),
        ("Delays were reported in the San Diego area on Monday.", "San Diego", "City"),
        ("Iraqi police closed the road.", "Iraqi police", "MilitaryForce"),
        ("Threnn President Ana Ruiz flew home.", "Threnn", "City"),
        ("The law firm Brandt Keller hired her.", "Brandt Keller", "Organization"),
        ("Lebanon rejected UN Security Council Resolution 1701.", "UN Security Council Resolution 1701", "Work"),
        ("A bomb went off on Rosa Luxemburg Avenue in Kyiv.", "Rosa Luxemburg Avenue", "Place"),
        ("A spokesman for the Dutch metals company Orvanto denied it.", "Orvanto", "Organization"),
        ("The party of Syrian Opposition leaders met.", "Syrian Opposition", "Organization"),
        ("Shares fell on the U.S. Market.", "U.S.", "Country"),
        ("Had Acme Brandt Group known of the plan?", "Acme Brandt Group", "Organization"),
        ("Will Eva Stein keep the office?", "Eva Stein", "Person"),
        ("Ana Ruiz Image: The Daily Planet.", "Ana Ruiz", "Person"),
    ],
)
def test_names_have_their_full_extent(nlp: Language, text: str, name: str, type_: str) -> None:
    assert found(nlp, text).get(name) == type_, f"{text!r} gave {found(nlp, text)}"


@pytest.mark.parametrize(
    ("text", "no_name"),
    [
        ("The session began at 14:00 UTC on Tuesday.", "UTC"),
        ("The session began at 14:00 UTC on Tuesday.", "Tuesday"),
        ("May God protect them, she said.", "God"),
        ("Cases of COVID-19 rose in Lyon.", "COVID-19"),
        ("The Senate Majority Leader spoke in Ohio.", "Senate Majority"),
        ("Ann Lee won the Harold Pinter Prize in 2011.", "Harold Pinter Prize"),
        ("The bank swapped dinars against U.S. Dollars on Monday.", "U.S. Dollars"),
        ("Ann Lee sang “Blue Harbour” on Monday.", "Blue Harbour"),
        ("The guard answered in English.", "English"),
        ("Lee edits a German-language paper.", "German"),
        ("Thousands fled, police said. Millions stayed at home.", "Millions"),
        ("Shares fell on the U.S. Market.", "U.S. Market"),
        ("She called it the American Dream.", "American Dream"),
    ],
)
def test_what_only_looks_like_a_name_is_left_out(nlp: Language, text: str, no_name: str) -> None:
    assert no_name not in found(nlp, text), f"{no_name!r} of {text!r} is no name"


def test_a_country_within_a_name_lies_there(nlp: Language) -> None:
    ((_, paragraphs),) = parse(nlp, [Document("a", "She moved from British Columbia to Russian Dagestan.")])
    inner = {name.text: [i.text for i in name.inner] for name in names(0, paragraphs[0])}
    assert inner["British Columbia"] == [], "British Columbia is no part of Britain"


@pytest.mark.parametrize("text", ['"I saw it," said I. "We left," said he.', "\x9b met '*' in \x1b."])
def test_signs_and_speakers_are_no_names(extractor: Extractor, text: str) -> None:
    assert [entity.name for entity in extractor.extract(Document("a", text)).entities] == []
