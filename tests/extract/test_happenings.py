"""One event for one happening: what is told twice, what is part of what, and who is behind it."""

import pytest

from kg.extract import Extractor
from kg.model import Document, Event, Extraction


def read(extractor: Extractor, text: str) -> Extraction:
    return extractor.extract(Document("case", text, None, "2024-03-08"))


def events(extraction: Extraction, kind: str) -> list[Event]:
    return [e for e in extraction.events if e.type == kind]


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        pytest.param("Armed men shot Maria Lopez dead in Lima.\n\nThe killing of Lopez shocked Peru.", "Killing", 1, id="same victim"),
        pytest.param("Boko Haram attacked Camp Sharif on Friday.\n\nThe attack lasted an hour.", "Attack", 1, id="definite noun"),
        pytest.param("A bomb killed 12 people in Lagos.\n\nFrance condemned the bombing.\n\nThe blast killed 12.", "Killing", 1, id="number"),
        pytest.param("Peter Lang was killed in Lima.\n\nMaria Lopez was killed in Lima.", "Killing", 2, id="other victims"),
        pytest.param("A bomb killed nine people in Lagos.\n\nA bomb killed 12 people in Kabul.", "Killing", 2, id="other numbers"),
        pytest.param("Turkey bombed Kobani on Monday.\n\nTurkey bombed Kobani on Thursday.", "Attack", 2, id="other days"),
        pytest.param("Turkey bombed Kobani.\n\nAnkara said Turkey had not bombed Kobani.", "Attack", 2, id="a denial stays apart"),
        pytest.param("Boko Haram attacked Camp Sharif.\n\nThe attack on a ship failed.", "Attack", 2, id="other target, not known"),
        pytest.param("The dockers began a strike.\n\nThe strike was called off.", "Attack", 0, id="workers strike"),
        pytest.param("Boko Haram attacked Camp Sharif.\n\nAn attack was feared in Lagos.", "Attack", 2, id="indefinite noun"),
    ],
)
def test_tellings(extractor: Extractor, text: str, kind: str, number: int) -> None:
    found = events(read(extractor, text), kind)
    assert len(found) == number, f"expected {number} {kind} in {text!r}; found {found}"


def test_further_tellings_are_mentions(extractor: Extractor) -> None:
    extraction = read(extractor, "Armed men shot Maria Lopez dead in Lima.\n\nThe killing of Lopez shocked Peru.")
    (killing,) = events(extraction, "Killing")
    assert {killing.trigger.text, *(m.text for m in killing.mentions)} == {"shot", "killing"}
    assert {c.event for c in extraction.claims if c.relation == "killed"} == {killing.id}, "claims of all tellings point to the one event"


def test_the_record_has_a_row_for_each_mention(extractor: Extractor) -> None:
    extraction = read(extractor, "Boko Haram attacked Camp Sharif on Friday.\n\nThe attack lasted an hour.")
    (attack,) = events(extraction, "Attack")
    rows = extraction.to_json()["events"]
    assert [(r["trigger"]["text"], r["mention_of"]) for r in rows] == [("attacked", None), ("attack", attack.id)]
    assert Extraction.from_json(extraction.to_json()) == extraction


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Boko Haram stormed a hotel in Lagos, killing five people.", id="participle"),
        pytest.param("Five people were killed in an attack on a hotel in Lagos by Boko Haram.", id="in an attack"),
        pytest.param("Boko Haram attacked a hotel in Lagos.\n\nFive people died in the attack.", id="an attack told of before"),
        pytest.param("A bomb exploded in Lagos, killing five people.\n\nBoko Haram claimed responsibility.", id="claim of responsibility"),
        pytest.param("Five people were killed when Boko Haram attacked a hotel in Lagos.", id="when"),
    ],
)
def test_a_death_is_part_of_the_attack_and_of_whoever_made_it(extractor: Extractor, text: str) -> None:
    extraction = read(extractor, text)
    (killing,) = events(extraction, "Killing")
    whole = next((e for e in extraction.events if e.id == killing.part_of), None)
    assert whole is not None, f"the deaths are part of an attack in {text!r}; found {extraction.events}"
    assert whole.counts == killing.counts == {"deathCount": 5}, "the attack has the number of its dead"
    killers = {extraction.entity(i).name for i in killing.roles["agent"]}
    assert killers == {"Boko Haram"}, f"Boko Haram killed them in {text!r}; found {killers}"
    assert [extraction.entity(i).name for i in killing.roles["place"]] == [extraction.entity(i).name for i in whole.roles["place"]]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Maria Lopez was killed in a battle between the army and Boko Haram.", id="a fight has two sides"),
        pytest.param("Boko Haram attacked Camp Sharif.\n\nMaria Lopez was killed in Lima on Monday.", id="nothing joins them"),
    ],
)
def test_nobody_is_made_a_killer(extractor: Extractor, text: str) -> None:
    killers = {c.subject for c in read(extractor, text).claims if c.relation == "killed"}
    assert killers == {None}, f"who killed her is not told in {text!r}"


def test_an_attack_struck_whom_it_killed(extractor: Extractor) -> None:
    extraction = read(extractor, "Maria Lopez was killed in a raid by Boko Haram.")
    told = {(extraction.entity(c.subject).name, c.relation) for c in extraction.claims if c.subject}
    assert told == {("Boko Haram", "attacked"), ("Boko Haram", "killed")}, f"the raid struck her and killed her; found {told}"
