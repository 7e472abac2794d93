"""Arguments of event nouns: "the killing of X by Y", "Y's attack on X", "a US drone strike", "Y carried out an attack on X"."""

from collections import defaultdict
from functools import cache

from spacy.tokens import Token

from kg.extract.frames import verbs
from kg.extract.frames.predication import Predication, conjuncts, objects_of, prepositions
from kg.resources import words

_BEHIND = frozenset(("behind", "for"))  # "was behind the attack", "responsible for the attack"


def predicate(noun: Token) -> Predication:
    """The noun with its slots: "agent", "possessor", "compound" (nouns and adjectives before it) and prepositions."""
    slots: dict[str, list[Token]] = defaultdict(list)
    construction = "noun"
    for child in noun.lefts:
        if child.dep_ == "poss":
            slots["possessor"] += conjuncts(child)
        elif child.dep_ in ("compound", "amod", "nmod"):
            _add_compound(slots, child)
    for preposition in prepositions(noun):
        found = list(objects_of(preposition))
        if preposition.lower_ == "by":
            slots["agent"] += found
        slots[preposition.lower_] += found
    for child in noun.rights:
        if child.dep_ in ("acl", "relcl") and verbs.lemma(child) in _light():
            clause = verbs.predicate(child)
            slots["agent"] += clause.slot("agent")
            for name in ("on", "against", "in", "at", "near", "with"):
                slots[name] += clause.slot(name)
    if carried := _light_verb(noun):
        construction = "light verb"
        slots["agent"] += [t for t in carried.slot("agent") if t is not noun]
        for name in ("on", "against", "with", "in", "at", "near"):
            slots[name] += [t for t in carried.slot(name) if t not in slots[name]]
    elif behind := _responsible(noun):
        construction = "responsible for"
        slots["agent"] += behind
    return Predication(noun, noun.lemma_.lower(), slots, construction)


@cache
def _light() -> frozenset[str]:
    return words("phrases")["light verb"]


def _add_compound(slots: dict[str, list[Token]], token: Token) -> None:
    slots["compound"].append(token)
    for child in token.lefts:
        if child.dep_ in ("compound", "amod", "nmod", "npadvmod"):
            _add_compound(slots, child)
    for child in token.rights:
        if child.dep_ == "conj":
            _add_compound(slots, child)


def _light_verb(noun: Token) -> Predication | None:
    """The light verb that has the noun as its object, with that verb's arguments."""
    head = noun.head
    while noun.dep_ == "conj" and head.pos_ == "NOUN":
        noun, head = head, head.head
    if noun.dep_ in ("dobj", "nsubjpass") and head.pos_ == "VERB" and verbs.lemma(head) in _light():
        return verbs.predicate(head)
    return None


def _responsible(noun: Token) -> list[Token]:
    """The subject of "was behind the attack", "was responsible for", "claimed responsibility for"."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in _BEHIND:
        return []
    governor = noun.head.head
    if noun.head.lower_ == "for":
        if governor.lemma_ not in ("responsible", "responsibility"):
            return []
        if governor.pos_ == "ADJ" and governor.dep_ in ("amod", "acl", "relcl"):
            return [governor.head]
        governor = governor.head
    while governor.pos_ == "ADJ" and governor.head is not governor:
        governor = governor.head
    return list(verbs.predicate(governor).slot("agent")) if governor.pos_ in ("VERB", "AUX") else []
