"""Arguments of verbs: who does it, to whom, and what stands behind which preposition, in any voice and kind of clause."""

from collections import defaultdict
from functools import cache

from spacy.tokens import Token

from kg.extract.frames.predication import Predication, conjuncts, objects_of, prepositions
from kg.extract.typing_rules import noun_type
from kg.resources import words

_RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
_LONGEST_CONTROL = 4
_REACH = 12
_DIRECTIONS = frozenset(("north", "south", "east", "west"))  # "North Korea" is no place phrase
_MUTE_E = ("bas", "at", "s", "v", "c", "g")  # "based", "located", "housed", "approved"
_REDUCED = frozenset(("acl", "relcl"))
_ACTORS = frozenset(("NORP", "GPE", "ORG"))


def predicate(verb: Token) -> Predication:
    """The verb with its slots: "agent" (deep subject), "patient" (deep object), "complement", and prepositions by their lower-case form."""
    slots: dict[str, list[Token]] = defaultdict(list)
    passive = is_passive(verb)
    construction = "passive" if passive else "active"
    for child in verb.children:
        dep = child.dep_
        if dep in _SUBJECTS and _is_place_phrase(child):
            continue
        if dep == "nsubjpass":
            slots["patient"] += _people(child, verb)
        elif dep == "nsubj":
            slots["patient" if passive and verb.dep_ != "ccomp" and not _has_object(verb) else "agent"] += _people(child, verb)
        elif dep == "dobj":
            slots["patient"] += _people(child, verb)
        elif dep == "dative" and child.pos_ != "ADP":
            slots["patient"] += conjuncts(child)
        elif dep == "advmod" and child.pos_ == "PROPN" and child.i > verb.i:
            slots["patient"] += conjuncts(child)  # "shelled Mosul": the parser takes strange names for adverbs
        elif dep in ("oprd", "attr", "acomp"):
            slots["complement"] += conjuncts(child)
        elif dep == "npadvmod" and _hyphenated(verb, child):
            slots["agent"].append(child)
            slots["in"].append(child)
            construction = "hyphenated participle"
    _add_prepositions(slots, verb, passive)
    if (late := _behind_date(verb)) is not None:
        slots[late.lower_] += objects_of(late)
    for thing in slots["patient"][:1]:
        _add_prepositions(slots, thing, passive=False, skip=("of", "by"))
    if passive and not slots["agent"] and "by" not in slots:
        slots["agent"] += _distant_agent(verb)
    if slots["patient"] and not slots["including"]:
        slots["including"] += _members(verb, slots["patient"][0])
    for name in ("agent", "patient"):  # "eight people were held, including X"
        if slots[name] and slots["including"] and (name == "patient" or not slots["patient"]):
            slots[name] += [t for t in slots["including"] if t not in slots[name]]
    for thing in slots["at"]:
        if thing.lower_ in ("hand", "hands"):  # "killed at the hands of X"
            slots["agent"] += [t for p in prepositions(thing) if p.lower_ == "of" for t in objects_of(p)]
            passive = True
    construction = _complete(slots, verb, passive, construction)
    return Predication(verb, lemma(verb), slots, construction)


def lemma(verb: Token) -> str:
    """The lemma with its particle: "blow up"."""
    for child in verb.rights:
        if child.dep_ == "prt":
            return f"{verb.lemma_.lower()} {child.lower_}"
    return verb.lemma_.lower()


def is_passive(verb: Token) -> bool:
    """True in "was attacked", "the base attacked by", "Iran-backed"."""
    for child in verb.children:
        if child.dep_ in ("auxpass", "nsubjpass", "agent"):
            return True
    if verb.tag_ != "VBN":
        return False
    return (verb.dep_ in ("acl", "amod", "advcl") or (verb.dep_ == "conj" and verb.head.tag_ == "VBN" and is_passive(verb.head))) and not any(
        c.dep_ == "aux" for c in verb.lefts
    )


def _behind_date(verb: Token) -> Token | None:
    """The "in" of "born on 3 May 1955 in Metz", where the parser hangs it on the date or the person."""
    doc, i, end = verb.doc, verb.i + 1, verb.sent.end
    while i < end and (doc[i].ent_type_ in ("DATE", "TIME") or (doc[i].pos_ == "ADP" and i + 1 < end and doc[i + 1].ent_type_ in ("DATE", "TIME"))):
        i += 1
    if i == verb.i + 1 or i == end or doc[i].dep_ != "prep" or doc[i].head == verb:
        return None
    return doc[i]


