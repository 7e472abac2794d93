"""Sightings that come out of order, come back or go: the part of the registry that they concern is made anew, as if all had come in order.

So who is who depends on which documents there are and on what people have judged, not on when it came. Only what shares blocking keys,
entities or judgements, however indirectly, is looked at again; what comes in order is just added.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.identity.blocking import blocking_keys
from kg.identity.judgements import RULE
from kg.identity.registry import Registry, stem
from kg.identity.sightings import Key, Order, Sighting


class Placed(NamedTuple):
    """The member that a sighting was and the one that it is now; None where there is none."""

    sighting: Sighting
    before: str | None
    now: str | None


@dataclass(slots=True)
class OrderedRegistry(Registry):
    """A registry that can be told of documents in any order. A subclass says which sightings it knows."""

    # Behind every sighting that was ever there.
    latest: Order = ("", "", "")
    # What became of sightings since the last `settled`, and keys that members have no more.
    placed: dict[Key, Placed] = field(default_factory=dict)
    unkeyed: set[tuple[str, str]] = field(default_factory=set)

    def sightings_of(self, ident: str) -> list[Sighting]:
        """The sightings of a member, as far as they are settled."""
        return []

    def earlier(self, ident: str) -> str:
        """The entity that a member was at the last `settled`."""
        return self.moved.get(ident) or (ident if ident in self.moved else self.entity(ident))

    def learn(self, fresh: Iterable[Sighting], *, gone: Iterable[Placed] = (), ends: Iterable[str] = ()) -> None:
        """Takes new sightings in and others out, and looks again at the `ends` of judgements that came or went."""
        coming = sorted((each for each in fresh if self.concerns(each)), key=lambda each: each.order)
        lost = {each.sighting.key: each for each in gone}
        self.placed.update(lost)
        if lost or ends or (coming and coming[0].order < self.latest):
            starts: list[str | Sighting] = [*ends, *(each.before for each in lost.values() if each.before), *coming]
            for members, found in self._parts(starts, coming):
                self._renew(members, sorted(found, key=lambda each: each.order), lost)
        else:
            self._append(coming)
        self.latest = max([self.latest, *(each.order for each in coming)])

    def _append(self, coming: Iterable[Sighting]) -> None:
        for each in coming:
            self._see_again(each, None)

    def _see_again(self, sighting: Sighting, before: str | None) -> None:
        before = self.placed[sighting.key].before if sighting.key in self.placed else before
        self.placed[sighting.key] = Placed(sighting, before, self.see(sighting))

    # ---- what hangs together

    def _parts(self, starts: Iterable[str | Sighting], coming: Collection[Sighting]) -> list[tuple[set[str], list[Sighting]]]:
        """The members, and the new sightings, that must be looked at together."""
        index: dict[str, list[Sighting]] = defaultdict(list)
        for each in coming:
            for handle in (each.ident, each.own, *blocking_keys(each.profile)):
                index[handle].append(each)
        seen: set[str | Key] = set()
        # All parts are found before the first is made anew, since that changes what hangs together.
        found = [self._part(start, index, seen) for start in starts]
        return [part for part in found if any(part)]

    def _part(self, start: str | Sighting, index: Mapping[str, list[Sighting]], seen: set[str | Key]) -> tuple[set[str], list[Sighting]]:
        members: set[str] = set()
        found: list[Sighting] = []
        queue: list[str | Sighting] = [start]
        while queue:
            each = queue.pop()
            handle = each if isinstance(each, str) else each.key
            if handle in seen:
                continue
            seen.add(handle)
            if isinstance(each, str):
                members.add(each)
                queue += self._beside(each)
                queue += index.get(each, ())
            else:
                found.append(each)
                queue += [each.ident, each.own]
            for key in self._keys_of(each):
                queue += self.block(key)
                queue += index.get(key, ())
        return members, found

    def _beside(self, ident: str) -> list[str]:
        """What a member hangs together with, besides by its keys."""
        found = [end for judgement in self.about(ident) for end in judgement.ends]
        member = self.member(ident)
        return found if member is None else [*found, *self.of_entity(member.entity), *stem(ident)]

    def _keys_of(self, each: str | Sighting) -> frozenset[str]:
        if isinstance(each, Sighting):
            return blocking_keys(each.profile)
        member = self.member(each)
        return frozenset() if member is None else blocking_keys(member.profile)

    # ---- made anew

    def _renew(self, members: Collection[str], coming: Sequence[Sighting], lost: Mapping[Key, Placed]) -> None:
        stood = [(each, ident) for ident in sorted(members) for each in self.sightings_of(ident)]
        kept = {each.key: (each, ident) for each, ident in stood if each.key not in lost}
        if coming and len(kept) == len(stood) and all(each.order < coming[0].order for each, _ in stood):
            self._append(coming)
            return
        for ident in sorted(members):
            self._take_out(ident)
        every = sorted([*(each for each, _ in kept.values()), *coming], key=lambda each: each.order)
        self.coming = frozenset(ident for each in every for ident in (each.ident, each.own))
        for each in every:
            self._see_again(each, kept[each.key][1] if each.key in kept else None)
        self.coming = frozenset()

    def _take_out(self, ident: str) -> None:
        member = self.member(ident)
        if member is None:
            return
        self.moved.setdefault(ident, member.entity)
        self.told.add(ident)
        for judgement in self.about(ident):
            if judgement.by.startswith(RULE) and judgement not in self.dropped:
                self.dropped.append(judgement)
        for key in blocking_keys(member.profile):
            self.blocks[key] = [each for each in self.block(key) if each != ident]
            self.keyed.discard((ident, key))
            self.unkeyed.add((ident, key))
        self.members[ident], self.links[ident], self.entities[member.entity] = None, [], []
