"""Words that say that somebody says something: who says it, and which words of the sentence are what is said.

Everything is read off the parse of one sentence. Quotation marks are not looked at here; see `quotes`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.strings import get_string_id
from spacy.tokens import Token

from kg import resources

_SUBJECTS = ("nsubj", "nsubjpass")
_FIRST_PERSONS = frozenset("i we you".split())
_RELATIVES = frozenset("who which that whom".split())
_TRIMMED = frozenset(", . ; : — – - -- ? ! … ... “ ” \" '' `` ‘ ’ '".split())


@dataclass(frozen=True, slots=True)
class Content:
    """Half-open token indices of what is said; `gap` is the "officials said" that interrupts it."""

    start: int
    end: int
    head: Token
    gap: tuple[int, int] | None = None


@cache
def _lemmas(section: str) -> frozenset[int]:
    """Ids of the lemmas of a section: comparing numbers is what keeps the pass over all tokens cheap."""
    return frozenset(int(get_string_id(word)) for word in resources.words("speech")[section])


@cache
def _verbs() -> frozenset[int]:
    return frozenset().union(*(_lemmas(s) for s in ("say", "quote", "believe", "object", "order", "deed", "passive")))


@cache
def cue_lemmas() -> frozenset[int]:
    """Ids of the lemmas that may be cues: the cheap first test of every token."""
    return _verbs() | _lemmas("noun") | {int(get_string_id("accord")), int(get_string_id("according"))}


def is_cue(token: Token) -> bool:
    """Whether a token with one of `cue_lemmas` is used as a word of saying."""
    if token.pos_ == "VERB":
        return token.lemma in _verbs() or _is_according(token)
    return _is_according(token) or (token.pos_ == "NOUN" and token.lemma in _lemmas("noun"))


def _is_according(token: Token) -> bool:
    return token.lower_ == "according" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to"


def is_say(token: Token, *sections: str) -> bool:
    """Whether the verb stands in one of the sections of the word list."""
    return token.pos_ == "VERB" and any(token.lemma in _lemmas(section) for section in sections)


def is_text_noun(token: Token) -> bool:
    """ "statement", "letter": what a colon opens."""
    return token.pos_ in ("NOUN", "PROPN") and token.lemma in _lemmas("text")


def is_source_noun(token: Token) -> bool:
    """ "police", "officials", "report": whom a headline names without a verb."""
    return token.pos_ in ("NOUN", "PROPN") and token.lower_ in resources.words("speech")["source"]


def subject(verb: Token) -> Token | None:
    """The head of the subject of a verb: its own, or that of the verb it goes along with. Relative pronouns give their noun."""
    seen = 0
    while seen < 6:
        own = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
        if own is not None:
            return antecedent(own)
        if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "dep", "parataxis"):
            verb = _clause_above(verb)
        elif verb.dep_ == "acl":
            return verb.head if verb.head.pos_ in ("NOUN", "PROPN", "PRON") else None
        else:
            return None
        seen += 1
    return None


def antecedent(subject: Token) -> Token:
    """The noun that a relative pronoun stands for; any other subject is itself."""
    return subject.head.head if subject.lower_ in _RELATIVES and subject.head.dep_ == "relcl" else subject


def _clause_above(verb: Token) -> Token:
    head = verb.head
    while head.pos_ in ("ADP", "SCONJ") and head.head != head:
        head = head.head
    return head


def speaker(cue: Token) -> Token | None:
    """The head of the noun phrase that says it; None when the text does not tell."""
    if cue.lower_ == "according":
        return _author(_object_of(cue.nbor()))
    if cue.pos_ == "NOUN":
        return _speaker_of_noun(cue)
    if (inverted := _inverted_subject(cue)) is not None:
        return inverted
    if _is_passive(cue):
        by = next((c for c in cue.children if c.dep_ == "agent"), None)
        if by is not None:
            return _object_of(by)
        if cue.dep_ != "acl":
            return None
    found = subject(cue)
    if found is None or (found.lower_ == "it" and found.dep_ == "nsubjpass") or found.dep_ == "expl":
        return None
    return found


def _author(source: Token | None) -> Token | None:
    """Whose post it is, for "a post by Amy Cook" and "Cook's post"."""
    if source is None or not is_text_noun(source):
        return source
    for child in source.children:
        if child.dep_ == "poss" and child.ent_type_ not in ("DATE", "TIME"):
            return child
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from") and (author := _object_of(child)) is not None:
            return author
    return source


def _inverted_subject(cue: Token) -> Token | None:
    """The lawyer of "It was lawful, argued the lawyer", which the parser takes for an object."""
    if cue.tag_ not in ("VBD", "VBZ", "VBP") or cue.i == 0 or cue.nbor(-1).text not in (",", "”", '"') or not is_say(cue, "inverted"):
        return None
    if any(c.dep_ in ("nsubj", "nsubjpass", "aux", "ccomp", "cc") for c in cue.children) or any(
        c.dep_ == "cc" and c.i < cue.i for c in cue.head.children
    ):
        return None
    return next(
        (c for c in cue.children if c.dep_ in ("dobj", "npadvmod", "attr", "oprd") and c.i > cue.i and c.pos_ in ("NOUN", "PROPN", "PRON")), None
    )


def _is_passive(verb: Token) -> bool:
    return verb.tag_ == "VBN" and (verb.dep_ == "acl" or any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children))


def _object_of(preposition: Token) -> Token | None:
    return next((c for c in preposition.children if c.dep_ == "pobj"), None)


def _speaker_of_noun(noun: Token) -> Token | None:
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ in ("by", "from", "of") and (owner := _object_of(child)) is not None:
            return owner
    if noun.dep_ in ("dobj", "attr") and noun.head.pos_ == "VERB":
        return subject(noun.head)
    return None


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
    if is_say(cue, "believe") and not is_say(cue, "say", "passive"):
        yield from _clauses(cue)
        return
    if _inverted_subject(cue) is not None:
        if (found := _around(cue)) is not None and found.start < cue.i:
            yield found
        return
    said = list(_clauses(cue))
    yield from said or _phrases(cue)


def _clauses(cue: Token) -> Iterator[Content]:
    if cue.dep_ == "parataxis" or (cue.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "as" for c in cue.children)):
        found = _around(cue)
        if found is not None:
            yield found
            return
    passive = _is_passive(cue)
    sayable = is_say(cue, "passive") if passive else is_say(cue, "say", "believe")
    if is_say(cue, "believe") and not passive:
        who = subject(cue)
        sayable = sayable and who is not None and who.lower_ not in _FIRST_PERSONS
    for child in cue.children:
        dep = child.dep_
        if (dep == "ccomp" and (sayable or is_say(cue, "order"))) or (dep == "xcomp" and (is_say(cue, "order", "object") or (passive and sayable))):
            yield _subtree(child, cue)


def _phrases(cue: Token) -> Iterator[Content]:
    for child in cue.children:
        if child.dep_ == "dobj" and child.i > cue.i and is_say(cue, "object"):
            if child.pos_ in ("NOUN", "PROPN") and not _is_passive(cue):
                yield _subtree(child, cue)
        elif (
            child.dep_ == "prep"
            and child.lower_ in ("of", "for", "to", "with")
            and f"{cue.lemma_} {child.lower_}" in resources.words("speech")["deed of"]
        ):
            for inner in child.children:
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


def _with_gap(head: Token, start: int, end: int, cue: Token) -> Content | None:
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


def _is_blank(tokens: object) -> bool:
    return all(t.is_punct or t.is_space for t in tokens)  # type: ignore[attr-defined]


def _trimmed(head: Token, start: int, end: int, gap: tuple[int, int] | None) -> Content:
    doc = head.doc
    while start < end and doc[start].text in _TRIMMED:
        start += 1
    while end > start and (doc[end - 1].text in _TRIMMED or doc[end - 1].is_space):
        end -= 1
    return Content(start, end, head, gap)
