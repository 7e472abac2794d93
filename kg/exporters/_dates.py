"""When a happening was, as a row of events tells it."""

from dataclasses import dataclass

from kg.exporters._actors import first
from kg.graph import temporal
from kg.identity.incidents import Incident, Report

EVENT, PUBLICATION, TOTAL = "event", "publication", "total"


@dataclass(frozen=True, slots=True)
class Dates:
    """The first and the last day, empty where they are not known, and where they are from."""

    first: str
    last: str
    origin: str


def dates(incident: Incident) -> Dates:
    """The days that reports tell, or else that of the first report; none where all reports only count the dead of a longer time."""
    single = [report for report in incident.reports if not _total(report)]
    if not single:
        return Dates("", "", TOTAL)
    told = [(span[0], span[1] or "") for report in single if report.time and (span := temporal.days(report.time)) and span[0]]
    if told:
        begin, end = min(told)
        return Dates(begin, end or begin, EVENT)
    day = single[0].published and temporal.days(single[0].published)[0]
    return Dates(day or "", day or "", PUBLICATION)


def _total(report: Report) -> bool:
    """ "300,000 people were killed in the conflict": several dead or injured of no attack or other event that the text tells."""
    if report.part_of or max(report.counts.values(), default=0) < 2:
        return False
    found = first("totals", report.sentence)
    return found == "until" or bool(found and not report.time)
