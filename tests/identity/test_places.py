"""Places grounded by name and context."""

import pytest

from kg.identity.places import Setting, country_place, ground, neighbours, state_place
from kg.identity.resolve import resolve
from kg.model import Claim, Entity, Extraction, Mention, Span


@pytest.mark.parametrize(
    ("name", "kind", "setting", "code"),
    [
        ("Paris", "City", Setting(), "FR"),
        ("Paris", "City", Setting(nearby={"US": 9}), "FR"),
        ("Paris", "City", Setting(within=frozenset(["US"])), "US"),
        ("Tripoli", "City", Setting(), "LY"),
        ("Tripoli", "City", Setting(nearby={"LB": 1}), "LB"),
        ("Birmingham", "City", Setting(nearby={"US": 2}), "US"),
        ("Birmingham", "City", Setting(nearby={"GB": 2, "US": 5}), "GB"),
        ("Georgia", "Country", Setting(nearby={"RU": 2}), "GE"),
        ("Georgia", "Country", Setting(nearby={"US": 3}), "US"),
        ("Georgia", "Region", Setting(nearby={"GE": 1}), "GE"),
        ("Washington, D.C.", "City", Setting(), "US"),
        ("Kiev", "City", Setting(), "UA"),
    ],
)
def test_the_place_that_is_meant(name: str, kind: str, setting: Setting, code: str) -> None:
    found = ground(name, kind, setting)
    assert found, f"{name} in {setting} is known"
    assert found.code == code


@pytest.mark.parametrize(
    ("name", "kind", "setting"),
    [
        ("Al-Asad", "Facility", Setting()),
        ("Paris", "City", Setting(within=frozenset(["CN"]))),
        ("Springfield", "City", Setting()),
        ("Strelsau", "City", Setting()),
        ("Mohammed", "City", Setting()),
    ],
)
def test_rather_no_place_than_a_wrong_one(name: str, kind: str, setting: Setting) -> None:
    assert ground(name, kind, setting) is None


def test_a_state_in_the_text_chooses_among_the_cities_of_its_name() -> None:
    found = ground("Springfield", "City", Setting(within=frozenset(["US"]), states=frozenset(["MO"])))
    assert found
    assert (found.state, found.code) == ("MO", "US")


def test_a_city_has_coordinates() -> None:
    found = ground("Baghdad", "City")
    assert found
    assert found.latitude == pytest.approx(33.3, abs=0.2)
    assert found.longitude == pytest.approx(44.4, abs=0.2)


def test_countries_and_states_by_code() -> None:
    texas, iraq = state_place("TX"), country_place("IQ")
    assert texas
    assert iraq
    assert (texas.name, iraq.name) == ("Texas", "Iraq")
    assert "IR" in neighbours("IQ")
    assert country_place("XX") is None


SENTENCE = Span(0, 5, "words")


def place(ident: str, kind: str, name: str, mentions: int = 1) -> Entity:
    return Entity(ident, kind, name, mentions=tuple(Mention(n, n + len(name), name) for n in range(mentions)))


def within(one: str, other: str, modality: str = "actual") -> Claim:
    return Claim("c", one, "locatedIn", other, modality, (), SENTENCE, None, None, SENTENCE, 0.9, "r")  # type: ignore[arg-type]


def links(*entities: Entity, claims: tuple[Claim, ...] = ()) -> dict[str, str]:
    found = resolve(Extraction({"id": "d", "sha256": "a" * 64}, entities, claims))
    return {entity.name: entity.id for entity in found.entities}


def test_what_the_document_says_a_place_lies_in_decides() -> None:
    paris, texas, france = place("e-1", "City", "Paris"), place("e-2", "Region", "Texas"), place("e-3", "Country", "France", 9)
    assert links(paris, texas, france, claims=(within("e-1", "e-2"),))["Paris"] == "place/paris-4717560"
    assert links(paris, texas, france)["Paris"] == "place/paris"
    assert links(paris, texas, france, claims=(within("e-1", "e-2", "negated"),))["Paris"] == "place/paris"


@pytest.mark.parametrize(("city", "georgia"), [("Atlanta", "place/georgia"), ("Tbilisi", "country/georgia")])
@pytest.mark.parametrize("kind", ["Country", "Region"])
def test_what_lies_in_it_decides_between_a_country_and_a_state(city: str, georgia: str, kind: str) -> None:
    found = links(place("e-1", "City", city), place("e-2", kind, "Georgia"), claims=(within("e-1", "e-2"),))
    assert found == {city: f"place/{city.lower()}", "Georgia": georgia}


def test_what_the_document_is_about_decides_between_namesakes() -> None:
    assert links(place("e-1", "City", "Tripoli"), place("e-2", "Country", "Lebanon"))["Tripoli"] == "place/tripoli-266826"
    assert links(place("e-1", "City", "Tripoli"), place("e-2", "Country", "Libya"))["Tripoli"] == "place/tripoli"


@pytest.mark.parametrize(
    ("played", "name", "expected"),
    [
        ("United States", "Congress", "organization/united-states-congress"),
        ("India", "Congress", "organization/congress-aaaaaaaa"),
        ("India", "US Congress", "organization/united-states-congress"),
        ("Australia", "House of Representatives", "organization/house-of-representatives-aaaaaaaa"),
    ],
)
def test_a_body_without_its_country_is_that_of_the_country_the_document_plays_in(played: str, name: str, expected: str) -> None:
    assert links(place("e-1", "Country", played, 3), place("e-2", "Organization", name))[name] == expected


def test_a_country_read_where_a_state_is_meant_becomes_a_region() -> None:
    found = links(place("e-1", "Country", "Georgia"), place("e-2", "Country", "United States", 3))
    assert found["Georgia"] == "place/georgia"
