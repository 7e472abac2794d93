"""One event for one happening of the article, however often it is told; what happened within another happening is linked to it.

A telling is a trigger with what its drafts say: who did it to whom, where, when, how many died. Tellings of one kind and modality
are one happening when nothing speaks against it (other names, places, times, numbers) and something for it: the same victim, the
same number, the same place, or a definite noun ("the attack") that points back. A death in an attack is part of the attack; who
made the attack is taken to have caused the death where the text does not say who did.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from spacy.tokens import Token

from kg.extract import adjuncts
from kg.extract.arguments import Argument, Arguments
from kg.extract.modality import judge
from kg.extract.reading import Reading
from kg.extract.selection import Draft
from kg.extract.tellings import Outline, Telling
from kg.model import Time
from kg.ontology import Ontology

PARTS = frozenset(("Killing", "Injury", "Destruction", "Abduction"))
WHOLES = frozenset(("Attack", "Invasion", "Clash"))
COUNTS = {"Killing": "deathCount", "Injury": "injuredCount"}
_CAUSES = ("agent", "in", "during", "by", "from", "with", "after", "of")
_CLAUSES = frozenset(("advcl", "xcomp", "relcl", "acl", "conj", "pcomp"))
_REACH = 3  # clauses between a death and its attack


@dataclass(eq=False, slots=True)
class Happening:
    """The tellings of one event in text order, the happening that it is part of, and those that are parts of it."""

    tellings: list[Telling] = field(default_factory=list)
    whole: "Happening | None" = None
    parts: list["Happening"] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The event class."""
        return self.tellings[0].kind

    @property
    def best(self) -> Telling:
        """The telling that says most, the first of equals."""
        return max(self.tellings, key=lambda t: sum(map(bool, t.roles.values())) + (t.time is not None))

    @property
    def _together(self) -> "list[Happening]":
        """Itself, and whatever happened at the same time and place."""
        return [self, *([self.whole] if self.whole else ()), *self.parts]

    def arguments(self, role: str) -> list[Argument]:
        """Everybody in a role, by first mention; the place of an attack is that of the deaths in it, and the other way round."""
        for happening in self._together if role == "place" else (self,):
            found = {id(a.cluster): a for t in reversed(happening.tellings) for a in reversed(t.roles[role])}
            if found:
                return list(reversed(found.values()))
        return []

    @property
    def time(self) -> Time | None:
        """The first time that is resolved, else the first that is said."""
        times = [t.time for h in self._together for t in h.tellings if t.time is not None]
        return next((t for t in times if t.value), times[0] if times else None)

    @property
    def counts(self) -> dict[str, int]:
        """Numbers of dead and injured, those of its parts included; of several numbers the largest."""
        found: dict[str, int] = {}
        for happening in (self, *self.parts):
            for telling in happening.tellings:
                for name, number in telling.counts.items():
                    found[name] = max(number, found.get(name, 0))
        return found


class Happenings:
    """The happenings of one document; `drafts` are completed with who is behind them."""

    def __init__(self, reading: Reading, arguments: Arguments, ontology: Ontology, drafts: Sequence[Draft]) -> None:
        self._reading, self._arguments, self._ontology = reading, arguments, ontology
        groups: dict[tuple[int, int, str], list[Draft]] = defaultdict(list)
        for draft in drafts:
            groups[(*draft.key, ontology.relations[draft.entry.relation].event or "")].append(draft)
        self.lasting = [d for (_, _, kind), group in groups.items() if not kind for d in group]
        tellings = [self._telling(kind, group) for (_, _, kind), group in groups.items() if kind]
        self.all = _merged(tellings)
        _link(self.all, tellings)
        for happening in self.all:
            self._complete(happening)
        for happening in self.all:
            self._strike(happening)

    def _telling(self, kind: str, group: list[Draft]) -> Telling:
        first, reading = group[0], self._reading
        roles: dict[str, list[Argument]] = {"agent": [], "target": [], "instrument": [], "place": []}
        for draft in group:
            roles["agent"] += [] if draft.subject is None else [draft.subject]
            roles["target"] += [] if draft.object is None else [draft.object]
            roles["instrument"] += adjuncts.instruments(draft, self._arguments)
            roles["place"] += adjuncts.places(draft, reading, self._arguments)
        roles = {role: list({id(a.cluster): a for a in found}.values()) for role, found in roles.items()}
        numbers = [n for a in roles["target"] if kind in COUNTS and (n := adjuncts.count(a)) is not None]
        counts = {COUNTS[kind]: sum(numbers)} if numbers else {}
        judgement = judge(first.predication.trigger)
        return Telling(kind, group, judgement, first.modality(judgement.modality), adjuncts.time(first, reading), roles, counts)

    def _complete(self, happening: Happening) -> None:
        """Drafts without a named doer get the doer of the happening, or of that which it is part of, where only one is told."""
        whole = happening.whole if happening.whole and happening.whole.kind != "Clash" else None  # those who fight are killed as well
        doer = _only([*happening.arguments("agent"), *(whole.arguments("agent") if whole else ())])
        if doer is None or any(a.cluster is doer.cluster for a in happening.arguments("target")):
            return
        for telling in happening.tellings:
            if any(a.cluster.named or a.cluster is doer.cluster for a in telling.roles["agent"]):
                continue
            fitting = [d for d in telling.drafts if self._ontology.is_a(doer.type, d.entry.domain)]
            telling.drafts = [d for d in telling.drafts if d.subject is not None or d not in fitting]
            telling.drafts += [replace(d, subject=doer, implicit=True) for d in fitting]
            telling.roles["agent"].append(doer)

    def _strike(self, attack: Happening) -> None:
        """An attack without a target struck whom it killed or wounded, where it is told who made it."""
        victims = [a for part in attack.parts if part.kind in COUNTS for a in part.arguments("target")]
        best = attack.best
        if attack.kind != "Attack" or not victims or attack.arguments("target"):
            return
        for draft in best.drafts if best.roles["agent"] else ():
            fitting = [v for v in victims if self._ontology.is_a(v.type, draft.entry.range)]
            best.drafts = [replace(draft, object=v, implicit=True) for v in fitting] or best.drafts
            best.roles["target"] = fitting
            return


