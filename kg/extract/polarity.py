"""Modality that stands at a predicate itself: negation, modals, adverbs, adjectives, conjunctions, questions and orders."""

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from kg import resources
from kg.model import Modality

VERBAL = ("VERB", "AUX")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A modality with the words that made it so, in text order; none when it is actual."""

    modality: Modality = "actual"
    cues: tuple[Token, ...] = ()


ACTUAL = Judgement()


@cache
def _words() -> dict[str, frozenset[str]]:
    return resources.words("modality")


def has(section: str, word: str) -> bool:
    """Whether the word list has the word in that section."""
    return word in _words()[section]


def combine(outer: Judgement, inner: Judgement) -> Judgement:
    """What is negated or open outside stays so; a negation within a negation takes it back."""
    if inner.modality == "actual":
        return outer
    if outer.modality == "actual":
        return inner
    if outer.modality == "negated" and inner.modality == "negated":
        return ACTUAL
    return Judgement(outer.modality, outer.cues + inner.cues)


def own(token: Token) -> Judgement:
    """Negation, modals, adverbs and conjunctions that stand at the token itself."""
    negators: list[Token] = []
    modals: list[Token] = []
    openers: list[Token] = []
    closers: list[Token] = []
    infinitive = subject = False
    for child in token.children:
        dep, word = child.dep_, child.lower_
        if dep == "neg" or (
            (dep in ("det", "advmod", "cc") or (dep == "preconj" and token.pos_ in VERBAL)) and child.i < token.i and has("negator", word)
        ):
            if not limits(child):
                negators.append(child)
        elif dep in ("aux", "auxpass"):
            if child.tag_ == "MD" and has("modal", word):
                modals.append(child)
            infinitive = infinitive or word == "to"
        elif dep in ("mark", "prep", "advmod") and has("open mark", word) and (dep == "mark" or token.pos_ in VERBAL) and child.i < token.i:
            openers.append(child)
        elif dep == "advmod":
            if has("open adverb", word):
                openers.append(child)
            elif has("closed adverb", word) and child.i < token.i:
                closers.append(child)
            elif word == "longer":
                negators += [c for c in child.children if c.lower_ == "no"]
        elif dep == "amod":
            if has("open adjective", word):
                openers.append(child)
            elif has("closed adjective", word):
                closers.append(child)
        elif dep in ("nsubj", "nsubjpass"):
            subject = True
            negators += _denied(child)
        elif dep == "dobj":
            negators += _denied(child)
    openers += _mood(token, infinitive, subject)
    return _own_view(negators, modals, openers, closers)


def _own_view(negators: list[Token], modals: list[Token], openers: list[Token], closers: list[Token]) -> Judgement:
    negated = (len(negators) + len(closers)) % 2 == 1
    if openers:
        return Judgement("possible", (*openers, *modals, *negators))
    if modals:
        firm = negated and any(has("firm modal", m.lower_) for m in modals)
        return Judgement("negated" if firm else "possible", (*modals, *negators))
    return Judgement("negated", (*negators, *closers)) if negated else ACTUAL


def limits(negator: Token) -> bool:
    """ "not only", "no longer", "no less than", "not until": it did happen."""
    after = negator.nbor().lower_ if negator.i + 1 < len(negator.doc) else ""
    return has("limit", after) and negator.lower_ in ("not", "no", "n't", "n’t")


def _denied(argument: Token) -> list[Token]:
    """The "no" of "no soldiers were killed" and "killed no soldiers", the "none" of "none of them"."""
    if argument.lower_ in ("nobody", "none", "nothing", "neither", "no-one"):
        return [argument]
    if argument.pos_ not in ("NOUN", "PROPN", "PRON"):
        return []
    first = (c for c in argument.children if c.lower_ in ("no", "neither") and c.dep_ in ("det", "neg", "preconj") and not limits(c))
    return list(first)[:1]


def _mood(token: Token, infinitive: bool, subject: bool) -> list[Token]:
    """What leaves a main clause open: a question, an order, "Minister to visit Rome"."""
    if token.dep_ != "ROOT" or token.pos_ not in VERBAL:
        return []
    last = _last(token)
    if last is not None and last.text == "?" and not _asks_for_more(token):
        return [last]
    if infinitive:
        return [c for c in token.children if c.dep_ == "aux" and c.lower_ == "to"]
    if token.tag_ == "VB" and not subject and not any(c.dep_ in ("aux", "auxpass", "csubj", "expl") for c in token.children):
        return [token]
    return []


def _asks_for_more(verb: Token) -> bool:
    """ "Why did they attack?" takes the attack for granted."""
    first = verb.left_edge
    return first.tag_ in ("WRB", "WP", "WDT") and not (first.i + 1 < len(verb.doc) and first.nbor().lower_ == "if")


def _last(token: Token) -> Token | None:
    return next((c for c in reversed(list(token.rights)) if c.dep_ == "punct" and c.text in ("?", ".", "!")), None)
