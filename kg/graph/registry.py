"""The registry of `kg.identity` in the store: a graph of its own, beside the documents, which exports leave out.

A member is a node with its entity, its place in the order of arrival and its blocking keys; a sighting is what one document
tells of it. Redirects stand in a graph that exports bring along: `<old> owl:sameAs <new> ; dcterms:isReplacedBy <new>`.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kg.graph.store import Store
from kg.graph.terms import TYPE, entity, integer, literal, node
from kg.graph.triples import REPLACED_BY
from kg.identity.judgements import RULE, Judgement
from kg.identity.profiles import Profile
from kg.identity.registry import Member, Registry
from kg.iris import ID, resource

REGISTRY = ox.NamedNode(f"{ID}graph/registry")
REDIRECTS = ox.NamedNode(f"{ID}graph/redirects")
BLOCKING_KEY, NUMBER, IDENTIFIES, FEATURES = node("kg:blockingKey"), node("kg:number"), node("kg:identifies"), node("kg:features")
SIGHTING_OF, SIGHTED_IN, AS_READ = node("kg:sightingOf"), node("kg:sightedIn"), node("kg:asRead")
JUDGEMENT, ONE, OTHER, ANSWER = node("kg:Judgement"), node("kg:one"), node("kg:other"), node("kg:answer")
ONE_NAME, OTHER_NAME, DECIDED_BY, REASON = node("kg:oneName"), node("kg:otherName"), node("kg:decidedBy"), node("rdfs:comment")
SAME_AS = node("owl:sameAs")
# A profile is made of so many sightings; more tell nothing new and cost time.
_SIGHTINGS = 40
# Members in memory between two batches.
_CACHED = 30_000


def member_node(ident: str) -> ox.NamedNode:
    """The node of a member in the registry; not that of the entity, so that questions about entities don't meet it."""
    return ox.NamedNode(resource("member", ident))


def sighting_node(ident: str, document: ox.NamedNode) -> ox.NamedNode:
    """The node of what a document tells of a member."""
    return ox.NamedNode(resource("sighting", f"{ident}@{document.value.removeprefix(ID)}"))


