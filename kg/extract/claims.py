"""From predicates to claims: which entry of the lexicon fits, who its subject and object are, and whether their classes allow it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import combinations, product

from spacy.tokens import Token

from kg.extract.arguments import Argument, Arguments
from kg.extract.entities import Cluster
from kg.extract.frames import Predication, no_event
from kg.extract.lexicon import Lexicon, prepositions
from kg.extract.offices import Offices
from kg.extract.reading import Reading
from kg.extract.selection import Draft
from kg.extract.slots import FORCE, PLACED, Slots
from kg.extract.typing_rules import noun_type
from kg.ontology import Ontology, Trigger

_OPINIONS = frozenset(("accused", "condemned", "supports", "opposes", "metWith"))
_LIKINGS = frozenset(("accused", "supports", "opposes"))
_TOWNS = frozenset(("City", "Region"))
_CAUSES = ("in", "during", "by", "from", "with")
_PLAIN = 0.8  # below, a word needs two names to tell an opinion
_WEAPON = "weapon"  # stands for all weapons where it matters who fires


class Hurdle(StrEnum):
    """What an entry of the lexicon may fail at, in the order in which it is looked at."""

    preposition = "preposition"
    object_noun = "object noun"
    parties = "parties"
    object = "object"
    subject = "subject"
    intention = "intention"
    itself = "itself"
    opinion = "opinion"


Note = Callable[[int, Predication, Trigger, Hurdle], None]  # paragraph, predicate, entry, and what stopped it


def forget(paragraph: int, predication: Predication, entry: Trigger, hurdle: Hurdle) -> None:
    """Nobody wants to know."""


class Drafter:
    """Makes the drafts of one document; `note` is told of each entry that makes none."""

    def __init__(self, reading: Reading, arguments: Arguments, lexicon: Lexicon, ontology: Ontology, note: Note = forget) -> None:
        self._reading, self._arguments, self._lexicon, self._ontology, self._note = reading, arguments, lexicon, ontology, note
        self._slots = Slots(reading, arguments, lexicon, ontology)

    def drafts(self) -> list[Draft]:
        """All drafts in text order; some say the same as others, or worse."""
        found: list[Draft] = []
        for paragraph, predicates in enumerate(self._reading.predicates):
            for predication, entries in predicates:
                here = [d for entry in entries for d in self._fit(paragraph, predication, entry)]
                found.extend(here or self._bare(paragraph, predication, entries))
        return found

    def _fit(self, paragraph: int, predication: Predication, entry: Trigger) -> Iterator[Draft]:
        if entry.frame == "NounPreposition" and predication.lemma not in entry.prepositions:
            self._note(paragraph, predication, entry, Hurdle.preposition)
            return
        if entry.object_nouns and not _has_noun(predication, entry):
            self._note(paragraph, predication, entry, Hurdle.object_noun)
            return
        if entry.subject_slot == entry.object_slot:
            yield from self._mutual(paragraph, predication, entry)
            return
        objects = self._slots.allowed(paragraph, self._slots.objects(paragraph, predication, entry), entry, entry.range)
        implicit = (
            not objects
            and "implicit" in entry.slots
            and not any(predication.slot(s) for s in ("possessor", "compound", "kind", *prepositions(entry)))
        )
        holders = self._slots.allowed(paragraph, predication.slot("holder"), entry, entry.domain) if implicit else []
        if holders and (home := self._offices.whole(paragraph, predication, entry, holders[0].cluster)):
            objects = [Argument(home, home.markables[0])]
        if not objects and entry.frame == "EventNoun" and predication.construction == "light verb":
            implicit = bool(objects := self._victim(predication))
        if not objects:
            self._note(paragraph, predication, entry, Hurdle.object)
            return
        tokens = self._slots.tokens(paragraph, predication, entry, entry.subject_slot) if entry.subject_slot != "none" else []
        if not tokens and entry.subject_slot == "preposition":
            self._note(paragraph, predication, entry, Hurdle.subject)
            return  # "Mosul fell": to whom is what matters
        if not tokens and entry.predicate == "verb":
            tokens = self._causes(predication, entry) or self._courts(paragraph, predication, entry)
        actors, instruments, hidden = self._slots.actors(paragraph, tokens)
        subjects: Sequence[Argument | None] = self._slots.allowed(paragraph, actors, entry, entry.domain)
        if entry.relation in FORCE:  # a city uses no force, whatever "it" is taken for
            hidden |= any(s.type in _TOWNS for s in subjects if s)
            subjects = [s for s in subjects if s and s.type not in _TOWNS]
            actors = actors if subjects else []
        shot = [] if tokens else [t for t in predication.slot("patient") if _is_weapon(t)]  # "rockets were fired at the base"
        if not subjects and ((hidden and not actors) or shot) and (doer := self._doer(tokens or shot)):
            subjects, implicit = [doer], True
        if not subjects:
            if not self._ontology.relations[entry.relation].unknown_agent or (tokens and not hidden):
                self._note(paragraph, predication, entry, Hurdle.subject)
                return
            if not tokens and predication.construction in ("active", "control", "infinitive") and predication.trigger.tag_ == "VB":
                self._note(paragraph, predication, entry, Hurdle.intention)
                return  # "the opportunity to attack X": nobody has done it
            subjects = [None]
        for subject, object_ in product(subjects, objects):
            if subject is not None and (hurdle := self._between(entry, subject, object_)):
                self._note(paragraph, predication, entry, hurdle)
            else:
                yield Draft(paragraph, predication, entry, subject, object_, tuple(instruments), implicit)

    def _between(self, entry: Trigger, one: Argument, other: Argument) -> Hurdle | None:
        """What keeps two that fit from standing in the relation."""
        if one.cluster is other.cluster:
            return Hurdle.itself
        return None if self._is_told(entry, one, other) else Hurdle.opinion

    def _is_told(self, entry: Trigger, subject: Argument, object_: Argument) -> bool:
        """What unnamed people say or like of each other is no news, nor what is wanted of the unnamed; what they do to each other is."""
        named = subject.cluster.named + object_.cluster.named
        if entry.relation not in _OPINIONS or named == 2:
            return True
        return named == 1 and entry.confidence >= _PLAIN and (object_.cluster.named or entry.relation not in _LIKINGS)

    @cached_property
    def _parties(self) -> dict[str, tuple[Cluster | None, Cluster | None]]:
        """Who is behind the strikes, attacks, … of the article, and whom they hit, by noun; None where it does not name one that stands out."""
        doers: dict[str, Counter[int]] = defaultdict(Counter)
        struck: dict[str, Counter[int]] = defaultdict(Counter)
        clusters: dict[int, Cluster] = {}
        for paragraph, predicates in enumerate(self._reading.predicates):
            for predication, entries in predicates:
                for entry in entries:
                    shooting = entry.frame == "LightObject" and any(map(_is_weapon, predication.slot("patient")))
                    if not (entry.frame == "EventNoun" or shooting) or not self._slots.takes_unnamed(entry):
                        continue
                    agents = self._slots.allowed(
                        paragraph, self._slots.tokens(paragraph, predication, entry, entry.subject_slot), entry, entry.domain
                    )
                    targets = self._slots.allowed(paragraph, self._slots.tokens(paragraph, predication, entry, entry.object_slot), entry, entry.range)
                    for counts, arguments in ((doers, agents), (struck, targets)):
                        for argument in arguments:
                            if argument.cluster.named or argument.type == "MilitaryForce":
                                clusters[id(argument.cluster)] = argument.cluster
                                counts[_WEAPON if shooting else _strike(predication.lemma)][id(argument.cluster)] += 1
        return {noun: (_leader(doers[noun], clusters), _leader(struck[noun], clusters)) for noun in {**doers, **struck}}

    @cached_property
    def _offices(self) -> Offices:
        """The offices of the article, with those whose country or place the text tells."""
        told: list[tuple[str, Cluster, Cluster]] = []
        for paragraph, predicates in enumerate(self._reading.predicates):
            for predication, entries in predicates:
                for entry in entries:
                    if entry.predicate == "role" and (holders := predication.slot("holder")):
                        wholes = self._slots.allowed(paragraph, self._slots.objects(paragraph, predication, entry), entry, entry.range & PLACED)
                        people = self._slots.allowed(paragraph, holders, entry, entry.domain) if wholes else []
                        told += [(entry.relation, p.cluster, w.cluster) for p, w in product(people, wholes)]
        return Offices(self._reading.clusters, told, self._ontology)

    def _bare(self, paragraph: int, predication: Predication, entries: Iterable[Trigger]) -> Iterator[Draft]:
        """An event whose arguments are no entities, or whose object is not told, is still an event."""
        for entry in entries:
            if self._slots.takes_unnamed(entry) and _stands_alone(predication, entry):
                actors, instruments, _ = self._slots.actors(paragraph, self._slots.tokens(paragraph, predication, entry, entry.subject_slot))
                if entry.confidence < _PLAIN and not any(i.type == "Weapon" for i in instruments):
                    continue  # but "a bomb exploded" tells of an attack
                subjects = self._slots.allowed(paragraph, actors, entry, entry.domain)
                armed = instruments or any(s.type in ("Country", "MilitaryForce") for s in subjects) or "strike" in self._parties
                if predication.lemma == "strike" and not armed:
                    return  # workers strike as well
                yield Draft(paragraph, predication, entry, subjects[0] if subjects else None, None, tuple(instruments))
                return

    def _causes(self, predication: Predication, entry: Trigger) -> list[Token]:
        """The strike or attack in which somebody was killed, for verbs of harm that do not tell who did it."""
        if entry.relation not in FORCE:
            return []
        slots = _CAUSES if entry.frame != "Undergoer" else (*_CAUSES, "after", "of")
        return [t for slot in slots for t in predication.slot(slot) if t.pos_ == "NOUN" and self._is_violent(t)]

    def _courts(self, paragraph: int, predication: Predication, entry: Trigger) -> list[Token]:
        """ "was acquitted in the Senate", "found guilty at Leeds Crown Court": who judged, where nobody else is named."""
        if "court" not in entry.slots:
            return []
        found = [t for slot in ("in", "at", "before") for t in predication.slot(slot)]
        return [t for t in found if (a := self._arguments.of(paragraph, t)) and a.type == "Organization"]

    def _is_violent(self, noun: Token) -> bool:
        return any(e.relation in FORCE and e.frame == "EventNoun" for e in self._lexicon.noun(noun))

    def _mutual(self, paragraph: int, predication: Predication, entry: Trigger) -> Iterator[Draft]:
        """Each pair of those who do it with each other."""
        if entry.frame != "ReciprocalNoun" and predication.slot("with"):
            self._note(paragraph, predication, entry, Hurdle.parties)
            return  # "X and Y signed a treaty with Z": not with each other
        found = self._slots.allowed(paragraph, self._slots.joined(paragraph, predication, entry), entry, entry.domain)
        if len(found) < 2:
            self._note(paragraph, predication, entry, Hurdle.parties)
        for one, other in combinations(found, 2):
            if hurdle := self._between(entry, one, other):
                self._note(paragraph, predication, entry, hurdle)
            else:
                yield Draft(paragraph, predication, entry, one, other)

    def _doer(self, events: Iterable[Token]) -> Argument | None:
        """ "Two strikes destroyed", "rockets hit": whoever the article says elsewhere made its strikes or fired, when one stands out."""
        for event in events:
            doer, _ = self._parties.get(_WEAPON if _is_weapon(event) else _strike(event.lemma_.lower()), (None, None))
            if doer is not None:
                return Argument(doer, doer.markables[0])
        return None

    def _victim(self, predication: Predication) -> list[Argument]:
        """ "Nations that conducted strikes in Iraq": whom the article's strikes hit elsewhere."""
        _, struck = self._parties.get(_strike(predication.lemma), (None, None))
        return [] if struck is None or not struck.named else [Argument(struck, struck.markables[0])]


def _has_noun(predication: Predication, entry: Trigger) -> bool:
    """True when a predicate has one of the nouns of its entry as object: "held talks", but not "held a press conference"."""
    return any(not entry.object_nouns.isdisjoint((t.lemma_.lower(), t.lower_)) for t in predication.slot("patient") if not no_event(t))


def _stands_alone(predication: Predication, entry: Trigger) -> bool:
    """True when a predicate tells of an event without its object: "an attack", "gunmen opened fire", "X claimed responsibility"."""
    objects = predication.slot("patient")
    if entry.frame == "LightObject":
        complete = not any(predication.slot(p) for p in prepositions(entry))
        return complete and _has_noun(predication, entry)
    return entry.frame in ("Transitive", "EventNoun", "Prepositional") and not any(t.tag_ == "PRP" and "self" in t.lower_ for t in objects)


def _strike(lemma: str) -> str:
    """The event noun under which doers are counted: an airstrike is a strike."""
    return lemma.removeprefix("air")


def _is_weapon(token: Token) -> bool:
    return noun_type(token.lemma_.lower()) == "Weapon"


def _leader(counts: Counter[int], clusters: dict[int, Cluster]) -> Cluster | None:
    """The one that is named more often than any other."""
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return clusters[ranked[0][0]]