def _only(doers: Sequence[Argument]) -> Argument | None:
    """The doer, where there is one, or one with a name."""
    named = [d for d in doers if d.cluster.named] or doers
    return named[0] if len(named) == 1 else None


def _merged(tellings: Iterable[Telling]) -> list[Happening]:
    found: list[Happening] = []
    outlines: list[Outline] = []
    known: dict[Outline, int] = {}
    forms: list[frozenset[int]] = []  # the outlines of each happening
    numbers: dict[object, set[int]] = defaultdict(set)
    for telling in tellings:
        here, kind = Outline.of(telling), (telling.kind, telling.modality)
        keys = [(*kind, *key) for key in here.keys]
        possible = numbers[kind] if here.anaphoric and not here.targets else set().union(*(numbers.get(key, ()) for key in keys))
        fits = cache(lambda form, here=here: here.fits(outlines[number] for number in form))
        last = next((n for n in sorted(possible, reverse=True) if fits(forms[n])), None)
        if last is None:
            last = len(found)
            found.append(Happening())
            forms.append(frozenset())
        found[last].tellings.append(telling)
        if here not in known:
            known[here] = len(outlines)
            outlines.append(here)
        forms[last] |= {known[here]}
        for key in (kind, *keys):
            numbers[key].add(last)
    return found


def _link(happenings: Sequence[Happening], tellings: Sequence[Telling]) -> None:
    """Makes deaths, injuries and destruction parts of the attacks or fights they happened in."""
    of = {id(t): h for h in happenings for t in h.tellings}
    wholes: dict[tuple[int, int], list[Telling]] = defaultdict(list)
    for telling in tellings:
        if telling.kind in WHOLES:
            wholes[telling.paragraph, telling.trigger.sent.start].append(telling)
    for telling in tellings:
        happening = of[id(telling)]
        if telling.kind in PARTS and happening.whole is None:
            beside = [
                w for w in wholes[telling.paragraph, telling.trigger.sent.start] if w.modality == telling.modality and not _other_doer(w, telling)
            ]
            for holds in (_is_cause, _shares_clause):
                whole = next((w for w in beside if holds(w.trigger, telling)), None)
                if whole is not None and happening.whole is None:
                    happening.whole = of[id(whole)]
                    happening.whole.parts.append(happening)


def _other_doer(whole: Telling, part: Telling) -> bool:
    return bool(whole.who("agent") and part.who("agent") and not whole.who("agent") & part.who("agent"))


def _is_cause(whole: Token, part: Telling) -> bool:
    """ "died in the attack", "the attack that killed"."""
    return any(t == whole for d in part.drafts for slot in _CAUSES for t in d.predication.slot(slot))


def _shares_clause(whole: Token, part: Telling) -> bool:
    """ "stormed the hotel, killing five": one of their clauses depends on the other."""
    return _depends(part.trigger, whole) or (whole.pos_ == "VERB" and _depends(whole, part.trigger))


def _depends(inner: Token, outer: Token) -> bool:
    """True when a clause or noun depends on another within a few clauses, none of them a report ("said that")."""
    clauses = 0
    for token in _upwards(inner):
        if token == outer:
            return True
        if token.dep_ in ("ccomp", "parataxis") or clauses > _REACH:
            return False
        clauses += token.dep_ in _CLAUSES
    return False


def _upwards(token: Token) -> Iterator[Token]:
    yield token
    yield from token.ancestors
