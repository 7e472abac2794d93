"""Offices and their dates as a knowledge base tells them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identity.tenures import Tenure, post, tenure


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("president of Ruritania from 2013-01-05 to 2017-03-01", Tenure("president of Ruritania", "2013-01-05", "2017-03-01")),
        ("president of Ruritania from 2013", Tenure("president of Ruritania", "2013")),
        ("mayor  until 2013-05", Tenure("mayor", "", "2013-05")),
        ("ambassador to Grauland", Tenure("ambassador to Grauland")),
        ("chief of the army", Tenure("chief of the army")),
    ],
)
def test_an_office_in_words(text: str, told: Tenure) -> None:
    assert tenure(text) == told


@pytest.mark.parametrize("text", ["", "from 2013", "mayor from May 2013", "mayor from 2013-02-30", "mayor from 2014 to 2013", "mayor to 12/5/2013"])
def test_words_that_are_not_understood_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"write it like|is not a date|before its start"):
        tenure(text)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the French president", "president of France", True),
        ("France's president", "President of the French", True),
        ("the North Korean leader", "leader of North Korea", True),
        ("the French president", "the German president", False),
        ("the French president", "the former French president", False),
        ("the French president", "the president", False),
    ],
)
def test_one_office_in_other_words(one: str, other: str, same: bool) -> None:
    assert (post(one) == post(other)) is same


DAYS = st.dates().map(str)


@given(DAYS, st.sampled_from((4, 7, 10)), DAYS, st.sampled_from((4, 7, 10)), DAYS)
def test_it_is_held_only_on_days_that_are_surely_between(start: str, size: int, end: str, other: int, day: str) -> None:
    held = Tenure("mayor", start[:size], end[:other])
    assert not held.covers(day) or start[:size] <= day <= end
    assert Tenure("mayor", start, end).covers(day) is (start <= day <= end)
    assert not Tenure("mayor", "", end).covers(day)