def _distant_agent(verb: Token) -> list[Token]:
    """ "was shot in the courtyard of his house by X": the parser hangs the phrase on the nearest noun."""
    for token in verb.subtree:
        if token.i > verb.i and token.lower_ == "by" and token.dep_ in ("prep", "agent"):
            above = next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX") or a == verb), None)
            if above == verb and not _is_made(token.head):
                return [t for t in objects_of(token) if t.ent_type_ not in ("DATE", "TIME")]
    return []


def _members(verb: Token, group: Token) -> list[Token]:
    """ "held eight people for spreading rumours, including X": the list belongs to the number, wherever the parser hangs it."""
    if not any(c.dep_ == "nummod" for c in group.lefts):
        return []
    lists = (t for t in verb.subtree if t.i > group.i and t.lower_ == "including" and t.nbor(-1).is_punct and t.head != group)
    return [m for t in lists for m in objects_of(t)]


def _is_made(noun: Token) -> bool:
    """True for nouns that are by somebody themselves: "in an attack by X", "a book by Y"."""
    return noun.pos_ == "NOUN" and noun.dep_ == "pobj" and noun.i + 1 < len(noun.doc) and noun.nbor().lower_ == "by"


def _has_object(verb: Token) -> bool:
    return any(c.dep_ == "dobj" for c in verb.rights)


def _people(token: Token, verb: Token) -> list[Token]:
    """The phrase with its conjuncts; a relative pronoun gives the noun that its clause belongs to."""
    if token.lower_ in _RELATIVE and token.tag_ in ("WP", "WDT", "WP$", "IN", "DT") and verb.dep_ == "relcl":
        return list(conjuncts(verb.head)) if _plural_clause(verb) else [verb.head]
    return list(conjuncts(token))


def _plural_clause(verb: Token) -> bool:
    return any(c.dep_ in ("aux", "auxpass") and c.lower_ in ("are", "were", "have") for c in verb.lefts)


def hyphenated(token: Token) -> str:
    """The lemma of a participle that the tagger took for an adjective: "Paris-based" gives "base", "Iran-backed" "back"; else ""."""
    if token.nbor(-1).text not in "-–" or not token.lower_.endswith("ed"):
        return ""
    stem = token.lower_[:-2]
    return stem + "e" if stem.endswith(_MUTE_E) else stem


def _hyphenated(verb: Token, noun: Token) -> bool:
    return noun.i + 2 == verb.i and verb.nbor(-1).text in "-–" and verb.tag_ in ("VBN", "VBD", "JJ")


def _add_prepositions(slots: dict[str, list[Token]], head: Token, passive: bool, skip: tuple[str, ...] = ()) -> None:
    for preposition in prepositions(head):
        name = preposition.lower_
        if name in skip:
            continue
        found = list(objects_of(preposition))
        if name == "by" and (passive or preposition.dep_ == "agent"):
            slots["agent"] += found
        slots[name] += found


def _complete(slots: dict[str, list[Token]], verb: Token, passive: bool, construction: str) -> str:
    """Adds the arguments that the clause shares with the one above it; gives the name of the construction."""
    head, dep = verb.head, verb.dep_
    if dep == "amod" and passive and _is_second_verb(verb):
        slots["agent"] += next((_subject(a) for a in head.ancestors if a.pos_ == "VERB"), [])
        slots["patient"] += [head]
        return "conjunction"
    if dep == "amod" and passive:
        slots["patient"] += [head]
        return construction if construction.startswith("hyphen") else "participle"
    if plan := _planned(verb):
        slots["agent"] += owner(plan)
        return "infinitive"
    if dep in _REDUCED and not _has_subject(verb):
        if dep == "relcl":
            slots["patient"] += [head]  # "the town (that) they attacked"
            return "relative clause"
        if verb.tag_ == "VBN" or passive:
            slots["patient"] += [head]
            return "reduced relative"
        if verb.tag_ == "VBG":
            slots["agent"] += [head]
            return "participle"
        return "infinitive"
    if dep == "relcl":
        if not slots["patient"] and slots["agent"] and not passive and head not in slots["agent"] and not any(c.dep_ == "ccomp" for c in verb.rights):
            slots["patient"] += [head]
        return "relative clause"
    if not _has_subject(verb) and (shared := _controller(verb)):
        slots["patient" if passive else "agent"] += shared
        construction = {"conj": "conjunction", "advcl": "participle clause"}.get(dep, "control")
    if dep == "conj" and not passive and not slots["patient"] and verb.i < _last_object(head):
        slots["patient"] += [c for o in head.rights if o.dep_ == "dobj" for c in conjuncts(o)]
    elif not passive and not slots["patient"] and not any(slots[p] for p in list(slots) if p not in ("agent",)):
        for child in verb.rights:  # "attacked and killed the men"
            if child.dep_ == "conj" and child.pos_ == "VERB" and not any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in verb.doc[verb.i + 1 : child.i]):
                slots["patient"] += [c for o in child.rights if o.dep_ == "dobj" for c in conjuncts(o)]
    return construction


