"""Resolves dates as said ("early Friday morning", "last month", "Jan. 3") against the day of publication.

Nothing is made more precise than the words are: "2019" stays a year, "last week" a week. News looks back, so "Friday" is the
last one up to the day of publication, and a date without a year the nearest. What is no time ("two years", "34 years old")
or hangs on another event ("the next day") has no value. Seasons carry the year only, since they differ by hemisphere.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, lru_cache

from kg.model import Granularity, Time
from kg.resources import words

Resolved = tuple[str, Granularity]

_DOT = re.compile(r"(?<=[a-z])\.")
_QUALIFIER = re.compile(
    r"^(?:(?:on|in|at|during|of|about|around|roughly|approximately|nearly|early|late|mid|middle of|end of|beginning of|start of|earlier|later|the|"
    r"sometime|just|only|as early as|as late as|as recently as|back in|once|again|exactly|shortly|circa)[\s-]+)+"
)
_DAY_PART = (
    r"(?:(?:very )?(?:early|late|mid)[\s-]+)?(?:pre-?dawn |dawn )?"
    r"(?:mornings?|afternoon|evening|night|nighttime|daytime|dawn|dusk|hours|sunrise|sunset|noon|midday|midnight)"
)
_PART_BEFORE = re.compile(rf"^(?:the )?{_DAY_PART}(?: hours)?(?: of| on)? (?=\S)")
_PART_BEHIND = re.compile(rf"(?:,)? (?:in the |at )?{_DAY_PART}(?: hours)?$")
_CLOCK = re.compile(
    r"\b(?:(?P<h>[01]?\d|2[0-3])[:.](?P<m>[0-5]\d)(?::[0-5]\d)?\s*(?P<half>[ap]m)?|(?P<h2>1[0-2]|[1-9])\s*(?P<half2>[ap]m)|"
    r"(?<![\d,] )(?<![a-z] )(?P<h4>[01]\d|2[0-3])(?P<m4>[0-5]\d)(?= [a-z]))\b"
)
_NO_TIME = re.compile(
    r"\b(?:before|after|until|till|by|since|every|each|daily|weekly|monthly|annual|annually|yearly|old|aged|following|same|that|previous)\b"
)

# Years 1 to 9999, all that dates can tell.
_CALENDAR = re.compile(r"(?!0000)\d{4}(?!\d)[-:TW\d]*(?:/\d{4}(?!\d)[-\d]*)?$", re.ASCII)


def with_zone(text: str, behind: str) -> str:
    """The words of a time with those of its zone, where its text goes on with one: finders of names take the "1800" of "1800 UTC" alone."""
    found = re.match(_zones(), behind) if re.search(r"(?<!\d)\d{4}$", text) else None
    return text + found[0] if found else text


def tells_clock(text: str) -> bool:
    """True where the words tell the time of the day, with or without the day."""
    return _CLOCK.search(_plain(text)) is not None


@lru_cache(1 << 14)
def resolve(text: str, published: str | None) -> Time:
    """The time that the words of a DATE or TIME span stand for in a text of that ISO date; `value` is None when they don't tell."""
    today = _day(published)
    try:
        found = _resolve(_with_year(_plain(text), today), today)
    except OverflowError:
        found = None
    return Time(text, *found) if found and _CALENDAR.match(found[0]) else Time(text)


def _plain(text: str) -> str:
    # Four figures before a zone are no year.
    plain = re.sub(rf"\b([01]\d|2[0-3])([0-5]\d)(?={_zones()})", r"\1:\2", text)
    plain = plain.lower().replace("’", "'").replace("–", "-").replace("—", "-")
    plain = plain.replace("a.m.", "am").replace("p.m.", "pm").replace("a.m", "am").replace("p.m", "pm")
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", _DOT.sub("", plain))
    return " ".join(re.sub(r"'s?$", "", plain).split()).strip(" ,()-")


def _with_year(text: str, today: date | None) -> str:
    """ "June of this year" with the year in figures."""
    found = re.search(r" (?:of )?(this|last|next) year$", text)
    if found is None or today is None or not re.search(rf"\b(?:{_months_pattern()})\b", text):
        return text
    return f"{text[: found.start()]} {today.year + {'this': 0, 'last': -1, 'next': 1}[found[1]]}"


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _resolve(text: str, today: date | None) -> Resolved | None:
    if found := _span(text, today) or _clock(text, today) or _relative_day(text, today):
        return found
    text = _stripped(text)
    if not text or _NO_TIME.search(text):
        return None
    for rule in _RULES:
        if found := rule(text, today):
            return found
    return None


