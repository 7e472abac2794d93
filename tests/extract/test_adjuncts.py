"""Place, instrument and numbers of an event."""

import pytest

from kg.extract import Extractor
from kg.model import Document, Event


def event(extractor: Extractor, text: str, kind: str) -> tuple[Event, dict[str, set[str]]]:
    """The first event of a class, and the names in its roles."""
    extraction = extractor.extract(Document("case", text))
    found = next((v for v in extraction.events if v.type == kind), None)
    assert found is not None, f"expected an event of class {kind} in {text!r}; found {[v.type for v in extraction.events]}"
    return found, {role: {extraction.entity(i).name for i in filled} for role, filled in found.roles.items()}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Gunmen killed Maria Lopez in Lagos.", id="behind the verb"),
        pytest.param("Gunmen carried out the murder of Maria Lopez in Lagos.", id="behind the light verb"),
        pytest.param("In Lagos, gunmen killed Maria Lopez.", id="before the subject"),
        pytest.param("Gunmen stormed a hotel in Lagos, killing Maria Lopez.", id="of the clause above"),
    ],
)
def test_place(extractor: Extractor, text: str) -> None:
    _, roles = event(extractor, text, "Killing")
    assert roles.get("place") == {"Lagos"}, f"she was killed in Lagos in {text!r}; found {roles}"


@pytest.mark.parametrize(
    ("text", "kind", "instrument"),
    [
        ("Hezbollah fired rockets at Haifa.", "Attack", "rockets"),
        ("A suicide bomber attacked the police with a grenade in Lagos.", "Attack", "a grenade"),
    ],
)
def test_instrument(extractor: Extractor, text: str, kind: str, instrument: str) -> None:
    _, roles = event(extractor, text, kind)
    assert roles.get("instrument") == {instrument}, f"with {instrument} in {text!r}; found {roles}"


@pytest.mark.parametrize(
    ("text", "kind", "count", "number"),
    [
        ("A bomb exploded in Kabul, killing five people and wounding 12 others.", "Killing", "deathCount", 5),
        ("A bomb exploded in Kabul, killing five people and wounding 12 others.", "Injury", "injuredCount", 12),
        ("At least two dozen soldiers were killed in Kabul.", "Killing", "deathCount", 24),
        ("Gunmen killed Maria Lopez in Lagos.", "Killing", "deathCount", 1),
    ],
)
def test_number(extractor: Extractor, text: str, kind: str, count: str, number: int) -> None:
    found, _ = event(extractor, text, kind)
    assert found.counts.get(count) == number, f"expected {count} {number} in {text!r}; found {found.counts}"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Gunmen killed Maria Lopez in Lagos at 7 p.m. local time (1800 UTC) on Monday.", "2019-03-04"),
        ("On Monday, gunmen killed Maria Lopez in Lagos at about 1900 local time.", "2019-03-04"),
        ("On Monday evening, shortly before 19:00 local time (1800 UTC), gunmen killed Maria Lopez in Lagos.", "2019-03-04"),
        ("Gunmen killed Maria Lopez in Lagos at around 1800 GMT.", None),
        ("Gunmen killed Maria Lopez in Lagos in 1800.", "1800"),
    ],
)
def test_the_clock_tells_no_day_and_no_year(extractor: Extractor, text: str, value: str | None) -> None:
    extraction = extractor.extract(Document("case", text, published="2019-03-06"))
    times = [v.time.value if v.time else None for v in extraction.events if v.type == "Killing"]
    assert times == [value], f"she was killed in {value} in {text!r}"
