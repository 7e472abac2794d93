"""Happenings along time: a lane for each class of event, a dot a happening, the larger the more documents tell of it."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from kg.drawing.boxes import Room, around
from kg.drawing.sheet import INK, QUIET, Sheet
from kg.drawing.text import measure, short
from kg.errors import QueryError
from kg.graph import temporal
from kg.identity.incidents import Incident
from kg.network.style import rules
from kg.network.ties import Only

TOP = 120
TITLE = "What happened when: happenings that documents present as real, by class of event"
_WIDTH, _STEP, _PAD = 860.0, 15.0, 9.0
_LETTERS, _LANE = 6.5, 8.5
_SMALLEST, _LARGEST = 2.6, 7.0
_BEFORE = timedelta(days=366)
_GRID, _BAND = "#dfe2e6", "#f6f7f8"
_LANES = 14
# English in every locale.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOST_TICKS, _MANY_DAYS = 14, 80_000


Across = Callable[[date], float]
Spot = tuple["Happening", float, float, str]


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with its first and last day; `exact` is False where it is dated by the first report."""

    id: str
    kind: str
    label: str
    start: date
    end: date
    reports: int
    exact: bool


def draw(
    incidents: Iterable[Incident],
    called: Mapping[str, str],
    *,
    top: int = TOP,
    since: str | None = None,
    until: str | None = None,
    taking_part: Iterable[str] = (),
) -> Sheet:
    """The timeline; of more than `top` happenings the most reported. Raises QueryError where none has a date within the days.

    Without `since` it begins a year before the first article, since background told in passing may lie far back.
    """
    wanted = set(taking_part)
    found = [each for incident in incidents if not wanted or wanted & _taking_part(incident) if (each := _happening(incident, called))]
    within, early = _within(found, _first_article(found) if since is None else None, Only.of(None, 0.0, since, until))
    if not within:
        raise QueryError("no dated event to draw; choose other dates or entities, or build from articles with a date of publication (--published)")
    lanes = [kind for kind, _ in sorted(Counter(each.kind for each in within).items(), key=lambda item: (-item[1], item[0]))][:_LANES]
    in_lanes = [each for each in within if each.kind in lanes]
    shown = sorted(in_lanes, key=lambda each: (-each.reports, not each.exact, each.end - each.start, each.start, each.id))[:top]
    notes = [f"{len(shown)} of {len(within)} happenings are shown, the most reported." if len(shown) < len(within) else ""]
    notes.append(f"Not shown: {early} more than a year before the first article; --from shows them." if early else "")
    notes.append("Filled: the text tells the time. Hollow: dated by the first report. Size: number of documents.")
    return _sheet(
        sorted(shown, key=lambda each: (each.start, each.end, each.id)), [lane for lane in lanes if any(e.kind == lane for e in shown)], notes
    )


def _taking_part(incident: Incident) -> set[str]:
    return {each for report in incident.reports for filled in report.roles.values() for each in filled}


def _first_article(found: Iterable[Happening]) -> date | None:
    """The first day that a date of publication gives."""
    return min((each.start for each in found if not each.exact), default=None)


def _happening(incident: Incident, called: Mapping[str, str]) -> Happening | None:
    spans = [_days(report.time) for report in incident.reports if report.time]
    told = min((span for span in spans if span), default=None)
    published = min((span for report in incident.reports if report.published and (span := _days(report.published))), default=None)
    if (span := told or published) is None:
        return None
    sides = [", ".join(_names(incident, role, called)) for role in ("agent", "target")]
    label = " → ".join(filter(None, sides)) or ", ".join(_names(incident, "place", called)) or incident.reports[0].sentence
    return Happening(incident.id, incident.type, short(label, 46), *span, len(incident.documents), told is not None)


def _names(incident: Incident, role: str, called: Mapping[str, str]) -> list[str]:
    filled = Counter(each for report in incident.reports for each in report.roles.get(role, ()))
    named = {each for report in incident.reports for each in report.specific}
    best = sorted(filled, key=lambda each: (each not in named, -filled[each], each))
    return [called.get(each, each) for each in best if each in named or not named & set(filled)][:2]


def _days(text: str) -> tuple[date, date] | None:
    """First and last day; what is told without a year, or too vaguely, has none."""
    first, last = temporal.days(text)
    try:
        start = date.fromisoformat((first or last or "")[:10])
        return start, max(start, date.fromisoformat((last or first or "")[:10]))
    except ValueError:
        return None


def _within(found: Sequence[Happening], first_article: date | None, only: Only) -> tuple[list[Happening], int]:
    kept = [
        each
        for each in found
        if (only.since is None or each.end.isoformat() >= only.since) and (only.until is None or each.start.isoformat() <= only.until)
    ]
    if first_article is None:
        return kept, 0
    late = [each for each in kept if each.end >= first_article - _BEFORE] or kept
    return late, len(kept) - len(late)