def _stripped(text: str) -> str:
    """Without prepositions, vague qualifiers, parts of the day and time zones."""
    text = _without_zone(text)
    before = None
    while text != before:
        before = text
        text = _PART_BEHIND.sub("", _PART_BEFORE.sub("", _QUALIFIER.sub("", text))).strip(" ,")
    return text


def _clock(text: str, today: date | None) -> Resolved | None:
    """A day with the time of day; the time of day alone is not enough."""
    found = _CLOCK.search(text)
    if found is None:
        return None
    rest = text[: found.start()] + " " + text[found.end() :]
    rest = re.sub(r"\b(?:at|on|about|around)\s*$", "", re.sub(r"\s+", " ", _without_zone(rest)).strip(" ,-()")).strip(" ,-()")
    day = _resolve(rest, today) if rest else None
    if day is None or day[1] != "day":
        return None
    hour = int(found["h"] or found["h2"] or found["h4"])
    half = found["half"] or found["half2"]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    minute = found["m"] or found["m4"]
    return (f"{day[0]}T{hour:02}:{minute}", "minute") if minute else (f"{day[0]}T{hour:02}", "hour")


def _span(text: str, today: date | None) -> Resolved | None:
    """From one time to another: "2003 to 2011", "between Monday and Wednesday", "January 8-10, 2020"."""
    found = re.fullmatch(r"(?:from |between )?(?:the )?(.+?)(?: to | and | until | through | till | ?- ?)(?:the )?(.+)", text)
    if found is None:
        return None
    left, right = found[1], found[2]
    if re.fullmatch(r"\d\d", right) and re.fullmatch(r"[12]\d{3}", left):
        right = left[:2] + right
    if re.fullmatch(r"\d\d?", left) and (month := re.search(rf"\b(?:{_months_pattern()})\b.*", right)):
        left += " " + month[0]
    elif (month := re.match(rf"({_months_pattern()}) \d\d?$", left)) and re.match(r"\d\d?(?:,|$)", right):
        right = f"{month[1]} {right}"
    if (year := re.search(r"\b[12]\d{3}$", right)) and not re.search(r"\b[12]\d{3}\b", left) and left != right:
        left += f", {year[0]}"
    ends = [_one(left, today), _one(right, today)]
    if ends[0] is None or ends[1] is None or ends[0][1] not in _ENDS or ends[1][1] not in _ENDS or ends[0][0][:10] >= ends[1][0][:10]:
        return None
    return f"{ends[0][0]}/{ends[1][0]}", "interval"


_ENDS = frozenset({"day", "month", "year"})


def _one(text: str, today: date | None) -> Resolved | None:
    text = _stripped(text)
    if _NO_TIME.search(text):
        return None
    return next((found for rule in _RULES if (found := rule(text, today))), None)


