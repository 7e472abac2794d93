"""Events for political science: a CSV row for each happening that documents present as real, in the codes of PLOVER and CAMEO."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import IO, Any

from kg.exporters import _csv, _plover
from kg.exporters._actors import RELATIONS, UNKNOWN, Actor, Actors, first
from kg.exporters._dates import dates
from kg.graph import copies, incidents, records
from kg.graph.store import Store
from kg.identity.incidents import Incident, Report
from kg.model import Claim
from kg.network.entities import entities
from kg.network.flat import Value
from kg.network.ties import Only

NAME = "events"
SUFFIXES = (".events.csv", ".csv")
MEDIA_TYPE = "text/csv"
DATED = True

# What each column holds; `kg export --columns` prints it.
COLUMNS = {
    "id": "id of the happening; the same reports give the same id",
    "date": "first day on which it happened; where no report tells a time, the day of the first report; empty for a total",
    "enddate": "last day; later than date where only a week, month or year is told",
    "date_from": "event: a report tells the time; publication: the date is that of the first report; total: no date, for the dead or injured "
    "are counted over a longer time (in the war, as of today)",
    "event": "type in PLOVER: ASSAULT, CONSULT …; empty where PLOVER has none",
    "mode": "mode in PLOVER, from the class of the event (arrest) or from the weapons (heavy-weapons); empty where nothing tells it",
    "quad": "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
    "cameo": "code in CAMEO, the first of those of ontology/alignments.ttl",
    "class": "class of the event in the ontology of kg",
    "source": "names of those who did it, in the order of the next three columns; empty where no report tells it",
    "source_code": "their codes: country and sector as one word (USAMIL), the sector alone for bodies of many countries (IGO, NGO) and for "
    "states that few recognise (GOV), ? where neither is known",
    "source_country": "their countries, ISO 3166 alpha-3; ? where it is not known",
    "source_sector": "their sectors in PLOVER: GOV MIL COP REB UAF PRM SPY JUD LEG PTY OPP JRN BUS EDU MED LAB AGR REL REF CRM CVL; ?",
    "target": "names of those to whom it was done; those who met or fought each other stand in source and target as the text has it",
    "target_code": "their codes",
    "target_country": "their countries",
    "target_sector": "their sectors",
    "place": "where it happened, by name: the place most reports tell, else a target that is a place",
    "place_country": "the country of the place, ISO 3166 alpha-3",
    "lat": "latitude of the place in degrees (GeoNames)",
    "lon": "longitude of the place in degrees (GeoNames)",
    "dead": "number of dead that most reports give, the lowest of those that equally many give",
    "dead_low": "lowest number of dead in any report",
    "dead_high": "highest number of dead in any report",
    "injured": "number of injured that most reports give",
    "injured_low": "lowest number of injured in any report",
    "injured_high": "highest number of injured in any report",
    "instruments": "weapons and vehicles used, those too that the text has act (a drone killed two)",
    "reports": "number of documents that tell of it",
    "independent": "the same, copies of one text counted once",
    "sources": "who says so, by name, as the documents attribute it",
    "documents": "ids of the documents",
    "part_of": "id of the row in which this happened, as a killing in an attack, where its dead are counted; empty where it stands alone",
    "sentence": "the sentence of the first report that tells it",
}
# What is done to a country is not done there, but for these.
_PLACES = frozenset(("Region", "City", "Facility", "Place"))
_ENTERING = frozenset(("Visit", "Invasion"))
_NUMBERS = ("dead", "injured")


def write(store: Store, file: IO[bytes], *, since: str | None = None, until: str | None = None) -> list[str]:
    """Writes the events by date, and returns what was left out: those of which nobody tells who did it or to whom.

    Several actors, places or sources of one event stand in one cell, with "; " between them. With `since` and `until` only those of
    which some day lies between the two. Raises QueryError where these are no dates.
    """
    only = Only.of(None, 0.0, since, until)
    known = entities(store)
    reports: list[Report] = []
    claims: list[Claim] = []
    first = copies.found(store)
    for extraction in records.read_all(store):
        reports += incidents.reports(extraction, first.get(extraction.id))
        claims += (claim for claim in extraction.claims if claim.relation in RELATIONS)
    actors = Actors(store, known, claims)
    found = incidents.among(store, reports)
    between = [(each, row) for each in found if _between(row := _row(each, known, actors), only)]
    told = {each.id: row for each, row in between if row["source"] or row["target"]}
    _part_of(found, told)
    for line in _csv.table(list(COLUMNS), sorted(told.values(), key=lambda row: (row["date"], row["id"]))):
        file.write(line.encode())
    return [f"rows: {len(between) - len(told)} of {len(between)} left out, no report tells who did it or to whom"] if len(between) > len(told) else []


def _part_of(found: Sequence[Incident], rows: Mapping[str, dict[str, Any]]) -> None:
    """Tells of each row in which other it happened; that one has at least the dead and injured of each part."""
    of = {report.event: each.id for each in found for report in each.reports}
    for each in found:
        if each.id in rows:
            wholes = Counter(of[report.part_of] for report in each.reports if report.part_of in of)
            fitting = (ident for ident, _ in wholes.most_common() if ident in rows and each.id not in _above(ident, rows))
            rows[each.id]["part_of"] = next(fitting, None)
    # The innermost first, so that numbers rise to the outermost.
    for row in sorted(rows.values(), key=lambda row: (-len(_above(row["id"], rows)), row["id"])):
        outer = rows.get(row["part_of"], {})
        for name in _NUMBERS:
            if outer and row.get(name, -1) > outer.get(name, -1):
                outer |= {column: row[column] for column in (name, f"{name}_low", f"{name}_high")}


def _above(ident: str, rows: Mapping[str, dict[str, Any]]) -> list[str]:
    """A row and those that it is part of."""
    found = [ident]
    while above := rows[found[-1]].get("part_of"):
        found.append(above)
    return found


def _between(row: Mapping[str, Any], only: Only) -> bool:
    return (only.since is None or row["enddate"] >= only.since) and (only.until is None or "" < row["date"] <= only.until)


def _row(incident: Incident, known: Mapping[str, Mapping[str, Any]], actors: Actors) -> dict[str, Any]:
    coded, when = _plover.codes()[incident.type], dates(incident)
    agents = _filled(incident, "agent")
    used = [*_filled(incident, "instrument"), *(each for each in agents if not actors.acts(each))]
    instruments = list(dict.fromkeys(_label(known, each) for each in used))
    place = next(iter(_filled(incident, "place")), None)
    if place is None:
        kinds = _PLACES | {"Country"} if incident.type in _ENTERING else _PLACES
        place = next((each for each in _filled(incident, "target") if known.get(each, {}).get("type") in kinds), None)
    weapons = next(filter(None, (first("modes", each) for each in instruments)), "") if coded.event == "ASSAULT" else ""
    return {
        "id": incident.id,
        "date": when.first,
        "enddate": when.last,
        "date_from": when.origin,
        "event": coded.event,
        "mode": coded.mode or weapons,
        "quad": coded.quad,
        "cameo": coded.cameo,
        "class": incident.type,
        **_actors("source", [actors.actor(each) for each in agents if actors.acts(each)]),
        **_actors("target", [actors.actor(each) for each in _filled(incident, "target")]),
        **(_place(place, known, actors) if place else {}),
        **_counts(incident, "deathCount", "dead"),
        **_counts(incident, "injuredCount", "injured"),
        "instruments": instruments,
        "reports": len(incident.documents),
        "independent": incident.independent,
        "sources": list(dict.fromkeys(_label(known, each) for report in incident.reports for each in report.sources)),
        "documents": list(incident.documents),
        "sentence": " ".join(incident.reports[0].sentence.split()),
    }


def _filled(incident: Incident, role: str) -> list[str]:
    """Who or what fills a role, the most told first: those with names, or else those of the first report that tells any."""
    found = [list(report.roles.get(role, ())) for report in incident.reports]
    named = Counter(each for report, filled in zip(incident.reports, found, strict=True) for each in filled if each in report.specific)
    return sorted(named, key=lambda each: (-named[each], each)) or sorted(next(filter(None, found), ()))


def _actors(side: str, told: Sequence[Actor]) -> dict[str, Value]:
    return {
        side: [actor.name for actor in told],
        f"{side}_code": [actor.code for actor in told],
        f"{side}_country": [actor.country or UNKNOWN for actor in told],
        f"{side}_sector": [actor.sector or UNKNOWN for actor in told],
    }


def _place(place: str, known: Mapping[str, Mapping[str, Any]], actors: Actors) -> dict[str, Any]:
    data = known.get(place, {})
    return {"place": _label(known, place), "place_country": actors.country(place), "lat": data.get("lat"), "lon": data.get("lon")}


def _counts(incident: Incident, name: str, column: str) -> dict[str, int]:
    """One number a document: the one it tells for this happening, the largest where it tells several."""
    told: dict[str, int] = {}
    for report in incident.reports:
        if name in report.counts:
            told[report.document] = max(report.counts[name], told.get(report.document, 0))
    if not told:
        return {}
    numbers = Counter(told.values())
    best = min(numbers, key=lambda number: (-numbers[number], number))
    return {column: best, f"{column}_low": min(numbers), f"{column}_high": max(numbers)}


def _label(known: Mapping[str, Mapping[str, Any]], ident: str) -> str:
    return str(known.get(ident, {}).get("label", ident))
