"""From predicates to claims: which entry of the lexicon fits, who its subject and object are, and whether their classes allow it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations, product

from spacy.tokens import Token

from kg.extract.arguments import Argument, Arguments
from kg.extract.entities import Cluster
from kg.extract.frames import Predication, nouns, verbs
from kg.extract.frames.predication import listed, objects_of
from kg.extract.frames.predication import prepositions as prepositions_of
from kg.extract.frames.structures import PLACES
from kg.extract.lexicon import Lexicon, prepositions
from kg.extract.offices import Offices
from kg.extract.reading import Reading
from kg.extract.selection import Draft
from kg.extract.typing_rules import noun_type
from kg.ontology import Ontology, Trigger
from kg.resources import words

_FORCE = frozenset(("attacked", "killed", "injured", "destroyed"))
_OPINIONS = frozenset(("accused", "condemned", "supports", "opposes", "metWith"))
_LIKINGS = frozenset(("accused", "supports", "opposes"))
_TOWNS = frozenset(("City", "Region"))
_PLACED = frozenset(("Country", "Region", "City"))
_SPEAKING = frozenset(("i", "we", "us", "me", "you"))  # as subjects of harm they are somebody, not nobody known
_CAUSES = ("in", "during", "by", "from", "with")
_PLAIN = 0.8  # below, a word needs two names to tell an opinion
_WEAPON = "weapon"  # stands for all weapons where it matters who fires


class Drafter:
    """Makes the drafts of one document."""

    def __init__(self, reading: Reading, arguments: Arguments, lexicon: Lexicon, ontology: Ontology) -> None:
        self._reading, self._arguments, self._lexicon, self._ontology = reading, arguments, lexicon, ontology

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
            return
        if entry.object_nouns and not any(w in entry.object_nouns for t in predication.slot("patient") for w in (t.lemma_.lower(), t.lower_)):
            return
        if entry.subject_slot == entry.object_slot:
            yield from self._mutual(paragraph, predication, entry)
            return
        objects = self._allowed(paragraph, self._objects(paragraph, predication, entry), entry, entry.range)
        implicit = (
            not objects
            and "implicit" in entry.slots
            and not any(predication.slot(s) for s in ("possessor", "compound", "kind", *prepositions(entry)))
        )
        holders = self._allowed(paragraph, predication.slot("holder"), entry, entry.domain) if implicit else []
        if holders and (home := self._offices.whole(paragraph, predication, entry, holders[0].cluster)):
            objects = [Argument(home, home.markables[0])]
        if not objects and entry.frame == "EventNoun" and predication.construction == "light verb":
            implicit = bool(objects := self._victim(predication))
        if not objects:
            return
        tokens = self._tokens(paragraph, predication, entry, entry.subject_slot) if entry.subject_slot != "none" else []
        if not tokens and entry.subject_slot == "preposition":
            return  # "Mosul fell": to whom is what matters
        if not tokens and entry.predicate == "verb":
            tokens = self._causes(predication, entry) or self._courts(paragraph, predication, entry)
        actors, instruments, hidden = self._actors(paragraph, tokens)
        subjects: Sequence[Argument | None] = self._allowed(paragraph, actors, entry, entry.domain)
        if entry.relation in _FORCE:  # a city uses no force, whatever "it" is taken for
            hidden |= any(s.type in _TOWNS for s in subjects if s)
            subjects = [s for s in subjects if s and s.type not in _TOWNS]
            actors = actors if subjects else []
        shot = [] if tokens else [t for t in predication.slot("patient") if _is_weapon(t)]  # "rockets were fired at the base"
        if not subjects and ((hidden and not actors) or shot) and (doer := self._doer(tokens or shot)):
            subjects, implicit = [doer], True
        if not subjects:
            if not self._ontology.relations[entry.relation].unknown_agent or (tokens and not hidden):
                return
            if not tokens and predication.construction in ("active", "control", "infinitive") and predication.trigger.tag_ == "VB":
                return  # "the opportunity to attack X": nobody has done it
            subjects = [None]
        for subject, object_ in product(subjects, objects):
            if subject is None or (subject.cluster is not object_.cluster and self._is_told(entry, subject, object_)):
                yield Draft(paragraph, predication, entry, subject, object_, tuple(instruments), implicit)

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
                    if not (entry.frame == "EventNoun" or shooting) or not self._takes_unnamed(entry):
                        continue
                    agents = self._allowed(paragraph, self._tokens(paragraph, predication, entry, entry.subject_slot), entry, entry.domain)
                    targets = self._allowed(paragraph, self._tokens(paragraph, predication, entry, entry.object_slot), entry, entry.range)
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
                        wholes = self._allowed(paragraph, self._objects(paragraph, predication, entry), entry, entry.range & _PLACED)
                        people = self._allowed(paragraph, holders, entry, entry.domain) if wholes else []
                        told += [(entry.relation, p.cluster, w.cluster) for p, w in product(people, wholes)]
        return Offices(self._reading.clusters, told, self._ontology)

    def _bare(self, paragraph: int, predication: Predication, entries: Iterable[Trigger]) -> Iterator[Draft]:
        """An event whose arguments are no entities, or whose object is not told, is still an event."""
        for entry in entries:
            if self._takes_unnamed(entry) and _stands_alone(predication, entry):
                actors, instruments, _ = self._actors(paragraph, self._tokens(paragraph, predication, entry, entry.subject_slot))
                if entry.confidence < _PLAIN and not any(i.type == "Weapon" for i in instruments):
                    continue  # but "a bomb exploded" tells of an attack
                subjects = self._allowed(paragraph, actors, entry, entry.domain)
                armed = instruments or any(s.type in ("Country", "MilitaryForce") for s in subjects) or "strike" in self._parties
                if predication.lemma == "strike" and not armed:
                    return  # workers strike as well
                yield Draft(paragraph, predication, entry, subjects[0] if subjects else None, None, tuple(instruments))
                return

    def _causes(self, predication: Predication, entry: Trigger) -> list[Token]:
        """The strike or attack in which somebody was killed, for verbs of harm that do not tell who did it."""
        if entry.relation not in _FORCE:
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
        return any(e.relation in _FORCE and e.frame == "EventNoun" for e in self._lexicon.noun(noun))

    def _mutual(self, paragraph: int, predication: Predication, entry: Trigger) -> Iterator[Draft]:
        """Each pair of joined subjects; for nouns also "between X and Y", "X's talks with Y"."""
        tokens = list(self._tokens(paragraph, predication, entry, entry.subject_slot))
        if entry.frame == "ReciprocalNoun":
            tokens += [t for slot in ("between", "with", *entry.prepositions) for t in predication.slot(slot)]
        elif predication.slot("with"):
            return  # "X and Y signed a treaty with Z": not with each other
        found = self._allowed(paragraph, dict.fromkeys(tokens), entry, entry.domain)
        for one, other in combinations(found, 2):
            if one.cluster is not other.cluster and self._is_told(entry, one, other):
                yield Draft(paragraph, predication, entry, one, other)

    def _tokens(self, paragraph: int, predication: Predication, entry: Trigger, slot: str) -> Sequence[Token]:
        """The tokens in the slot that the entry asks for."""
        if slot == "agent" and entry.predicate == "noun":
            return self._noun_agents(paragraph, predication, entry)
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

    def _objects(self, paragraph: int, predication: Predication, entry: Trigger) -> Sequence[Token]:
        """The tokens of the object, or for "owner" entries whose deed, plan or word it is: "condemned the attack by X", "criticised X's plan"."""
        tokens = self._tokens(paragraph, predication, entry, entry.object_slot)
        if "owner" not in entry.slots:
            return [*tokens, *self._misjoined(paragraph, predication)] if tokens and entry.relation in _FORCE else tokens
        found: list[Token] = []
        for token in tokens:
            if token.pos_ != "NOUN" or self._arguments.of(paragraph, token) is not None:
                found.append(token)
                continue
            deed = nouns.predicate(token)
            found += deed.slot("agent") or deed.slot("possessor") or [t for t in deed.slot("compound") if self._can_act(paragraph, t, False)]
            if not found and entry.relation == "condemned" and not self._lexicon.noun(token):
                found += [t for t in deed.slot("of") if (name := self._reading.names[paragraph].get(t.i)) and name.type not in PLACES]
        return found

    def _misjoined(self, paragraph: int, predication: Predication) -> list[Token]:
        """A further target that the parser joined to the place: "hit the base in Iraq and the Erbil base"."""
        names = self._reading.names[paragraph]
        places = [t for p in ("in", "at", "near") for t in predication.slot(p)]
        within = [t for t in places if (name := names.get(t.i)) and name.type in _PLACED]
        return [t for t in places if within and t.i > within[0].i and (name := names.get(t.i)) and name.type == "Facility"]

    def _noun_agents(self, paragraph: int, predication: Predication, entry: Trigger) -> Sequence[Token]:
        """Who does what the noun tells; a noun before it only where it can be whoever does it ("police raid", not "terrorist attack")."""
        if predication.slot("agent"):
            return predication.slot("agent")
        taken = not any(predication.slot(p) for p in prepositions(entry))  # the only argument is whom it is done to
        if (tokens := predication.slot("possessor")) and ("possessor" not in entry.slots or not taken):
            return tokens
        tokens = [t for t in predication.slot("compound") if self._can_act(paragraph, t, entry.relation in _FORCE)]
        return tokens if tokens and ("compound" not in entry.slots or not taken) else ()

    def _can_act(self, paragraph: int, modifier: Token, violent: bool = True) -> bool:
        """Places before the noun tell where ("London attack"), their adjectives and abbreviations who ("Iraqi attack", "US strike")."""
        name = self._reading.names[paragraph].get(modifier.i)
        if name is None:
            return modifier.pos_ != "ADJ" and noun_type(modifier.lemma_.lower()) in ("MilitaryForce", "Group", "Organization")
        if name.type not in PLACES:
            struck = name.type == "Organization" and violent and any("compound" in e.slots for e in self._lexicon.noun(name.head.head))
            return (name.type in ("Organization", "MilitaryForce", "Group") and not struck) or (name.type == "Person" and not violent)
        return name.type == "Country" and (name.label == "NORP" or modifier.pos_ == "ADJ" or name.head.text.replace(".", "").isupper())

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
                actors += event.slot("agent") or event.slot("possessor") or [t for t in event.slot("compound") if self._can_act(paragraph, t)]
                instruments += self._weapons(paragraph, event.slot("compound"))
                hidden = True
            elif name is None and noun_type(token.lemma_.lower()) in ("Weapon", "Vehicle"):
                instruments += self._weapons(paragraph, [token])
                actors += nouns.predicate(token).slot("agent") or _user(token) or self._handlers(paragraph, token)
                hidden = True
            else:
                actors.append(token)
                if name is None and token.lemma_.lower() in words("phrases")["hidden cause"]:
                    actors += _user(token) or self._handlers(paragraph, token)
                    hidden = True
                hidden |= name is None and token.pos_ == "PRON" and token.lower_ not in _SPEAKING
        return actors, instruments, hidden

    def _handlers(self, paragraph: int, weapon: Token) -> list[Token]:
        """ "Turkish warplanes", "the army's tanks", "mortar fire from the rebels": whose weapons and vehicles did it."""
        thing = nouns.predicate(weapon)
        names = self._reading.names[paragraph]
        behind = weapon.nbor() if weapon.i + 1 < len(weapon.doc) else weapon
        sources = [
            t
            for t in (objects_of(behind) if behind.lower_ == "from" else thing.slot("from"))
            if (name := names.get(t.i)) and name.type in ("MilitaryForce", "Group", "Person")
        ]
        return [*thing.slot("possessor"), *(t for t in thing.slot("compound") if self._can_act(paragraph, t)), *sources]

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

    def _weapons(self, paragraph: int, tokens: Iterable[Token]) -> list[Argument]:
        found = (self._arguments.of(paragraph, t) for t in tokens if noun_type(t.lemma_.lower()) in ("Weapon", "Vehicle"))
        return [a for a in found if a is not None]

    def _allowed(self, paragraph: int, tokens: Iterable[Token], entry: Trigger, classes: frozenset[str]) -> list[Argument]:
        """The arguments of the right class; without a name only where the relation takes them."""
        found: list[Argument] = []
        for token in self._spread(paragraph, tokens):
            argument = self._arguments.of(paragraph, self._body(paragraph, token))
            if argument and not argument.cluster.named and not self._takes_unnamed(entry) and entry.predicate != "structure":
                named = self._named_place if argument.type in PLACES else self._represented
                argument = named(paragraph, token) if entry.predicate == "verb" else None
            if argument is None or not self._ontology.is_a(argument.type, classes) or _is_none(token):
                continue
            if all(a.cluster is not argument.cluster for a in found):
                found.append(argument)
        return found

    def _spread(self, paragraph: int, tokens: Iterable[Token]) -> Iterator[Token]:
        """The tokens, a plural noun replaced by the names it introduces: "two senators, X and Y"."""
        names = self._reading.names[paragraph]
        for token in tokens:
            named = [t for t in listed(token) if t.i in names] if token.i not in names else []
            yield from named or [token]

    def _named_place(self, paragraph: int, token: Token) -> Argument | None:
        """ "died at her home in Leeds", "at a Leeds hospital": the name that says where an unnamed place is."""
        inside = [t for p in prepositions_of(token) if p.lower_ in ("in", "at", "on", "near") for t in objects_of(p)]
        for part in (*inside, *token.lefts):
            if (name := self._reading.names[paragraph].get(part.i)) and name.type in PLACES:
                return self._arguments.of(paragraph, part)
        return None

    def _represented(self, paragraph: int, token: Token) -> Argument | None:
        """ "Cuban officials signed a treaty with", "diplomats of Chile restored ties with": whom they do it for, where only names can."""
        if token.lemma_.lower() not in words("phrases")["acting for a state"]:
            return None
        inside = [t for p in prepositions_of(token) if p.lower_ in ("of", "from", "in") for t in objects_of(p)]
        for part in (*token.lefts, *inside):
            name = self._reading.names[paragraph].get(part.i)
            if name and name.type in (*PLACES, "Organization", "Group"):
                return self._arguments.of(paragraph, part)
        return None

    def _body(self, paragraph: int, token: Token) -> Token:
        """ "IS fighters", "ISIL targets": without a number they are the force itself."""
        names = self._reading.names[paragraph]
        if token.i in names or token.lemma_.lower() not in words("phrases")["those of a force"]:
            return token
        modifiers = list(token.lefts)
        if any(c.dep_ == "nummod" or c.lower_ in ("some", "several", "many", "a", "two", "dozens") for c in modifiers):
            return token
        within = [t for p in prepositions_of(token) if p.lower_ == "of" for t in objects_of(p)]  # "members of IS"
        return next((c for c in (*modifiers, *within) if (name := names.get(c.i)) and name.type == "MilitaryForce"), token)

    def _takes_unnamed(self, entry: Trigger) -> bool:
        return self._ontology.relations[entry.relation].unnamed


def _stands_alone(predication: Predication, entry: Trigger) -> bool:
    """True when a predicate tells of an event without its object: "an attack", "gunmen opened fire", "X claimed responsibility"."""
    objects = predication.slot("patient")
    if entry.frame == "LightObject":
        complete = not any(predication.slot(p) for p in prepositions(entry))
        return complete and any(t.lemma_.lower() in entry.object_nouns or t.lower_ in entry.object_nouns for t in objects)
    return entry.frame in ("Transitive", "EventNoun", "Prepositional") and not any(t.tag_ == "PRP" and "self" in t.lower_ for t in objects)


def _user(weapon: Token) -> Sequence[Token]:
    """ "X fired the shots that killed Y": whoever handles the weapon."""
    verb = weapon.head
    if weapon.dep_ == "dobj" and verb.pos_ == "VERB" and verb.lemma_ in words("phrases")["weapon verb"]:
        return verbs.predicate(verb).slot("agent")
    return ()


def _is_none(token: Token) -> bool:
    """True for the phrases that stand for nobody: "no group", "none of the soldiers"."""
    return token.lower_ in ("none", "neither") or any(c.dep_ in ("det", "neg") and c.lower_ in ("no", "neither") for c in token.lefts)


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