def _sheet(shown: Sequence[Happening], lanes: Sequence[str], notes: Sequence[str]) -> Sheet:
    first, last = min(each.start for each in shown), max(each.end for each in shown)
    left = max(measure(lane, _LANE, bold=True)[0] for lane in lanes) + 14
    days = max((last - first).days, 1)
    scale = (_WIDTH - left - 2 * _PAD) / days

    def across(day: date) -> float:
        return left + _PAD + (day - first).days * scale

    rows = {lane: _stacked([each for each in shown if each.kind == lane], across) for lane in lanes}
    heights = {lane: (max(at for _, at in placed) + 1) * _STEP + 2 * _PAD for lane, placed in rows.items()}
    height = sum(heights.values()) + 16
    sheet = Sheet(_WIDTH, height, title=TITLE, notes=notes)
    _ticks(sheet, first, last, across, height - 16)
    room, top = Room((left, 0, _WIDTH + 10, height)), height - 16
    spots: list[Spot] = []
    for number, lane in enumerate(lanes):
        if number % 2 == 0:
            sheet.axes.add_patch(Rectangle((0, top - heights[lane]), _WIDTH, heights[lane], facecolor=_BAND, edgecolor="none", zorder=0))
        sheet.write(4, top - heights[lane] / 2, lane, size=_LANE, bold=True, across="left")
        colours = rules()["community"]["colours"]
        spots += [(each, across(each.start), top - _PAD - (at + 0.5) * _STEP, colours[number % len(colours)]) for each, at in rows[lane]]
        top -= heights[lane]
    _dots(sheet, spots, across)
    _labels(sheet, spots, room, across)
    return sheet


def _radius(each: Happening) -> float:
    return min(_SMALLEST + 1.5 * math.log2(each.reports), _LARGEST)


def _stacked(found: Sequence[Happening], across: Across) -> list[tuple[Happening, int]]:
    """Each with the row of its lane in which it doesn't touch the one before."""
    ends: list[float] = []
    placed = []
    for each in found:
        begin = across(each.start) - _radius(each)
        row = next((number for number, end in enumerate(ends) if end <= begin), len(ends))
        label = measure(each.label, _LETTERS)[0] + 6
        end = across(each.end) + _radius(each) + label
        ends[row : row + 1] = [end]
        placed.append((each, row))
    return placed


def _dots(sheet: Sheet, spots: Sequence[Spot], across: Across) -> None:
    bars = [(each, x, y, colour) for each, x, y, colour in spots if each.end > each.start]
    sheet.axes.add_collection(
        LineCollection(
            [[(x, y), (across(each.end), y)] for each, x, y, _ in bars],
            colors=[colour for *_, colour in bars],
            linewidths=2.2,
            alpha=0.55,
            zorder=2,
        ),
        autolim=False,
    )
    for each, x, y, colour in spots:
        fill = colour if each.exact else "#ffffff"
        sheet.axes.scatter([x], [y], s=(2 * _radius(each)) ** 2, color=fill, edgecolors=colour if not each.exact else INK, linewidths=0.9, zorder=3)


def _labels(sheet: Sheet, spots: Sequence[Spot], room: Room, across: Across) -> None:
    for each, x, y, _ in spots:
        room.take(around(x, y, 2 * _radius(each), 2 * _radius(each)))
    for each, x, y, _ in sorted(spots, key=lambda spot: (-spot[0].reports, spot[0].id)):
        wide, high = measure(each.label, _LETTERS)
        aside = _radius(each) + 3 + wide / 2
        right = max(x, across(each.end)) + aside if each.end > each.start else x + aside
        if box := room.first([around(right, y, wide, high), around(x - aside, y, wide, high)]):
            sheet.write(box[0], y, each.label, size=_LETTERS, colour=INK, across="left")


def _ticks(sheet: Sheet, first: date, last: date, across: Across, top: float) -> None:
    for day, label in _calendar(first, last):
        x = across(day)
        sheet.axes.plot([x, x], [0, top], color=_GRID, linewidth=0.7, zorder=1)
        sheet.write(x, top + 8, label, size=7.0, colour=QUIET)


def _calendar(first: date, last: date) -> Iterator[tuple[date, str]]:
    """Days that begin a year, a quarter, a month, a week, or all days: as fine as there is room for."""
    days = (last - first).days
    every = (
        [first + timedelta(number) for number in range(days + 1)] if days < _MANY_DAYS else [date(y, 1, 1) for y in range(first.year, last.year + 1)]
    )
    steps = (
        (every, "{day} {month} {year}"),
        ([day for day in every if day.weekday() == 0], "{day} {month} {year}"),
        ([day for day in every if day.day == 1], "{month} {year}"),
        ([day for day in every if day.day == 1 and day.month % 3 == 1], "{month} {year}"),
    )
    years = [day for day in every if (day.day, day.month) == (1, 1)]
    rare = (years[:: max(1, math.ceil(len(years) / _MOST_TICKS))], "{year}")
    found, form = next((step for step in steps if 1 < len(step[0]) <= _MOST_TICKS), rare)
    for day in found or [first]:
        yield day, form.format(day=day.day, month=_MONTHS[day.month - 1], year=day.year)
