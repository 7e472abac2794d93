"""Definite descriptions: "the ministry", "the commander", "the city" stand for what was so described before, or for the last thing of that kind."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from spacy.tokens import Token

from kg.extract.entities import Cluster
from kg.extract.mentions import Markable
from kg.extract.reading import Reading
from kg.extract.salience import Mention
from kg.resources import words

_REACH = 3  # sentences back
_DEFINING = frozenset(("prep", "relcl", "acl", "appos", "poss", "nummod"))


class Descriptions:
    """Which nouns describe which clusters, from the whole document: words of a name, roles and appositions."""

    def __init__(self, reading: Reading) -> None:
        self._of: dict[str, list[Cluster]] = defaultdict(list)
        self._kinds: list[set[int]] = []
        for number, names in enumerate(reading.names):
            for name in {id(m): m for m in names.values()}.values():
                if isinstance(name.cluster, Cluster):
                    self._add(_heads(name), name.cluster)
            kinds: set[int] = set()
            for predication, triggers in reading.predicates[number]:
                kinds.update(t.i for t in predication.slot("kind"))
                if triggers and triggers[0].predicate == "role":
                    for holder in predication.slot("holder"):
                        if (found := names.get(holder.i)) and isinstance(found.cluster, Cluster):
                            self._add([predication.trigger.lemma_.lower()], found.cluster)
            self._kinds.append(kinds)

    def _add(self, nouns: Iterable[str], cluster: Cluster) -> None:
        for noun in nouns:
            if cluster not in self._of[noun]:
                self._of[noun].append(cluster)

    def meant(self, noun: Token, paragraph: int, sentence: int, mentions: Sequence[Mention]) -> Cluster | None:
        """The cluster that a description means: one described by this noun before, else the last one of its kind."""
        if noun.i not in self._kinds[paragraph] and not is_definite(noun):
            return None
        lemma = noun.lemma_.lower()
        candidates = {id(c) for c in self._of.get(lemma, ())}
        for mention in reversed(mentions):
            if mention.cluster is not None and id(mention.cluster) in candidates:
                return mention.cluster
        kinds = _kinds().get(lemma) or _kinds().get(noun.lower_)
        if kinds is None or any(c.dep_ in ("amod", "compound") for c in noun.lefts):
            return None
        for mention in reversed(mentions):
            if sentence - mention.sentence > _REACH:
                return None
            if mention.cluster is not None and mention.type in kinds and mention.cluster.named and not _share_verb(mention.token, noun):
                return mention.cluster
        return None


def described_name(names: Mapping[int, Markable], noun: Token) -> Markable | None:
    """The name in apposition to a noun: "the president, X"."""
    return next((found for c in noun.children if c.dep_ == "appos" and (found := names.get(c.i))), None)


def is_definite(noun: Token) -> bool:
    """True for a phrase that may mean something named before: "the ministry", but not "the ministry of X"."""
    return any(c.dep_ == "det" and c.lower_ in words("coreference")["definite"] for c in noun.lefts) and not any(
        c.dep_ in _DEFINING for c in noun.children
    )


def _heads(name: Markable) -> list[str]:
    heads = [c.lemma_.lower() for c in name.head.children if c.dep_ == "appos" and c.pos_ == "NOUN"]
    if name.type != "Person" and isinstance(name.cluster, Cluster) and name.cluster.country is None:
        heads.append(name.doc[name.end - 1].lower_)
    if name.head.dep_ == "appos" and name.head.head.pos_ == "NOUN":
        heads.append(name.head.head.lemma_.lower())
    return heads


def _share_verb(one: Token, other: Token) -> bool:
    return one.doc is other.doc and one.head is other.head and one.dep_ in ("nsubj", "nsubjpass", "dobj", "dative", "agent")


@cache
def _kinds() -> dict[str, frozenset[str]]:
    """{"company": {"Organization"}, …}"""
    pairs = (entry.split(" = ") for entry in words("coreference")["generic kind"])
    return {noun: frozenset(classes.split()) for noun, classes in pairs}
