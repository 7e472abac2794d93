"""The registry of `kg.identity` in the store: a graph of its own, beside the documents, which exports leave out.

A member is a node with its entity, its blocking keys and what is known of it. Redirects stand in a graph that exports bring along:
`<old> owl:sameAs <new> ; dcterms:isReplacedBy <new>`.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import sightings
from kg.graph.changes import Changes
from kg.graph.sightings import FEATURES, REGISTRY, SIGHTED_IN, SIGHTING_OF, ident_of, member_node
from kg.graph.terms import TYPE, entity, integer, literal, node
from kg.graph.triples import REPLACED_BY
from kg.identity.judgements import RULE, Judgement
from kg.identity.registry import Member
from kg.identity.replay import OrderedRegistry
from kg.identity.sightings import Order, Sighting
from kg.iris import ID, resource

REDIRECTS = ox.NamedNode(f"{ID}graph/redirects")
BLOCKING_KEY, NUMBER, IDENTIFIES = node("kg:blockingKey"), node("kg:number"), node("kg:identifies")
JUDGEMENT, ONE, OTHER, ANSWER = node("kg:Judgement"), node("kg:one"), node("kg:other"), node("kg:answer")
ONE_NAME, OTHER_NAME, DECIDED_BY, REASON = node("kg:oneName"), node("kg:otherName"), node("kg:decidedBy"), node("rdfs:comment")
SAME_AS = node("owl:sameAs")
# Members in memory between two batches.
_CACHED = 30_000


class StoredRegistry(OrderedRegistry):
    """A registry that asks the store for what it doesn't know yet, and tells what has changed as quads."""

    def __init__(self, there: Changes) -> None:
        super().__init__()
        self.there = there
        self.judged = {judgement.id: judgement for judgement in self._judgements(None) if not judgement.by.startswith(RULE)}
        self.number = int(self._text(REGISTRY, NUMBER) or 0)
        latest = self._text(REGISTRY, FEATURES)
        if latest is None and self._text(REGISTRY, NUMBER) is not None:
            raise StoreError(f"{there.store.path or 'the store in memory'}: made by an earlier version of kg; build it anew")
        self.latest = _order(json.loads(latest or '["", "", ""]'))
        # Kept, not asked for: an Oxigraph in memory steps over everything that ever stood there.
        self._written = self._last()

    def _quads(self, subject: ox.NamedNode | None, predicate: ox.NamedNode | None, object_: Any) -> Iterator[ox.Quad]:
        return self.there.quads_for_pattern(subject, predicate, object_, REGISTRY)

    def _text(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> str | None:
        return next((q.object.value for q in self._quads(subject, predicate, None)), None)  # type: ignore[union-attr]

    # ---- what the registry asks for

    def load_member(self, ident: str) -> Member | None:
        """The member of that id."""
        about = member_node(ident)
        found = self._text(about, IDENTIFIES)
        if found is None:
            return None
        told = json.loads(self._text(about, FEATURES) or "{}")
        return Member(ident, sightings.profile(told), ident_of(found), _order(told["first"]))

    def load_entity(self, ident: str) -> list[str]:
        """The members of an entity, the first first."""
        found = (self.member(ident_of(q.subject.value)) for q in self._quads(None, IDENTIFIES, entity(ident)))  # type: ignore[union-attr]
        return [member.id for member in sorted(filter(None, found), key=lambda member: member.first)]

    def load_block(self, found: str) -> list[str]:
        """The members with a key."""
        return sorted(ident_of(q.subject.value) for q in self._quads(None, BLOCKING_KEY, literal(found)))  # type: ignore[union-attr]

    def load_links(self, ident: str) -> list[Judgement]:
        """What rules have judged about a member."""
        return [judgement for judgement in self._judgements(ident) if judgement.by.startswith(RULE)]

    def _judgements(self, ident: str | None) -> list[Judgement]:
        if ident is None:
            nodes: Iterable[Any] = [q.subject for q in self._quads(None, TYPE, JUDGEMENT)]
        else:
            about = member_node(ident)
            nodes = {q.subject for predicate in (ONE, OTHER) for q in self._quads(None, predicate, about)}
        return sorted((self._judgement(each) for each in nodes), key=lambda judgement: judgement.number)

    def _judgement(self, about: ox.NamedNode) -> Judgement:
        names = [tuple(sorted(q.object.value for q in self._quads(about, predicate, None))) for predicate in (ONE_NAME, OTHER_NAME)]  # type: ignore[union-attr]
        return Judgement(
            answer=self._text(about, ANSWER) or "same",  # type: ignore[arg-type]
            one=ident_of(self._text(about, ONE) or ""),
            other=ident_of(self._text(about, OTHER) or ""),
            reason=self._text(about, REASON) or "",
            by=self._text(about, DECIDED_BY) or "",
            one_names=names[0],
            other_names=names[1],
            number=int(self._text(about, NUMBER) or 0),
        )

    # ---- documents

    def sightings_of(self, ident: str) -> list[Sighting]:
        """What documents tell of a member."""
        return sightings.of_member(self.there, ident)

    def sighted(self, document: ox.NamedNode) -> dict[Sighting, str]:
        """What a document tells, with the member that it tells it of."""
        return sightings.in_document(self.there, document)

    def documents(self, ident: str) -> list[ox.NamedNode]:
        """The graphs of the documents that speak of a member, sorted."""
        nodes = [q.subject for q in self._quads(None, SIGHTING_OF, member_node(ident))]
        found = [q.object for each in nodes for q in self._quads(each, SIGHTED_IN, None)]  # type: ignore[arg-type]
        return sorted((name for name in found if isinstance(name, ox.NamedNode)), key=lambda name: name.value)

    # ---- writing

    def changes(self) -> tuple[set[ox.Quad], set[ox.Quad]]:
        """(what goes, what comes) to bring sightings, members, keys and judgements in the store up to date."""
        gone = set(self._written)
        new = set(self._last())
        for sighting, before, now in self.placed.values():
            if before is not None:
                gone.update(self._quads(sightings.sighting_node(sighting), None, None))
            if now is not None:
                new.update(sightings.quads(sighting, now))
        for ident in self.moved.keys() | self.told:
            gone.update(self._member_quads(ident))
            new.update(_told(member) if (member := self.member(ident)) else ())
        gone.update(_key(ident, key) for ident, key in self.unkeyed)
        new.update(_key(ident, key) for ident, key in self.keyed)
        for judgement in self.dropped:
            gone.update(self._quads(judgement_node(judgement), None, None))
        new.update(quad for judgement in self.made if judgement not in self.dropped for quad in judgement_quads(judgement))
        return gone - new, new - gone

    def _member_quads(self, ident: str) -> Iterator[ox.Quad]:
        about = member_node(ident)
        yield from self._quads(about, IDENTIFIES, None)
        yield from self._quads(about, FEATURES, None)
        yield from self.there.quads_for_pattern(entity(ident), None, None, REDIRECTS)

    def _last(self) -> frozenset[ox.Quad]:
        """The last number that was given, and the last sighting."""
        return frozenset(last_quads(self.number, self.latest))

    def settled(self) -> None:
        """Forgets what has changed, once it is written; makes room when much is in memory."""
        self.moved, self.made, self.dropped, self.placed = {}, [], [], {}
        self.told, self.keyed, self.unkeyed = set(), set(), set()
        self._written = self._last()
        if len(self.members) > _CACHED:
            self.members, self.entities, self.blocks, self.links = {}, {}, {}, {}


def quads(registry: OrderedRegistry) -> Iterator[ox.Quad]:
    """All that a registry in memory, to which nothing has been settled, has learned of members and sightings."""
    for sighting, _, now in registry.placed.values():
        if now is not None:
            yield from sightings.quads(sighting, now)
    for member in filter(None, registry.members.values()):
        yield from _told(member)
    yield from (_key(ident, key) for ident, key in registry.keyed)


def last_quads(number: int, latest: Order) -> Iterator[ox.Quad]:
    """The last number that was given to a judgement, and the place behind all sightings."""
    yield ox.Quad(REGISTRY, NUMBER, integer(number), REGISTRY)
    yield ox.Quad(REGISTRY, FEATURES, literal(json.dumps(latest)), REGISTRY)


def _order(told: list[str]) -> Order:
    published, document, ident = told
    return published, document, ident


def _told(member: Member) -> Iterator[ox.Quad]:
    """What the registry keeps of a member, and the redirect from its id."""
    about = member_node(member.id)
    yield ox.Quad(about, IDENTIFIES, entity(member.entity), REGISTRY)
    yield ox.Quad(about, FEATURES, sightings.features(member.profile, first=list(member.first)), REGISTRY)
    if member.entity != member.id:
        for way in (SAME_AS, REPLACED_BY):
            yield ox.Quad(entity(member.id), way, entity(member.entity), REDIRECTS)


def _key(ident: str, key: str) -> ox.Quad:
    return ox.Quad(member_node(ident), BLOCKING_KEY, literal(key), REGISTRY)


def judgement_node(judgement: Judgement) -> ox.NamedNode:
    """The node of a judgement in the registry."""
    return ox.NamedNode(resource("judgement", judgement.id))


def judgement_quads(judgement: Judgement) -> Iterator[ox.Quad]:
    """A judgement in the registry."""
    about = judgement_node(judgement)
    told: set[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]] = {
        (TYPE, JUDGEMENT),
        (ANSWER, literal(judgement.answer)),
        (ONE, member_node(judgement.one)),
        (OTHER, member_node(judgement.other)),
        (DECIDED_BY, literal(judgement.by)),
        (REASON, literal(judgement.reason)),
        (NUMBER, integer(judgement.number)),
        *((ONE_NAME, literal(name)) for name in judgement.one_names),
        *((OTHER_NAME, literal(name)) for name in judgement.other_names),
    }
    for predicate, object_ in told:
        yield ox.Quad(about, predicate, object_, REGISTRY)
