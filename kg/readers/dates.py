"""Dates of publication as articles and feeds write them, turned into ISO 8601 or nothing."""

from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

DAY_FORMATS = ("%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%B %d, %Y", "%b %d, %Y", "%A, %B %d, %Y", "%A, %d %B %Y", "%Y/%m/%d")
TIME_FORMATS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f")


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
