"""Who stands in the slots of an entry: the tokens that the grammar puts there, whoever is behind them, and whether their classes allow it."""

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from kg.extract.arguments import Argument, Arguments
from kg.extract.frames import Predication, nouns, verbs
from kg.extract.frames.predication import listed, objects_of
from kg.extract.frames.predication import prepositions as prepositions_of
from kg.extract.frames.structures import PLACES
from kg.extract.lexicon import Lexicon, prepositions
from kg.extract.reading import Reading
from kg.extract.typing_rules import noun_type
from kg.ontology import Ontology, Trigger
from kg.resources import words

FORCE = frozenset(("attacked", "killed", "injured", "destroyed"))
PLACED = frozenset(("Country", "Region", "City"))
_SPEAKING = frozenset(("i", "we", "us", "me", "you"))  # as subjects of harm they are somebody, not nobody known


class Slots:
    """Fills the slots of one document's predicates."""

    def __init__(self, reading: Reading, arguments: Arguments, lexicon: Lexicon, ontology: Ontology) -> None:
        self._reading, self._arguments, self._lexicon, self._ontology = reading, arguments, lexicon, ontology

    def tokens(self, paragraph: int, predication: Predication, entry: Trigger, slot: str) -> Sequence[Token]:
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

    def objects(self, paragraph: int, predication: Predication, entry: Trigger) -> Sequence[Token]:
        """The tokens of the object, or for "owner" entries whose deed, plan or word it is: "condemned the attack by X", "criticised X's plan"."""
        tokens = self.tokens(paragraph, predication, entry, entry.object_slot)
        if "owner" not in entry.slots:
            return [*tokens, *self._misjoined(paragraph, predication)] if tokens and entry.relation in FORCE else tokens
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

    def joined(self, paragraph: int, predication: Predication, entry: Trigger) -> list[Token]:
        """Those who do it with each other; for nouns also "between X and Y", "X's talks with Y"."""
        tokens = list(self.tokens(paragraph, predication, entry, entry.subject_slot))
        if entry.frame == "ReciprocalNoun":
            tokens += [t for slot in ("between", "with", *entry.prepositions) for t in predication.slot(slot)]
        return list(dict.fromkeys(tokens))

    def _misjoined(self, paragraph: int, predication: Predication) -> list[Token]:
        """A further target that the parser joined to the place: "hit the base in Iraq and the Erbil base"."""
        names = self._reading.names[paragraph]
        places = [t for p in ("in", "at", "near") for t in predication.slot(p)]
        within = [t for t in places if (name := names.get(t.i)) and name.type in PLACED]
        return [t for t in places if within and t.i > within[0].i and (name := names.get(t.i)) and name.type == "Facility"]

    def _noun_agents(self, paragraph: int, predication: Predication, entry: Trigger) -> Sequence[Token]:
        """Who does what the noun tells; a noun before it only where it can be whoever does it ("police raid", not "terrorist attack")."""
        if predication.slot("agent"):
            return predication.slot("agent")
        taken = not any(predication.slot(p) for p in prepositions(entry))  # the only argument is whom it is done to
        if (tokens := predication.slot("possessor")) and ("possessor" not in entry.slots or not taken):
            return tokens
        tokens = [t for t in predication.slot("compound") if self._can_act(paragraph, t, entry.relation in FORCE)]
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

    def actors(self, paragraph: int, tokens: Iterable[Token]) -> tuple[list[Token], list[Argument], bool]:
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

    def _weapons(self, paragraph: int, tokens: Iterable[Token]) -> list[Argument]:
        found = (self._arguments.of(paragraph, t) for t in tokens if noun_type(t.lemma_.lower()) in ("Weapon", "Vehicle"))
        return [a for a in found if a is not None]

    def allowed(self, paragraph: int, tokens: Iterable[Token], entry: Trigger, classes: frozenset[str]) -> list[Argument]:
        """The arguments of the right class, each once; without a name only where the relation takes them."""
        found: list[Argument] = []
        for _, argument, fits in self.considered(paragraph, tokens, entry, classes):
            if argument is not None and fits and all(a.cluster is not argument.cluster for a in found):
                found.append(argument)
        return found

    def considered(
        self, paragraph: int, tokens: Iterable[Token], entry: Trigger, classes: frozenset[str]
    ) -> Iterator[tuple[Token, Argument | None, bool]]:
        """Each token with what it stands for, None where that can take no part, and whether its class is allowed."""
        for token in self._spread(paragraph, tokens):
            argument = self._arguments.of(paragraph, self._body(paragraph, token))
            if argument and not argument.cluster.named and not self.takes_unnamed(entry) and entry.predicate != "structure":
                named = self._named_place if argument.type in PLACES else self._represented
                argument = named(paragraph, token) if entry.predicate == "verb" else None
            yield token, argument, argument is not None and self._ontology.is_a(argument.type, classes) and not _is_none(token)

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

    def takes_unnamed(self, entry: Trigger) -> bool:
        return self._ontology.relations[entry.relation].unnamed


def _user(weapon: Token) -> Sequence[Token]:
    """ "X fired the shots that killed Y": whoever handles the weapon."""
    verb = weapon.head
    if weapon.dep_ == "dobj" and verb.pos_ == "VERB" and verb.lemma_ in words("phrases")["weapon verb"]:
        return verbs.predicate(verb).slot("agent")
    return ()


def _is_none(token: Token) -> bool:
    """True for the phrases that stand for nobody: "no group", "none of the soldiers"."""
    return token.lower_ in ("none", "neither") or any(c.dep_ in ("det", "neg") and c.lower_ in ("no", "neither") for c in token.lefts)
