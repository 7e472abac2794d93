"""The same happening told by several articles: events of one class, with the same people, place or numbers, at about the same time.

What reports disagree on does not keep them apart by itself: an incident tells who gives which death toll, agent, place and time.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from kg.identity.judgements import Groups

# Articles on one happening appear within so many days of each other.
_NEAR = timedelta(days=3)
# Days that two reports may be apart when both tell the day ("late on Friday", "early on Saturday").
_APART = timedelta(days=1)
# Articles of which so many people, bodies and towns, and such a part of all, are the same tell of one story.
_SETTING = 2
_ALIKE = 0.25
_WIDEST_BLOCK = 200
_WORDS = re.compile(r"\w+")
COUNTS = ("deathCount", "injuredCount")


@dataclass(frozen=True, slots=True)
class Report:
    """An event as one article tells it. Ids are those of entities across documents; `specific` are those that can tell which event it is.

    `gist` holds the words for those without names and the trigger, `setting` the people, bodies and towns of the article,
    `part_of` the event of the same article in which it happened. `original` is the article that its own is a copy of, or its own.
    """

    event: str
    document: str
    type: str
    published: str | None
    time: str | None
    roles: Mapping[str, tuple[str, ...]]
    specific: frozenset[str]
    counts: Mapping[str, int]
    sources: tuple[str, ...]
    sentence: str
    original: str
    gist: frozenset[str] = frozenset()
    setting: frozenset[str] = frozenset()
    part_of: str | None = None

    @property
    def participants(self) -> frozenset[str]:
        """Those with names or of whom only one is meant, in any role but the place."""
        return frozenset(i for role in ("agent", "target", "instrument") for i in self.roles.get(role, ())) & self.specific

    @property
    def places(self) -> frozenset[str]:
        """Towns, regions and buildings it happened at or to."""
        return frozenset(self.roles.get("place", ())) & self.specific


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Something that reports give differently: each value with the documents that give it."""

    aspect: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """A happening with its reports; of copies of one text `independent` counts one."""

    id: str
    type: str
    reports: tuple[Report, ...]
    documents: tuple[str, ...]
    independent: int
    disagreements: tuple[Disagreement, ...]


def incidents(reports: Iterable[Report], contains: Callable[[str, str], bool] = lambda outer, inner: False) -> list[Incident]:
    """The incidents of all reports, the most reported first; `contains` tells whether a place lies in another."""
    ordered = sorted(reports, key=lambda r: (r.published or "", r.document, r.event))
    found = Groups()
    for one, other in _pairs(ordered):
        if same_event(one, other):
            found.join(one.event, other.event)
    grouped: dict[str, list[Report]] = defaultdict(list)
    for report in ordered:
        grouped[found.root(report.event)].append(report)
    made = [_incident(group, contains) for group in grouped.values()]
    return sorted(made, key=lambda i: (-i.independent, -len(i.documents), i.id))


