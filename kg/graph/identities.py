"""Documents written under the ids of who is meant: new members placed, entities that come to be one joined in the documents that are there.

The graph of a document names entities; what it read is kept beside it wherever two of its entities became one, so that every
judgement can be taken back exactly.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, MutableMapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain
from operator import or_

import pyoxigraph as ox

from kg.errors import JudgementError, RecordError
from kg.graph import background, copies, history, records, temporal, texts
from kg.graph.changes import Changes
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
# Documents and their graphs, by the names of these.
Documents = Mapping[ox.NamedNode, tuple[Extraction, list[ox.Quad]]]


@dataclass(frozen=True, slots=True)
class _Read:
    """A document on its way: what it says and tells under the ids that it gives by itself, and its graph under these."""

    extraction: Extraction
    sightings: list[Sighting]
    quads: list[ox.Quad]


class _Coming:
    """Extractions up to where reading them stopped, and what stopped it."""

    def __init__(self, extractions: Iterable[Extraction]) -> None:
        self.extractions = extractions
        self.stopped: BaseException | None = None

    def __iter__(self) -> Iterator[Extraction]:
        try:
            yield from self.extractions
        except BaseException as error:
            self.stopped = error


class Identities:
    """The store with its registry: the one that writes documents."""

    def __init__(self, store: Store) -> None:
        self.store = store
        # Members made to be judged, which are written with the judgement.
        self._joined = Changes(store)
        self.registry = StoredRegistry(self._joined)

    # ---- documents

    def write(
        self, extractions: Iterable[Extraction], *, on_error: OnError | None = None, batch: int = BATCH, kept: MutableMapping[str, str] | None = None
    ) -> int:
        """Places what the documents speak of and writes their graphs, some in one transaction; returns how many changed.

        A record that is malformed goes to `on_error`, else it raises RecordError. The next records are read while a batch is written.
        When reading is interrupted, what was read is written first. `kept` holds texts by their hashes, to be kept beside: whoever is
        written takes his out of it.
        """
        changed = 0
        pending: dict[str, _Read] = {}
        coming = _Coming(extractions)
        # Oxigraph writes outside the interpreter's lock.
        with ThreadPoolExecutor(max_workers=1) as pool:
            writing: Future[int] | None = None
            for extraction in chain(coming, [None]):
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
                    writing = pool.submit(self._put, *self._settled(pending), {} if kept is None else kept)
                    pending = {}
            changed += writing.result() if writing else 0
        if coming.stopped is not None:
            raise coming.stopped
        return changed

    def _read(self, extraction: Extraction) -> _Read:
        quads = quads_of(extraction)  # refuses a malformed record before anything is kept of it
        return _Read(extraction, told(extraction), quads)

    def _settled(self, pending: Mapping[str, _Read]) -> tuple[Changes, Documents]:
        """What is learned of identity, and the documents of a batch under the ids of entities."""
        changes = Changes(self.store)
        there: dict[Sighting, str] = {}
        fresh: list[Sighting] = []
        for ident, read in pending.items():
            stood = self.registry.sighted(document_node(ident))
            if stood.keys() != {each for each in read.sightings if self.registry.concerns(each)}:
                fresh += read.sightings
                there |= stood
        names = self._learn(changes, fresh, gone=there, without=[document_node(ident) for ident in pending])
        return changes, {name: self._named(changes, pending[ident], names[name]) for ident in pending if (name := document_node(ident))}

    def _named(self, changes: Changes, read: _Read, names: Names) -> tuple[Extraction, list[ox.Quad]]:
        """A document under the ids of entities, and its graph."""
        done = self._as_entities(changes, read.extraction, names)
        if len(done.entities) < len(read.extraction.entities):
            return done, quads_of(done)
        new: dict[Term, ox.NamedNode] = {entity_node(ident): entity_node(now) for ident, now in names.items() if ident != now}
        return done, [_renamed(quad, new) for quad in read.quads] if new else read.quads

    def _put(self, changes: Changes, documents: Documents, kept: MutableMapping[str, str]) -> int:
        """Writes documents, with what was learned, their texts and what is known of their places."""
        earlier = list(records.read_all(self.store, names=documents)) if self._known(documents) else []
        history.record(changes, ((old, documents[document_node(old.id)][0]) for old in earlier))
        changed = sum(changes.replace_graph(name, quads) for name, (_, quads) in documents.items())
        background.add(changes, [extraction for extraction, _ in documents.values()])
        for sha256 in {str(extraction.document.get("sha256")) for extraction, _ in documents.values()} & kept.keys():
            texts.add(changes, sha256, kept.pop(sha256))
        for old in earlier:
            self._clean(changes, old)
        changes.write()
        return changed

    def _clean(self, changes: Changes, old: Extraction) -> None:
        """Takes away what stands beside the graph of a document only for what it said earlier."""
        background.clean(changes, old)
        texts.drop(changes, old.document.get("sha256"))

    def _known(self, documents: Iterable[ox.NamedNode]) -> bool:
        return any(self.store.inner.contains_named_graph(name) for name in documents)

    def _as_entities(self, changes: Changes, extraction: Extraction, names: Names) -> Extraction:
        """The document under entities' ids; keeps what was read where two entities become one."""
        done = under_entities(extraction, names)
        self._keep(changes, extraction if len(done.entities) < len(extraction.entities) else None, document_node(extraction.id))
        return done

    def _keep(self, changes: Changes, extraction: Extraction | None, name: ox.NamedNode) -> None:
        """Keeps the record of a document as it was read, or drops one that is not needed."""
        wanted = set() if extraction is None else {as_read(extraction)}
        there = set(self.store.inner.quads_for_pattern(name, AS_READ, None, REGISTRY))
        changes.swap(there - wanted, wanted - there)

    def retract(self, document_id: str) -> bool:
        """Drops a document and all that only it supports, and notes in the history what it said; False when there is none."""
        name = document_node(document_id)
        old = records.read(self.store, document_id)
        if old is None:
            return False
        with Changes(self.store) as changes:
            self._learn(changes, (), gone=self.registry.sighted(name), without=[name])
            self._keep(changes, None, name)
            history.record(changes, [(old, None)])
            changes.drop_graph(name)
            self._clean(changes, old)
            copies.forget(changes, name)
        return True

    # ---- judgements

    def judge(self, judgement: Judgement) -> Judgement:
        """Adds what a person decided, and brings the documents in line. Raises JudgementError when it contradicts an earlier one."""
        try:
            for ident in (judgement.one, judgement.other):
                self.join_in(ident)
            known = self.registry.judge(judgement)
        except JudgementError:
            # As if nothing had been asked.
            self._joined.forget()
            self.registry = StoredRegistry(self._joined)
            raise
        with self._joined as changes:
            self._learn(changes, (), ends=known.ends)
        return known

    def undo(self, ident: str) -> Judgement:
        """Takes a person's judgement back, by its id."""
        judgement = self.registry.undo(ident)
        with Changes(self.store) as changes:
            self._learn(changes, (), ends=judgement.ends)
        return judgement

    def join_in(self, ident: str) -> None:
        """Makes an entity of documents a member, if it is none: what rules never compare can still be judged."""
        if self.registry.member(ident) is not None:
            return
        read = [self._raw(document_node(found.id)) for found in records.read_all(self.store, mentioning=[entity_node(ident)])]
        found = sorted((each for raw in read for each in told(raw) if each.ident == ident), key=lambda each: each.order)
        if found:
            self.registry.add(ident, reduce(or_, (each.profile for each in found)), found[0].order)
            self._joined.swap((), (quad for each in found for quad in sighting_quads(each, ident)))

    def part(self, ident: str, document_id: str) -> str:
        """The id of what one document says of an entity, to be judged apart from the rest. Raises KeyError when it doesn't speak of it."""
        self.join_in(ident)
        name = document_node(document_id)
        members = {ident, *self.registry.of_entity(ident)}
        found = next(((each, member) for each, member in self.registry.sighted(name).items() if member in members), None)
        if found is None:
            raise KeyError(ident)
        sighting, member = found
        if self.registry.documents(member) == [name] or member == sighting.own:
            return member
        self.registry.add(sighting.own, sighting.profile, sighting.order)
        return sighting.own

    # ---- what stands in the store brought in line

    def _learn(
        self,
        changes: Changes,
        fresh: Iterable[Sighting],
        *,
        gone: Mapping[Sighting, str] | None = None,
        ends: Iterable[str] = (),
        without: Iterable[ox.NamedNode] = (),
    ) -> dict[ox.NamedNode, Names]:
        """Tells the registry; what changes in it goes to `changes`, and in the documents that speak of members that have moved, named anew.

        Returns the names for the documents `without`, whose graphs are left alone. The registry counts `changes` as written.
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
        changes.swap(gone_quads.union(*(old for old, _ in renamed)), new_quads.union(*(new for _, new in renamed)))
        registry.settled()
        for raw, now in whole:
            changes.replace_graph(document_node(raw.id), quads_of(self._as_entities(changes, raw, now)))
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
            # On a server a build that was cut off may have left sightings without the document.
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


def _as_json(extraction: Extraction) -> str:
    """The record, the same whether it came from a file or was read back from the graph."""
    known = extraction.to_json()
    known["document"] = {name: value for name, value in known["document"].items() if value is not None}
    return json.dumps(known, ensure_ascii=False, sort_keys=True)


def told(extraction: Extraction) -> list[Sighting]:
    """What a document tells, its date as the graph has it."""
    published = extraction.document.get("published")
    dated = {**extraction.document, "published": published and (temporal.normal(str(published)) or published)}
    return sightings(replace(extraction, document=dated))


def under_entities(extraction: Extraction, names: Names) -> Extraction:
    """A document under the ids of entities."""
    return _without_loops(rewritten(extraction, names), extraction)


def as_read(extraction: Extraction) -> ox.Quad:
    """What a document says by itself, as it is kept beside its graph where two of its entities have become one."""
    return ox.Quad(document_node(extraction.id), AS_READ, literal(json.dumps(extraction.to_json(), ensure_ascii=False)), REGISTRY)


def _renamed(quad: ox.Quad, names: Mapping[Term, ox.NamedNode]) -> ox.Quad:
    subject, object_ = names.get(quad.subject), names.get(quad.object)
    return quad if subject is object_ is None else ox.Quad(subject or quad.subject, quad.predicate, object_ or quad.object, quad.graph_name)


def _without_loops(extraction: Extraction, read: Extraction) -> Extraction:
    """Without claims that would relate an entity to itself now that two have become one."""
    ends = {claim.id: claim.subject == claim.object for claim in read.claims}
    kept = tuple(c for c in extraction.claims if c.subject is None or c.subject != c.object or ends.get(c.id))
    return replace(extraction, claims=kept)
