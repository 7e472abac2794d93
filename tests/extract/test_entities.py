"""Which names of one document are one thing."""

import pytest

from kg.extract import Extractor
from kg.model import Document


def entities(extractor: Extractor, text: str) -> dict[str, tuple[str, list[str]]]:
    """{name: (class, names in text order)} of the named entities."""
    found = extractor.extract(Document("d", text)).entities
    return {e.name: (e.type, [m.text for m in e.mentions if m.kind == "name"]) for e in found if e.named}


@pytest.mark.parametrize(
    ("text", "name", "mentions"),
    [
        pytest.param("Qassem Soleimani died. Gen. Suleimani was 62.", "Qassem Soleimani", ["Qassem Soleimani", "Suleimani"], id="spelling and title"),
        pytest.param("Paul Klein spoke. Klein left.", "Paul Klein", ["Paul Klein", "Klein"], id="surname begins a sentence"),
        pytest.param(
            "The World Health Organization (WHO) met. The WHO agreed.",
            "World Health Organization",
            ["World Health Organization", "WHO", "WHO"],
            id="acronym in parentheses",
        ),
        pytest.param(
            "Louise Turpin and David Turpin wept. Later Mr. Turpin left.",
            "David Turpin",
            ["David Turpin", "Turpin"],
            id="a title tells relatives apart",
        ),
    ],
)
def test_one_entity(extractor: Extractor, text: str, name: str, mentions: list[str]) -> None:
    found = entities(extractor, text)
    assert found.get(name, ("", []))[1] == mentions, f"expected {mentions} to be {name!r} in {text!r}, found {found}"


def test_relatives_stay_apart(extractor: Extractor) -> None:
    text = "Louise Turpin and David Turpin were arrested on Monday."
    found = entities(extractor, text)
    assert {"Louise Turpin", "David Turpin"} <= set(found), f"expected two persons in {text!r}, found {found}"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("Bracewell told reporters that Bracewell's sister had died.", "Bracewell", id="tells, has a sister"),
        pytest.param("Paul Klein spoke. Klein said little.", "Paul Klein", id="surname of a full name"),
    ],
)
def test_person_by_use(extractor: Extractor, text: str, name: str) -> None:
    found = entities(extractor, text)
    assert found.get(name, ("",))[0] == "Person", f"expected {name!r} to be a person in {text!r}, found {found}"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("Boeing said Boeing would close a plant.", "Boeing", id="known company"),
        pytest.param("Leeds said no. Flights to Leeds stopped.", "Leeds", id="known city"),
    ],
)
def test_no_person_by_use(extractor: Extractor, text: str, name: str) -> None:
    found = entities(extractor, text)
    assert found.get(name, ("Person",))[0] != "Person", f"expected {name!r} to be no person in {text!r}, found {found}"
