"""Dates of publication as articles and feeds write them, turned into ISO 8601 or nothing."""

import re
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

# Months and days of the week are English whatever the locale, so they are replaced by signs before: #01 is January, ## a day of the week.
DAY_FORMATS = ("%d-#%m-%Y", "%d #%m %Y", "#%m %d, %Y", "##, #%m %d, %Y", "##, %d #%m %Y", "%Y/%m/%d")
TIME_FORMATS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f")


_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_SIGNS = {name: f"#{number:02}" for number, month in enumerate(_MONTHS, 1) for name in (month, month[:3])}
_SIGNS |= dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), "##")


def iso(value: object) -> str | None:
    """An ISO date ("2020-01-08") or date-time, or None for whatever is no full date; never raises. Numbers are not dates: their unit is unknown."""
    if not isinstance(value, str) or len(value) > 64:
        return None
    text = " ".join(value.split())
    for parse in (_day, _moment, _mail, _written):
        if found := parse(text):
            return found
    return None


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _moment(text: str) -> str | None:
    try:
        return _formatted(datetime.fromisoformat(text))
    except ValueError:
        return None


def _mail(text: str) -> str | None:
    try:
        return _formatted(parsedate_to_datetime(text)) if "," in text else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _written(text: str) -> str | None:
    if "#" in text:
        return None
    text = re.sub(r"[A-Za-z]+", lambda word: _SIGNS.get(word[0].lower(), word[0]), text)
    for day in DAY_FORMATS:
        for time in TIME_FORMATS:
            try:
                moment = datetime.strptime(text, day + time)
            except ValueError:
                continue
            return _formatted(moment) if time else moment.date().isoformat()
    return None


def _formatted(moment: datetime) -> str | None:
    """Offsets that xsd:dateTime can't hold (seconds, more than 14 hours) make the whole value useless."""
    offset = moment.utcoffset() or timedelta()
    if offset % timedelta(minutes=1) or abs(offset) > timedelta(hours=14):
        return None
    return moment.isoformat()
