"""Constructions without a predicate word, whose meaning lies in the types of their parts.

"Iranian general X", "Iran's Guard", "Paris, France", "X of Leeds".
"""

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from kg.extract.frames.predication import Predication, conjuncts, listed, objects_of, prepositions, subject_of
from kg.extract.mentions import Markable
from kg.resources import words

Names = Mapping[int, Markable]
PLACES = frozenset(("Place", "Country", "Region", "City", "Facility"))
_RANK = {"Facility": 0, "Place": 1, "City": 2, "Region": 3, "Country": 4}
_MODIFIERS = frozenset(("amod", "compound", "nmod", "poss"))
_BETWEEN = frozenset(("ADJ", "NOUN", "PROPN", "NUM", "ADV", "VERB"))
_LONGEST_GAP = 8


def predications(name: Markable, names: Names) -> Iterator[tuple[str, Predication]]:
    """(frame, predication) of every construction that a name is part of; slots "head" and "modifier"."""
    doc = name.doc
    for inner in name.inner if not is_mission(doc[name.end - 1]) else ():
        yield "Nationality", _pair(inner.head, name.head, inner.head, "name within a name")
    if name.type in PLACES or name.type in ("Organization", "MilitaryForce"):
        yield from _before(name, names)
    if name.type in PLACES:
        yield from _chain(name, names)
    yield from _prepositional(name, names)
    if stance := _stance(name):
        yield "NounPreposition", stance
    if is_party(name) and (partisans := _partisans(name.head)):
        yield "Party", Predication(name.head, name.head.lower_, {"head": partisans, "modifier": [name.head]}, "noun of a party")
    if name.type == "Person" and name.end + 1 < len(doc) and (doc[name.end].text == "(" or doc[name.end + 1].text in ("R", "D")):
        yield from _parenthesis(name, names)


def _stance(name: Markable) -> Predication | None:
    """ "A pro-Assad militia", "anti-Trump protesters": the prefix is read as a preposition."""
    doc, head = name.doc, name.head.head
    if name.start < 2 or doc[name.start - 1].text not in "-–" or doc[name.start - 2].lower_ not in ("pro", "anti"):
        return None
    while head.dep_ in _MODIFIERS:
        head = head.head
    prefix = doc[name.start - 2]
    return Predication(prefix, prefix.lower_, {"head": [head], "modifier": [name.head]}, "prefix") if head.i >= name.end else None


def _pair(trigger: Token, head: Token, modifier: Token, construction: str) -> Predication:
    return Predication(trigger, trigger.lower_, {"head": [head], "modifier": [modifier]}, construction)


def _before(name: Markable, names: Names) -> Iterator[tuple[str, Predication]]:
    """A country, place or organisation before a noun or name; without a possessive only countries, regions and parties ("Republican")."""
    doc, end = name.doc, name.end
    genitive = end < len(doc) and doc[end].tag_ == "POS"
    if not genitive and not (name.type in ("Country", "Region") and name.head.dep_ in _MODIFIERS) and not is_party(name):
        return
    frame = "Genitive" if genitive else "Party" if is_party(name) else "Nationality"
    i = end + 1 if genitive else end
    last: Token | None = None
    while i < len(doc) and i - end < _LONGEST_GAP:
        if other := names.get(i):
            if (
                other.start == i
                and not (other.type == "Facility" and is_mission(other.doc[other.end - 1]))
                and not (genitive and last is not None and other.type == "Person")
            ):
                yield frame, _pair(name.head, other.head, name.head, "possessive" if genitive else "adjective of nationality")
            return
        token = doc[i]
        if token.pos_ not in _BETWEEN or (token.pos_ == "VERB" and (last is not None or token.tag_ not in ("VBN", "VBG"))):
            break
        if token.pos_ in ("NOUN", "PROPN"):
            last = token
        i += 1
    if last is None or last.i != i - 1:
        return
    if is_mission(last):
        return
    if kind := kind_of(last, names):
        places = [t for t in conjuncts(kind.head) if t.i in names]
        yield "KindOf", Predication(name.head, name.head.lower_, {"head": places, "modifier": [name.head]}, "kind and name")
    else:
        yield frame, _pair(name.head, last, name.head, "possessive" if genitive else "adjective of nationality")


def is_mission(noun: Token) -> bool:
    """True for an embassy or consulate, which lies anywhere but in its own country."""
    return noun.lemma_.lower() in words("phrases")["mission"] and noun.lemma_.lower() != "parliament"


def is_party(name: Markable) -> bool:
    """True for the adjective or noun of a party: "Republican", "Democratic"."""
    return name.label == "NORP" and name.type == "Organization"


def _partisans(noun: Token) -> list[Token]:
    """Whom the noun of a party tells of: "X, a Democrat", "X is a Republican", "Republicans such as X"."""
    if noun.tag_ in ("NNS", "NNPS"):
        return list(listed(noun)) or [t for t in conjuncts(noun) if t.head.dep_ == "prep"]
    if noun.dep_ == "appos":
        return [noun.head]
    subject = subject_of(noun)
    return [t for t in noun.rights if t.dep_ == "appos"] if subject is None else [subject]


