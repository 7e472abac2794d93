"""The single mentions of events, and what tells whether two of them are of one happening."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from spacy.tokens import Token

from kg.extract.arguments import Argument
from kg.extract.lexicon import prepositions
from kg.extract.modality import Judgement
from kg.extract.selection import Draft
from kg.model import Modality, Time

_ONCE = frozenset(("Person", "Facility", "City", "Vehicle"))  # who or what is seldom hit twice in one article
_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_MANY = 2

Clusters = frozenset[int]


@dataclass(eq=False, slots=True)
class Telling:
    """One mention of an event, with the drafts that share its trigger."""

    kind: str
    drafts: list[Draft]
    judgement: Judgement
    modality: Modality
    time: Time | None
    roles: dict[str, list[Argument]]
    counts: dict[str, int]

    @property
    def trigger(self) -> Token:
        """The last word of its predicate."""
        return self.drafts[0].predication.trigger

    @property
    def paragraph(self) -> int:
        """Where it stands."""
        return self.drafts[0].paragraph

    def who(self, role: str, *, named: bool = False) -> Clusters:
        """The entities in a role."""
        return frozenset(id(a.cluster) for a in self.roles[role] if not named or a.cluster.named)


@dataclass(frozen=True, slots=True)
class Outline:
    """What tellings of one kind and modality are compared by, so that each is looked at once; `once` are named targets that are seldom hit twice."""

    agents: Clusters
    named_agents: Clusters
    targets: Clusters
    named_targets: Clusters
    once: Clusters
    spots: Clusters
    counts: frozenset[tuple[str, int]]
    time: tuple[str, str] | None
    anaphoric: bool

    @classmethod
    def of(cls, telling: Telling) -> Self:
        """The outline of a telling; its spots are the places that are small enough to tell two happenings apart."""
        time = telling.time
        return cls(
            agents=telling.who("agent"),
            named_agents=telling.who("agent", named=True),
            targets=telling.who("target"),
            named_targets=telling.who("target", named=True),
            once=frozenset(id(a.cluster) for a in telling.roles["target"] if a.cluster.named and a.type in _ONCE),
            spots=frozenset(id(a.cluster) for a in telling.roles["place"] if a.type in ("City", "Facility")),
            counts=frozenset(telling.counts.items()),
            time=(time.granularity, time.value) if time and time.value else None,
            anaphoric=_is_anaphoric(telling),
        )

    @property
    def keys(self) -> list[tuple[object, ...]]:
        """Of these it shares one with others of the same happening, unless it only points back."""
        named = [*(("target", each) for each in self.targets), *(("spot", each) for each in self.spots)]
        return [*named, *(("count", *each) for each in self.counts if each[1] >= _MANY)]

    def fits(self, earlier: Iterable[Self]) -> bool:
        """True when nothing speaks against one happening with earlier tellings, and something for it."""
        earlier = list(earlier)
        return not any(self._differs(other) for other in earlier) and any(self._points_to(other) for other in earlier)

    def _differs(self, other: Self) -> bool:
        """True when names, places, times or numbers rule out that the two tell of one happening."""
        one, another = dict(self.counts), dict(other.counts)
        common = one.keys() & another.keys()
        if _apart(self.named_agents, other.named_agents):
            return True
        if any(one[name] == another[name] >= _MANY for name in common):
            if _apart(self.named_targets, other.named_targets):
                return True
        elif _apart(self.targets, other.targets):
            return True
        if self.time and other.time and self.time != other.time and self.time[0] == other.time[0]:
            return True
        return any(one[name] != another[name] for name in common) or _apart(self.spots, other.spots)

    def _points_to(self, earlier: Self) -> bool:
        """True when something in a telling speaks for the earlier one."""
        shared, doers = self.targets & earlier.targets, self.agents & earlier.agents
        if self.once & shared or (doers and self.named_targets & shared):
            return True
        names = {name for name, _ in earlier.counts}
        if any(number >= _MANY and name in names for name, number in self.counts):
            return True
        if self.targets and not shared:
            return False
        return bool(self.spots & earlier.spots and (doers or not self.agents)) or self.anaphoric


def _apart(one: Clusters, other: Clusters) -> bool:
    return bool(one and other and not one & other)


def _is_anaphoric(telling: Telling) -> bool:
    """ "the attack", "this killing", "their visit", "X claimed responsibility"; not "the attack on a ship", whatever the ship is."""
    trigger = telling.trigger
    if any("responsibility" in d.entry.object_nouns for d in telling.drafts):
        return True
    if not telling.roles["target"] and any(d.predication.slot(p) for d in telling.drafts for p in prepositions(d.entry)):
        return False
    return trigger.pos_ == "NOUN" and any(c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in _DEFINITE) for c in trigger.lefts)
