"""Dates of publication become ISO 8601, or None."""

import _strptime
import calendar
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.readers.dates import iso


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2020-01-08", "2020-01-08"),
        ("20200108", "2020-01-08"),
        ("2020-01-08T01:20:00Z", "2020-01-08T01:20:00+00:00"),
        ("2020-01-08 01:20", "2020-01-08T01:20:00"),
        ("Wed, 08 Jan 2020 01:20:00 GMT", "2020-01-08T01:20:00+00:00"),
        ("26-FEB-1987 15:18:06.67", "1987-02-26T15:18:06.670000"),
        ("8 January 2020", "2020-01-08"),
        ("January 8, 2020", "2020-01-08"),
        ("Wednesday, January 8, 2020", "2020-01-08"),
        ("2020-02-30", None),
        ("2020-01", None),
        ("yesterday", None),
        ("", None),
        ("2020-01-08T01:20:00+23:00", None),
        (20200108, None),
        (None, None),
        (["2020-01-08"], None),
    ],
)
def test_iso(written: object, expected: str | None) -> None:
    assert iso(written) == expected, written


@given(st.one_of(st.text(max_size=40), st.dates().map(str), st.datetimes(timezones=st.timezones()).map(str)))
def test_whatever_is_given_the_result_is_a_date_or_nothing(written: str) -> None:
    found = iso(written)
    if found is not None:
        assert date.fromisoformat(found[:10])
        assert datetime.fromisoformat(found)
        assert iso(found) == found


def test_months_are_english_in_every_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    turkish = ["", "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"]
    monkeypatch.setattr(calendar, "month_name", turkish)
    monkeypatch.setattr(calendar, "month_abbr", [month[:3] for month in turkish])
    monkeypatch.setattr(_strptime, "_TimeRE_cache", _strptime.TimeRE(_strptime.LocaleTime()))
    assert iso("February 3, 2020") == iso("3 Feb 2020") == "2020-02-03"
    assert iso("Monday, February 3, 2020 10:30") == "2020-02-03T10:30:00"
    assert iso("3 Şubat 2020") is None
