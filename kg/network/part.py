"""A part of the graph: the claims that are certain enough, of some modality, of some days, and what belongs to them."""

from collections.abc import Iterator
from dataclasses import replace

from kg.graph import records
from kg.graph.store import Store
from kg.model import Extraction
from kg.network.ties import Only
from kg.network.told import claims


def part(store: Store, only: Only) -> Store:
    """A copy in memory with the claims that count; an event goes when all claims that tell of it do. Entities and quotations stay.

    Background knowledge and redirects come along, incidents don't: they were found with the claims that are gone.
    """
    kept = {ident for ident, told in claims(store, {}).items() if only.admits(told.fact.modality, told.fact.confidence, told.start, told.end)}
    copy = Store.open()
    copy.replace_all(_parts(records.read_all(store), kept))
    for name in store.shared():
        if not name.value.endswith("/incidents"):
            copy.inner.extend(store.inner.quads_for_pattern(None, None, None, name))
    return copy


def _parts(extractions: Iterator[Extraction], kept: set[str]) -> Iterator[Extraction]:
    for extraction in extractions:
        counted = tuple(claim for claim in extraction.claims if claim.id in kept)
        gone = {claim.event for claim in extraction.claims} - {claim.event for claim in counted}
        events = tuple(replace(e, part_of=None if e.part_of in gone else e.part_of) for e in extraction.events if e.id not in gone)
        yield replace(extraction, claims=counted, events=events)
