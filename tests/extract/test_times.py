import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.times import resolve, with_zone

SATURDAY = "2020-01-04"


@pytest.mark.parametrize(
    ("text", "value", "granularity"),
    [
        ("2019", "2019", "year"),
        ("late 2019", "2019", "year"),
        ("the 1990s", "1990/1999", "decade"),
        ("the early eighties", "1980/1989", "decade"),
        ("19th century", "1801/1900", "interval"),
        ("January 3, 2020", "2020-01-03", "day"),
        ("Jan. 3", "2020-01-03", "day"),
        ("3 January", "2020-01-03", "day"),
        ("Dec. 30", "2019-12-30", "day"),
        ("24 Jan 90", "1990-01-24", "day"),
        ("Tuesday, Jan. 7", "2020-01-07", "day"),
        ("the night of January 8", "2020-01-08", "day"),
        ("in March", "2020-03", "month"),
        ("last March", "2019-03", "month"),
        ("March 2003", "2003-03", "month"),
        ("June of last year", "2019-06", "month"),
        ("Friday", "2020-01-03", "day"),
        ("Saturday", "2020-01-04", "day"),
        ("last Saturday", "2019-12-28", "day"),
        ("next Friday", "2020-01-10", "day"),
        ("early Friday morning", "2020-01-03", "day"),
        ("late Thursday night", "2020-01-02", "day"),
        ("Friday local time", "2020-01-03", "day"),
        ("Monday's", "2019-12-30", "day"),
        ("1:20am on Friday", "2020-01-03T01:20", "minute"),
        ("around 1:30 a.m. local time on Wednesday", "2020-01-01T01:30", "minute"),
        ("Wednesday at 9 pm", "2020-01-01T21", "hour"),
        ("Friday, 1800 UTC", "2020-01-03T18:00", "minute"),
        ("Friday (1800 GMT)", "2020-01-03T18:00", "minute"),
        ("January 3, 2019 at 1630 GMT", "2019-01-03T16:30", "minute"),
        ("about 0900 local time yesterday", "2020-01-03T09:00", "minute"),
        ("yesterday", "2020-01-03", "day"),
        ("last night", "2020-01-03", "day"),
        ("tonight", "2020-01-04", "day"),
        ("last week", "2019-W52", "week"),
        ("earlier this week", "2020-W01", "week"),
        ("last month", "2019-12", "month"),
        ("this year", "2020", "year"),
        ("the weekend", "2019-12-28/2019-12-29", "interval"),
        ("two days ago", "2020-01-02", "day"),
        ("three months ago", "2019-10", "month"),
        ("two years ago", "2018", "year"),
        ("from 2003 to 2011", "2003/2011", "interval"),
        ("2014-15", "2014/2015", "interval"),
        ("January 8-10", "2020-01-08/2020-01-10", "interval"),
        ("the first half of 2019", "2019-01/2019-06", "interval"),
        ("summer of 2019", "2019", "season"),
        ("Christmas Eve", "2019-12-24", "day"),
        ("2020-01-03", "2020-01-03", "day"),
        ("13/01/2020", "2020-01-13", "day"),
    ],
)
def test_times_are_as_precise_as_the_words(text: str, value: str, granularity: str) -> None:
    found = resolve(text, SATURDAY)
    assert (found.value, found.granularity) == (value, granularity), f"{text!r} should be {value} ({granularity})"
    assert found.text == text


@pytest.mark.parametrize(
    "text",
    [
        "two years", "34 years old", "34-year-old", "daily", "every day", "the following day", "that day",
        "the same day", "until Friday", "before Friday", "since 2016", "1:20am", "days", "recent years",
        "1800 UTC", "(1800 UTC", "around 1500 GMT", "0900 local time", "1800 hours", "1900 Moscow time", "1800 to 2000 UTC",
        "the past three years", "a decade ago", "01/08/2020", "February 30", "", "overnight", "last winter",
    ],
)  # fmt: skip
def test_durations_ages_and_vague_words_have_no_value(text: str) -> None:
    found = resolve(text, SATURDAY)
    assert (found.value, found.granularity) == (None, "unknown"), f"{text!r} tells no time"


@pytest.mark.parametrize(
    ("text", "behind", "told"),
    [
        ("1800", " UTC), the court", "1800 UTC"),
        ("about 1400", " Moscow time on", "about 1400 Moscow time"),
        ("2020", " local elections", "2020"),
        ("2015", " Trump spent time", "2015"),
        ("Friday", " local time", "Friday"),
        ("11800", " UTC", "11800"),
        ("1800", "", "1800"),
    ],
)
def test_four_figures_take_the_zone_that_follows(text: str, behind: str, told: str) -> None:
    assert with_zone(text, behind) == told


@pytest.mark.parametrize("published", [None, "", "not a date"])
def test_without_a_day_of_publication_only_absolute_times_resolve(published: str | None) -> None:
    assert resolve("Friday", published).value is None
    assert resolve("January 3", published).value is None
    assert resolve("January 3, 2020", published).value == "2020-01-03"


def test_the_time_of_publication_does_not_matter() -> None:
    assert resolve("Friday", "2020-01-04T23:59:59+01:00") == resolve("Friday", SATURDAY)


@given(st.text(max_size=40) | st.text("0123456789 -:/apmthsJanuryFid,.", max_size=20), st.dates().map(str))
def test_any_text_gives_a_well_formed_value(text: str, published: str) -> None:
    value = resolve(text, published).value
    assert value is None or re.fullmatch(r"\d{4}(-(\d\d|W\d\d)(-\d\d(T\d\d(:\d\d)?)?)?)?(/\d{4}(-\d\d(-\d\d)?)?)?", value), value


WORDS = (
    "yesterday", "tomorrow", "Friday", "next Friday", "last week", "the weekend", "next week", "999 weeks ago", "999 years ago", "last month",
    "next month", "last year", "next year", "this week", "January 3", "last December", "last decade", "next decade", "0 century", "'87",
    "the first quarter", "Friday last week", "Friday next week", "June of last year", "June of next year", "20١٩", "10:3٠ pm today", "٣ days ago",
)  # fmt: skip


@pytest.mark.parametrize("published", ["0001-01-01", "0001-12-31", "0002-01-01", "2020-01-04", "9999-01-01", "9999-12-31"])
def test_at_the_ends_of_the_calendar_times_have_a_value_of_the_calendar_or_none(published: str) -> None:
    for text in WORDS:
        for end in (resolve(text, published).value or "2020").split("/"):
            assert re.fullmatch(r"[0-9]{4}([-T].*)?", end), f"{text!r} on {published} gives {end}"
            assert end.isascii(), f"{text!r} on {published} gives {end}"
            assert end[:4] != "0000"
