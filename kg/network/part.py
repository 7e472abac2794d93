"""A part of the graph: the claims that are certain enough, of some modality, of some days, and what belongs to them."""

from collections.abc import Iterator
from dataclasses import replace

from kg.graph import records, temporal
from kg.graph.store import Store
from kg.model import Event, Extraction
from kg.network.ties import Only
from kg.network.told import claims


def part(store: Store, only: Only) -> Store:
    """A copy in memory with the claims that count, and the events that one of them tells of. Entities and quotations stay.

    An event that no claim tells of stays when it counts itself; no claim makes it certain, so with a least confidence it goes.
    Background knowledge and redirects come along, incidents don't: they were found with the claims that are gone.
    """
    kept = {ident for ident, told in claims(store, {}).items() if only.admits(told.fact.modality, told.fact.confidence, told.start, told.end)}
    copy = Store.open()
    copy.replace_all(_parts(records.read_all(store), kept, only))
    for name in store.shared():
        if not name.value.endswith("/incidents"):
            copy.inner.extend(store.inner.quads_for_pattern(None, None, None, name))
    return copy


def _parts(extractions: Iterator[Extraction], kept: set[str], only: Only) -> Iterator[Extraction]:
    for extraction in extractions:
        counted = tuple(claim for claim in extraction.claims if claim.id in kept)
        told, still = {claim.event for claim in extraction.claims}, {claim.event for claim in counted}
        published = extraction.document.get("published")
        stays = {e.id for e in extraction.events if (e.id in still if e.id in told else _admitted(e, published, only))}
        events = tuple(replace(e, part_of=e.part_of if e.part_of in stays else None) for e in extraction.events if e.id in stays)
        yield replace(extraction, claims=counted, events=events)


def _admitted(event: Event, published: object, only: Only) -> bool:
    """True for an event that no claim tells of and that counts by its own modality and days."""
    start, end = temporal.days(event.time.value) if event.time and event.time.value else (None, None)
    day = temporal.days(str(published))[0] if published else None
    return only.admits(event.modality, 0.0, start or day, end or start or day)
