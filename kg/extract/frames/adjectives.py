"""Arguments of adjectives: "X is loyal to Y", "a militia loyal to Y"."""

from collections import defaultdict

from spacy.tokens import Token

from kg.extract.frames import verbs
from kg.extract.frames.predication import Predication, conjuncts, objects_of, prepositions


def predicate(adjective: Token) -> Predication:
    """The adjective with its slots: "agent" (what it says something of) and prepositions."""
    slots: dict[str, list[Token]] = defaultdict(list)
    for preposition in prepositions(adjective):
        slots[preposition.lower_] += objects_of(preposition)
    head = adjective.head
    if adjective.dep_ in ("acomp", "attr", "oprd", "conj", "advcl", "ccomp") and head.pos_ in ("VERB", "AUX"):
        slots["agent"] += verbs.predicate(head).slot("agent") or verbs.predicate(head).slot("patient")
    elif adjective.dep_ in ("amod", "acl", "relcl", "appos") and head.pos_ in ("NOUN", "PROPN", "PRON"):
        slots["agent"] += conjuncts(head)
    for child in adjective.lefts:
        if child.dep_ == "npadvmod":  # "the Iran-loyal militia"
            slots["to"].append(child)
    return Predication(adjective, adjective.lemma_.lower(), slots, "adjective")
