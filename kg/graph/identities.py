"""Documents written under the ids of who is meant: new members placed, entities that come to be one joined in the documents that are there.

The graph of a document names entities; what it read is kept beside it wherever two of its entities became one, so that every
judgement can be taken back exactly.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain
from operator import or_

import pyoxigraph as ox

from kg.errors import JudgementError, RecordError
from kg.graph import background, copies, history, records, temporal, texts
from kg.graph.registry import StoredRegistry
from kg.graph.sightings import REGISTRY
from kg.graph.sightings import quads as sighting_quads
from kg.graph.store import Store, ident_of, quads_of
from kg.graph.terms import Term, literal, node
from kg.graph.terms import document as document_node
from kg.graph.terms import entity as entity_node
from kg.identity.judgements import Judgement
from kg.identity.replay import Placed
from kg.identity.resolve import rewritten
from kg.identity.sightings import Sighting, sightings
from kg.model import Extraction

BATCH = 100
AS_READ = node("kg:asRead")
OnError = Callable[[RecordError], None]
# Ids of entities by the ids that a document by itself gives them.
Names = Mapping[str, str]
Placements = dict[ox.NamedNode, list[Placed]]


@dataclass(frozen=True, slots=True)
class _Read:
    """A document on its way: what it says and tells under the ids that it gives by itself, and its graph under these."""

    extraction: Extraction
    sightings: list[Sighting]
    quads: list[ox.Quad]


class Identities:
    """The store with its registry: the one that writes documents."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.registry = StoredRegistry(store)

    # ---- documents

    def write(self, extractions: Iterable[Extraction], *, on_error: OnError | None = None, batch: int = BATCH) -> int:
        """Places what the documents speak of and writes their graphs, some at a time; returns how many changed.

        A record that is malformed goes to `on_error`, else it raises RecordError. The next records are read while a batch is written.
        """
        changed = 0
        pending: dict[str, _Read] = {}
        # Oxigraph writes outside the interpreter's lock.
        with ThreadPoolExecutor(max_workers=1) as pool:
            writing: Future[int] | None = None
            for extraction in chain(extractions, [None]):
                try:
                    if extraction is not None:
                        ident = ident_of(extraction)
                        pending[ident] = self._read(extraction)
                except RecordError as error:
                    if on_error is None:
                        raise
                    on_error(error)
                if len(pending) >= batch or (extraction is None and pending):
                    changed += writing.result() if writing else 0
                    writing = pool.submit(self._put, self._settled(pending))
                    pending = {}
            return changed + (writing.result() if writing else 0)

    def _read(self, extraction: Extraction) -> _Read:
        quads = quads_of(extraction)  # refuses a malformed record before anything is kept of it
        return _Read(extraction, _told(extraction), quads)

    def _settled(self, pending: Mapping[str, _Read]) -> dict[ox.NamedNode, tuple[Extraction, list[ox.Quad]]]:
        """Writes what was learned of identity, and gives the documents of a batch under the ids of entities."""
        there: dict[Sighting, str] = {}
        fresh: list[Sighting] = []
        for ident, read in pending.items():
            stood = self.registry.sighted(document_node(ident))
            if stood.keys() != {each for each in read.sightings if self.registry.concerns(each)}:
                fresh += read.sightings
                there |= stood
        names = self._learn(fresh, gone=there, without=[document_node(ident) for ident in pending])
        return {name: self._named(pending[ident], names[name]) for ident in pending if (name := document_node(ident))}

    def _named(self, read: _Read, names: Names) -> tuple[Extraction, list[ox.Quad]]:
        """A document under the ids of entities, and its graph."""
        done = self._as_entities(read.extraction, names)
        if len(done.entities) < len(read.extraction.entities):
            return done, quads_of(done)
        new: dict[Term, ox.NamedNode] = {entity_node(ident): entity_node(now) for ident, now in names.items() if ident != now}
        return done, [_renamed(quad, new) for quad in read.quads] if new else read.quads

    def _put(self, documents: Mapping[ox.NamedNode, tuple[Extraction, list[ox.Quad]]]) -> int:
        """Writes documents, and what is known of their places beside."""
        earlier = list(records.read_all(self.store, names=documents)) if self._known(documents) else []
        history.record(self.store, ((old, documents[document_node(old.id)][0]) for old in earlier))
        changed = self.store.replace_graphs({name: quads for name, (_, quads) in documents.items()})
        background.add(self.store, [extraction for extraction, _ in documents.values()])
        for old in earlier:
            background.clean(self.store, old)
        return changed

    def _known(self, documents: Iterable[ox.NamedNode]) -> bool:
        return any(self.store.inner.contains_named_graph(name) for name in documents)

    def _as_entities(self, extraction: Extraction, names: Names) -> Extraction:
        """The document under entities' ids; keeps what was read where two entities become one."""
        done = _without_loops(rewritten(extraction, names), extraction)
        self._keep(extraction if len(done.entities) < len(extraction.entities) else None, document_node(extraction.id))
        return done

    def _keep(self, extraction: Extraction | None, name: ox.NamedNode) -> None:
        """Keeps the record of a document as it was read, or drops one that is not needed."""
        wanted = set() if extraction is None else {ox.Quad(name, AS_READ, literal(json.dumps(extraction.to_json(), ensure_ascii=False)), REGISTRY)}
        there = set(self.store.inner.quads_for_pattern(name, AS_READ, None, REGISTRY))
        if wanted != there:
            self.store.change(there - wanted, wanted - there)

    def retract(self, document_id: str) -> bool:
        """Drops a document and all that only it supports, and notes in the history what it said; False when there is none."""
        name = document_node(document_id)
        old = records.read(self.store, document_id)
        if old is None:
            return False
        self._learn((), gone=self.registry.sighted(name), without=[name])
        self._keep(None, name)
        history.record(self.store, [(old, None)])
        self.store.retract(document_id)
        texts.drop(self.store, [old.document.get("sha256")])
        background.clean(self.store, old)
        copies.forget(self.store, name)
        return True

    # ---- judgements

    def judge(self, judgement: Judgement) -> Judgement:
        """Adds what a person decided, and brings the documents in line. Raises JudgementError when it contradicts an earlier one."""
        try:
            for ident in (judgement.one, judgement.other):
                self.join_in(ident)
            known = self.registry.judge(judgement)
        except JudgementError:
            self.registry = StoredRegistry(self.store)  # as if nothing had been asked
            raise
        self._learn((), ends=known.ends)
        return known

    def undo(self, ident: str) -> Judgement:
        """Takes a person's judgement back, by its id."""
        judgement = self.registry.undo(ident)
        self._learn((), ends=judgement.ends)
        return judgement

    def join_in(self, ident: str) -> None:
        """Makes an entity of documents a member, if it is none: what rules never compare can still be judged."""
        if self.registry.member(ident) is not None:
            return
        read = [self._raw(document_node(found.id)) for found in records.read_all(self.store, mentioning=[entity_node(ident)])]
        told = sorted((each for raw in read for each in _told(raw) if each.ident == ident), key=lambda each: each.order)
        if told:
            self.registry.add(ident, reduce(or_, (each.profile for each in told)), told[0].order)
            self.store.change(set(), {quad for each in told for quad in sighting_quads(each, ident)})

    def part(self, ident: str, document_id: str) -> str:
        """The id of what one document says of an entity, to be judged apart from the rest. Raises KeyError when it doesn't speak of it."""
        self.join_in(ident)
        name = document_node(document_id)
        members = {ident, *self.registry.of_entity(ident)}
        found = next(((each, member) for each, member in self.registry.sighted(name).items() if member in members), None)
        if found is None:
            raise KeyError(ident)
        told, member = found
        if self.registry.documents(member) == [name] or member == told.own:
            return member
        self.registry.add(told.own, told.profile, told.order)
        return told.own

    # ---- what stands in the store brought in line

    def _learn(
        self, fresh: Iterable[Sighting], *, gone: Mapping[Sighting, str] | None = None, ends: Iterable[str] = (), without: Iterable[ox.NamedNode] = ()
    ) -> dict[ox.NamedNode, Names]:
        """Tells the registry, writes what has changed in it, and names entities anew in the documents that speak of members that have moved.

        Returns the names for the documents `without`, whose graphs are left alone.
        """
        registry = self.registry
        registry.learn(fresh, gone=[Placed(each, member, None) for each, member in (gone or {}).items()], ends=ends)
        placed: Placements = defaultdict(list)
        for each in registry.placed.values():
            placed[document_node(each.sighting.document)].append(each)
        left = {name: self._names(name, placed) for name in without}
        again = list(self._to_rename(left, placed))
        whole = [(self._raw(name, before), now) for name, before, now in again if not self._alone(name, before, now)]
        renamed = [self._rename(name, before, now) for name, before, now in again if self._alone(name, before, now)]
        gone_quads, new_quads = registry.changes()
        self.store.change(gone_quads.union(*(old for old, _ in renamed)), new_quads.union(*(new for _, new in renamed)))
        registry.settled()
        self.store.replace_all([self._as_entities(raw, now) for raw, now in whole])
        return left

    def _names(self, name: ox.NamedNode, placed: Placements) -> Names:
        """What the entities of a document are called now, before this is settled."""
        members: dict[str, str | None] = {each.ident: member for each, member in self.registry.sighted(name).items()}
        members |= {each.sighting.ident: each.now for each in placed.get(name, ())}
        return {ident: self.registry.entity(member) for ident, member in members.items() if member is not None}

    def _earlier(self, name: ox.NamedNode) -> Names:
        """What the graph of a document calls its entities."""
        return {each.ident: self.registry.earlier(member) for each, member in self.registry.sighted(name).items()}

    def _to_rename(self, without: Container[ox.NamedNode], placed: Placements) -> Iterator[tuple[ox.NamedNode, Names, Names]]:
        """Documents with the names that entities have in their graphs, and those that they should have."""
        registry = self.registry
        touched = {name for name, found in placed.items() if any(each.before and each.before != each.now for each in found)}
        moved = [ident for ident, before in registry.moved.items() if before not in (None, registry.entity(ident))]
        touched.update(name for ident in moved for name in registry.documents(ident))
        for name in sorted(touched, key=lambda each: each.value):
            # An interrupted build may have left sightings without the document.
            if name not in without and self.store.inner.contains_named_graph(name):
                before, now = self._earlier(name), self._names(name, placed)
                now = {ident: now.get(ident, ident) for ident in before}
                if before != now:
                    yield name, before, now

    def _alone(self, name: ox.NamedNode, before: Names, now: Names) -> bool:
        """True when one entity of a document has another name, and none had or has the same as another."""
        new = [now[ident] for ident in before if before[ident] != now[ident]]
        inner = self.store.inner
        if len(new) > 1 or next(iter(inner.quads_for_pattern(name, AS_READ, None, REGISTRY)), None) is not None:
            return False
        return next(iter(inner.quads_for_pattern(entity_node(new[0]), None, None, name)), None) is None

    def _rename(self, name: ox.NamedNode, before: Names, now: Names) -> tuple[set[ox.Quad], set[ox.Quad]]:
        """(what goes, what comes) to give one entity another name in the graph of a document."""
        ident = next(each for each in before if before[each] != now[each])
        old, new = entity_node(before[ident]), entity_node(now[ident])
        inner = self.store.inner
        gone = {*inner.quads_for_pattern(old, None, None, name), *inner.quads_for_pattern(None, None, old, name)}
        return gone, {_renamed(quad, {old: new}) for quad in gone}

    def as_read(self, name: ox.NamedNode) -> Extraction:
        """A document under members' ids."""
        return rewritten(self._raw(name), {each.ident: member for each, member in self.registry.sighted(name).items()})

    def _raw(self, name: ox.NamedNode, names: Names | None = None) -> Extraction:
        """A document under the ids that it gives by itself; `names` are those in its graph."""
        kept = next((q.object.value for q in self.store.inner.quads_for_pattern(name, AS_READ, None, REGISTRY)), None)  # type: ignore[union-attr]
        if kept is not None:
            return Extraction.from_json(json.loads(kept))
        (extraction,) = records.read_all(self.store, names={name})
        return rewritten(extraction, {now: ident for ident, now in (self._earlier(name) if names is None else names).items()})


def _told(extraction: Extraction) -> list[Sighting]:
    """What a document tells, its date as the graph has it."""
    published = extraction.document.get("published")
    dated = {**extraction.document, "published": published and (temporal.normal(str(published)) or published)}
    return sightings(replace(extraction, document=dated))


def _renamed(quad: ox.Quad, names: Mapping[Term, ox.NamedNode]) -> ox.Quad:
    subject, object_ = names.get(quad.subject), names.get(quad.object)
    return quad if subject is object_ is None else ox.Quad(subject or quad.subject, quad.predicate, object_ or quad.object, quad.graph_name)


def _without_loops(extraction: Extraction, read: Extraction) -> Extraction:
    """Without claims that would relate an entity to itself now that two have become one."""
    ends = {claim.id: claim.subject == claim.object for claim in read.claims}
    kept = tuple(c for c in extraction.claims if c.subject is None or c.subject != c.object or ends.get(c.id))
    return replace(extraction, claims=kept)
