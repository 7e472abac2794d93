"""Frames: a dependency parse turned into predicates with arguments, whatever the grammar.

`find` looks at the words that the lexicon knows and yields each with the entries it may stand for.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extract.frames import adjectives, nouns, roles, structures, verbs
from kg.extract.frames.predication import Predication
from kg.extract.frames.structures import Names
from kg.extract.lexicon import Lexicon
from kg.extract.nlp import Paragraph
from kg.extract.typing_rules import noun_type
from kg.ontology import Trigger
from kg.resources import words

__all__ = ["Found", "Predication", "find", "is_verb", "no_event"]

Found = tuple[Predication, Sequence[Trigger]]


_LONGEST_OFFICE = 6


def no_event(token: Token) -> bool:
    """True for a noun that with the word before it names nobody's deed: a heart attack, a press conference."""
    return token.i > 0 and f"{token.nbor(-1).lower_} {token.lemma_.lower()}" in words("phrases")["no event"]


def find(paragraph: Paragraph, names: Names, lexicon: Lexicon) -> Iterator[Found]:
    """Every predicate of a paragraph that the lexicon has entries for, in text order."""
    for token in paragraph.doc:
        name = names.get(token.i)
        pos = token.pos_
        if is_verb(token):
            if entries := lexicon.verb(token):
                yield verbs.predicate(token), entries
        elif pos in ("NOUN", "PROPN"):
            yield from _noun(token, names, lexicon)
        elif pos == "ADJ":
            if entries := lexicon.adjective(token):
                yield adjectives.predicate(token), entries
            if token.i > 1 and (lemma := verbs.hyphenated(token)) and (entries := lexicon.verb(token, lemma)):
                yield verbs.predicate(token), entries
        if name is not None and name.start == token.i:
            for frame, predication in structures.predications(name, names):
                if structural := lexicon.structures.get(frame):
                    yield predication, structural


def is_verb(token: Token) -> bool:
    """True for verbs that are looked up as such, "have" and "be" with a meaning of their own included."""
    return token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in ("aux", "auxpass"))


def _of_deputy(office: Token, first: int, entries: Sequence[Trigger], names: Names, lexicon: Lexicon) -> tuple[int, Sequence[Trigger]]:
    """(first, entries) of the role; "deputy finance minister" is a deputy of whatever the minister is of."""
    if entries:
        for i in range(office.i - 1, max(office.i - _LONGEST_OFFICE, -1), -1):
            token = office.doc[i]
            if token.lower_ in ("deputy", "assistant") and i < first:
                short = [entry for phrase, entry in lexicon.roles.get(office.lemma_.lower(), ()) if phrase == (token.lower_,)]
                return i, short or lexicon.phrase("deputy")
            if i in names or token.pos_ not in ("NOUN", "PROPN", "ADJ"):
                break
    return first, entries


def _of_part(predication: Predication, entries: Sequence[Trigger], names: Names, lexicon: Lexicon) -> Sequence[Trigger]:
    """ "Technology director of X", "head of press at X" lead a part of X, and work for X."""
    head = predication.trigger
    if head.lemma_.lower() not in words("phrases")["heads a part"] or not any(e.relation == "leads" for e in entries):
        return entries
    before = head.doc[predication.first - 1] if predication.first > 0 else head
    part = before.pos_ == "NOUN" and before.i not in names and noun_type(before.lemma_.lower()) is None
    things = predication.slot("of")
    if not part and things and any(predication.slot(s) for s in ("at", "for", "with", "compound", "possessor")):
        part = all(t.i not in names and t.pos_ in ("NOUN", "PROPN") and not any(c.dep_ in ("det", "poss") for c in t.lefts) for t in things)
    return lexicon.phrase("deputy") if part else entries


def _noun(token: Token, names: Names, lexicon: Lexicon) -> Iterator[Found]:
    inside = names.get(token.i)
    followed = token.i + 1 < len(token.doc) and token.nbor().text == "-"  # "son" in "son-in-law"
    if not followed and (inside is None or (inside.type in ("Organization", "MilitaryForce") and inside.end - 1 == token.i)):
        first, entries = _of_deputy(token, *lexicon.role(token), names, lexicon)
        if entries:
            for predication in roles.each(roles.predicate(token, first, names, lexicon.holders(entries))):
                yield predication, _of_part(predication, entries, names, lexicon)
    if inside is not None:
        return
    if no_event(token):
        return
    if entries := lexicon.noun(token):
        yield nouns.predicate(token), entries
    if noun_type(token.lemma_.lower()) == "Facility" and (structural := lexicon.structures.get("NounPreposition")):
        for _, predication in structures.of_noun(token, names):
            yield predication, structural
