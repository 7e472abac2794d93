"""Times as typed literals: the granularity decides the datatype, and no literal is made that its datatype does not allow."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pyoxigraph as ox

from kg.graph.terms import english, node
from kg.model import Time

TEXT = node("kg:timeText")
STAMP = node("sem:hasTimeStamp")
EARLIEST = node("sem:hasEarliestBeginTimeStamp")
LATEST = node("sem:hasLatestEndTimeStamp")

_YEAR = re.compile(r"(?!0000)\d{4}", re.ASCII)
_MONTH = re.compile(r"(?!0000)(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d)(:\d\d)?(:\d\d)?(\.\d{1,6})?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_WEEK = re.compile(r"(\d{4})-?W(\d\d)", re.ASCII)
_DECADE = re.compile(r"(\d{3})(?:0s|X|x)", re.ASCII)
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|AU|WI|spring|summer|autumn|fall|winter|Q[1-4]|H[12])", re.IGNORECASE | re.ASCII)
# First month and number of months, meteorological and for the northern hemisphere.
_MONTHS = {
    "SP": (3, 3),
    "SU": (6, 3),
    "FA": (9, 3),
    "AU": (9, 3),
    "WI": (12, 3),
    "Q1": (1, 3),
    "Q2": (4, 3),
    "Q3": (7, 3),
    "Q4": (10, 3),
    "H1": (1, 6),
    "H2": (7, 6),
}
_XSD = {name: node(f"xsd:{name}") for name in ("date", "dateTime", "gYear", "gYearMonth")}


def literal(value: str) -> ox.Literal | None:
    """The xsd:date, dateTime, gYear or gYearMonth that an ISO 8601 value stands for; None where it is none of them."""
    text = value.strip()
    if _YEAR.fullmatch(text):
        return ox.Literal(text, datatype=_XSD["gYear"])
    if _MONTH.fullmatch(text):
        return ox.Literal(text, datatype=_XSD["gYearMonth"])
    if _day(text):
        return ox.Literal(text, datatype=_XSD["date"])
    if moment := _moment(text):
        return ox.Literal(moment, datatype=_XSD["dateTime"])
    return None


def normal(value: str) -> str | None:
    """The value as the graph holds it: a stamp, or "FIRST/LAST" with ".." for an open end; None where it is not understood."""
    if exact := literal(value):
        return exact.value
    first, last = (bound and literal(bound) for bound in bounds(value))
    return f"{first.value if first else '..'}/{last.value if last else '..'}" if first or last else None


def triples(subject: ox.NamedNode, time: Time) -> Iterator[ox.Triple]:
    """The time as said, and as resolved: one stamp, or the bounds of a week, season, decade or interval."""
    yield ox.Triple(subject, TEXT, english(time.text))
    if time.value is None:
        return
    if exact := literal(time.value):
        yield ox.Triple(subject, STAMP, exact)
        return
    for predicate, bound in zip((EARLIEST, LATEST), bounds(time.value), strict=True):
        if bound is not None and (stamp := literal(bound)):
            yield ox.Triple(subject, predicate, stamp)


def bounds(value: str) -> tuple[str | None, str | None]:
    """First and last day (or the ends as given) of a value that is no single stamp; None for an end that is open or not understood."""
    text = value.strip()
    if "/" in text:
        first, _, last = text.partition("/")
        return _end(first, 0), _end(last, 1)
    if (found := _WEEK.fullmatch(text)) and (monday := _monday(int(found[1]), int(found[2]))):
        return monday.isoformat(), (monday + timedelta(days=6)).isoformat()
    if (found := _DECADE.fullmatch(text)) and found[1] != "000":
        return f"{found[1]}0", f"{found[1]}9"
    if found := _SEASON.fullmatch(text):
        return _season(int(found[1]), found[2].upper()[:2])
    return None, None


def days(value: str) -> tuple[str | None, str | None]:
    """The first and the last day of what a value covers, "2024-02" from the 1st to the 29th; None for an end that is open."""
    if (exact := literal(value)) is None:
        first, last = bounds(value)
        return first and days(first)[0], last and days(last)[1]
    day = exact.value
    if len(day) == 4:
        return f"{day}-01-01", f"{day}-12-31"
    if len(day) == 7:
        return f"{day}-01", f"{day}-{monthrange(int(day[:4]), int(day[5:]))[1]:02}"
    return day[:10], day[:10]


def _end(text: str, which: int) -> str | None:
    return text.strip() if literal(text) else (bounds(text)[which] if text and "/" not in text else None)


def _season(year: int, name: str) -> tuple[str | None, str | None]:
    first, length = _MONTHS[name]
    last = first + length - 1
    end_year, end_month = (year, last) if last <= 12 else (year + 1, last - 12)
    if not 0 < year < 9999:
        return None, None
    return f"{year:04}-{first:02}-01", f"{end_year:04}-{end_month:02}-{monthrange(end_year, end_month)[1]:02}"


def _monday(year: int, week: int) -> date | None:
    try:
        monday = date.fromisocalendar(year, week, 1)
        return monday if monday.year < 9999 else None
    except ValueError:
        return None


def _day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _moment(text: str) -> str | None:
    """Canonical xsd:dateTime: with seconds, no trailing zeros behind them."""
    if not (found := _MOMENT.fullmatch(text)):
        return None
    day, hour, minute, second, fraction, zone = found.groups()
    fraction = (fraction or "").rstrip("0").rstrip(".")
    zone = "" if zone is None else "Z" if zone == "Z" else f"{zone[:3]}:{zone[-2:]}"
    moment = f"{day}T{hour}{minute or ':00'}{second or ':00'}"
    try:
        datetime.fromisoformat(moment + zone)
    except ValueError:
        return None
    # XML Schema ends time zones at 14 hours; an offset of nothing is written Z.
    if zone not in ("", "Z") and int(zone[1:3]) * 60 + int(zone[4:]) > 14 * 60:
        return None
    return moment + fraction + ("Z" if zone in ("+00:00", "-00:00") else zone)
