"""Documents written under the ids of who is meant: new members placed, entities that come to be one joined in the documents that are there.

The graph of a document names entities; what it read is kept beside it wherever two of its entities became one, so that every
judgement can be taken back exactly.
"""

import json
from collections.abc import Callable, Container, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain

import pyoxigraph as ox

from kg.errors import RecordError
from kg.graph import background, history, records, texts
from kg.graph.registry import AS_READ, NUMBER, REDIRECTS, REGISTRY, SIGHTED_IN, StoredRegistry, member_node, sighting, sighting_node
from kg.graph.store import Store, ident_of, quads_of
from kg.graph.terms import document as document_node
from kg.graph.terms import entity as entity_node
from kg.graph.terms import literal
from kg.identity.context import profiles
from kg.identity.judgements import Judgement
from kg.identity.profiles import Profile
from kg.identity.resolve import rewritten
from kg.model import Extraction

BATCH = 100
OnError = Callable[[RecordError], None]


@dataclass(slots=True)
class _Read:
    """A document on its way: what it says under members' ids, what it tells of each, and its graph if no id changes any more."""

    extraction: Extraction
    members: dict[str, Profile | None]
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
        placed = self.registry.place(extraction)
        known = profiles(extraction)
        members = {member: known.get(ident) for ident, member in placed.items()}
        changed = any(ident != self.registry.entity(member) for ident, member in placed.items())
        return _Read(rewritten(extraction, placed), members, [] if changed else quads)

    def _settled(self, pending: Mapping[str, _Read]) -> dict[ox.NamedNode, tuple[Extraction, list[ox.Quad]]]:
        """Writes what was learned of identity, and gives the documents of a batch under the ids of entities."""
        gone: set[ox.Quad] = set()
        new: set[ox.Quad] = set()
        for read in pending.values():
            name = document_node(read.extraction.id)
            self._drop_stale(name, set(read.members), gone)
            new.update(quad for member, profile in read.members.items() for quad in sighting(member, name, profile))
        self._settle(gone, new, without={document_node(ident) for ident in pending})
        found = {}
        for read in pending.values():
            done = self._as_entities(read.extraction)
            same = read.quads and all(one.id == other.id for one, other in zip(read.extraction.entities, done.entities, strict=False))
            found[document_node(done.id)] = done, read.quads if same else quads_of(done)
        return found

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

    def _as_entities(self, extraction: Extraction) -> Extraction:
        """The document under entities' ids; keeps what was read where two entities become one."""
        ids = {entity.id: self.registry.entity(entity.id) for entity in extraction.entities}
        self._keep(extraction if len(set(ids.values())) < len(ids) else None, document_node(extraction.id))
        return _without_loops(rewritten(extraction, ids), extraction)

    def _keep(self, extraction: Extraction | None, name: ox.NamedNode) -> None:
        """Keeps the record of a document as it was read, or drops one that is not needed."""
        wanted = set() if extraction is None else {ox.Quad(name, AS_READ, literal(json.dumps(extraction.to_json(), ensure_ascii=False)), REGISTRY)}
        there = set(self.store.inner.quads_for_pattern(name, AS_READ, None, REGISTRY))
        if wanted != there:
            self.store.change(there - wanted, wanted - there)

    def _drop_stale(self, name: ox.NamedNode, members: set[str], gone: set[ox.Quad]) -> None:
        """Takes the sightings of an earlier reading away, and members that nobody speaks of any more."""
        inner = self.store.inner
        earlier = self.registry.sighted(name)
        for quad in list(inner.quads_for_pattern(None, SIGHTED_IN, name, REGISTRY)):
            gone.update(inner.quads_for_pattern(quad.subject, None, None, REGISTRY))
        for ident in set(earlier) - members:
            if self.registry.documents(ident) == [name]:
                gone.update(q for q in inner.quads_for_pattern(member_node(ident), None, None, REGISTRY) if q.predicate != NUMBER)
                gone.update(inner.quads_for_pattern(entity_node(ident), None, None, REDIRECTS))
                self.registry.forget(ident)

    def retract(self, document_id: str) -> bool:
        """Drops a document and all that only it supports, and notes in the history what it said; False when there is none."""
        name = document_node(document_id)
        old = records.read(self.store, document_id)
        if old is None:
            return False
        gone: set[ox.Quad] = set()
        self._drop_stale(name, set(), gone)
        self._settle(gone, set(), without={name})
        self._keep(None, name)
        history.record(self.store, [(old, None)])
        self.store.retract(document_id)
        texts.drop(self.store, [old.document.get("sha256")])
        background.clean(self.store, old)
        return True

    # ---- judgements

    def judge(self, judgement: Judgement) -> None:
        """Adds what a person decided, and brings the documents in line. Raises JudgementError when it contradicts an earlier one."""
        for ident in (judgement.one, judgement.other):
            self.join_in(ident)
        self.registry.judge(judgement)
        self._settle(set(), set())

    def undo(self, ident: str) -> Judgement:
        """Takes a person's judgement back, by its id."""
        judgement = self.registry.undo(ident)
        self._settle(set(), set())
        return judgement

    def join_in(self, ident: str) -> None:
        """Makes an entity of documents a member, if it is none: what rules never compare can still be judged."""
        if self.registry.member(ident) is not None:
            return
        told: dict[ox.NamedNode, Profile] = {}
        for extraction in records.read_all(self.store, mentioning=[entity_node(ident)]):
            if profile := profiles(extraction).get(ident):
                told[document_node(extraction.id)] = profile
            else:
                found = extraction.entity(ident)
                told[document_node(extraction.id)] = Profile(found.type, (found.name, *found.aliases))
        if told:
            whole = next(iter(told.values()))
            for profile in told.values():
                whole |= profile
            self.registry.add(ident, whole)
            self.store.change(set(), {quad for name, profile in told.items() for quad in sighting(ident, name, profile)})

    def part(self, ident: str, document_id: str) -> str:
        """Makes what one document says of an entity a member of its own, and returns its id. Raises KeyError when it doesn't speak of it."""
        name = document_node(document_id)
        extraction = self.as_read(name)
        local = str(extraction.document.get("sha256") or "")[:8]
        member = next(each for each in (ident, *self.registry.of_entity(ident)) if any(e.id == each for e in extraction.entities))
        own = f"{member}-{local}"
        self.join_in(member)
        if self.registry.documents(member) == [name] or member.endswith(f"-{local}"):
            return member
        profile = profiles(extraction).get(member) or Profile(extraction.entity(member).type, (extraction.entity(member).name,))
        gone = set(sighting(member, name, None)) | set(self.store.inner.quads_for_pattern(sighting_node(member, name), None, None, REGISTRY))
        self.registry.add(own, profile)
        new = rewritten(extraction, {member: own})
        self._settle(gone, set(sighting(own, name, profile)), without={name})
        self._rewrite([new])
        return own

    # ---- what stands in the store brought in line

    def _settle(self, gone: set[ox.Quad], new: set[ox.Quad], *, without: Container[ox.NamedNode] = ()) -> None:
        """Writes what has changed in the registry, and renames entities in the documents that speak of members that have moved."""
        again: dict[ox.NamedNode, Extraction] = {}
        for ident, before in self.registry.moved.items():
            after = self.registry.entity(ident)
            if before is None or before == after:
                continue
            for name in self.registry.documents(ident):
                if name in without or name in again:
                    continue
                if self._alone(name, before, after):
                    self._rename(name, before, after, gone, new)
                else:
                    again[name] = self.as_read(name)
        old, fresh = self.registry.changes()
        self.store.change((gone | old) - (new | fresh), new | fresh)
        self.registry.settled()
        self._rewrite(again.values())

    def _rewrite(self, extractions: Iterable[Extraction]) -> None:
        """Writes documents that are there already under the ids that entities have now."""
        self.store.replace_all([self._as_entities(extraction) for extraction in extractions])

    def _alone(self, name: ox.NamedNode, before: str, after: str) -> bool:
        """True when a document knows one member of the entity only, and the other entity not at all."""
        inner = self.store.inner
        if next(iter(inner.quads_for_pattern(name, AS_READ, None, REGISTRY)), None) is not None:
            return False
        return next(iter(inner.quads_for_pattern(entity_node(after), None, None, name)), None) is None

    def _rename(self, name: ox.NamedNode, before: str, after: str, gone: set[ox.Quad], new: set[ox.Quad]) -> None:
        old, now = entity_node(before), entity_node(after)
        inner = self.store.inner
        for quad in (*inner.quads_for_pattern(old, None, None, name), *inner.quads_for_pattern(None, None, old, name)):
            gone.add(quad)
            subject = now if quad.subject == old else quad.subject
            object_ = now if quad.object == old else quad.object
            new.add(ox.Quad(subject, quad.predicate, object_, name))

    def as_read(self, name: ox.NamedNode) -> Extraction:
        """A document under members' ids, as it was read."""
        kept = next((q.object.value for q in self.store.inner.quads_for_pattern(name, AS_READ, None, REGISTRY)), None)  # type: ignore[union-attr]
        if kept is not None:
            return Extraction.from_json(json.loads(kept))
        (extraction,) = records.read_all(self.store, names={name})
        entities = {self.registry.moved.get(ident) or self.registry.entity(ident): ident for ident in self.registry.sighted(name)}
        return rewritten(extraction, entities)


def _without_loops(extraction: Extraction, read: Extraction) -> Extraction:
    """Without claims that would relate an entity to itself now that two have become one."""
    ends = {claim.id: claim.subject == claim.object for claim in read.claims}
    kept = tuple(c for c in extraction.claims if c.subject is None or c.subject != c.object or ends.get(c.id))
    return replace(extraction, claims=kept)
