"""How well a mention fits a pronoun: weighed features of grammar, distance and discourse (after Lappin and Leass 1994, with learned weights).

The weights are data, `words/salience.tsv`. Scores are logarithms of likelihoods: those of several mentions of one thing add up.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log
from typing import Literal

from spacy.tokens import Token

from kg.extract.entities import Cluster
from kg.extract.given_names import Gender
from kg.extract.quotes import Quotation
from kg.resources import PACKAGE, lines

PronounKind = Literal["masculine", "feminine", "plural", "neuter"]
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
_ROLES = {
    "nsubj": "S",
    "nsubjpass": "S",
    "dobj": "O",
    "dative": "O",
    "pobj": "P",
    "poss": "G",
    "appos": "A",
    "attr": "T",
    "compound": "M",
    "amod": "M",
    "nmod": "M",
}
_CLAUSES = frozenset(("ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "pcomp", "parataxis", "csubj", "prep", "dep"))
_MODELS = {"masculine": "person", "feminine": "person", "plural": "group", "neuter": "thing"}
_DEEPEST = 4


@dataclass(eq=False, slots=True)
class Mention:
    """A mention passed by. `cluster` is None for a participant without a name until something refers to it; `key` tells what it may be one with."""

    cluster: Cluster | None
    key: object
    type: str
    kind: str
    token: Token
    paragraph: int
    sentence: int
    role: str
    depth: int
    gender: Gender | None = None
    long: bool = False

    @classmethod
    def of(cls, cluster: Cluster | None, key: object, type_: str, kind: str, token: Token, paragraph: int, sentence: int) -> "Mention":
        """The mention with this head."""
        return cls(cluster, key, type_, kind, token, paragraph, sentence, role_of(token), _depth(token))


@dataclass(slots=True)
class Anaphor:
    """A pronoun with what its place in the sentence tells; `above` are the tokens over it, each with the clause that leads down to the pronoun."""

    token: Token
    kind: PronounKind
    paragraph: int
    sentence: int
    role: str
    above: dict[int, str]
    quotations: Sequence[Quotation]
    speakers: Sequence[Cluster | None]

    @classmethod
    def of(
        cls, token: Token, kind: PronounKind, paragraph: int, sentence: int, quotations: Sequence[Quotation], speakers: Sequence[Cluster | None]
    ) -> "Anaphor":
        """The pronoun that a token is."""
        return cls(token, kind, paragraph, sentence, role_of(token), _above(token), quotations, speakers)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the document says of the candidate as a whole."""

    mentioned: int
    topic: bool
    gender: Gender | None
    said: Gender | None
    early: bool


def role_of(token: Token) -> str:
    """S(ubject), O(bject), P (behind a preposition), G(enitive), A(pposition), T (predicate), M(odifier), X; of joined phrases the first's."""
    for _ in range(_DEEPEST):
        if token.dep_ != "conj":
            break
        token = token.head
    return _ROLES.get(token.dep_, "X")


def _depth(token: Token) -> int:
    depth = 0
    while token.head.i != token.i and depth < _DEEPEST:
        token, depth = token.head, depth + 1
    return depth


def _above(token: Token) -> dict[int, str]:
    """Index of each token over the pronoun -> the kind of clause or phrase by which the pronoun hangs under it, "own" inside its own clause."""
    above: dict[int, str] = {}
    step = "own"
    while token.head.i != token.i:
        if token.dep_ in _CLAUSES and (token.dep_ != "prep" or step == "own"):
            step = token.dep_
        token = token.head
        above[token.i] = step
    return above


def bound(pronoun: Anaphor, mention: Mention) -> bool:
    """True where grammar forbids that they are one: co-arguments ("X saw him"), "his brother X", a name below the pronoun ("he said X left")."""
    p, m = pronoun.token, mention.token
    if p.doc is not m.doc:
        return False
    reflexive = p.lower_.endswith(("self", "selves"))
    if pronoun.role == "G" and p.dep_ == "poss":
        owned = p.head
        return (
            m.i == owned.i
            or (m.head.i == owned.i and m.dep_ in ("appos", "compound"))
            or (owned.head.i == m.i and owned.dep_ in ("appos", "compound", "nmod"))
        )
    top_m = _first_of_joined(m)
    top_p = _first_of_joined(p)
    if top_m.i == top_p.i:
        return True
    if not reflexive and top_m.head.i == top_p.head.i and (top_m.dep_ in _ROLES or top_m.dep_ == "agent"):
        return True
    if (
        not reflexive
        and top_p.dep_ == "pobj"
        and top_p.head.dep_ in ("prep", "agent", "dative")
        and top_p.head.head.i == top_m.head.i
        and pronoun.role == "P"
    ):
        return top_m.dep_ in _SUBJECTS
    if top_m.i > p.i and pronoun.role == "S":
        return p.head.is_ancestor(m)
    return False


