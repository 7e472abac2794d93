"""Definite descriptions: "the ministry", "the commander", "the city" stand for what was so described, or for the last thing of that kind."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from spacy.tokens import Token

from kg.extract import gazetteer
from kg.extract.entities import Cluster
from kg.extract.frames.predication import objects_of
from kg.extract.given_names import of_name, of_role
from kg.extract.mentions import Markable
from kg.extract.reading import Reading
from kg.extract.salience import Mention
from kg.extract.typing_rules import kind_of_name, noun_type
from kg.resources import words

_REACH = 3  # sentences back
_DEFINING = frozenset(("prep", "relcl", "acl", "appos", "poss", "nummod"))
_BODIES = frozenset(("Organization", "MilitaryForce", "Country", "City", "Facility"))
_WHOLES = ("compound", "possessor", "of", "for", "at", "in", "with")
_BESIDE = frozenset(("apposition", "copula"))


class Descriptions:
    """Which nouns describe which clusters, from the whole document: words of a name, roles and appositions."""

    def __init__(self, reading: Reading) -> None:
        self._of: dict[str, list[Cluster]] = defaultdict(list)
        self._kinds: list[set[int]] = []
        self._beside: list[dict[int, Cluster]] = []
        self._bodies: dict[int, Cluster] = {}
        for number, names in enumerate(reading.names):
            for name in {id(m): m for m in names.values()}.values():
                if isinstance(name.cluster, Cluster):
                    self._add(_heads(name), name.cluster)
            self._kinds.append(set())
            self._beside.append({})
            self._roles(reading, number)

    def _roles(self, reading: Reading, number: int) -> None:
        names = reading.names[number]
        for predication, triggers in reading.predicates[number]:
            self._kinds[number].update(t.i for t in predication.slot("kind"))
            if not triggers or triggers[0].predicate != "role":
                continue
            holders = [c for t in predication.slot("holder") if (c := _cluster(names.get(t.i))) is not None]
            for holder in holders:
                self._add(dict.fromkeys((predication.lemma, predication.trigger.lemma_.lower())), holder)
                whole = next((c for slot in _WHOLES for t in predication.slot(slot) if (c := _cluster(names.get(t.i))) and c.type in _BODIES), None)
                if whole is not None:
                    self._bodies.setdefault(id(holder), whole)
            trigger = predication.trigger
            if len(holders) == 1 and predication.construction in _BESIDE and trigger.tag_ == "NN" and noun_type(trigger.lower_) == holders[0].type:
                self._beside[number][trigger.i] = holders[0]

    def _add(self, nouns: Iterable[str], cluster: Cluster) -> None:
        for noun in nouns:
            if cluster not in self._of[noun]:
                self._of[noun].append(cluster)

    def body_of(self, person: Cluster) -> Cluster | None:
        """What a person speaks for or works for, by the first office the document gives: its "we"."""
        return self._bodies.get(id(person))

    def meant(self, noun: Token, names: Mapping[int, Markable], paragraph: int, sentence: int, mentions: Sequence[Mention]) -> Cluster | None:
        """The cluster that a description means: whose office stands beside the name, one described by this noun before, the last one of its kind."""
        if (holder := self._beside[paragraph].get(noun.i)) is not None:
            return holder
        lemma = noun.lemma_.lower()
        if lemma in words("phrases")["government"] and (country := _governed(noun, names) or _governing(noun, lemma, mentions)) is not None:
            return country
        if lemma == "capital":
            return _capital(noun, names, mentions)
        if noun.i not in self._kinds[paragraph] and not is_definite(noun):
            return None
        if (described := self._described(noun, lemma, mentions)) is not None:
            return described
        kinds = _kinds().get(lemma) or _kinds().get(noun.lower_)
        if kinds is None or any(c.dep_ in ("amod", "compound") for c in noun.lefts):
            return None
        for mention in reversed(mentions):
            if sentence - mention.sentence > _REACH:
                return None
            cluster = mention.cluster
            if cluster is None or not cluster.named or mention.type not in kinds or _share_verb(mention.token, noun):
                continue
            if of_role(lemma) in (None, of_name(cluster.name)):
                return cluster
        return None

    def _described(self, noun: Token, lemma: str, mentions: Sequence[Mention]) -> Cluster | None:
        """The last one mentioned of those that were called so; "the foreign secretary" is no other secretary."""
        parts = [c.lemma_.lower() for c in noun.lefts if c.dep_ in ("compound", "amod")]
        candidates = self._of.get(" ".join([*parts, lemma])) or self._of.get(lemma) or []
        known = {id(c) for c in candidates}
        return next((m.cluster for m in reversed(mentions) if m.cluster is not None and id(m.cluster) in known), None) if known else None


def _cluster(name: Markable | None) -> Cluster | None:
    return name.cluster if name is not None and isinstance(name.cluster, Cluster) else None


def _governed(noun: Token, names: Mapping[int, Markable]) -> Cluster | None:
    """The country of "the government of Iraq"."""
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ == "of":
            for thing in objects_of(child):
                found = _cluster(names.get(thing.i))
                if found is not None and found.country is not None:
                    return found
    return None


def _governing(noun: Token, lemma: str, mentions: Sequence[Mention]) -> Cluster | None:
    """The country of "the government" alone: the one that has been mentioned at least twice as often as any other."""
    if lemma != "government" or not is_definite(noun) or any(c.dep_ in ("amod", "compound") for c in noun.lefts):
        return None
    counts = Counter(id(m.cluster) for m in mentions if m.cluster is not None and m.cluster.country is not None)
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return next(m.cluster for m in mentions if id(m.cluster) == ranked[0][0])


def _capital(noun: Token, names: Mapping[int, Markable], mentions: Sequence[Mention]) -> Cluster | None:
    """ "The Iraqi capital", or "the capital" of the last country: the city, where the document has named it."""
    stated = [c for t in noun.lefts if (c := _cluster(names.get(t.i))) and c.country is not None]
    if not stated and not is_definite(noun):
        return None
    country = stated[0].country if stated else next((m.cluster.country for m in reversed(mentions) if m.cluster and m.cluster.country), None)
    if country is None:
        return None
    for mention in reversed(mentions):
        if (
            mention.type == "City"
            and mention.cluster is not None
            and (found := gazetteer.capital(mention.cluster.name))
            and found.name == country.name
        ):
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
        last = name.doc[name.end - 1].lower_
        heads += [last] if noun_type(last) or kind_of_name(last) else []  # "the board", but not "the time" of "Time"
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
