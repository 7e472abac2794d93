"""Who an entry looked for and did not find, in words: empty slots, wrong classes, participants without a name."""

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from kg.extract.arguments import Argument
from kg.extract.claims import Hurdle
from kg.extract.lexicon import prepositions
from kg.extract.slots import Slots
from kg.extract.trace import Stopped, Trace
from kg.ontology import Trigger

_PLACES = {"agent": "who does it", "patient": "whom it is done to", "holder": "who holds it", "whole": "what it is held in"}
_PARSE = "if somebody stands there for a reader, the parse is wrong (--format svg shows it), or the word needs an entry with another frame"

_IMPLICIT = 'lex:slot "implicit" at the entry would take what the article is about'


class Vacancies:
    """Explains the hurdles of frames, with the slots that the frames themselves looked into."""

    def __init__(self, traced: Trace, slots: Slots) -> None:
        self._traced, self._slots = traced, slots

    def is_near(self, stopped: Stopped) -> bool:
        """Whether an entry came near a claim: somebody who could take part stands where it looks, for roles and light verbs where both would."""
        if stopped.hurdle in (Hurdle.intention, Hurdle.itself, Hurdle.opinion):
            return True
        subject, object_ = (self._could(stopped, side) for side in ("subject", "object"))
        if stopped.hurdle is Hurdle.object_noun or stopped.predication.trigger.pos_ == "AUX":
            return subject and object_
        return subject or (object_ and stopped.entry.predicate != "role")

    def _could(self, stopped: Stopped, side: str) -> bool:
        unnamed = self._traced.ontology.relations[stopped.entry.relation].unnamed and stopped.entry.predicate != "role"
        arguments = [argument for _, argument, _ in self._considered(stopped, side) if argument is not None]
        return any(unnamed or argument.cluster.named for argument in arguments)

    def told(self, stopped: Stopped) -> tuple[str, str]:
        """(reason, advice)."""
        entry, predication = stopped.entry, stopped.predication
        relation = f"kg:{entry.relation}"
        match stopped.hurdle:
            case Hurdle.preposition:
                return f"it needs {_either(entry.prepositions)}", f"add the preposition to the entry in the block of {relation}"
            case Hurdle.object_noun:
                there = _either([t.lemma_.lower() for t in predication.slot("patient")])
                wanted = _some(sorted(entry.object_nouns))
                without = f"with {there} as its object" if there else "without an object"
                reason = f"{without} it doesn't mean this; the entry asks for {wanted}"
                return reason, "if it does, add the noun as lex:objectNoun to the entry of that relation"
            case Hurdle.parties:
                return f"two are needed who do it with each other; {self._joined(stopped)}", _PARSE
            case Hurdle.object:
                return self._missing(stopped, "object"), self._advice(stopped, "object")
            case Hurdle.subject:
                return self._missing(stopped, "subject"), self._advice(stopped, "subject")
            case Hurdle.intention:
                return "an infinitive, and nobody is told who has done it", _PARSE
            case Hurdle.itself:
                return "subject and object are the same", "if they are two, their names were joined: kg why NAME tells by which rule"
            case Hurdle.opinion:
                return "what people without a name say or like of each other is left out", "nothing; name them, or use a relation of your own"

    def _joined(self, stopped: Stopped) -> str:
        """Who is there of the two."""
        considered = self._considered(stopped, "subject")
        there = [f"“{_phrase(token)}”" for token, _, fits in considered if fits]
        barred = [self._barred(stopped, token, stopped.entry.domain) for token, _, fits in considered if not fits]
        return "; ".join([f"there is {' and '.join(there) or 'nobody'}", *dict.fromkeys(barred)])

    def _missing(self, stopped: Stopped, side: str) -> str:
        entry = stopped.entry
        slot, classes = _side(entry, side)
        said = [self._barred(stopped, token, classes) for token, _, fits in self._considered(stopped, side) if not fits]
        if said:
            return f"{side}: {'; '.join(dict.fromkeys(said))}"
        return f"no {side}: nobody is told {_PLACES[slot]}" if slot in _PLACES else f"no {side}: nothing stands {self._behind(entry)}"

    def _behind(self, entry: Trigger) -> str:
        asked = prepositions(entry)
        others = [name for name in ("possessor", "compound") if name in entry.slots]
        return " or ".join([f"behind {_either(asked)}", *(f"as {name}" for name in others)])

    def _considered(self, stopped: Stopped, side: str) -> Sequence[tuple[Token, Argument | None, bool]]:
        entry, predication, paragraph = stopped.entry, stopped.predication, stopped.paragraph
        if stopped.hurdle is Hurdle.parties:
            tokens: Iterable[Token] = self._slots.joined(paragraph, predication, entry)
        elif side == "object":
            tokens = self._slots.objects(paragraph, predication, entry)
        else:
            tokens = self._slots.tokens(paragraph, predication, entry, entry.subject_slot) if entry.subject_slot != "none" else ()
            actors, _, _ = self._slots.actors(paragraph, tokens)
            tokens = actors or tokens
        return list(self._slots.considered(paragraph, tokens, entry, _side(entry, side)[1]))

    def _barred(self, stopped: Stopped, token: Token, classes: frozenset[str]) -> str:
        """Why the one who stands there is not taken."""
        argument = self._traced.catch.net.arguments.of(stopped.paragraph, token)
        words = f"“{_phrase(token)}”"
        if argument is None:
            return f"{words} is a pronoun, and whom it stands for was not found" if token.pos_ == "PRON" else f"{words} is no name or participant"
        if not self._traced.ontology.is_a(argument.type, classes):
            return f"{words} was read as {argument.type}, and the entry takes {_some(sorted(classes))}"
        if not argument.cluster.named:
            return f"{words} has no name, and {stopped.entry.relation} is told of those with a name only"
        return f"{words} stands for nobody"

    def _advice(self, stopped: Stopped, side: str) -> str:
        entry, ontology = stopped.entry, self._traced.ontology
        relation = ontology.relations[entry.relation]
        classes, whole = (entry.range, relation.range) if side == "object" else (entry.domain, relation.domain)
        short, long = ("lex:range", "rdfs:range") if side == "object" else ("lex:domain", "rdfs:domain")
        for token, _, fits in self._considered(stopped, side):
            argument = self._traced.catch.net.arguments.of(stopped.paragraph, token)
            if fits:
                continue
            if argument is None and token.pos_ != "PRON":
                return f"claims are told of names, people, bodies, places and arms; if “{_phrase(token)}” names one, another --model may find it"
            if argument is None:
                return "name whom it stands for, or read the whole article: a pronoun may find its name there"
            if not ontology.is_a(argument.type, classes):
                place = f"{short} of this entry" if ontology.is_a(argument.type, whole) else f"{long} of kg:{relation.name}"
                return f"if {argument.type} is right, widen {place}; if it is wrong, the name was read wrongly: another --model may read it better"
            return f"lex:unnamedArguments true at kg:{relation.name} would let it in"
        if entry.predicate == "role" and side == "object" and "implicit" not in entry.slots:
            return f"nothing, if the sentence doesn't tell it; {_IMPLICIT}"
        return _PARSE


def _side(entry: Trigger, side: str) -> tuple[str, frozenset[str]]:
    return (entry.object_slot, entry.range) if side == "object" else (entry.subject_slot, entry.domain)


def _phrase(token: Token) -> str:
    first = min((c.i for c in token.lefts if c.dep_ in ("compound", "amod", "nummod", "poss", "det")), default=token.i)
    return token.doc[first : token.i + 1].text


def _either(words: Iterable[str]) -> str:
    return " or ".join(f"“{word}”" for word in words)


def _some(words: Sequence[str], most: int = 6) -> str:
    return (", ".join(words[:most]) + (", …" if len(words) > most else "")) or "all"