def _iso(text: str, today: date | None) -> Resolved | None:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return _valid(int(text[:4]), int(text[5:7]), int(text[8:]))
    if found := re.fullmatch(r"(\d\d?)[/.](\d\d?)[/.]([12]\d{3})", text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        # Which is the month shows only when the other is above twelve.
        if first > 12 or first == second:
            return _valid(year, second, first)
        return _valid(year, first, second) if second > 12 else None
    if text == "9/11":
        return "2001-09-11", "day"
    return None


def _calendar_day(text: str, today: date | None) -> Resolved | None:
    """ "January 3, 2020", "3 Jan 2020", "Friday, Jan. 3", "the 3rd of January", "Christmas Day"."""
    text = re.sub(rf"^(?:(?:last|next|this|preceding|this coming|this past) )?(?:{_weekdays_pattern()})(?: the)?,? (?=\w)", "", text)
    months = _months_pattern()
    year = r"(?:,? (?:of )?(?P<y>[12]\d{3}|'?\d\d))?"
    found = re.fullmatch(rf"(?P<mon>{months}) (?P<d>\d\d?){year}", text) or re.fullmatch(rf"(?P<d>\d\d?)(?: of)? (?P<mon>{months}){year}", text)
    if found:
        return _month_day(_number("month", found["mon"]), int(found["d"]), found["y"], today)
    found = re.fullmatch(r"(?P<name>[a-z' ]+?)(?:,? (?:of |in )?(?P<y>[12]\d{3}))?", text)
    if found and (feast := _numbers("holiday").get(found["name"].strip())):
        month, day = feast.split("-")
        return _month_day(int(month), int(day), found["y"], today)
    return None


def _month_day(month: int, day: int, year: str | None, today: date | None) -> Resolved | None:
    if year:
        number = int(year.lstrip("'"))
        return _valid(number if number > 99 else _century(number, today), month, day)
    if today is None:
        return None
    near = [d for y in (today.year - 1, today.year, today.year + 1) if (d := _date(y, month, day))]
    return (min(near, key=lambda d: abs(d - today)).isoformat(), "day") if near else None


def _century(year: int, today: date | None) -> int:
    """The full year of "'87": the last such one before publication."""
    limit = today.year + 1 if today else 2029
    return year + (limit - year) // 100 * 100


def _month(text: str, today: date | None) -> Resolved | None:
    """ "January 2020", "last March", "March"."""
    spelled = r"(?:,? (?:of )?(?P<y>[12]\d{3}|(?<=[a-z] )(?:3[2-9]|[4-9]\d)))?"
    found = re.fullmatch(rf"(?:(?P<rel>last|next|this|this past|this coming) )?(?P<mon>{_months_pattern()}){spelled}", text)
    if found is None:
        return None
    month = _number("month", found["mon"])
    if found["y"]:
        year = int(found["y"])
        return f"{year if year > 99 else _century(year, today)}-{month:02}", "month"
    if today is None:
        return None
    now = today.year * 12 + today.month - 1
    options = [y * 12 + month - 1 for y in (today.year - 1, today.year, today.year + 1)]
    if found["rel"] in ("last", "this past"):
        chosen = max(o for o in options if o < now)
    elif found["rel"] in ("next", "this coming"):
        chosen = min(o for o in options if o > now)
    else:
        chosen = min(options, key=lambda o: (abs(o - now), o))
    return f"{chosen // 12}-{chosen % 12 + 1:02}", "month"


def _year(text: str, today: date | None) -> Resolved | None:
    """ "2019", "1990s", "the nineties", "19th century", "summer of 2019", "the first half of 2019", "third quarter"."""
    if found := re.fullmatch(r"(?:years? )?((?:1[5-9]|20)\d\d)", text):
        return found[1], "year"
    if found := re.fullmatch(r"((?:1[0-9]|20)\d)0s", text):
        return f"{found[1]}0/{found[1]}9", "decade"
    if found := re.fullmatch(r"'([2-9])0s", text):
        return f"19{found[1]}0/19{found[1]}9", "decade"
    if decade := _numbers("decade").get(text):
        return f"19{decade}/19{int(decade) + 9}", "decade"
    if found := re.fullmatch(r"(\d\d?) century", text):
        century = int(found[1])
        return f"{century * 100 - 99:04}/{century * 100:04}", "interval"
    if found := re.fullmatch(rf"(?:the )?(?:{'|'.join(sorted(words('times')['season']))})(?: of|,)? ((?:1[0-9]|20)\d\d)", text):
        return found[1], "season"
    return _part_of_year(text, today)


def _part_of_year(text: str, today: date | None) -> Resolved | None:
    found = re.fullmatch(r"(first|second|third|fourth|last) (quarter|half)(?: of)?(?: the year| this year|,? ((?:1[0-9]|20)\d\d))?", text)
    if found is None or not (found[3] or today):
        return None
    year = int(found[3]) if found[3] else today.year if today else 0
    length = 3 if found[2] == "quarter" else 6
    part = min(_number("ordinal", found[1]), 12 // length)
    return f"{year}-{(part - 1) * length + 1:02}/{year}-{part * length:02}", "interval"


def _weekday(text: str, today: date | None) -> Resolved | None:
    relation = "(?:(?P<rel>last|this past|past|next|this coming|coming|this) )?"
    found = re.fullmatch(rf"{relation}(?P<day>{_weekdays_pattern()})(?: (?P<late>(?:this|last|next) week))?", text)
    if found is None or today is None:
        return None
    back = (today.weekday() - _number("weekday", found["day"])) % 7
    monday = today - timedelta(today.weekday())
    if found["late"]:
        shift = {"last": -7, "this": 0, "next": 7}[found["late"].split()[0]]
        day = monday + timedelta(shift + _number("weekday", found["day"]))
    elif found["rel"] in ("next", "this coming", "coming"):
        day = today + timedelta(7 - back)
    elif found["rel"] == "this":
        day = monday + timedelta(_number("weekday", found["day"]))
    else:
        # "last Friday" said on a Friday is a week ago; "Friday" is that day.
        day = today - timedelta(7 if found["rel"] and not back else back)
    return day.isoformat(), "day"


def _relative_day(text: str, today: date | None) -> Resolved | None:
    shift = {
        "today": 0,
        "tonight": 0,
        "this": 0,
        "yesterday": -1,
        "last night": -1,
        "tomorrow": 1,
        "day before yesterday": -2,
        "day after tomorrow": 2,
    }.get(text)
    if text in ("this morning", "this afternoon", "this evening"):
        shift = 0
    return None if shift is None or today is None else ((today + timedelta(shift)).isoformat(), "day")


def _relative_unit(text: str, today: date | None) -> Resolved | None:
    """ "last week", "this month", "next year", "last summer", "the weekend"."""
    found = re.fullmatch(
        r"(last|past|this past|this|current|next|coming) (week|weekend|month|year|decade|century|quarter|spring|summer|autumn|fall|winter)", text
    )
    if text == "weekend":
        found = re.fullmatch(r"(last|this) (weekend)", "last weekend")
    if found is None or today is None:
        return None
    shift = {"last": -1, "past": -1, "this past": -1, "next": 1, "coming": 1}.get(found[1], 0)
    return _unit(found[2], shift, today)


def _unit(unit: str, shift: int, today: date) -> Resolved | None:
    if unit == "week":
        year, week, _ = (today + timedelta(7 * shift)).isocalendar()
        return f"{year}-W{week:02}", "week"
    if unit == "weekend":
        saturday = today - timedelta(today.weekday()) + timedelta(5 + 7 * shift)
        return f"{saturday.isoformat()}/{(saturday + timedelta(1)).isoformat()}", "interval"
    if unit == "month":
        months = today.year * 12 + today.month - 1 + shift
        return f"{months // 12}-{months % 12 + 1:02}", "month"
    if unit == "year":
        return str(today.year + shift), "year"
    if unit == "decade":
        start = today.year // 10 * 10 + 10 * shift
        return f"{start}/{start + 9}", "decade"
    return _season(unit, shift, today) if unit in words("times")["season"] else None


def _season(season: str, shift: int, today: date) -> Resolved | None:
    """The year of "last summer" when both hemispheres agree on it."""
    if season == "winter" or not shift:
        return (str(today.year), "season") if not shift and season != "winter" else None
    return (
        (str(today.year - 1), "season") if shift < 0 and today.month < 6 else (str(today.year), "season") if shift < 0 and today.month > 10 else None
    )


def _ago(text: str, today: date | None) -> Resolved | None:
    found = re.fullmatch(r"(\d+|[a-z]+)[ -](day|week|month|year)s?[ -]ago", text)
    if found is None or today is None:
        return None
    number = int(found[1]) if found[1].isdigit() else int(_numbers("number").get(found[1], 0))
    if not 0 < number < 1000:
        return None
    if found[2] == "day":
        return (today - timedelta(number)).isoformat(), "day"
    return _unit(found[2], -number, today)


_RULES: tuple[Callable[[str, date | None], Resolved | None], ...] = (
    _iso,
    _calendar_day,
    _month,
    _year,
    _weekday,
    _relative_day,
    _relative_unit,
    _ago,
)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _valid(year: int, month: int, day: int) -> Resolved | None:
    found = _date(year, month, day)
    return (found.isoformat(), "day") if found else None


@cache
def _numbers(section: str) -> dict[str, str]:
    return dict(entry.split("=", 1) for entry in words("times")[section])


def _number(section: str, word: str) -> int:
    return int(_numbers(section)[word])


@cache
def _zones() -> str:
    """A pattern of what follows four figures that are a time: " UTC", " hours", " local time", " Moscow time"."""
    told = sorted(re.escape(each) for section in ("zone", "clock") for each in words("times")[section])
    return rf"\s*(?:{'|'.join(told)}|(?:[A-Z]\w*\s){{1,3}}[Tt]ime)\b"


@cache
def _zone_pattern() -> re.Pattern[str]:
    told = sorted(
        {each.lower() for section in ("zone", "zone behind a day") for each in words("times")[section]}, key=lambda zone: (-len(zone), zone)
    )
    return re.compile(rf"\s*\(?\b(?:{'|'.join(told)})\b\)?")


def _without_zone(text: str) -> str:
    return _zone_pattern().sub("", text)


@cache
def _months_pattern() -> str:
    return "|".join(sorted(_numbers("month"), key=lambda m: (-len(m), m)))


@cache
def _weekdays_pattern() -> str:
    return "|".join(sorted(_numbers("weekday"), key=lambda d: (-len(d), d)))
