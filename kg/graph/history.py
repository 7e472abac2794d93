"""What documents said and say no more: a graph of its own, beside the documents, which exports leave out.

A change is a document taken back (`kg:Retraction`) or read again with another result (`kg:Revision`). Claims that are no longer there
are `prov:wasInvalidatedBy` it; one that only moved within the text and what it became are `prov:alternateOf` each other (no revision: a
text can go back to what it was). What was said is kept as a record. Changes have numbers and no dates: nothing here reads the clock.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph import names, records
from kg.graph.changes import Changes
from kg.graph.diff import differences, pairs
from kg.graph.facts import Fact, facts, facts_of
from kg.graph.store import Store
from kg.graph.terms import TYPE, claim, document, entity, integer, literal, node
from kg.iris import ID, resource
from kg.model import Extraction

HISTORY = ox.NamedNode(f"{ID}graph/history")
RETRACTION, REVISION, USED, NUMBER = node("kg:Retraction"), node("kg:Revision"), node("prov:used"), node("kg:number")
INVALIDATED, ALTERNATE, WITHDRAWN = node("prov:wasInvalidatedBy"), node("prov:alternateOf"), node("kg:withdrawn")

Kind = Literal["retraction", "revision"]


@dataclass(frozen=True, slots=True)
class Change:
    """A document that was taken back or read again, with the facts that it no longer tells or tells in another way."""

    number: int
    kind: Kind
    document: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class History:
    """What became of a claim, or of what was said of an entity: the changes in order, and the facts that stand."""

    changes: tuple[Change, ...]
    standing: tuple[Fact, ...]


def record(changes: Changes, changed: Iterable[tuple[Extraction, Extraction | None]]) -> None:
    """Notes changes with what makes them: (what a document said, what it says now, or None when it is taken back)."""
    number = 0
    for before, after in changed:
        number = number or _last(changes.store)
        found = set(_quads(before, after, number + 1))
        number += bool(found)
        changes.swap((), found)


def _last(store: Store) -> int:
    return max((int(q.object.value) for q in store.inner.quads_for_pattern(None, NUMBER, None, HISTORY)), default=0)  # type: ignore[union-attr]


def _quads(before: Extraction, after: Extraction | None, number: int) -> Iterator[ox.Quad]:
    about = ox.NamedNode(resource("change", str(number)))
    gone: set[str] = set()
    for old, new in pairs(facts_of(before), facts_of(after) if after else []):
        if old is None:
            continue
        if new is None or differences(old, new):
            gone.add(old.claim)
        if new is None or old.claim != new.claim:
            yield ox.Quad(claim(old.claim), INVALIDATED, about, HISTORY)
        if new is not None and old.claim != new.claim:
            yield ox.Quad(claim(new.claim), ALTERNATE, claim(old.claim), HISTORY)
    if after is not None and not gone:
        return
    name = document(before.id)
    yield ox.Quad(about, TYPE, RETRACTION if after is None else REVISION, HISTORY)
    yield ox.Quad(about, USED, name, HISTORY)
    yield ox.Quad(about, NUMBER, integer(number), HISTORY)
    yield ox.Quad(about, WITHDRAWN, literal(json.dumps(_part(before, gone).to_json(), ensure_ascii=False)), HISTORY)
    if after is None:
        yield ox.Quad(name, INVALIDATED, about, HISTORY)


def _part(extraction: Extraction, wanted: set[str]) -> Extraction:
    """Only some claims, with the events and entities that they need to be read."""
    claims = tuple(each for each in extraction.claims if each.id in wanted)
    events = tuple(each for each in extraction.events if any(one.event == each.id for one in claims))
    spoken = {ident for one in claims for ident in (one.subject, one.object, *one.attributed_to)}
    spoken |= {ident for event in events for ident in (*event.attributed_to, *(i for filled in event.roles.values() for i in filled))}
    entities = tuple(replace(each, mentions=()) for each in extraction.entities if each.id in spoken)
    return Extraction(extraction.document, entities, claims, events)


def changes(store: Store) -> list[Change]:
    """All changes, the first first."""
    found = []
    for quad in store.inner.quads_for_pattern(None, WITHDRAWN, None, HISTORY):
        about = quad.subject
        extraction = Extraction.from_json(json.loads(quad.object.value))  # type: ignore[union-attr]
        number = next(int(q.object.value) for q in store.inner.quads_for_pattern(about, NUMBER, None, HISTORY))  # type: ignore[union-attr]
        retracted = ox.Quad(about, TYPE, RETRACTION, HISTORY) in store.inner
        found.append(Change(number, "retraction" if retracted else "revision", extraction.id, tuple(facts_of(extraction))))
    return sorted(found, key=lambda change: change.number)


def history(store: Store, text: str) -> History:
    """The history of a claim (its id or IRI) or an entity (a name, alias, id or IRI). Raises QueryError when there never was one."""
    every = changes(store)
    wanted = _line(store, text)
    if any(fact.claim in wanted for change in every for fact in change.facts) or wanted & _standing(store, wanted):
        now = [fact for extraction in records.read_all(store) for fact in facts_of(extraction) if fact.claim in wanted]
        return History(_about(every, lambda fact: fact.claim in wanted), tuple(now))
    known = {records.ident(found) for found in names.find(store, text)}
    called = names.fold(text)

    def concerns(fact: Fact) -> bool:
        ends = ((fact.subject_id, fact.subject), (fact.object_id, fact.object), *zip(fact.source_ids, fact.sources, strict=True))
        return any(ident and (_now(store, ident) in known or text == ident or names.fold(name or "") == called) for ident, name in ends)

    found = History(_about(every, concerns), tuple(facts(store, entity=text)) if known else ())
    if not known and not found.changes:
        names.require(store, text)
    return found


def _standing(store: Store, wanted: set[str]) -> set[str]:
    return {ident for ident in wanted if next(iter(store.inner.quads_for_pattern(claim(ident), TYPE, None, None)), None) is not None}


def _line(store: Store, text: str) -> set[str]:
    """A claim with those that it was before it moved in the text, and those that it became."""
    start = ox.NamedNode(text) if text.startswith(f"{ID}claim/") else claim(text)
    found = [start]
    for each in found:
        inner = store.inner
        found += [q.object for q in inner.quads_for_pattern(each, ALTERNATE, None, HISTORY) if q.object not in found]  # type: ignore[misc]
        found += [q.subject for q in inner.quads_for_pattern(None, ALTERNATE, each, HISTORY) if q.subject not in found]  # type: ignore[misc]
    return {records.ident(each) for each in found}


def _now(store: Store, ident: str) -> str:
    """The entity that an id stands for now."""
    return records.ident(names.current(store, entity(ident)))


def _about(every: Iterable[Change], concerns: Callable[[Fact], bool]) -> tuple[Change, ...]:
    kept = (replace(change, facts=tuple(filter(concerns, change.facts))) for change in every)
    return tuple(change for change in kept if change.facts)


def meant(store: Store, text: str) -> list[str]:
    """The ids of the documents that an id, path or address means: the one of that id, or else all that came from there. Raises QueryError."""
    known = store.documents()
    found = [each.id for each in known if each.id == text] or [each.id for each in known if each.source == text]
    if not found:
        wanted = names.fold(text)
        like = [each.id for each in known if wanted in names.fold(f"{each.id} {each.title or ''} {each.source or ''}")][:3]
        raise QueryError(f"no document {text!r}" + (f"; did you mean {' or '.join(like)}?" if like else ""))
    return found
