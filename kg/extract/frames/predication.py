"""What every frame yields: a predicate of the text with its arguments in named slots, whatever the grammar that put them there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

Slots = Mapping[str, Sequence[Token]]
_NO_TOKENS: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Predication:
    """A predicate with its arguments.

    `slots`: "agent", "patient", "holder", "whole", "head", "modifier" or a preposition -> head tokens of the phrases there.
    `trigger` is the last token of the predicate's words and `first` the index of the first where there are several, else -1;
    `construction` names the grammar for explanations.
    """

    trigger: Token
    lemma: str
    slots: Slots = field(default_factory=dict)
    construction: str = "active"
    first: int = -1

    def slot(self, name: str) -> Sequence[Token]:
        """The tokens of a slot, none when it is empty."""
        return self.slots.get(name, _NO_TOKENS)


def conjuncts(token: Token) -> Iterator[Token]:
    """The token and what is joined to it by "and", "or" or commas, in order."""
    yield token
    for child in token.rights:
        if child.dep_ == "conj" and child.pos_ != "VERB":
            yield from conjuncts(child)


def objects_of(preposition: Token) -> Iterator[Token]:
    """The objects of a preposition, joined ones included; "from near Mosul" looks through to the last preposition."""
    for child in preposition.rights:
        if child.dep_ == "pobj":
            yield from conjuncts(child)
        elif child.dep_ == "prep":
            yield from objects_of(child)


def prepositions(head: Token) -> Iterator[Token]:
    """The prepositions that depend on a word, in order."""
    for child in head.children:
        if child.dep_ in ("prep", "agent", "dative") and child.pos_ in ("ADP", "SCONJ", "VERB"):
            yield child
            for further in child.rights if child.pos_ == "ADP" else ():
                if further.dep_ in ("conj", "prep") and further.pos_ == "ADP":
                    yield further
