"""Arguments of event nouns: "the killing of X by Y", "Y's attack on X", "a US drone strike", "Y carried out an attack on X"."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from spacy.tokens import Token

from kg.extract.frames import verbs
from kg.extract.frames.predication import Predication, conjuncts, objects_of, prepositions
from kg.resources import words

_ASCRIBED = {"claim": ("agent",), "blame": ("on",), "attribute": ("to",)}  # where the passive verb names whose deed it was
_TARGETS = ("on", "against", "with", "in", "at", "near")


def predicate(noun: Token) -> Predication:
    """The noun with its slots: "agent", "possessor", "compound" (nouns and adjectives before it) and prepositions."""
    slots: dict[str, list[Token]] = defaultdict(list)
    construction = "noun"
    for child in noun.lefts:
        if child.dep_ == "poss":
            slots["possessor"] += _owners(child)
        elif child.dep_ in ("compound", "amod", "nmod"):
            _add_compound(slots, child)
    _add_prepositions(slots, noun)
    for child in noun.rights:
        if child.dep_ in ("acl", "relcl"):
            _add_clause(slots, child)
    if not slots["agent"]:
        _share(slots, noun)
    if carried := _light_verb(noun):
        construction = "light verb"
        slots["agent"] += [t for t in carried.slot("agent") if t != noun]
        _add_targets(slots, carried)
    elif behind := _responsible(noun):
        construction = "responsible for"
        slots["agent"] = behind
    elif undergone := _undergone(noun):
        for name in ("against", "of", "on", "for"):
            slots[name] = slots[name] or undergone
    elif noun.dep_ == "dobj":
        _add_loose(slots, noun)
    return Predication(noun, noun.lemma_.lower(), slots, construction)


def _owners(owner: Token) -> Iterable[Token]:
    """The phrase with its conjuncts; "their" gives the joined subjects of the clause: "X and Y delayed their talks"."""
    if owner.lower_ == "their":
        verb = next((a for a in owner.ancestors if a.pos_ == "VERB"), None)
        joined = next((list(conjuncts(c)) for c in verb.lefts if c.dep_ == "nsubj"), []) if verb is not None else []
        if len(joined) > 1:
            return joined
    return conjuncts(owner)


@cache
def _light() -> frozenset[str]:
    return words("phrases")["light verb"]


def _add_prepositions(slots: dict[str, list[Token]], noun: Token) -> None:
    here = list(prepositions(noun))
    behind = noun.nbor() if noun.i + 1 < len(noun.doc) else noun
    if behind.lower_ in ("by", "from") and behind not in here and noun.dep_ == "pobj":  # "died in an attack by X": the parser may hang it on the verb
        here.append(behind)
    for preposition in here:
        found = list(objects_of(preposition))
        if preposition.lower_ == "by" or (preposition.lower_ == "from" and noun.lemma_.lower() in words("phrases")["coming from"]):
            slots["agent"] += found
        slots[preposition.lower_] += found
        if preposition.lower_ in ("on", "against", "of") and "by" not in slots:
            for thing in found:  # "the attack on X by Y"
                slots["agent"] += [t for p in prepositions(thing) if p.lower_ == "by" for t in objects_of(p)]


def _add_targets(slots: dict[str, list[Token]], clause: Predication) -> None:
    for name in _TARGETS:
        slots[name] += [t for t in clause.slot(name) if t not in slots[name]]


def _add_clause(slots: dict[str, list[Token]], verb: Token) -> None:
    """Clauses of the noun that say whose deed it was or whom it struck: "carried out by X", "claimed by X", "aimed at Y"."""
    lemma = verbs.lemma(verb)
    if lemma in _light():
        clause = verbs.predicate(verb)
        slots["agent"] += clause.slot("agent")
        _add_targets(slots, clause)
    elif lemma in _ASCRIBED and verbs.is_passive(verb):
        clause = verbs.predicate(verb)
        slots["agent"] += [t for name in _ASCRIBED[lemma] for t in clause.slot(name)]
    elif lemma == "claim" and any(c.dep_ == "dobj" and c.lower_ == "responsibility" for c in verb.rights):
        slots["agent"] += verbs.predicate(verb).slot("agent")  # "for which X claimed responsibility"
    elif lemma in ("aim", "direct", "target") and verb.tag_ == "VBN":
        clause = verbs.predicate(verb)
        slots["against"] += (*clause.slot("at"), *clause.slot("against"))


def _share(slots: dict[str, list[Token]], noun: Token) -> None:
    """ "shelling and airstrikes by X on Y": joined nouns share what stands before the first and behind the last."""
    for child in noun.rights:
        if child.dep_ == "conj" and child.pos_ == "NOUN":
            for preposition in prepositions(child):
                if preposition.lower_ in ("by", "on", "against") and not slots[preposition.lower_]:
                    found = list(objects_of(preposition))
                    slots[preposition.lower_] += found
                    if preposition.lower_ == "by":
                        slots["agent"] += found
    if noun.dep_ == "conj" and noun.head.pos_ == "NOUN" and not slots["possessor"] and not slots["compound"] and not any(noun.lefts):
        for child in noun.head.lefts:
            if child.dep_ == "poss":
                slots["possessor"] += conjuncts(child)
            elif child.dep_ in ("compound", "amod", "nmod"):
                _add_compound(slots, child)


def _add_loose(slots: dict[str, list[Token]], noun: Token) -> None:
    """ "condemned the attack this morning on Y": the phrase hangs on the verb, but belongs to its object."""
    for preposition in prepositions(noun.head):
        name = preposition.lower_
        if preposition.i < noun.i or slots[name] or name not in ("on", "against", "by"):
            continue
        found = list(objects_of(preposition))
        slots[name] += found
        if name == "by":
            slots["agent"] += found


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
    if noun.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_.lower() in words("phrases")["partitive"]:
        noun, head = head.head, head.head.head  # "a series of attacks"
    if noun.dep_ not in ("dobj", "nsubj", "nsubjpass") or head.pos_ != "VERB":
        return None
    if noun.dep_ != "nsubj" and verbs.lemma(head) in _light():
        return verbs.predicate(head)
    if noun.dep_ != "dobj":  # "the attack is believed to have been carried out by X"
        for child in head.rights:
            if child.dep_ == "xcomp" and verbs.is_passive(child) and verbs.lemma(child) in _light():
                return verbs.predicate(child)
    return None


def _undergone(noun: Token) -> list[Token]:
    """ "X faces a lawsuit", "X drew criticism from Y": whom it is done to is the subject."""
    verb = noun.head
    one = noun.tag_ in ("NNS", "NNPS") or any(c.dep_ in ("det", "poss", "amod", "compound") for c in noun.lefts)  # "faces violence" tells of no event
    faced = one and noun.dep_ == "dobj" and verb.pos_ == "VERB" and verbs.lemma(verb) in words("phrases")["undergoing"]
    return list(verbs.predicate(verb).slot("agent")) if faced else []


def _responsible(noun: Token) -> list[Token]:
    """Whose deed it was by what the sentence says of them: "was behind the attack", "claimed responsibility for", "convicted of", "took part in"."""
    while noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        noun = noun.head
    if noun.dep_ == "nsubjpass" and noun.head.lemma_ in _ASCRIBED:  # "the attack was claimed by X"
        clause = verbs.predicate(noun.head)
        return [t for name in _ASCRIBED[noun.head.lemma_] for t in clause.slot(name)]
    if noun.dep_ != "pobj":
        return []
    preposition, governor = noun.head.lower_, noun.head.head
    if governor.pos_ == "VERB" and preposition in ("of", "for", "with", "in", "over") and governor.lemma_ in words("phrases")["answering for it"]:
        clause = verbs.predicate(governor)
        return list(clause.slot("patient") or (clause.slot("agent") if preposition != "over" else ()))
    if preposition == "in":
        if noun.lemma_.lower() in ("support", "defense", "defence"):  # "carried out strikes in support of Y"
            doing = governor.head if governor.dep_ == "dobj" else governor
            return list(verbs.predicate(doing).slot("agent")) if doing.pos_ == "VERB" else []
        if governor.lower_ == "part" and governor.head.lemma_ == "take":
            return list(verbs.predicate(governor.head).slot("agent"))
        return []
    if preposition == "for":
        if governor.lemma_ not in ("responsible", "responsibility"):
            return []
        if governor.pos_ == "ADJ" and governor.dep_ in ("amod", "acl", "relcl"):
            return [governor.head]
        governor = governor.head
        if governor.lemma_ in words("phrases")["denying responsibility"]:
            return []
    elif preposition != "behind":
        return []
    while governor.pos_ == "ADJ" and governor.head != governor:
        governor = governor.head
    return list(verbs.predicate(governor).slot("agent")) if governor.pos_ in ("VERB", "AUX") else []
