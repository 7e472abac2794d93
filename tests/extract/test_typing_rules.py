import pytest

from kg.extract.organizations import organization
from kg.extract.typing_rules import entity_type, noun_type
from kg.resources import words

CLASSES = {
    "Person", "Group", "Organization", "MilitaryForce", "Facility", "Vehicle", "Weapon", "Country", "Region", "City", "Place", "Work", "NamedEvent",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "label", "kind"),
    [
        ("Ministry of Defence", "ORG", "Organization"),
        ("the University of Leeds", "ORG", "Organization"),
        ("Islamic Revolutionary Guard Corps", "ORG", "MilitaryForce"),
        ("Taliban", "NORP", "MilitaryForce"),
        ("Hezbollah", "ORG", "MilitaryForce"),
        ("Valetta Police", "ORG", "MilitaryForce"),
        ("Fath Airport", "PERSON", "Facility"),
        ("Bradley International Airport", "FAC", "Facility"),
        ("Camp Shorabak", "ORG", "Facility"),
        ("Anbar Province", "GPE", "Region"),
        ("Cook County", "GPE", "Region"),
        ("Iraq", "GPE", "Country"),
        ("Syrian", "NORP", "Country"),
        ("Iranians", "NORP", "Group"),
        ("Kurds", "NORP", "Group"),
        ("Sunni", "NORP", "Group"),
        ("Republicans", "NORP", "Organization"),
        ("Democratic", "NORP", "Organization"),
        ("Mosul", "PERSON", "City"),
        ("California", "GPE", "Region"),
        ("Mount Sinjar", "PERSON", "Place"),
        ("Lake Tharthar", "FAC", "Place"),
        ("Paris Agreement", "ORG", "Work"),
        ("Hurricane Maria", "PERSON", "NamedEvent"),
        ("Vietnam War", "EVENT", "NamedEvent"),
        ("USS Cole", "ORG", "Vehicle"),
        ("Angela Ruiz", "ORG", "Person"),
        ("Obama", "GPE", "Person"),
        ("Jonathan Hoffman", "PERSON", "Person"),
        ("VendOS", "PERSON", "Organization"),
        ("Rocky Nordix Linux", "PERSON", "Work"),
        ("Buffalo Bill", "PERSON", "Person"),
        ("Jordan", "PERSON", "Person"),
        ("Jordan", "GPE", "Country"),
        ("the Atlantic", "LOC", "Place"),
        ("The Atlantic", "ORG", "Organization"),
        ("Pentagon", "ORG", "Organization"),
        ("the Iraqi government", "ORG", "Country"),
        ("Acme Widgets Inc.", "ORG", "Organization"),
    ],
)
def test_types_of_names(text: str, label: str, kind: str) -> None:
    assert entity_type(text, label) == kind, f"{text} labelled {label} should be {kind}"


def test_without_words_or_label_there_is_no_type() -> None:
    assert entity_type("Xyzzy") is None
    assert entity_type("") is None


@pytest.mark.parametrize(
    ("lemma", "kind"),
    [
        ("gunman", "Person"),
        ("gunmen", "Group"),
        ("soldiers", "Group"),
        ("people", "Group"),
        ("civilians", "Group"),
        ("villagers", "Group"),
        ("police", "MilitaryForce"),
        ("militia", "MilitaryForce"),
        ("car bomb", "Weapon"),
        ("rocket", "Weapon"),
        ("hotel", "Facility"),
        ("embassies", "Facility"),
        ("truck", "Vehicle"),
        ("ministry", "Organization"),
        ("village", "City"),
        ("province", "Region"),
        ("country", "Country"),
        ("oil tanker", "Vehicle"),
        ("senior military officer", "Person"),
        ("idea", None),
        ("attack", None),
        ("", None),
    ],
)
def test_types_of_nouns(lemma: str, kind: str | None) -> None:
    assert noun_type(lemma) == kind


def test_a_plural_of_persons_is_a_group() -> None:
    assert noun_type("protester", True) == "Group"
    assert noun_type("rocket", True) == "Weapon"


@pytest.mark.parametrize("name", ["kinds", "nouns"])
def test_sections_are_classes_and_no_word_has_two(name: str) -> None:
    seen: dict[str, str] = {}
    for section, entries in words(name).items():
        kind = section.removeprefix("first ")
        assert kind in CLASSES, f"[{section}] of {name}.txt is no class"
        for word in entries if kind == section else ():
            assert word not in seen, f"{word} of {name}.txt is {seen.get(word)} and {section}"
            seen[word] = section


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("IRGC", "Islamic Revolutionary Guard Corps"),
        ("Revolutionary Guards", "Islamic Revolutionary Guard Corps"),
        ("the Pentagon", "Department of Defense"),
        ("U.N.", "United Nations"),
        ("WHO", "World Health Organization"),
        ("who", None),
        ("ISIL", "Islamic State"),
        ("the Hill", "Hill"),
        ("Hill", None),
        ("Time", None),
    ],
)
def test_well_known_organisations(text: str, name: str | None) -> None:
    found = organization(text)
    assert (found and found.name) == name, f"organization({text!r}) should be {name}"
