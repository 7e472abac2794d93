"""Who is who across documents: members (entities as single documents name them), joined to entities by rules and judgements.

A member is found by blocking keys, compared with few others and joined to the one entity that the rules say it is; where they
name two that differ, it stays by itself. An entity has the id of its first member; the ids of its other members lead there. Sightings
are taken as they come: `kg.identity.replay` puts those right that come out of order. The registry lives in memory;
`kg.graph.registry` reads and writes it in the store.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kg.identity.blocking import blocking_keys
from kg.identity.judgements import RULE, Judgement, check, groups
from kg.identity.keys import key
from kg.identity.matching import Verdict, match
from kg.identity.people import person_name
from kg.identity.profiles import Profile
from kg.identity.sightings import Order, Sighting, sightings
from kg.model import Extraction

# A key that so many share tells nothing.
WIDEST_BLOCK = 60
# The length of a piece of a document's hash.
_MARK = 8


@dataclass(slots=True)
class Member:
    """An entity as documents name it; `entity` is the id of what it is, `first` the place of its first sighting in the order of all."""

    id: str
    profile: Profile
    entity: str
    first: Order


@dataclass(slots=True)
class Registry:
    """Members, entities, keys and judgements. Subclasses fill the maps from a store when `load_*` asks."""

    members: dict[str, Member | None] = field(default_factory=dict)
    entities: dict[str, list[str]] = field(default_factory=dict)
    blocks: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[Judgement]] = field(default_factory=dict)
    judged: dict[str, Judgement] = field(default_factory=dict)
    number: int = 0
    # What has changed since the last `settled`: the entity that members had before, None for new ones.
    moved: dict[str, str | None] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    made: list[Judgement] = field(default_factory=list)
    dropped: list[Judgement] = field(default_factory=list)
    keyed: set[tuple[str, str]] = field(default_factory=set)
    # Ids that are about to be seen again.
    coming: frozenset[str] = frozenset()

    # ---- what a stored registry overrides

    def load_member(self, ident: str) -> Member | None:
        """The member of that id from the store."""
        return None

    def load_entity(self, ident: str) -> list[str]:
        """The members of an entity from the store."""
        return []

    def load_block(self, found: str) -> list[str]:
        """The members with that key from the store."""
        return []

    def load_links(self, ident: str) -> list[Judgement]:
        """Rules' judgements about a member from the store."""
        return []

    # ---- reading

    def member(self, ident: str) -> Member | None:
        """The member of that id."""
        if ident not in self.members:
            self.members[ident] = self.load_member(ident)
        return self.members[ident]

    def entity(self, ident: str) -> str:
        """The id of the entity that a member is; an id that is no member's stays."""
        found = self.member(ident)
        return ident if found is None else found.entity

    def of_entity(self, ident: str) -> list[str]:
        """The members of an entity, the first first."""
        if ident not in self.entities:
            self.entities[ident] = self.load_entity(ident)
        return self.entities[ident]

    def block(self, found: str) -> list[str]:
        """The members with that key."""
        if found not in self.blocks:
            self.blocks[found] = self.load_block(found)
        return self.blocks[found]

    def about(self, ident: str) -> list[Judgement]:
        """All judgements about a member, by rules and by people."""
        if ident not in self.links:
            self.links[ident] = self.load_links(ident)
        return [*self.links[ident], *(j for j in self.judged.values() if ident in j.ends)]

    # ---- documents

    def place(self, extraction: Extraction) -> dict[str, str]:
        """The member that each entity of a document is; members that are new are compared with those that are there."""
        return {sighting.ident: ident for sighting in sightings(extraction) if (ident := self.see(sighting))}

    def concerns(self, sighting: Sighting) -> bool:
        """True for what is compared with others, or judged."""
        return sighting.compared or self._judged(sighting.own) or self._awaited(sighting.ident, sighting.profile)

    def see(self, sighting: Sighting) -> str | None:
        """The member that an entity of a document is; None where it can only be what its name says."""
        if self._judged(sighting.own):
            return self._known(sighting.own, sighting)
        if sighting.compared:
            return self._place(sighting)
        return self._known(sighting.ident, sighting) if self._awaited(sighting.ident, sighting.profile) else None

    def _judged(self, ident: str) -> bool:
        return any(ident in judgement.ends for judgement in self.judged.values())

    def _place(self, sighting: Sighting) -> str:
        there, profile = self.member(sighting.ident), sighting.profile
        if there is None or match(profile, there.profile).answer != "different":
            return self._known(sighting.ident, sighting)
        namesakes = [m.id for m in self._near(profile) if sighting.ident in stem(m.id) and match(profile, m.profile).answer == "same"]
        return self._known(namesakes[0] if namesakes else sighting.own, sighting)

    def _known(self, ident: str, sighting: Sighting) -> str:
        """Adds what is told to a member, which is made where there is none."""
        member = self.member(ident)
        if member is None:
            return self._new(ident, sighting)
        before = member.profile
        member.profile = before | sighting.profile
        if member.profile != before:
            self.told.add(ident)
        if fresh := [name for name in member.profile.names if name not in before.names]:
            self._key(member, blocking_keys(member.profile) - blocking_keys(before))
            self._compare(member, Profile(sighting.profile.kind, tuple(fresh)))
        return ident

    def add(self, ident: str, profile: Profile, first: Order) -> Member:
        """A new member, compared with nobody."""
        member = Member(ident, profile, ident, first)
        self.members[ident] = member
        self.entities[ident] = [ident]
        self.links[ident] = []
        self.moved.setdefault(ident, None)
        self.told.add(ident)
        return member

    def _new(self, ident: str, sighting: Sighting) -> str:
        member = self.add(ident, sighting.profile, sighting.order)
        self._bind(member)
        self._compare(member, sighting.profile)
        self._key(member, blocking_keys(sighting.profile))
        if self._judged(ident):
            self.regroup([ident])
        return ident

    def _key(self, member: Member, found: Iterable[str]) -> None:
        for each in sorted(found):
            block = self.block(each)
            if member.id not in block:
                block.append(member.id)
                self.keyed.add((member.id, each))

    def _near(self, profile: Profile) -> list[Member]:
        """Members that share a key, in order."""
        blocks = (self.block(found) for found in sorted(blocking_keys(profile)))
        near = {ident for block in blocks if len(block) <= WIDEST_BLOCK for ident in block}
        return sorted((m for ident in near if (m := self.member(ident)) is not None), key=lambda m: m.first)

    def _compare(self, member: Member, by: Profile) -> None:
        """Joins a member to the entity that it is by the names of `by`, if there is exactly one, or all are one."""
        fitting: dict[str, tuple[Member, Verdict]] = {}
        for other in self._near(by):
            if other.entity != member.entity and other.entity not in fitting:
                verdict = match(member.profile, other.profile)
                if verdict.answer == "same" and not self._apart(member, other.entity, strict=verdict.rule.startswith("person/surname")):
                    fitting[other.entity] = other, verdict
        if len(fitting) > 1 and not self._one(fitting):
            fitting = {ident: found for ident, found in fitting.items() if _support(member.profile, found[0].profile)}
            if len(fitting) > 1:
                return
        for other, verdict in fitting.values():
            self._join(member, other, verdict)

    def _one(self, fitting: Mapping[str, tuple[Member, Verdict]]) -> bool:
        """True when all the entities that a name fits are the same by their own names."""
        found = [member for member, _ in fitting.values()]
        return all(match(found[0].profile, other.profile).answer == "same" for other in found[1:])

    def _apart(self, member: Member, entity: str, *, strict: bool) -> bool:
        """True when one of the other members of either entity is somebody else; strictly, when two full names are not the same.

        A surname must not make a father and his son one. Whom one article names beside each other are two: a mother and her daughter.
        """
        mine = [m for ident in self.of_entity(member.entity) if (m := self.member(ident))]
        theirs = [m for ident in self.of_entity(entity) if (m := self.member(ident))]
        if any(one.id in other.profile.company or other.id in one.profile.company for one in mine for other in theirs):
            return True
        if strict:
            mine, theirs = ([m for m in found if person_name(m.profile.names[0]).full] for found in (mine, theirs))
            return any(match(one.profile, other.profile).answer != "same" for one in mine for other in theirs)
        return any(match(one.profile, other.profile).answer == "different" for one in mine for other in theirs)

    def _join(self, member: Member, other: Member, verdict: Verdict) -> None:
        self.number += 1
        one, another = verdict.names
        reason = f"{verdict.rule}: {one} – {another}"
        link = Judgement("same", member.id, other.id, reason, RULE, (one,), (another,), self.number)
        for ident in (member.id, other.id):
            self.about(ident)
            self.links[ident].append(link)
        self.made.append(link)
        self.regroup([member.id, other.id])

    # ---- judgements

    def judge(self, judgement: Judgement) -> Judgement:
        """Adds what a person decided, and returns it with the ids that it means here.

        Raises JudgementError when it contradicts what people decided before.
        """
        judgement = self._named(judgement)
        check(judgement, self.judged.values())
        if judgement.id in self.judged:
            return self.judged[judgement.id]
        self.number += 1
        numbered = replace(judgement, number=self.number)
        self.judged[numbered.id] = numbered
        self.made.append(numbered)
        self.regroup([ident for ident in (judgement.one, judgement.other) if self.member(ident)])
        return numbered

    def undo(self, ident: str) -> Judgement:
        """Takes a person's judgement back."""
        judgement = self.judged.pop(ident)
        self.dropped.append(judgement)
        self.regroup([end for end in (judgement.one, judgement.other) if self.member(end)])
        return judgement

    def waiting(self) -> int:
        """How many judgements are about an entity that no document tells of so far."""
        return sum(any(self.member(end) is None for end in judgement.ends) for judgement in self.judged.values())

    def _named(self, judgement: Judgement) -> Judgement:
        """Lets a judgement about ids that nobody has, as one of another store, mean members of those names."""
        ends = {}
        for end, names in _told(judgement):
            near = self._near(Profile(end.partition("/")[0].capitalize(), names)) if names and self.member(end) is None else ()
            ends[end] = next((m.id for m in near if self._meant(m.id, m.profile, end, names)), end)
        bound = _with_ends(judgement, ends)
        return bound if len(bound.ends) == 2 else judgement

    def _awaited(self, ident: str, profile: Profile) -> bool:
        return any(ident in j.ends or self._meant(ident, profile, end, names) for j in self.judged.values() for end, names in _told(j))

    def _bind(self, member: Member) -> None:
        """Lets judgements about an id that no document gives any more mean a new member of that name."""
        for judgement in list(self.judged.values()):
            ends = {end: member.id if self._meant(member.id, member.profile, end, names) else end for end, names in _told(judgement)}
            if (bound := _with_ends(judgement, ends)).ends != judgement.ends and len(bound.ends) == 2:
                self.dropped.append(self.judged.pop(judgement.id))
                self.judged[bound.id] = bound
                self.made.append(bound)

    def _meant(self, ident: str, profile: Profile, end: str, names: tuple[str, ...]) -> bool:
        if end == ident or end in self.coming or self.member(end) is not None or end.partition("/")[0] != ident.partition("/")[0]:
            return False
        return not {key(name) for name in names}.isdisjoint(key(name) for name in profile.names)

    def regroup(self, idents: Iterable[str]) -> None:
        """Brings the entities of these members in line with all judgements about them."""
        members = self._reachable(idents)
        judgements = {(j.id, j.number): j for ident in members for j in self.about(ident)}
        before = {ident: self.entity(ident) for ident in members}
        taken: set[str] = set()
        for group in groups(members, judgements.values()):
            entity = group[0]
            taken.add(entity)
            for ident in group:
                self._move(ident, entity)
            self.entities[entity] = group
        for stale in set(before.values()) - taken:
            self.entities[stale] = []

    def _move(self, ident: str, entity: str) -> None:
        member = self.member(ident)
        if member is not None and member.entity != entity:
            self.moved.setdefault(ident, member.entity)
            member.entity = entity

    def _reachable(self, idents: Iterable[str]) -> list[str]:
        """The members of the entities of these, and what judgements lead to from them, in order."""
        found: dict[str, Member] = {}
        queue = list(idents)
        while queue:
            ident = queue.pop()
            member = self.member(ident)
            if member is None or ident in found:
                continue
            found[ident] = member
            queue += self.of_entity(member.entity)
            queue += [end for j in self.about(ident) if j.answer == "same" for end in j.ends]
        return [member.id for member in sorted(found.values(), key=lambda m: m.first)]


def stem(ident: str) -> tuple[str, ...]:
    """The id without what marks it as that of one text, if something does."""
    head, _, mark = ident.rpartition("-")
    return (head,) if len(mark) == _MARK else ()


def _support(one: Profile, other: Profile) -> bool:
    """True when the articles tell of the same people, country or walk of life."""
    return bool(one.company & other.company or one.countries & other.countries or (one.roles & other.roles and one.kind == "Person"))


def _told(judgement: Judgement) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (judgement.one, judgement.one_names), (judgement.other, judgement.other_names)


def _with_ends(judgement: Judgement, ends: Mapping[str, str]) -> Judgement:
    return replace(judgement, one=ends[judgement.one], other=ends[judgement.other])