class StoredRegistry(Registry):
    """A registry that asks the store for what it doesn't know yet, and tells what has changed as quads."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.judged = {judgement.id: judgement for judgement in self._judgements(None) if not judgement.by.startswith(RULE)}
        self.number = int(self._text(REGISTRY, NUMBER) or 0)
        # Kept, not asked for: an Oxigraph in memory steps over every number that ever stood there.
        self._written = self.number

    def _quads(self, subject: ox.NamedNode | None, predicate: ox.NamedNode | None, object_: Any) -> Iterator[ox.Quad]:
        return self.store.inner.quads_for_pattern(subject, predicate, object_, REGISTRY)

    def _text(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> str | None:
        return next((q.object.value for q in self._quads(subject, predicate, None)), None)  # type: ignore[union-attr]

    # ---- what the registry asks for

    def load_member(self, ident: str) -> Member | None:
        """The member with the profile that its first sightings make."""
        about = member_node(ident)
        found = self._text(about, IDENTIFIES)
        if found is None:
            return None
        profile = None
        for quad in islice(self._quads(None, SIGHTING_OF, about), _SIGHTINGS):
            told = _profile(json.loads(self._text(quad.subject, FEATURES) or "{}"))  # type: ignore[arg-type]
            profile = told if profile is None else profile | told
        return Member(ident, profile or Profile("", (ident,)), _ident(found), int(self._text(about, NUMBER) or 0))

    def load_entity(self, ident: str) -> list[str]:
        """The members of an entity, the first first."""
        found = [_ident(q.subject.value) for q in self._quads(None, IDENTIFIES, entity(ident))]  # type: ignore[union-attr]
        return sorted(found, key=lambda each: m.number if (m := self.member(each)) else 0)

    def load_block(self, found: str) -> list[str]:
        """The members with a key."""
        return sorted(_ident(q.subject.value) for q in self._quads(None, BLOCKING_KEY, literal(found)))  # type: ignore[union-attr]

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
            one=_ident(self._text(about, ONE) or ""),
            other=_ident(self._text(about, OTHER) or ""),
            reason=self._text(about, REASON) or "",
            by=self._text(about, DECIDED_BY) or "",
            one_names=names[0],
            other_names=names[1],
            number=int(self._text(about, NUMBER) or 0),
        )

    # ---- documents

    def add(self, ident: str, profile: Profile) -> Member:
        """A new member; one that was forgotten takes its old place in the order of arrival, and so its entity gets its old id back."""
        member = super().add(ident, profile)
        member.number = int(self._text(member_node(ident), NUMBER) or member.number)
        return member

    def sighted(self, document: ox.NamedNode) -> list[str]:
        """The members that a document speaks of."""
        nodes = [q.subject for q in self._quads(None, SIGHTED_IN, document)]
        return sorted(_ident(self._text(each, SIGHTING_OF) or "") for each in nodes)  # type: ignore[arg-type]

    def documents(self, ident: str) -> list[ox.NamedNode]:
        """The graphs of the documents that speak of a member, sorted."""
        nodes = [q.subject for q in self._quads(None, SIGHTING_OF, member_node(ident))]
        found = [q.object for each in nodes for q in self._quads(each, SIGHTED_IN, None)]  # type: ignore[arg-type]
        return sorted((name for name in found if isinstance(name, ox.NamedNode)), key=lambda name: name.value)

    def forget(self, ident: str) -> None:
        """Takes a member out that no document speaks of any more; its number and judgements of people about it stay."""
        member = self.member(ident)
        if member is None:
            return
        rest = [each for each in self.of_entity(member.entity) if each != ident]
        links = [judgement for judgement in self.about(ident) if judgement.by.startswith(RULE)]
        self.dropped += links
        for each in rest:
            self.about(each)
            self.links[each] = [judgement for judgement in self.links[each] if ident not in judgement.ends]
        self.entities[member.entity] = rest
        for key in [q.object.value for q in self._quads(member_node(ident), BLOCKING_KEY, None)]:  # type: ignore[union-attr]
            self.blocks[key] = [each for each in self.block(key) if each != ident]
        self.members[ident] = None
        self.moved.pop(ident, None)
        self.regroup(rest)

    # ---- writing

    def changes(self) -> tuple[set[ox.Quad], set[ox.Quad]]:
        """(what goes, what comes) to bring members, keys and judgements in the store up to date."""
        gone: set[ox.Quad] = {_last(self._written)}
        new = {_last(self.number)}
        for ident in self.moved:
            about, member = member_node(ident), self.member(ident)
            gone.update(self._quads(about, IDENTIFIES, None))
            gone.update(self.store.inner.quads_for_pattern(entity(ident), None, None, REDIRECTS))
            if member is not None:
                new.add(ox.Quad(about, IDENTIFIES, entity(member.entity), REGISTRY))
                new.add(ox.Quad(about, NUMBER, integer(member.number), REGISTRY))
                if member.entity != ident:
                    new |= {ox.Quad(entity(ident), way, entity(member.entity), REDIRECTS) for way in (SAME_AS, REPLACED_BY)}
        for ident, key in self.keyed:
            if self.member(ident) is not None:
                new.add(ox.Quad(member_node(ident), BLOCKING_KEY, literal(key), REGISTRY))
        for judgement in self.dropped:
            gone.update(self._quads(_judgement_node(judgement), None, None))
        new.update(quad for judgement in self.made if judgement not in self.dropped for quad in _judgement_quads(judgement))
        return gone - new, new - gone

    def settled(self) -> None:
        """Forgets what has changed, once it is written; makes room when much is in memory."""
        self.moved, self.made, self.dropped, self.keyed = {}, [], [], []
        self._written = self.number
        if len(self.members) > _CACHED:
            self.members, self.entities, self.blocks, self.links = {}, {}, {}, {}


def _last(number: int) -> ox.Quad:
    """The last number that was given."""
    return ox.Quad(REGISTRY, NUMBER, integer(number), REGISTRY)


def sighting(ident: str, document: ox.NamedNode, profile: Profile | None) -> Iterator[ox.Quad]:
    """What a document tells of a member."""
    about = sighting_node(ident, document)
    yield ox.Quad(about, SIGHTING_OF, member_node(ident), REGISTRY)
    yield ox.Quad(about, SIGHTED_IN, document, REGISTRY)
    if profile is not None:
        told = {name: list(value) if isinstance(value, tuple) else sorted(value) for name, value in _fields(profile).items()}
        yield ox.Quad(about, FEATURES, literal(json.dumps({"kind": profile.kind, **told}, ensure_ascii=False)), REGISTRY)


def _fields(profile: Profile) -> dict[str, Any]:
    shown = {name: getattr(profile, name) for name in ("names", "countries", "roles", "company", "links")}
    return {name: value for name, value in shown.items() if value}


def _profile(data: dict[str, Any]) -> Profile:
    sets = {name: frozenset(data.get(name, ())) for name in ("countries", "roles", "company", "links")}
    return Profile(data.get("kind", ""), tuple(data.get("names", ())), **sets)


def _ident(address: str) -> str:
    from kg.graph.records import ident

    return ident(ox.NamedNode(address)) if address else ""


def _judgement_node(judgement: Judgement) -> ox.NamedNode:
    return ox.NamedNode(resource("judgement", f"{judgement.id}-{judgement.number}"))


def _judgement_quads(judgement: Judgement) -> Iterator[ox.Quad]:
    about = _judgement_node(judgement)
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
