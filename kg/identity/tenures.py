"""Offices that somebody of a knowledge base holds or held, with the dates, and people named by their office alone: "the French president"."""

import re
from dataclasses import dataclass
from datetime import date

from kg.extract import gazetteer
from kg.identity.names import bare, country_parts, fold, simplify

_DATE = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_TENURE = re.compile(rf"(?P<office>.*?\S)(?:\s+from\s+(?P<start>{_DATE}))?(?:\s+(?:to|until)\s+(?P<end>{_DATE}))?", re.IGNORECASE)
_DATED = re.compile(r"(?:^|\s)(?:from|to|until)\s.*\d", re.IGNORECASE)
_JOINING = frozenset(("of", "the"))

# What an office is whatever the order of its words, and the ISO codes of the countries it names.
Post = tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True, slots=True, order=True)
class Tenure:
    """An office as told ("president of Ruritania"); `start` and `end` are ISO dates, months or years, or "" where they are not known."""

    office: str
    start: str = ""
    end: str = ""

    def covers(self, day: str) -> bool:
        """True when the office was surely held on a day: it began before, and if it has an end, that came later."""
        return len(day) == len("2013-01-05") and bool(self.start) and _last(self.start) <= day and (not self.end or day <= self.end)


def post(text: str) -> Post:
    """The office that words name: "the French president" and "president of France" are one."""
    parts = country_parts(bare(text))
    plain = (word for found, country in parts if not country for word in fold(found).split())
    return frozenset(word for word in plain if word not in _JOINING), frozenset(code(country) for _, country in parts if country)


def code(country: str) -> str:
    """The ISO code of a country given by name or code."""
    found = gazetteer.country(country)
    return (found.code or found.name) if found else country


def tenure(text: str) -> Tenure:
    """An office as a line of text tells it: "president of Ruritania from 2013-01-05 to 2017". Raises ValueError."""
    if found := _TENURE.fullmatch(" ".join(text.split())):
        told = Tenure(found["office"], checked(found["start"] or ""), checked(found["end"] or ""))
        if not _DATED.search(told.office):
            return ordered(told)
    raise ValueError(f"role {text!r}; write it like: president of Ruritania from 2013-01-05 to 2017-03-01")


def ordered(told: Tenure) -> Tenure:
    """The tenure, if it doesn't end before it begins. Raises ValueError."""
    if told.start and told.end and told.end < told.start[: len(told.end)]:
        raise ValueError(f"{simplify(told.office)!r} ends on {told.end}, before its start on {told.start}")
    return told


def checked(text: str) -> str:
    """An ISO date, month or year as it stands. Raises ValueError when it is none."""
    if text:
        try:
            date.fromisoformat(text + "-01-01"[len(text) - len("2013") :] if len(text) in (4, 7) else text)
            if not re.fullmatch(_DATE, text):
                raise ValueError
        except ValueError:
            raise ValueError(f"{text!r} is not a date; write it like 2013-01-05, 2013-01 or 2013") from None
    return text


def _last(day: str) -> str:
    """The last day that a date may mean, as text that sorts behind those before it."""
    return day + "-12-31"[len(day) - len("2013") :] if len(day) in (4, 7) else day