def _is_second_verb(verb: Token) -> bool:
    """ "crossed the border and bombed Kobani": the parser took "bombed Kobani" for a phrase like "the border"."""
    head = verb.head
    return verb.i > 0 and verb.nbor(-1).dep_ == "cc" and head.dep_ == "conj" and head.pos_ == "PROPN" and head.head.dep_ in ("dobj", "pobj")


def _last_object(verb: Token) -> int:
    return max((c.i for c in verb.rights if c.dep_ == "dobj"), default=-1)


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in _SUBJECTS and not _is_place_phrase(c) for c in verb.children)


def _is_place_phrase(subject: Token) -> bool:
    """ "Near Palmyra, one strike …": the tagger took the preposition for a name."""
    return any(c.pos_ in ("PROPN", "ADP", "SCONJ") and c.lower_ in words("phrases")["place preposition"] - _DIRECTIONS for c in subject.lefts)


@cache
def _object_control() -> frozenset[str]:
    return words("phrases")["object control"]


def _controller(verb: Token) -> list[Token]:
    """Who does it where the clause has no subject of its own: the subject or object of the clause above."""
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and (bursting := _bursting(verb)):
        return _subject(bursting)
    current = verb
    for _ in range(_LONGEST_CONTROL):
        dep, head = current.dep_, current.head
        if dep == "conj" and head.pos_ in ("VERB", "AUX"):
            current = head
            if subject := _subject(head):
                return subject
            if head.dep_ in _REDUCED:
                return [head.head]
            continue
        if dep == "pcomp" and head.dep_ in ("prep", "agent"):
            governor = head.head
        elif dep in ("xcomp", "ccomp", "advcl"):
            governor = head
        else:
            return []
        if governor.pos_ == "NOUN" and dep == "pcomp" and current.head.lower_ == "to":  # "X's commitment to defeating Y"
            return owner(governor)
        if governor.pos_ not in ("VERB", "AUX"):
            if governor.pos_ == "ADJ" and governor.head.pos_ in ("VERB", "AUX"):  # "X is believed to", "X was able to"
                governor = governor.head
            else:
                return []
        if dep in ("pcomp", "xcomp", "ccomp") and governor.lemma_ in _object_control() and (patient := _patient(governor)):
            return patient
        if subject := _subject(governor):
            return subject
        if governor.dep_ in _REDUCED:
            return [governor.head]
        current = governor
    return []


def _planned(verb: Token) -> Token | None:
    """The operation, effort or vow that the infinitive tells the aim of: "the campaign to", wherever the parser hangs it."""
    noun = verb.nbor(-2) if verb.tag_ == "VB" and verb.i > 1 and verb.nbor(-1).lower_ == "to" else None
    if noun is None or noun.pos_ != "NOUN" or noun_type(noun.lemma_.lower()) is not None or _has_subject(verb):
        return None
    aim = verb.dep_ in _REDUCED and verb.head == noun
    return noun if aim or (verb.dep_ in ("advcl", "xcomp") and verb.head in noun.ancestors and owner(noun)) else None


def owner(noun: Token) -> list[Token]:
    """Whose plan, effort or operation an abstract noun tells: "X's campaign to", "the Iraqi operation to", "X launched an offensive to"."""
    if noun_type(noun.lemma_.lower()) is not None:
        return []
    before = [c for c in noun.lefts if c.dep_ == "poss" or (c.dep_ in ("amod", "compound", "nmod") and c.ent_type_ in _ACTORS)]
    if before:
        return [t for c in before for t in conjuncts(c)]
    verb = noun.head
    if noun.dep_ == "dobj" and verb.pos_ == "VERB" and lemma(verb) in words("phrases")["light verb"]:
        return _subject(verb) or _controller(verb)
    return []


def _bursting(verb: Token) -> Token | None:
    """ "a bag with a device that exploded, wounding 13": the explosion did it, wherever the parser hangs the participle."""
    for token in reversed(list(verb.doc[max(verb.sent.start, verb.i - _REACH) : verb.i])):
        if token.pos_ == "VERB":
            return token if token.lemma_ in words("phrases")["bursting"] and token != verb.head else None
    return None


def _subject(verb: Token) -> list[Token]:
    for child in verb.children:
        if child.dep_ in _SUBJECTS and not _is_place_phrase(child):
            return _people(child, verb)
    return []


def _patient(verb: Token) -> list[Token]:
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass"):
            return _people(child, verb)
    if verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod"):
        return [verb.head]
    return []