def kind_of(noun: Token, names: Names) -> Markable | None:
    """The place whose kind the noun tells: "city" in "the city of Mosul", "area" in "the Karrada area of Baghdad"."""
    before = names.get(noun.i - 1)
    if before and before.end == noun.i and before.type in PLACES and before.country is None and noun.lemma_ in words("phrases")["around a place"]:
        return before
    if noun.lemma_ not in words("phrases")["kind of place"]:
        return None
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ == "of":
            for thing in objects_of(child):
                place = names.get(thing.i)
                if place and place.type in PLACES and place.type != "Country":
                    return place
    return None


def _chain(name: Markable, names: Names) -> Iterator[tuple[str, Predication]]:
    """ "Paris, France", "Leeds (Yorkshire)": the second place holds the first."""
    doc, end = name.doc, name.end
    if end + 1 >= len(doc) or doc[end].text not in (",", "("):
        return
    other = names.get(end + 1)
    if other is None or other.start != end + 1 or other.type not in PLACES or other.head.dep_ in _MODIFIERS:
        return
    rank, larger = _RANK[name.type], _RANK[other.type]
    if (larger > rank or (larger == rank and name.type == "City" and not _is_list(other, names) and not _is_later(name, names))) and larger >= 2:
        yield "PlaceChain", _pair(doc[end], name.head, other.head, "place, place")


def _is_later(name: Markable, names: Names) -> bool:
    """True behind a name and a comma: the second or a later one of a list."""
    return name.start > 1 and name.doc[name.start - 1].text == "," and name.start - 2 in names


def _is_list(name: Markable, names: Names) -> bool:
    doc, end = name.doc, name.end
    return end < len(doc) and (
        doc[end].lower_ in ("and", "or")
        or (doc[end].text == "," and end + 1 < len(doc) and (end + 1 in names or doc[end + 1].lower_ in ("and", "or")))
    )


def _prepositional(name: Markable, names: Names) -> Iterator[tuple[str, Predication]]:
    """ "the base in Y", "X of Leeds": the preposition depends on the name, or stands right behind it and a comma at most."""
    doc, seen = name.doc, set()
    head = name.head
    named_after = doc[name.end - 1].lower_ == "district"  # "the London district of Barking"
    if name.end < len(doc) and doc[name.end] == head.head and kind_of(head.head, names) is name:
        head = head.head
    for preposition in prepositions(head):
        if (
            preposition.i < name.end
            or (named_after and preposition.lower_ == "of")
            or (name.type == "Person" and not _directly_behind(name, preposition))
        ):
            continue
        for thing in objects_of(preposition):
            other = names.get(thing.i) or kind_of(thing, names) or _introduced(thing, names)
            if other not in (None, name):
                seen.add(thing.i)
                where = thing if other is None or thing.i in names else other.head
                member = name.type == "Person" and other is not None and doc[other.end - 1].lower_ in words("phrases")["body of members"]
                yield "Party" if member else "NounPreposition", _pair(preposition, name.head, where, "name and preposition")
    i = name.end
    if i < len(doc) and doc[i].text == "," and name.type in PLACES:
        i += 1
    if i < len(doc) and doc[i].pos_ == "ADP" and name.type in PLACES and not (named_after and doc[i].lower_ == "of"):
        at = i + 1
        while at < len(doc) and doc[at].pos_ in ("DET", "ADJ", "ADV") and at not in names:
            at += 1
        other = names.get(at)
        if other and other.start == at and other.head.i not in seen and other.type in PLACES and other.head.dep_ not in _MODIFIERS:
            yield "NounPreposition", _pair(doc[i], name.head, other.head, "place and preposition")


def _introduced(noun: Token, names: Names) -> Markable | None:
    """The organisation that a noun introduces: "of the law firm X"."""
    name = names.get(noun.i + 1)
    return name if name and name.start == noun.i + 1 and name.type == "Organization" and noun.pos_ == "NOUN" else None


def _directly_behind(person: Markable, preposition: Token) -> bool:
    """True in "X of Leeds", "X, 34, of Leeds", "X, originally from Leeds"."""
    between = person.doc[person.end : preposition.i]
    return all(t.is_punct or t.like_num or (t.pos_ == "ADV" and t.head == preposition) for t in between)


def _parenthesis(name: Markable, names: Names) -> Iterator[tuple[str, Predication]]:
    doc = name.doc
    for i in range(name.end + 1, min(name.end + 7, len(doc))):
        if doc[i].text == ")":
            return
        other = names.get(i)
        if other and other.start == i:
            yield "Parenthesis", _pair(doc[name.end], name.head, other.head, "parenthesis")


def of_noun(noun: Token, names: Names) -> Iterator[tuple[str, Predication]]:
    """Prepositions of a noun phrase without a name: "a hospital in Kunduz"."""
    for preposition in prepositions(noun):
        for thing in objects_of(preposition):
            if thing.i in names:
                yield "NounPreposition", _pair(preposition, noun, thing, "noun and preposition")
