import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import gazetteer
from kg.identity.names import simplify
from kg.resources import PACKAGE, lines


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("US", "United States"),
        ("U.S.", "United States"),
        ("the United States", "United States"),
        ("America", "United States"),
        ("UK", "United Kingdom"),
        ("Great Britain", "United Kingdom"),
        ("IRAN", "Iran"),
        ("Iran's", "Iran"),
        ("Côte d’Ivoire", "Ivory Coast"),
        ("Congo", "Democratic Republic of the Congo"),
        ("Republic of Congo", "Republic of the Congo"),
        ("Korea", "South Korea"),
        ("North Korea", "North Korea"),
        ("Burma", "Myanmar"),
        ("Türkiye", "Turkey"),
        ("the Netherlands", "Netherlands"),
        ("Scotland", "Scotland"),
        ("Soviet Union", "Soviet Union"),
        ("Palestine", "Palestine"),
        ("us", None),
        ("Us", None),
        ("uk", None),
        ("turkey", None),
        ("Baghdad", None),
        ("", None),
    ],
)
def test_countries_by_name(text: str, name: str | None) -> None:
    found = gazetteer.country(text)
    assert (found and found.name) == name, f"country({text!r}) should be {name}"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Iranian", "Iran"),
        ("Iranians", "Iran"),
        ("British", "United Kingdom"),
        ("Britons", "United Kingdom"),
        ("Scots", "Scotland"),
        ("Welsh", "Wales"),
        ("Polish", "Poland"),
        ("polish", None),
        ("Nigerien", "Niger"),
        ("Nigerian", "Nigeria"),
        ("North Koreans", "North Korea"),
        ("Korean", "South Korea"),
        ("Dominican", "Dominican Republic"),
        ("SALVADORAN", "El Salvador"),
        ("Palestinian", "Palestine"),
        ("European", None),
    ],
)
def test_demonyms(text: str, name: str | None) -> None:
    found = gazetteer.demonym(text)
    assert (found and found.name) == name, f"demonym({text!r}) should be {name}"


@pytest.mark.parametrize("text", ["Georgia", "Jordan", "Chad", "Guinea", "Korean", "Congo", "Dominican"])
def test_ambiguous_names_demand_support(text: str) -> None:
    assert gazetteer.ambiguous(text), f"{text} often means something else"


@pytest.mark.parametrize("text", ["Iran", "Iraqi", "US", "North Korean", "Nigeria"])
def test_clear_names_need_no_support(text: str) -> None:
    assert not gazetteer.ambiguous(text)


def test_every_sovereign_state_has_a_code_a_capital_and_a_demonym() -> None:
    for line in lines(PACKAGE / "extract" / "words" / "countries.tsv"):
        cells = line.split("\t")
        name, code, geonames, kind = cells[:4]
        if code and kind == "Country" and name not in ("Vatican City", "Dominica", "Republic of the Congo"):
            assert geonames.isdigit(), f"{name} has no GeoNames id"
            assert len(cells) > 5, f"{name} has no demonym"
            assert cells[5], f"{name} has no demonym"


@pytest.mark.parametrize(
    ("text", "plural"), [("Iranians", True), ("Englishmen", True), ("Kashmiris", True), ("Iranian", False), ("Swiss", False), ("Chinese", False)]
)
def test_people_tells_nouns_for_several_people(text: str, plural: bool) -> None:
    assert gazetteer.people(text) is plural


@pytest.mark.parametrize(("text", "name"), [("Tehran", "Iran"), ("Moscow", "Russia"), ("Washington", "United States"), ("Mosul", None)])
def test_capitals_stand_for_governments(text: str, name: str | None) -> None:
    found = gazetteer.capital(text)
    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Syrian government", "Syria"),
        ("government of Iraq", "Iraq"),
        ("Turkish authorities", "Turkey"),
        ("U.S. federal government", "United States"),
        ("the government", None),
        ("Houston authorities", None),
    ],
)
def test_governments_are_their_countries(text: str, name: str | None) -> None:
    found = gazetteer.government(text)
    assert (found and found.name) == name, f"government({text!r}) should be {name}"


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("Mosul", "City", "IQ"),
        ("Bagdad", "City", "IQ"),
        ("BAGHDAD", "City", "IQ"),
        ("Paris", "City", "FR"),
        ("Bogotá", "City", "CO"),
        ("Bogota", "City", "CO"),
        ("Odessa", "City", "UA"),
        ("Kandahar", "City", "AF"),
        ("Kandahar Province", "Region", "AF"),
        ("Anbar", "Region", "IQ"),
        ("Anbar Province", "Region", "IQ"),
        ("Quebec", "Region", "CA"),
        ("Victoria", "Region", "AU"),
        ("Wyoming", "Region", "US"),
        ("Calif.", "Region", "US"),
        ("New York", "City", "US"),
        ("Washington", "City", "US"),
        ("the city of Mosul", "City", "IQ"),
        ("northern Syria", "Region", "SY"),
        ("Middle East", "Region", ""),
        ("Gaza Strip", "Region", "PS"),
        ("Hong Kong", "Region", "HK"),
        ("Iran", "Country", "IR"),
        ("Euphrates", "Place", ""),
    ],
)
def test_places(text: str, kind: str, code: str) -> None:
    found = gazetteer.place(text)
    assert found is not None, f"{text} should be known"
    assert (found.type, found.code) == (kind, code)


@pytest.mark.parametrize("text", ["mosul", "the city", "Smith", "Al-Asad", "", "Northwestern University"])
def test_what_is_no_known_place(text: str) -> None:
    assert gazetteer.place(text) is None


def test_cities_carry_ids_and_coordinates() -> None:
    found = gazetteer.place("Erbil")
    assert found is not None
    assert found.link == "https://sws.geonames.org/95446/"
    assert found.latitude == pytest.approx(36.19, abs=0.01)


@given(st.text(max_size=30))
def test_look_ups_never_fail(text: str) -> None:
    gazetteer.country(text)
    gazetteer.demonym(text)
    gazetteer.place(text)
    assert simplify(simplify(text)) == simplify(text) or not text.isascii()
