"""What every frame yields: a predicate of the text with its arguments in named slots, whatever the grammar that put them there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from spacy.tokens import Token

Slots = Mapping[str, Sequence[Token]]
# A token, or what has to be walked through to find some: lists are as deep as they are long.
_Part: TypeAlias = "Token | Iterator[_Part]"
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
    """The token, what is joined to it by "and", "or" or commas, and those it is said to include, in order.

    A group whose members stand behind it by name gives the members: "two presidents, X and Y".
    """
    return _walk(_joined(token))


def objects_of(preposition: Token) -> Iterator[Token]:
    """The objects of a preposition, joined ones included; "from near Mosul" looks through to the last preposition."""
    return _walk(_objects(preposition))


def _walk(parts: Iterator[_Part]) -> Iterator[Token]:
    """The tokens in order, without recursion."""
    under_way = [parts]
    while under_way:
        part = next(under_way[-1], None)
        if part is None:
            under_way.pop()
        elif isinstance(part, Token):
            yield part
        else:
            under_way.append(part)


def _joined(token: Token) -> Iterator[_Part]:
    members = [c for c in token.rights if _heads_list(c)]
    if not (members and token.tag_ == "NNS" and members[0].pos_ == "PROPN"):
        yield token
    for child in token.rights:
        if (child.dep_ == "conj" and child.pos_ != "VERB") or child in members:
            yield _joined(child)
        elif child.dep_ == "prep" and _opens_list(child):
            yield _objects(child)
        elif child.dep_ == "relcl" and child.lemma_ == "include":  # "nobles that included Brutus"
            yield _included(child)
        elif child.dep_ == "prep" and child.lower_ == "of":  # "a group of nobles that included Brutus"
            for thing in child.rights:
                for clause in thing.rights:
                    if clause.dep_ == "relcl" and clause.lemma_ == "include":
                        yield _included(clause)
    if token.dep_ == "nsubj" and token.head.lemma_ == "include" and token.head.pos_ == "VERB":
        yield _included(token.head)


def _heads_list(token: Token) -> bool:
    """ "a tank, a bridge and a bunker": parsers hang the second of a list on the first as if it explained it."""
    head = token.head
    like = head.pos_ == "NOUN" and (token.pos_ == "NOUN" or head.tag_ == "NNS")
    like |= head.dep_ == "nsubj" and head.ent_type_ == token.ent_type_ != ""  # "Chile, Peru, and Ecuador met"
    return token.dep_ == "appos" and like and any(c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN") for c in token.rights)


def subject_of(noun: Token) -> Token | None:
    """What a noun is said of: the subject of "X is a company", unless the clause denies it."""
    verb = noun.head
    if noun.dep_ != "attr" or verb.lemma_ not in ("be", "remain") or any(c.dep_ == "neg" for c in verb.children):
        return None
    return next((c for c in verb.lefts if c.dep_ == "nsubj"), None)


def listed(noun: Token) -> Iterator[Token]:
    """Those whom a noun in the plural stands for: X and Y in "two senators, X and Y" and "X and Y, both senators"."""
    if noun.tag_ not in ("NNS", "NNPS") or noun.dep_ == "conj":
        return
    for child in noun.rights:
        if child.dep_ in ("appos", "conj") and child.pos_ == "PROPN" and all(t.is_punct for t in noun.doc[noun.i + 1 : child.left_edge.i]):
            yield from conjuncts(child)
            return
    if noun.dep_ == "appos" and noun.head.pos_ == "PROPN":
        first = noun.head
        while first.dep_ == "conj":
            first = first.head
        if first is not noun.head or any(c.dep_ == "conj" for c in first.rights):
            yield from (t for t in conjuncts(first) if t is not noun)


def _opens_list(preposition: Token) -> bool:
    """True for "including" and "such as"."""
    if preposition.lower_ == "as":
        return any(c.lower_ == "such" for c in preposition.lefts)
    return preposition.lower_ == "including"


def _included(verb: Token) -> Iterator[_Part]:
    for child in verb.rights:
        if child.dep_ == "dobj":
            yield _joined(child)


def _objects(preposition: Token) -> Iterator[_Part]:
    for child in preposition.rights:
        if child.dep_ == "pobj":
            yield _joined(child)
        elif child.dep_ == "prep":
            yield _objects(child)


def prepositions(head: Token) -> Iterator[Token]:
    """The prepositions that depend on a word, in order."""
    for child in head.children:
        if child.dep_ in ("prep", "agent", "dative") and child.pos_ in ("ADP", "SCONJ", "VERB"):
            yield child
            for further in child.rights if child.pos_ == "ADP" else ():
                if further.dep_ in ("conj", "prep") and further.pos_ == "ADP":
                    yield further
