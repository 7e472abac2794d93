"""Incidents of the store: events of several articles that tell of one happening, found and written to a graph of their own."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.graph import copies, names, records
from kg.graph.store import Store
from kg.graph.terms import LOCATED_IN, TYPE, document, entity, event, integer, literal, node, term
from kg.identity.incidents import COUNTS, Incident, Report, incidents
from kg.identity.keys import key
from kg.iris import ID, resource
from kg.model import Entity, Event, Extraction

INCIDENTS = ox.NamedNode(f"{ID}graph/incidents")
INCIDENT, REPORT, REPORTS, INDEPENDENT = node("kg:Incident"), node("kg:report"), node("kg:reportCount"), node("kg:independentReportCount")
DISAGREEMENT, ON, VALUE, TOLD_BY = node("kg:disagreement"), node("kg:aspect"), node("kg:value"), node("prov:wasDerivedFrom")
_DEPTH = 4
_TELLING = frozenset(("Person", "Organization", "MilitaryForce", "City", "Facility"))


def find(store: Store) -> list[Incident]:
    """The incidents that documents report, the most reported first."""
    first = copies.found(store)
    return among(store, (report for extraction in records.read_all(store) for report in reports(extraction, first.get(extraction.id))))


def among(store: Store, told: Iterable[Report]) -> list[Incident]:
    """The incidents that some reports of the store's documents tell of, the most reported first."""
    return incidents(told, lambda outer, inner: _contains(store, outer, inner))


def reports(extraction: Extraction, original: str | None = None) -> Iterator[Report]:
    """The events of a document that it presents as having happened; `original` is the document that it is a copy of."""
    known = {each.id: each for each in extraction.entities}
    setting = frozenset(e.id for e in extraction.entities if e.named and e.type in _TELLING)
    published = extraction.document.get("published")
    for each in extraction.events:
        if each.modality == "actual":
            yield _report(each, extraction, known, original or extraction.id, setting, str(published) if published else None)


def _report(
    each: Event,
    extraction: Extraction,
    known: dict[str, Entity],
    original: str,
    setting: frozenset[str],
    published: str | None,
) -> Report:
    unnamed = {(role, key(known[i].name)) for role, found in each.roles.items() for i in found if i in known and not known[i].named}
    filled = {ident for found in each.roles.values() for ident in found}
    return Report(
        event=each.id,
        document=extraction.id,
        type=each.type,
        published=published,
        time=each.time.value if each.time else None,
        roles=each.roles,
        specific=frozenset(ident for ident in filled if ident in known and known[ident].named),
        counts={name: each.counts[name] for name in COUNTS if name in each.counts},
        sources=each.attributed_to,
        sentence=each.evidence.text if each.evidence else each.trigger.text,
        original=original,
        gist=frozenset((f"trigger {each.trigger.text.casefold()}", *(f"{role} {name}" for role, name in unnamed))),
        setting=setting,
        part_of=each.part_of,
    )


def _contains(store: Store, outer: str, inner: str) -> bool:
    """True when background knowledge tells that a place lies in another."""
    level = [entity(inner)]
    for _ in range(_DEPTH):
        level = [q.object for place in level for q in store.inner.quads_for_pattern(place, LOCATED_IN, None, None)]  # type: ignore[misc]
        if entity(outer) in level:
            return True
    return False


def write(store: Store, found: list[Incident]) -> None:
    """Writes incidents that several documents report, in place of those that were there."""
    wanted = {quad for each in found if len(each.documents) > 1 for quad in _quads(each)}
    there = set(store.inner.quads_for_pattern(None, None, None, INCIDENTS))
    store.change(there - wanted, wanted - there)


def _quads(each: Incident) -> Iterator[ox.Quad]:
    about = ox.NamedNode(resource("incident", each.id))
    yield ox.Quad(about, TYPE, INCIDENT, INCIDENTS)
    yield ox.Quad(about, TYPE, term(each.type), INCIDENTS)
    for report in each.reports:
        yield ox.Quad(about, REPORT, event(report.event), INCIDENTS)
    yield ox.Quad(about, REPORTS, integer(len(each.documents)), INCIDENTS)
    yield ox.Quad(about, INDEPENDENT, integer(each.independent), INCIDENTS)
    for disagreement in each.disagreements:
        for value, documents in disagreement.values:
            point = ox.NamedNode(resource("incident", f"{each.id}/{disagreement.aspect}/{value}"))
            is_entity = disagreement.aspect in ("agent", "place")
            yield ox.Quad(about, DISAGREEMENT, point, INCIDENTS)
            yield ox.Quad(point, ON, literal(disagreement.aspect), INCIDENTS)
            yield ox.Quad(point, VALUE, entity(value) if is_entity else literal(value), INCIDENTS)
            for ident in documents:
                yield ox.Quad(point, TOLD_BY, document(ident), INCIDENTS)


def called(store: Store) -> dict[str, str]:
    """The usual name of each entity by its id."""
    return {records.ident(found): name for found, name in names.preferred(store).items()}
