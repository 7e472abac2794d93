"""Sightings: their order, and what is compared with other documents."""

import pytest

from kg.identity.profiles import Profile
from kg.identity.sightings import Sighting


def sighting(kind: str, name: str, ident: str, *, published: str = "", document: str = "d1", named: bool = True) -> Sighting:
    return Sighting(document, published, ident, "0a1b2c3d", Profile(kind, (name,)), named)


def test_the_first_published_comes_first_and_undated_ones_last() -> None:
    told = [("", "a"), ("2020-01-08T09:00:00", "c"), ("2019-05-01", "z"), ("2020-01-08", "b"), ("", "0")]
    found = sorted((sighting("Person", "Anna Berg", "x", published=day, document=ident) for day, ident in told), key=lambda each: each.order)
    assert [each.document for each in found] == ["z", "b", "c", "0", "a"]


@pytest.mark.parametrize(
    ("kind", "name", "ident", "compared"),
    [
        ("Person", "Anna Berg", "person/anna-berg", True),
        ("Person", "Soleimani", "person/soleimani-0a1b2c3d", True),
        ("Organization", "Zed Valley Water Board", "organization/zed-valley-water-board", True),
        ("Organization", "the ministry", "organization/the-ministry-0a1b2c3d", False),
        ("Country", "Iraq", "country/iraq", False),
        ("Facility", "the bridge", "facility/the-bridge-0a1b2c3d", False),
        ("Group", "nine people", "group/nine-people-0a1b2c3d", False),
    ],
)
def test_only_what_others_may_call_otherwise_is_compared(kind: str, name: str, ident: str, compared: bool) -> None:
    assert sighting(kind, name, ident).compared is compared
    assert not sighting(kind, name, ident, named=False).compared
