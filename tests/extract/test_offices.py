"""Whose office it is when the words beside it do not say."""

import pytest

from kg.extract import Extractor
from kg.model import Document


def offices(extractor: Extractor, text: str) -> set[tuple[str, str, str]]:
    """(holder, relation, whole) of the claims about offices."""
    found = extractor.extract(Document("case", text))
    name = {e.id: e.name for e in found.entities}
    wanted = ("headOfState", "headOfGovernment", "ministerOf", "leads", "worksFor")
    return {(name[c.subject], c.relation, name[c.object]) for c in found.claims if c.relation in wanted and c.subject and c.object}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what the text says elsewhere of the holder
        (
            "Peru and Chile quarrelled. Peru protested. Chilean President Ana Ruiz agreed. President Ana Ruiz left for Peru.",
            ("Ana Ruiz", "headOfState", "Chile"),
        ),
        # an office that only one country has
        ("Foreign Secretary Mark Ellis left for Syria. Syria and Britain agreed on Syria.", ("Mark Ellis", "ministerOf", "United Kingdom")),
        # holders whom the news names without their country
        ("Libya was discussed in the United States. Libya had angered President Barack Obama.", ("Barack Obama", "headOfState", "United States")),
        # a country's cities count for it
        (
            "Lima and Cusco in Peru were calm, but Bolivia complained. Prime Minister Ana Ruiz spoke in Arequipa.",
            ("Ana Ruiz", "headOfGovernment", "Peru"),
        ),
        ("Presidents Amadou Bello of Nigeria and Paul Tossou of Benin signed it.", ("Paul Tossou", "headOfState", "Benin")),
        ("Oleg Chupin, Russian deputy emergency situations minister, spoke.", ("Oleg Chupin", "worksFor", "Russia")),
        # who leads a part works for the whole
        ("Nexa technology director, Guido Ruiz, spoke.", ("Guido Ruiz", "worksFor", "Nexa")),
        ("Ann Lee, director of the Oslo Museum, spoke.", ("Ann Lee", "leads", "Oslo Museum")),
    ],
)
def test_whole_is_found(extractor: Extractor, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in offices(extractor, text), f"{expected} must be found in {text!r}"


@pytest.mark.parametrize(
    ("text", "unexpected"),
    [
        # somebody else holds that office
        (
            "Peruvian President Ana Ruiz flew to Bogota, where she met President Jorge Paz. Peru is poor.",
            ("Jorge Paz", "headOfState", "Peru"),
        ),
        # signs of another country, which the text doesn't name
        (
            "Congress and the Senate debated Syria. Republicans in Congress and the White House differed, President Tom Reed said.",
            ("Tom Reed", "headOfState", "Syria"),
        ),
        ("Storms hit Portugal, said Rui Costa, the regional president.", ("Rui Costa", "headOfState", "Portugal")),
        ("Oleg Chupin, Russian deputy emergency situations minister, spoke.", ("Oleg Chupin", "ministerOf", "Russia")),
        ("Presidents Amadou Bello of Nigeria and Paul Tossou of Benin signed it.", ("Paul Tossou", "headOfState", "Nigeria")),
        ("Tom Reed, head of press at Nexa Records, spoke.", ("Tom Reed", "leads", "Nexa Records")),
        ("Russian opposition leader Oleg Chupin was arrested.", ("Oleg Chupin", "leads", "Russia")),
    ],
)
def test_doubtful_whole_is_left_out(extractor: Extractor, text: str, unexpected: tuple[str, str, str]) -> None:
    assert unexpected not in offices(extractor, text), f"{unexpected} must not be found in {text!r}"
