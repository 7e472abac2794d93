"""Which words of a sentence are what is said, in speech without quotation marks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg import resources
from kg.extract import speech
from kg.extract.speakers import inverted_subject, subject

_FIRST_PERSONS = frozenset(["i", "we", "you"])
_TRIMMED = frozenset([",", ".", ";", ":", "—", "–", "-", "--", "?", "!", "…", "...", "“", "”", '"', "''", "``", "‘", "’", "'"])


@dataclass(frozen=True, slots=True)
class Content:
    """Half-open token indices of what is said; `gap` is the "officials said" that interrupts it."""

    start: int
    end: int
    head: Token
    gap: tuple[int, int] | None = None


def contents(cue: Token) -> Iterator[Content]:
    """What the cue says was said: clauses, infinitives and noun phrases in indirect speech."""
    if cue.lower_ == "according":
        found: Content | None = _around(cue)
        if found is not None:
            yield found
        return
    if cue.pos_ == "NOUN":
        for child in cue.children:
            if child.dep_ in ("acl", "ccomp") and child.i > cue.i and any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children):
                yield _subtree(child, cue)
        return
    if speech.is_say(cue, "believe") and not speech.is_say(cue, "say", "passive"):
        yield from _clauses(cue)
        return
    if inverted_subject(cue) is not None:
        clause = next((c for c in cue.lefts if c.dep_ in ("ccomp", "advcl")), None)
        found = _around(cue) if clause is None else _subtree(clause, cue)
        if found is not None and found.start < cue.i:
            yield found
        return
    yield from list(_clauses(cue)) or _phrases(cue)


def _clauses(cue: Token) -> Iterator[Content]:
    if cue.dep_ == "parataxis" or (cue.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "as" for c in cue.children)):
        found = _around(cue)
        if found is not None:
            yield found
            return
    passive = speech.is_passive(cue)
    sayable = speech.is_say(cue, "passive") if passive else speech.is_say(cue, "say", "believe")
    if speech.is_say(cue, "believe") and not passive:
        who = subject(cue)
        sayable = sayable and who is not None and who.lower_ not in _FIRST_PERSONS
    for child in cue.children:
        dep = child.dep_
        clause = dep == "ccomp" and (sayable or speech.is_say(cue, "order"))
        if clause or (dep == "xcomp" and (speech.is_say(cue, "order", "object") or (passive and sayable))):
            yield _subtree(child, cue)


def _phrases(cue: Token) -> Iterator[Content]:
    for child in cue.children:
        if child.dep_ == "dobj" and child.i > cue.i:
            deeds = list(_deeds(cue, child))
            yield from deeds
            if not deeds and speech.is_say(cue, "object") and child.pos_ in ("NOUN", "PROPN") and not speech.is_passive(cue):
                yield _subtree(child, cue)
    yield from _deeds(cue, cue)


def _deeds(cue: Token, head: Token) -> Iterator[Content]:
    """ "killing" of "accused them of killing", whether the parser hangs it on the verb or on its object."""
    pairs = resources.words("speech")["deed of"]
    for preposition in head.children:
        if preposition.dep_ == "prep" and f"{cue.lemma_} {preposition.lower_}" in pairs:
            for inner in preposition.children:
                if inner.dep_ == "pcomp" or (inner.dep_ == "pobj" and inner.pos_ == "NOUN"):
                    yield _subtree(inner, cue)


def _subtree(head: Token, cue: Token) -> Content:
    start, end = head.left_edge.i, head.right_edge.i + 1
    if start <= cue.i < end:
        # "The bomb, officials said, killed three": the cue stands inside of what it governs
        return _with_gap(head, start, end, cue)
    if start < cue.i:
        end = min(end, cue.i)
    return _trimmed(head, start, end, None)


def _around(cue: Token) -> Content | None:
    """The clause that a parenthesis such as "according to X" or "officials said" goes with."""
    head = cue.head
    while head.pos_ not in ("VERB", "AUX") and head.head != head:
        head = head.head
    if head == cue:
        return None
    return _with_gap(head, head.left_edge.i, head.right_edge.i + 1, cue)


def _with_gap(head: Token, start: int, end: int, cue: Token) -> Content:
    doc = cue.doc
    inside = [c for c in cue.children if not (c.left_edge.i <= head.i <= c.right_edge.i)]
    first = min([cue.i, *(c.left_edge.i for c in inside if c.i < cue.i)])
    last = max([cue.i, *(c.right_edge.i for c in inside if c.i > cue.i and c.dep_ != "punct")]) + 1
    while first > start and doc[first - 1].text in (",", "—", "–", "-", "("):
        first -= 1
    while last < end and doc[last].text in (",", "—", "–", "-", ")"):
        last += 1
    if _is_blank(doc[start:first]):
        return _trimmed(head, last, end, None)
    if _is_blank(doc[last:end]):
        return _trimmed(head, start, first, None)
    return _trimmed(head, start, end, (first, last))


def _is_blank(tokens: Iterable[Token]) -> bool:
    return all(t.is_punct or t.is_space for t in tokens)


def _trimmed(head: Token, start: int, end: int, gap: tuple[int, int] | None) -> Content:
    doc = head.doc
    while start < end and doc[start].text in _TRIMMED:
        start += 1
    while end > start and (doc[end - 1].text in _TRIMMED or doc[end - 1].is_space):
        end -= 1
    return Content(start, end, head, gap)
