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
        pytest.param(
            "President Paul Klein was ill, as were his advisers Eva Stein and Maria Klein.\n\nKlein was flown to a hospital.",
            "Paul Klein",
            ["Paul Klein", "Klein"],
            id="a relative named in passing takes no surname over",
        ),
        pytest.param(
            "Paul Klein was ill.\n\nMaria Klein said he was better. Klein thanked the doctors.",
            "Maria Klein",
            ["Maria Klein", "Klein"],
            id="a relative who acts takes the surname over",
        ),
        pytest.param(
            "Eva Stein died. She grew up with her mother, Eva Maria Stein. Stein was a painter.", "Eva Stein", ["Eva Stein", "Stein"], id="kin"
        ),
        pytest.param("Gloria La Riva ran. La Riva blamed the banks.", "Gloria La Riva", ["Gloria La Riva", "La Riva"], id="surname of two words"),
        pytest.param("Afterwards Klein left. Paul Klein was ill.", "Paul Klein", ["Klein", "Paul Klein"], id="adverb before a surname"),
        pytest.param("Jing Wang spoke. Li Wong spoke too. Wang left.", "Jing Wang", ["Jing Wang", "Wang"], id="the spelling before the sound"),
        pytest.param(
            "Acme Nordix Linux (ANL) is free. ANL runs on most computers. The company Acme Nordix sells support for ANL.",
            "Acme Nordix Linux",
            ["Acme Nordix Linux", "ANL", "ANL", "ANL"],
            id="a product by its acronym, apart from its maker",
        ),
        pytest.param(
            "In Puerto Rico the Senate met. Puerto Rico's governor spoke. Puerto Rico has no seat in the U.S. Senate.",
            "U.S. Senate",
            ["U.S. Senate"],
            id="the Senate of the country that the article is about is another",
        ),
        pytest.param(
            "The talks were between Klein and Ukraine President Ana Ruiz. Paul Klein denied it.",
            "Paul Klein",
            ["Klein", "Paul Klein"],
            id="what stands before another country's president is no place",
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
        pytest.param(
            "Software company Green Lamp announced plans. Green Lamp will move its servers. Critics of Green Lamp were not pleased.",
            "Green Lamp",
            id="called a company once",
        ),
        pytest.param("Rocky Nordix Linux was sold in May. Rocky Nordix Linux is free.", "Rocky Nordix Linux", id="kind of thing in its name"),
    ],
)
def test_no_person_by_use(extractor: Extractor, text: str, name: str) -> None:
    found = entities(extractor, text)
    assert found.get(name, ("Person",))[0] != "Person", f"expected {name!r} to be no person in {text!r}, found {found}"