def _first_of_joined(token: Token) -> Token:
    while token.dep_ == "conj":
        token = token.head
    return token


def features(pronoun: Anaphor, mention: Mention, standing: Standing, between: int, leftmost: bool) -> Iterator[str]:
    """What speaks for and against a mention; `between` counts the other fitting things mentioned since, `leftmost` the first one of its sentence."""
    p, m = pronoun.token, mention.token
    back = pronoun.sentence - mention.sentence
    near = "after" if back == 0 and m.i > p.i else str(min(back, 3))
    yield "distance " + near
    yield f"role {pronoun.role}{mention.role} {near if near in ('0', 'after') else '+'}"
    yield f"between {min(between, 3)} {'0' if back == 0 else '+'}"
    kind = mention.kind if mention.kind != "pronoun" else "same pronoun" if m.lower_ == p.lower_ else "pronoun"
    yield f"{kind} {'0' if back == 0 else '+'}"
    yield f"depth {mention.depth} {'0' if back == 0 else '+'}"
    if leftmost:
        yield "leftmost 0" if back == 0 else "leftmost +"
    if m.dep_ == "conj":
        yield "joined"
    if mention.long:
        yield "long"
    if m.tag_ == "POS" or (mention.role == "G" and mention.kind == "name"):
        yield "owner"
    yield f"mentioned {min(standing.mentioned, 4)}"
    if standing.topic:
        yield "topic"
    if standing.early:
        yield "early"
    if standing.gender is None:
        yield "gender unknown" if standing.said is None else "gender said"
    if back == 0:
        yield from _within(pronoun, mention)
    else:
        yield "new paragraph" if mention.paragraph != pronoun.paragraph else "same paragraph"
        if mention.paragraph != pronoun.paragraph and mention.role == "S" and pronoun.role == "S":
            yield "subject of another paragraph"
    yield from _said(pronoun, mention)


def _within(pronoun: Anaphor, mention: Mention) -> Iterator[str]:
    """The grammar between two of one sentence."""
    p, m = pronoun.token, _first_of_joined(mention.token)
    yield f"gap {min(abs(p.i - m.i).bit_length(), 5)}"
    after = "after " if m.i > p.i else ""
    governor = m
    if m.dep_ in ("poss", "compound", "appos", "amod", "nmod"):
        governor = m.head
        yield f"{after}modifier, {'over' if governor.head.i in pronoun.above else 'aside'}"
    if governor.head.i in pronoun.above:
        yield f"{after}{mention.role} over {pronoun.role} by {pronoun.above[governor.head.i]}"
    elif m.i in pronoun.above:
        yield f"{after}{pronoun.role} inside by {pronoun.above[m.i]}"
    else:
        yield f"{after}aside"


def _said(pronoun: Anaphor, mention: Mention) -> Iterator[str]:
    """Quotations: who speaks is hardly "he" in the own words, but in indirect speech."""
    for quotation, speaker in zip(pronoun.quotations, pronoun.speakers, strict=True):
        if mention.cluster is not None and speaker is mention.cluster:
            yield "speaker, direct" if quotation.direct else "speaker, indirect"
        if mention.paragraph == quotation.paragraph and quotation.direct:
            yield "in the same quotation" if quotation.contains(mention.token.i) else "outside of the quotation"


@cache
def _weights(model: str) -> dict[str, float]:
    rows = (line.split("\t") for line in lines(PACKAGE / "extract" / "words" / "salience.tsv"))
    return {feature: float(weight) for name, feature, weight in rows if name == model}


def score(kind: PronounKind, found: Iterable[str]) -> float:
    """The sum of the weights of the features."""
    weights = _weights(_MODELS[kind])
    return sum(weights.get(feature, 0.0) for feature in found)


def silence(pronoun: Anaphor) -> Iterator[str]:
    """What speaks for it that the pronoun stands for nothing that is known."""
    yield "none"
    yield f"none {pronoun.role}"
    if any(q.direct for q in pronoun.quotations):
        yield "none in quotation"


def together(scores: Sequence[float]) -> float:
    """The score of one thing by its mentions."""
    most = max(scores)
    return most + log(sum(exp(s - most) for s in scores))
