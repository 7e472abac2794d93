"""From predicates to claims: which entry of the lexicon fits, who its subject and object are, and whether their classes allow it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from spacy.tokens import Token

from kg.extract.arguments import Argument, Arguments
from kg.extract.entities import Cluster
from kg.extract.frames import Predication, nouns
from kg.extract.lexicon import Lexicon, prepositions
from kg.extract.reading import Reading
from kg.extract.typing_rules import noun_type
from kg.ontology import Ontology, Trigger
from kg.resources import words


_HARM = frozenset(("killed", "injured"))  # what accidents and illness do as well
_SURE = 0.75  # below, a word needs a subject to be believed


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before it is judged: modality, sources, time and confidence come later. `implicit` marks a whole taken from the article."""

    paragraph: int
    predication: Predication
    entry: Trigger
    subject: Argument | None
    object: Argument | None
    instruments: tuple[Argument, ...] = ()
    implicit: bool = False

    @property
    def key(self) -> tuple[int, int]:
        """Where the trigger stands."""
        return self.paragraph, self.predication.trigger.i


class Drafter:
    """Makes the drafts of one document."""

    def __init__(self, reading: Reading, arguments: Arguments, lexicon: Lexicon, ontology: Ontology) -> None:
        self._reading, self._arguments, self._lexicon, self._ontology = reading, arguments, lexicon, ontology

    def drafts(self) -> list[Draft]:
        """All drafts in text order, without those that a more specific one says better."""
        found: list[Draft] = []
        for paragraph, predicates in enumerate(self._reading.predicates):
            for predication, entries in predicates:
                here = [d for entry in entries for d in self._fit(paragraph, predication, entry)]
                found.extend(here or self._bare(paragraph, predication, entries))
        return self._select(found)

    def _fit(self, paragraph: int, predication: Predication, entry: Trigger) -> Iterator[Draft]:
        if entry.frame == "NounPreposition" and predication.lemma not in entry.prepositions:
            return
        if entry.object_nouns and not any(t.lemma_.lower() in entry.object_nouns for t in predication.slot("patient")):
            return
        if entry.subject_slot == entry.object_slot:
            yield from self._mutual(paragraph, predication, entry)
            return
        objects = self._allowed(paragraph, self._tokens(predication, entry, entry.object_slot), entry, entry.range)
        implicit = (
            not objects
            and "implicit" in entry.slots
            and not any(predication.slot(s) for s in ("possessor", "compound", "kind", *prepositions(entry)))
        )
        if implicit and (home := self._home(paragraph, entry)):
            objects = [Argument(home, home.markables[0])]
        if not objects:
            return
        tokens = self._tokens(predication, entry, entry.subject_slot) if entry.subject_slot != "none" else []
        actors, instruments, hidden = self._actors(paragraph, tokens)
        subjects: Sequence[Argument | None] = self._allowed(paragraph, actors, entry, entry.domain)
        if not subjects and hidden and not actors and (doer := self._doer(tokens)):
            subjects = [doer]
        if not subjects:
            if not self._ontology.relations[entry.relation].unknown_agent or (tokens and not hidden):
                return
            subjects = [None]
        for subject, object_ in product(subjects, objects):
            if subject is None or (subject.cluster is not object_.cluster):
                yield Draft(paragraph, predication, entry, subject, object_, tuple(instruments), implicit)

    @cached_property
    def _doers(self) -> dict[str, list[Cluster]]:
        """Who is said to be behind the strikes, attacks, … of the article, by noun."""
        found: dict[str, list[Cluster]] = defaultdict(list)
        for paragraph, predicates in enumerate(self._reading.predicates):
            for predication, entries in predicates:
                for entry in entries:
                    if entry.frame != "EventNoun" or not self._takes_unnamed(entry):
                        continue
                    for argument in self._allowed(paragraph, self._noun_agents(predication, entry), entry, entry.domain):
                        if (argument.cluster.named or argument.type == "MilitaryForce") and argument.cluster not in found[predication.lemma]:
                            found[predication.lemma].append(argument.cluster)
        return found

    def _home(self, paragraph: int, entry: Trigger) -> Cluster | None:
        """Whose office it is when the text does not say: the named place of the entry's classes that the article mentions most.

        Mentions in the same paragraph count double; two that are mentioned alike leave it open.
        """
        counts = sorted(
            (
                (len(c.markables) + sum(m.paragraph == paragraph for m in c.markables), -n, c)
                for n, c in enumerate(self._reading.clusters)
                if self._ontology.is_a(c.type, entry.range)
            ),
            key=lambda counted: counted[:2],
            reverse=True,
        )
        if not counts or (len(counts) > 1 and counts[0][0] == counts[1][0]):
            return None
        return counts[0][2]

    def _bare(self, paragraph: int, predication: Predication, entries: Iterable[Trigger]) -> Iterator[Draft]:
        """An event whose arguments are no entities, or whose object is not told, is still an event."""
        for entry in entries:
            if self._takes_unnamed(entry) and entry.confidence >= 0.8 and entry.frame in ("Transitive", "EventNoun", "Prepositional"):
                actors, instruments, _ = self._actors(paragraph, self._tokens(predication, entry, entry.subject_slot))
                subjects = self._allowed(paragraph, actors, entry, entry.domain)
                yield Draft(paragraph, predication, entry, subjects[0] if subjects else None, None, tuple(instruments))
                return

    def _mutual(self, paragraph: int, predication: Predication, entry: Trigger) -> Iterator[Draft]:
        """Each pair of joined subjects; for nouns also "between X and Y", "X's talks with Y"."""
        tokens = list(self._tokens(predication, entry, "agent"))
        if entry.frame == "ReciprocalNoun":
            tokens += [t for slot in ("between", "with", *entry.prepositions) for t in predication.slot(slot)]
        found = self._allowed(paragraph, dict.fromkeys(tokens), entry, entry.domain)
        for other in found[1:]:
            if other.cluster is not found[0].cluster:
                yield Draft(paragraph, predication, entry, found[0], other)

    def _tokens(self, predication: Predication, entry: Trigger, slot: str) -> Sequence[Token]:
        """The tokens in the slot that the entry asks for."""
        if slot == "agent" and entry.predicate == "noun":
            return self._noun_agents(predication, entry)
        if slot not in ("preposition", "whole"):
            return predication.slot(slot)
        found = [t for name in prepositions(entry) for t in predication.slot(name)]
        if slot == "whole":
            found = (
                found
                or [t for name in ("possessor", "compound") if name in entry.slots for t in predication.slot(name)]
                or list(predication.slot("kind"))
            )
        elif not found:
            found = [t for name in ("possessor", "compound") if name in entry.slots for t in predication.slot(name)]
        return found

    def _noun_agents(self, predication: Predication, entry: Trigger) -> Sequence[Token]:
        if predication.slot("agent"):
            return predication.slot("agent")
        for slot in ("possessor", "compound"):
            if slot not in entry.slots or any(predication.slot(p) for p in prepositions(entry)):
                if tokens := predication.slot(slot):
                    return tokens
        return ()

    def _actors(self, paragraph: int, tokens: Iterable[Token]) -> tuple[list[Token], list[Argument], bool]:
        """(actors, instruments, hidden): looks through "the strike that killed X" and "rockets hit Y" to whoever is behind them.

        `hidden` is True when something happened or somebody did it, but the text doesn't tell who.
        """
        actors: list[Token] = []
        instruments: list[Argument] = []
        hidden = False
        for token in tokens:
            name = self._reading.names[paragraph].get(token.i)
            if name is None and token.pos_ == "NOUN" and self._lexicon.noun(token):
                event = nouns.predicate(token)
                actors += (
                    event.slot("agent") or event.slot("possessor") or [t for t in event.slot("compound") if t.i in self._reading.names[paragraph]]
                )
                instruments += self._weapons(paragraph, event.slot("compound"))
                hidden = True
            elif name is None and noun_type(token.lemma_.lower()) in ("Weapon", "Vehicle"):
                instruments += self._weapons(paragraph, [token])
                actors += nouns.predicate(token).slot("agent")
                hidden = True
            else:
                actors.append(token)
                hidden |= name is None and (token.pos_ == "PRON" or token.lemma_.lower() in words("phrases")["hidden cause"])
        return actors, instruments, hidden

    def _doer(self, events: Iterable[Token]) -> Argument | None:
        """ "Two strikes destroyed": whoever the article says elsewhere made its strikes, when it names one only."""
        for event in events:
            doers = self._doers.get(event.lemma_.lower(), ())
            if len(doers) == 1:
                return Argument(doers[0], doers[0].markables[0])
        return None

    def _weapons(self, paragraph: int, tokens: Iterable[Token]) -> list[Argument]:
        found = (self._arguments.of(paragraph, t) for t in tokens if noun_type(t.lemma_.lower()) in ("Weapon", "Vehicle"))
        return [a for a in found if a is not None]

    def _allowed(self, paragraph: int, tokens: Iterable[Token], entry: Trigger, classes: frozenset[str]) -> list[Argument]:
        """The arguments of the right class; without a name only where the relation takes them."""
        found: list[Argument] = []
        for token in tokens:
            argument = self._arguments.of(paragraph, token)
            if argument is None or not self._ontology.is_a(argument.type, classes):
                continue
            if not argument.cluster.named and not self._takes_unnamed(entry) and entry.predicate != "structure":
                continue
            if all(a.cluster is not argument.cluster for a in found):
                found.append(argument)
        return found

    def _takes_unnamed(self, entry: Trigger) -> bool:
        return self._ontology.relations[entry.relation].unnamed

    def _select(self, drafts: list[Draft]) -> list[Draft]:
        """Leaves out what is said better: general beside specific, implied beside told, and structure about things no event speaks of."""
        told: dict[tuple[int | None, int | None], set[str]] = {}
        held: set[int] = set()
        busy = {id(a.cluster) for d in drafts if d.entry.predicate != "structure" for a in (d.subject, d.object) if a is not None}
        for d in drafts:
            if not d.implicit:
                told.setdefault(_pair(d), set()).update(self._ontology.ancestors(d.entry.relation)[1:])
                if d.entry.predicate == "role" and d.subject is not None:
                    held.add(id(d.subject.cluster))
        violent = {_sentence(d) for d in drafts if d.entry.relation not in _HARM and self._takes_unnamed(d.entry)}
        happened = violent | {_sentence(d) for d in drafts if d.entry.relation in _HARM and d.entry.frame != "Undergoer"}
        roles = {_pair(d) for d in drafts if d.entry.predicate == "role"}
        placed = {
            id(d.subject.cluster)
            for d in drafts
            if d.entry.relation == "locatedIn" and d.entry.frame in ("NounPreposition", "PlaceChain") and d.subject
        }
        settled = {
            id(d.subject.cluster) for d in drafts if d.entry.frame in ("Nationality", "Genitive") and d.entry.relation == "basedIn" and d.subject
        }
        kept = []
        for d in drafts:
            general = d.entry.relation in told.get(_pair(d), ())
            unnamed = d.entry.predicate == "structure" and d.subject is not None and not d.subject.cluster.named
            idle = unnamed and (id(d.subject and d.subject.cluster) not in busy or d.entry.relation != "locatedIn")
            superseded = d.implicit and d.subject is not None and id(d.subject.cluster) in held
            held_there = d.entry.predicate == "structure" and _pair(d) in roles
            elsewhere = (
                d.entry.relation == "basedIn" and d.entry.frame == "NounPreposition" and d.subject is not None and id(d.subject.cluster) in settled
            )
            foreign = d.entry.relation == "locatedIn" and d.entry.frame == "Nationality" and d.subject is not None and id(d.subject.cluster) in placed
            natural = d.entry.frame == "Undergoer" and _sentence(d) not in happened
            natural |= d.subject is None and d.entry.relation in _HARM and _sentence(d) not in violent and _has_accident(d)
            weak = d.subject is None and d.entry.confidence < _SURE and d.entry.frame != "Undergoer"
            if not (natural or weak or general or idle or superseded or held_there or foreign or elsewhere):
                kept.append(d)
        return kept


def _sentence(draft: Draft) -> tuple[int, int]:
    return draft.paragraph, draft.predication.trigger.sent.start


def _has_accident(draft: Draft) -> bool:
    return any(t.lemma_.lower() in words("phrases")["accident"] for t in draft.predication.trigger.sent)


def _pair(draft: Draft) -> tuple[int | None, int | None]:
    return (None if draft.subject is None else id(draft.subject.cluster)), (None if draft.object is None else id(draft.object.cluster))
