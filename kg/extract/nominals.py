"""Participants without a name: "at least 20 people", "two Iraqi military bases", "a suicide bomber", "dozens of civilians"."""

import re
from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract import speech
from kg.extract.entities import Cluster
from kg.extract.frames.predication import objects_of
from kg.extract.mentions import Markable
from kg.extract.typing_rules import noun_type
from kg.identity.names import fold
from kg.resources import words

_DOER = re.compile(r"[a-z]{3}(?:er|or|ist|eer)\Z")
_PEOPLE_NUMBERS = frozenset(("NUM",))
_LEFT_OUT = frozenset(("cc", "preconj", "mark", "punct", "advmod", "prep"))
_KEPT_ADVERBS = frozenset(("least", "most", "about", "around", "nearly", "almost", "more", "some", "over", "up", "at", "than", "to"))


class Participants:
    """The clusters of participants without a name in one document; like phrases are one participant."""

    def __init__(self) -> None:
        self._clusters: dict[tuple[str, str], Cluster] = {}

    def of(self, number: int, token: Token, *, speaks: bool = False) -> Markable | None:
        """The phrase with this head, put into its cluster; of what `speaks`, texts and words for a doer count too ("the poll", "the announcer")."""
        markable = nominal(number, token)
        if markable is None and speaks and (kind := _speaking_class(token)) is not None:
            markable = Markable(number, token.doc, _left(token), token.i + 1, "nominal", kind, "", token)
        if markable is not None:
            self._clusters.setdefault((markable.type, fold(markable.text)), Cluster(markable.type)).add(markable)
        return markable

    def __iter__(self) -> Iterator[Cluster]:
        return iter(self._clusters.values())


def nominal(number: int, token: Token) -> Markable | None:
    """The noun phrase with this head, up to the head (for "dozens of X" up to X); None when its noun is no kind of participant."""
    kind, last = _kind(token)
    if kind is None:
        return None
    start = _left(token)
    return Markable(number, token.doc, start, last.i + 1, "nominal", kind, "", token)


def _kind(token: Token) -> tuple[str | None, Token]:
    lemma = token.lemma_.lower()
    if lemma in words("phrases")["partitive"] or token.pos_ in _PEOPLE_NUMBERS:
        for child in token.rights:
            if child.dep_ == "prep" and child.lower_ == "of":
                for thing in objects_of(child):
                    kind = _class(thing)
                    return ("Group" if kind == "Person" else kind), thing
        if token.pos_ in _PEOPLE_NUMBERS:
            return ("Group" if token.dep_ in ("nsubj", "nsubjpass", "dobj") and not _is_amount(token) else None), token
    return _class(token), token


def _class(token: Token) -> str | None:
    if token.pos_ not in ("NOUN", "PROPN", "ADJ"):
        return None
    before = token.nbor(-1).lemma_.lower() + " " if token.i and token.nbor(-1).dep_ == "compound" else ""  # "launch site"
    kind = noun_type(before + token.lemma_.lower()) or noun_type(token.lower_)
    return "Group" if kind == "Person" and token.tag_ in ("NNS", "NNPS") else kind


def _speaking_class(token: Token) -> str | None:
    """Work for texts, Person for words that are made of a verb: "questioner"."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    if speech.is_text_noun(token) or token.lemma_.lower() in words("speech")["speaking text"]:
        return "Work"
    return ("Group" if token.tag_ == "NNS" else "Person") if _DOER.search(token.lemma_) else None


def _is_amount(token: Token) -> bool:
    return token.ent_type_ in ("MONEY", "PERCENT", "QUANTITY", "DATE", "TIME", "ORDINAL") or any(c.pos_ in ("NOUN", "SYM") for c in token.children)


def _left(token: Token) -> int:
    """Where the phrase begins: its left dependants that stand in an unbroken row, appositions and clauses aside."""
    start = token.i
    for child in reversed(list(token.lefts)):
        if child.dep_ in _LEFT_OUT and child.lower_ not in _KEPT_ADVERBS:
            break
        if child.right_edge.i + 1 != start or child.lower_ == "dead":  # "shot dead three women"
            break
        start = child.left_edge.i
    return start
