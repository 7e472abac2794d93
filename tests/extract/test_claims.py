"""What becomes a claim: unknown agents, participants without a name, what is left out because something says it better."""

import pytest

from kg.extract import Extractor
from kg.model import Document, Extraction


def read(extractor: Extractor, text: str) -> Extraction:
    return extractor.extract(Document("case", text))


def relations(extractor: Extractor, text: str) -> set[tuple[bool, str]]:
    """(agent known, relation) of the claims."""
    return {(c.subject is not None, c.relation) for c in read(extractor, text).claims}


@pytest.mark.parametrize(
    "text",
    ["Nine people were killed in Kabul.", "A bomb killed nine people in Kabul.", "Nine people died in an attack in Kabul."],
)
def test_unknown_agent_is_told(frames_only: Extractor, text: str) -> None:
    assert (False, "killed") in relations(frames_only, text), f"somebody killed them in {text!r}"


@pytest.mark.parametrize(
    "text",
    [
        "Nine people were killed in an earthquake in Kabul.",
        "Nine people died of cancer in Kabul.",
        "The plane crashed and struck a bridge in Kabul.",
        "Rebels sought an opportunity to attack Kabul.",
    ],
)
def test_nature_and_wishes_have_no_unknown_agent(frames_only: Extractor, text: str) -> None:
    found = {r for known, r in relations(frames_only, text) if not known}
    assert not found & {"killed", "attacked"}, f"nobody attacked or killed in {text!r}; found {found}"


def test_shooting_dead_is_one_event(frames_only: Extractor) -> None:
    found = relations(frames_only, "Police shot dead Maria Lopez in Lagos.")
    assert {r for _, r in found} & {"killed", "attacked"} == {"killed"}, f"a killing only; found {found}"


def test_nobody_is_no_participant(frames_only: Extractor) -> None:
    found = {e.name for e in read(frames_only, "No soldiers were killed when rebels shelled Aleppo.").entities}
    assert not any("soldiers" in name for name in found), f"'No soldiers' stands for nobody; found {found}"


def test_fighters_without_a_number_are_their_force(frames_only: Extractor) -> None:
    extraction = read(frames_only, "Boko Haram fighters killed Ibrahim Musa.")
    killers = {extraction.entity(c.subject).name for c in extraction.claims if c.relation == "killed" and c.subject}
    assert killers == {"Boko Haram"}, f"Boko Haram killed him; found {killers}"


def test_fighters_with_a_number_are_a_group(frames_only: Extractor) -> None:
    extraction = read(frames_only, "Two Boko Haram fighters killed Ibrahim Musa.")
    killers = {extraction.entity(c.subject).name for c in extraction.claims if c.relation == "killed" and c.subject}
    assert killers == {"Two Boko Haram fighters"}, f"two of them killed him; found {killers}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("Local leaders accused Turkey of lying.", True, id="one name"),
        pytest.param("Local leaders accused residents of lying.", False, id="no name"),
        pytest.param("Turkey accused residents of lying.", False, id="of nobody named"),
    ],
)
def test_opinions_need_a_name(frames_only: Extractor, text: str, told: bool) -> None:
    assert ((True, "accused") in relations(frames_only, text)) == told, f"accusation {'' if told else 'not '}expected in {text!r}"


def test_strikes_belong_to_whoever_makes_the_strikes_of_the_article(frames_only: Extractor) -> None:
    extraction = read(frames_only, "Turkey conducted ten airstrikes on Kobani.\n\nNear Mosul, two strikes destroyed a bridge.")
    destroyers = {extraction.entity(c.subject).name for c in extraction.claims if c.relation == "destroyed" and c.subject}
    assert destroyers == {"Turkey"}, f"Turkey's strikes destroyed the bridge; found {destroyers}"


@pytest.mark.parametrize(
    ("text", "relation", "pair"),
    [
        ("Cuban officials signed a treaty with Spain.", "agreedWith", {"Cuba", "Spain"}),
        ("Diplomats from Chile restored ties with Peru.", "agreedWith", {"Chile", "Peru"}),
        ("Norway and Sweden postponed their talks.", "metWith", {"Norway", "Sweden"}),
        ("The US, Russia, and Switzerland met on Monday.", "metWith", {"Russia", "Switzerland"}),
    ],
)
def test_states_act_through_officials_and_together(frames_only: Extractor, text: str, relation: str, pair: set[str]) -> None:
    extraction = read(frames_only, text)
    found = [{extraction.entity(c.subject).name, extraction.entity(c.object).name} for c in extraction.claims if c.subject and c.relation == relation]
    assert pair in found, f"{pair} {relation} in {text!r}; found {found}"


def test_a_treaty_of_two_with_a_third_is_not_between_the_two(frames_only: Extractor) -> None:
    extraction = read(frames_only, "Norway and Sweden signed a treaty with Spain.")
    found = [{extraction.entity(c.subject).name, extraction.entity(c.object).name} for c in extraction.claims if c.subject]
    assert {"Norway", "Spain"} in found, f"both agreed with Spain; found {found}"
    assert {"Norway", "Sweden"} not in found, f"they agreed with Spain, not with each other; found {found}"


def test_a_city_does_not_kill(frames_only: Extractor) -> None:
    found = relations(frames_only, "A fire broke out in Chittagong on Friday.\n\nIt killed nine people.")
    assert (True, "killed") not in found, f"the fire killed them, not the city; found {found}"


@pytest.mark.parametrize(
    "text",
    [
        "Peter Lang suffered a cardiac arrest in Kabul.",
        "The pound fell in Kabul.",
        "Workers in Kabul ended a hunger strike.",
        "Ireland's coach rested him for the clash with Scotland.",
    ],
)
def test_no_deed(frames_only: Extractor, text: str) -> None:
    found = relations(frames_only, text)
    assert not {r for _, r in found} & {"arrested", "attacked", "clashedWith", "invaded"}, (
        f"nobody did anything to anybody in {text!r}; found {found}"
    )


@pytest.mark.parametrize(
    ("text", "meetings"),
    [
        ("Angela Merkel held a press conference on Friday.", 0),
        ("Angela Merkel held a news conference with Emmanuel Macron on Friday.", 0),
        ("Angela Merkel held talks with Emmanuel Macron on Friday.", 1),
    ],
)
def test_a_statement_to_the_press_is_no_meeting(extractor: Extractor, text: str, meetings: int) -> None:
    found = [event for event in read(extractor, text).events if event.type == "Meeting"]
    assert len(found) == meetings, f"expected {meetings} meetings in {text!r}; found {found}"