def _pairs(reports: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    """Reports of one class that share a participant, a place or somebody their articles speak of."""
    blocks: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in reports:
        for anchor in sorted(report.participants | report.places | report.setting):
            blocks[report.type, anchor].append(report)
    seen = set()
    for _, block in sorted(blocks.items(), key=lambda item: item[0]):
        for one, other in combinations(block[:_WIDEST_BLOCK], 2):
            if (one.event, other.event) not in seen:
                seen.add((one.event, other.event))
                yield one, other


def same_event(one: Report, other: Report) -> bool:
    """True when two reports of one class tell of one happening."""
    if one.type != other.type or not _times_agree(one, other):
        return False
    shared, places = one.participants & other.participants, one.places & other.places
    targets = _named(one, "target"), _named(other, "target")
    if targets[0] and targets[1] and targets[0].isdisjoint(targets[1]):
        return False
    if targets[0] & targets[1]:
        return bool(places) or len(shared) > 1 or _loose(one, other)
    if one.gist & other.gist and _one_story(one, other) and _loose(one, other):
        return True
    if not places:
        return len(shared) > 1 or (bool(shared) and _counts_agree(one, other) is True)
    return _counts_agree(one, other) is True or bool(shared)


def _one_story(one: Report, other: Report) -> bool:
    """True when two articles speak of the same people, bodies and towns for a good part; long ones of politics share a few names always."""
    shared = len(one.setting & other.setting)
    return shared >= _SETTING and shared >= _ALIKE * len(one.setting | other.setting)


def _named(report: Report, role: str) -> frozenset[str]:
    return frozenset(report.roles.get(role, ())) & report.specific


def _loose(one: Report, other: Report) -> bool:
    """True when nothing else is told that could differ: no two places, no two agents, no numbers far apart."""
    agents = _named(one, "agent"), _named(other, "agent")
    apart = any(a and b and a.isdisjoint(b) for a, b in ((one.places, other.places), agents))
    return not apart and _counts_agree(one, other) is not False


def _counts_agree(one: Report, other: Report) -> bool | None:
    """Whether numbers of dead or injured are near; None when they are not both told."""
    told = [(one.counts[name], other.counts[name]) for name in COUNTS if name in one.counts and name in other.counts]
    if not told:
        return None
    return all(min(pair) * 2 >= max(pair) or max(pair) - min(pair) <= 2 for pair in told)


def _times_agree(one: Report, other: Report) -> bool:
    """The times that two reports tell must meet; one that tells none happened shortly before its article appeared."""
    spans = _span(one), _span(other)
    if spans[0] is None or spans[1] is None:
        return one.document == other.document or spans == (None, None)
    return spans[0][0] - _APART <= spans[1][1] and spans[1][0] - _APART <= spans[0][1]


def _span(report: Report) -> tuple[date, date] | None:
    """First and last day on which it can have happened; None when nothing is known."""
    if report.time:
        first, _, last = report.time.partition("/")
        found = [end for part in (first, last or first) if (end := _days(part))]
        if found:
            return found[0][0], found[-1][1]
    published = _day(report.published)
    return (published - _NEAR, published) if published else None


def _days(text: str) -> tuple[date, date] | None:
    """The days of "2024-03-08", "2024-03", "2024", "2024-W09"."""
    if day := _day(text):
        return day, day
    if found := re.fullmatch(r"(\d{4})-W(\d\d)", text):
        try:
            monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            return None
        return monday, monday + timedelta(days=6)
    if found := re.fullmatch(r"(\d{4})(?:-(\d\d))?", text):
        year, month = int(found[1]), int(found[2] or 0)
        if not (0 < year < date.max.year and month <= 12):
            return None
        first = date(year, month or 1, 1)
        return first, date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1) - timedelta(days=1)
    return None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text and len(text) >= 10 and "W" not in text else None
    except ValueError:
        return None


def _incident(group: Sequence[Report], contains: Callable[[str, str], bool]) -> Incident:
    documents = tuple(dict.fromkeys(report.document for report in group))
    return Incident(
        id="i-" + hashlib.sha256(group[0].event.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        type=group[0].type,
        reports=tuple(group),
        documents=documents,
        independent=_independent(group),
        disagreements=tuple(_disagreements(group, contains)),
    )


def _independent(group: Sequence[Report]) -> int:
    """The number of articles that are no copy of one before, as a whole or in what they tell of the incident.

    A sentence that several articles repeat word for word (the background of a running story, a question asked in each interview) is one voice.
    """
    told: dict[str, set[str]] = defaultdict(set)
    for report in group:
        told[report.document].add(wording(report.sentence))
    texts: list[tuple[str, set[str]]] = []
    for document, original in {report.document: report.original for report in group}.items():
        if not any(original == other or told[document] <= before for other, before in texts):
            texts.append((original, told[document]))
    return len(texts)


def wording(sentence: str) -> str:
    """The words of a sentence without capitals and punctuation, by which copies of it are known."""
    return " ".join(_WORDS.findall(sentence.casefold()))


def _disagreements(group: Sequence[Report], contains: Callable[[str, str], bool]) -> Iterator[Disagreement]:
    aspects: dict[str, Callable[[Report], Iterable[str]]] = {
        **{name: lambda r, name=name: [str(r.counts[name])] if name in r.counts else [] for name in COUNTS},  # type: ignore[misc]
        "agent": lambda r: sorted(_named(r, "agent")),
        "place": lambda r: sorted(r.places),
        "time": lambda r: [r.time[:10]] if _day(r.time) and r.time else [],
    }
    for aspect, values_of in aspects.items():
        told: dict[str, list[str]] = defaultdict(list)
        for report in group:
            for value in values_of(report):
                if report.document not in told[value]:
                    told[value].append(report.document)
        apart = [value for value in told if not any(other != value and contains(value, other) for other in told)]
        if len(apart) > 1 and not _one_tells_all(told, apart):
            yield Disagreement(aspect, tuple((value, tuple(told[value])) for value in sorted(apart, key=lambda v: (int(v) if v.isdigit() else 0, v))))


def _one_tells_all(told: Mapping[str, Sequence[str]], values: Sequence[str]) -> bool:
    """True when every article that tells one of the values tells all: two agents together are no disagreement."""
    return len({frozenset(told[value]) for value in values}) == 1
