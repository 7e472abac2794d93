"""What surrounds a predicate: instruments, place, time, and numbers of dead and injured."""

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from kg.extract import times
from kg.extract.arguments import Argument, Arguments
from kg.extract.frames.structures import PLACES
from kg.extract.reading import Reading
from kg.extract.selection import Draft
from kg.extract.typing_rules import noun_type
from kg.model import Time
from kg.resources import words

_WEAPONS = frozenset(("Weapon", "Vehicle"))
_CLIMB = 30  # words up from a predicate to those that tell its place
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")


def instruments(draft: Draft, arguments: Arguments) -> list[Argument]:
    """With what: weapons behind "with" or "by", before the noun ("rocket attack"), or as the object of firing them."""
    tokens: list[Token] = []
    predication = draft.predication
    for name in sorted(words("phrases")["instrument preposition"]):
        tokens += predication.slot(name)
    tokens += predication.slot("compound")
    if predication.lemma in words("phrases")["weapon verb"] or draft.entry.object_nouns:
        tokens += predication.slot("patient")
    for child in predication.trigger.children:  # "attacked the base using rockets"
        if child.dep_ == "advcl" and child.lower_ in ("using", "firing", "detonating", "launching", "throwing"):
            tokens += [c for c in child.rights if c.dep_ == "dobj"]
    found = list(draft.instruments)
    for token in tokens:
        argument = arguments.of(draft.paragraph, token) if noun_type(token.lemma_.lower()) in _WEAPONS else None
        if argument and argument.type in _WEAPONS and all(a.cluster is not argument.cluster for a in found):
            found.append(argument)
    return found


def places(draft: Draft, reading: Reading, arguments: Arguments) -> list[Argument]:
    """Where: the places the predicate has itself; failing these, those of the verbs above it, nearest first, or that its sentence begins with."""
    taken = {id(a.cluster) for a in (draft.subject, draft.object) if a is not None}
    for tokens in _place_phrases(draft):
        found: list[Argument] = []
        for token in sorted(tokens, key=lambda t: t.i):
            argument = arguments.of(draft.paragraph, token) if token.i in reading.names[draft.paragraph] or _is_place(token) else None
            if argument and argument.type in PLACES and id(argument.cluster) not in taken and all(a.cluster is not argument.cluster for a in found):
                found.append(argument)
        if found:
            return found
    return []


def _place_phrases(draft: Draft) -> Iterator[list[Token]]:
    trigger = draft.predication.trigger
    prepositions = words("phrases")["place preposition"]
    yield [t for name in sorted(prepositions) for t in draft.predication.slot(name)]
    if trigger.pos_ in ("NOUN", "PROPN"):
        yield list(draft.predication.slot("compound"))  # "the Manchester bombing"
    if draft.object is not None and draft.object.markable.paragraph == draft.paragraph:  # "the murder of X in Lagos"
        target = draft.object.markable.head
        yield [c for child in target.rights if child.dep_ == "prep" and child.lower_ in prepositions for c in child.rights if c.dep_ == "pobj"]
    governor, seen = trigger.head, trigger
    for _ in range(_CLIMB):
        if governor == seen:
            break
        if governor.pos_ == "VERB" and (seen.dep_ not in ("ccomp", "relcl", "acl") or seen == trigger):
            phrases = [
                child for thing in (governor, *(o for o in governor.rights if o.dep_ == "dobj")) for child in thing.rights if child.dep_ == "prep"
            ]
            yield [c for child in phrases if child.lower_ in prepositions for c in child.rights if c.dep_ == "pobj"]
        if seen.dep_ in ("ccomp", "relcl"):
            break
        seen, governor = governor, governor.head
    root = trigger.sent.root
    yield [c for child in root.lefts if child.dep_ == "prep" and child.lower_ in prepositions for c in child.rights if c.dep_ == "pobj"]


def _is_place(token: Token) -> bool:
    return noun_type(token.lemma_.lower()) in PLACES


def time(draft: Draft, reading: Reading) -> Time | None:
    """When: the date or time of the sentence that hangs on the predicate, or else stands nearest to it; of the day rather than of the clock."""
    trigger = draft.predication.trigger
    doc, sentence = reading.paragraphs[draft.paragraph].doc, trigger.sent
    told = []
    for ent in doc.ents:
        if ent.label_ in ("DATE", "TIME") and sentence.start <= ent.start < sentence.end:
            text = times.with_zone(ent.text, doc.text[ent.end_char : sentence.end_char])
            found = times.resolve(text, reading.document.published)
            clock = found.value is None and (ent.label_ == "TIME" or times.tells_clock(text))
            told.append((clock, _distance(ent.root, trigger), abs(ent.start - trigger.i), ent.start, found))
    if not told:
        return None
    _, distance, _, _, nearest = min(told, key=lambda each: each[:4])
    return nearest if nearest.value is not None or distance == 0 else None


def _distance(time: Token, trigger: Token) -> int:
    """0 when the time depends on the trigger's clause, 1 elsewhere in the sentence."""
    for ancestor in time.ancestors:
        if ancestor == trigger:
            return 0
        if ancestor.pos_ in ("VERB", "AUX"):
            return int(ancestor not in (trigger.head, *(trigger.head.children)))
    return 1


@cache
def _numbers() -> dict[str, int]:
    return {word: int(value) for word, value in (entry.split(" = ") for entry in words("phrases")["number"])}


def count(argument: Argument) -> int | None:
    """The number in a phrase ("at least 20 people" is 20, "two dozen" 24); a single named or described person counts one."""
    if argument.type == "Person":
        return 1
    text = argument.markable.text.casefold()
    if figure := _FIGURE.search(text):
        return int(figure[0].replace(",", "")) * _multiplier(text[figure.end() :])
    total = 0
    for word in re.findall(r"[a-z]+", text):
        value = _numbers().get(word)
        if value is not None and word not in ("a", "an"):
            total = max(total, 1) * value if value in (12, 100, 1000) else total + value
    return total or None


def _multiplier(rest: str) -> int:
    word = re.match(r"\s*(hundred|thousand)", rest)
    return _numbers()[word[1]] if word else 1
