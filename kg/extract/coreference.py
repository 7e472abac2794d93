"""Pronouns and descriptions: what "he", "its" and "the ministry" stand for. What can't be resolved stays unresolved; a pronoun never becomes an entity.

Candidates are ranked by salience (after Lappin and Leass 1994: sentence distance, subject before object, repeated mention) among those
that agree in class, number and gender and are no co-arguments.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Token

from kg.extract.entities import Cluster
from kg.extract.mentions import Markable
from kg.extract.nominals import nominal
from kg.extract.quotes import Quotation, Sources
from kg.extract.reading import Reading
from kg.resources import words

_REACH = 3  # sentences back
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_OBJECTS = frozenset(("dobj", "dative", "agent"))
_COLLECTIVE = frozenset(("Organization", "MilitaryForce", "Group"))
_ANIMATE = frozenset(("Person", "Group", "MilitaryForce", "Organization"))
_THINGS = frozenset(("Organization", "MilitaryForce", "Country", "Region", "City", "Place", "Facility", "Work", "Vehicle", "Weapon", "NamedEvent"))
_WEIGHTS = {"subject": 2.0, "object": 1.0, "other": 0.5}


@dataclass(slots=True)
class _Mention:
    """A mention passed by: where, of what, and how prominent its grammar makes it.

    `cluster` is None for a participant without a name until something refers to it.
    """

    cluster: Cluster | None
    type: str
    token: Token
    paragraph: int
    sentence: int
    weight: float


@dataclass(slots=True)
class _Discourse:
    """What has been mentioned so far."""

    mentions: list[_Mention] = field(default_factory=list)
    counts: Counter[int] = field(default_factory=Counter)
    gender: dict[int, str] = field(default_factory=dict)
    described: dict[str, list[Cluster]] = field(default_factory=lambda: defaultdict(list))


@cache
def _lists() -> dict[str, frozenset[str]]:
    return words("coreference")


@cache
def _kinds() -> dict[str, frozenset[str]]:
    """{"company": {"Organization"}, …}"""
    pairs = (entry.split(" = ") for entry in _lists()["generic kind"])
    return {noun: frozenset(classes.split()) for noun, classes in pairs}


@cache
def _pronouns() -> dict[str, str]:
    return {word: kind for kind in ("masculine", "feminine", "plural", "neuter", "first person") for word in _lists()[kind]}


def resolve(reading: Reading) -> None:
    """Fills `reading.referents` and adds the mentions to their clusters, paragraph by paragraph."""
    discourse = _Discourse(gender=_genders(reading))
    discourse.described = _descriptions(reading)
    sources = Sources(reading.quotations)
    homes = {id(p.doc): n for n, p in enumerate(reading.paragraphs)}
    sentence = 0
    for number, paragraph in enumerate(reading.paragraphs):
        names, found = reading.names[number], reading.referents[number]
        kinds = {t.i for predication, _ in reading.predicates[number] for t in predication.slot("kind")}
        for sent in paragraph.doc.sents:
            sentence += 1
            for token in sent:
                if name := names.get(token.i):
                    if name.head.i == token.i and isinstance(name.cluster, Cluster):
                        _note(discourse, name.cluster, name.cluster.type, token, number, sentence)
                    continue
                kind = _pronouns().get(token.lower_)
                cluster: Cluster | None = None
                if kind and token.pos_ in ("PRON", "DET"):
                    if kind == "first person":
                        cluster = _speaker(reading, homes, sources.of(number, token.i))
                    else:
                        cluster = _antecedent(reading, discourse, token, kind, sentence)
                    mention_kind = "pronoun"
                elif token.i in kinds or (token.pos_ == "NOUN" and _is_definite(token)):
                    cluster = _described(discourse, token, sentence)
                    mention_kind = "nominal"
                if cluster is not None:
                    start = token.i if mention_kind == "pronoun" else token.left_edge.i
                    markable = Markable(number, paragraph.doc, start, token.i + 1, mention_kind, cluster.type, "", token)  # type: ignore[arg-type]
                    cluster.add(markable)
                    found[token.i] = markable
                    _note(discourse, cluster, cluster.type, token, number, sentence)
                elif (
                    token.pos_ == "NOUN"
                    and token.dep_ in _SUBJECTS | _OBJECTS
                    and token.i + 1 not in names
                    and (phrase := nominal(number, token))
                    and phrase.type in _ANIMATE
                ):
                    _note(discourse, None, phrase.type, token, number, sentence)


def _note(discourse: _Discourse, cluster: Cluster | None, kind: str, token: Token, paragraph: int, sentence: int) -> None:
    role = "subject" if token.dep_ in _SUBJECTS else "object" if token.dep_ in _OBJECTS else "other"
    discourse.mentions.append(_Mention(cluster, kind, token, paragraph, sentence, _WEIGHTS[role]))
    if cluster is not None:
        discourse.counts[id(cluster)] += 1


def _recent(discourse: _Discourse, sentence: int) -> Iterator[_Mention]:
    for mention in reversed(discourse.mentions):
        if sentence - mention.sentence > _REACH:
            return
        yield mention


def _antecedent(reading: Reading, discourse: _Discourse, pronoun: Token, kind: str, sentence: int) -> Cluster | None:
    best: _Mention | None = None
    best_score = 0.0
    for mention in _recent(discourse, sentence):
        if not _agrees(discourse, mention, kind) or _is_coargument(mention.token, pronoun):
            continue
        score = mention.weight + (2.5, 1.5, 0.5, 0.0)[sentence - mention.sentence] + min(discourse.counts[id(mention.cluster)], 5) * 0.15
        score += 0.5 * (mention.token.dep_ == pronoun.dep_)
        if best is None or score > best_score:
            best, best_score = mention, score
    if best is None:
        return None
    if best.cluster is None:
        phrase = reading.participants.of(best.paragraph, best.token)
        best.cluster = phrase.cluster if phrase is not None and isinstance(phrase.cluster, Cluster) else None
        if phrase is not None:
            reading.referents[best.paragraph][best.token.i] = phrase
    return best.cluster


def _agrees(discourse: _Discourse, mention: _Mention, kind: str) -> bool:
    if kind in ("masculine", "feminine"):
        return mention.type == "Person" and discourse.gender.get(id(mention.cluster), kind) == kind
    if kind == "plural":
        return mention.type in _COLLECTIVE
    return mention.type in _THINGS


def _is_coargument(candidate: Token, pronoun: Token) -> bool:
    """True when both are arguments of one verb: "X attacked him" is about two."""
    if candidate.doc is not pronoun.doc or candidate.head is not pronoun.head:
        return False
    return pronoun.dep_ != "poss" and candidate.dep_ in _SUBJECTS | _OBJECTS and not pronoun.lower_.endswith(("self", "selves"))


def _speaker(reading: Reading, homes: dict[int, int], chain: Sequence[Quotation]) -> Cluster | None:
    """The speaker of the innermost direct quotation around a first-person pronoun."""
    for quotation in reversed(chain):
        if quotation.direct and quotation.speaker is not None:
            home = homes[id(quotation.speaker.doc)]
            return cluster_at(reading, home, quotation.speaker)
    return None


def cluster_at(reading: Reading, paragraph: int, token: Token) -> Cluster | None:
    """What a token is known to stand for so far: a name, a resolved pronoun or description, or the name beside a title or in apposition."""
    found = reading.names[paragraph].get(token.i) or reading.referents[paragraph].get(token.i)
    if found is None:
        for child in token.children:
            if child.dep_ == "appos":
                if found := reading.names[paragraph].get(child.i):
                    break
    return found.cluster if found is not None and isinstance(found.cluster, Cluster) else None


def _genders(reading: Reading) -> dict[int, str]:
    """Gender by cluster, from titles and role nouns beside the names."""
    found: dict[int, str] = {}
    for names in reading.names:
        for name in {id(m): m for m in names.values()}.values():
            if name.type != "Person" or not isinstance(name.cluster, Cluster):
                continue
            beside = [name.doc[name.start - 1].lower_.rstrip(".")] if name.start else []
            beside += [t.lower_.rstrip(".") for t in name.doc[name.start : name.start + 1]]
            beside += [c.lemma_.lower() for c in name.head.children if c.dep_ in ("appos", "compound")]
            for gender in ("masculine", "feminine"):
                if any(word in _lists()[f"{gender} title"] for word in beside):
                    found.setdefault(id(name.cluster), gender)
    return found


def _descriptions(reading: Reading) -> dict[str, list[Cluster]]:
    """Nouns by which clusters are described: words of an organisation's name, roles and appositions of anybody."""
    found: dict[str, list[Cluster]] = defaultdict(list)
    for number, names in enumerate(reading.names):
        for name in {id(m): m for m in names.values()}.values():
            cluster = name.cluster
            if not isinstance(cluster, Cluster):
                continue
            heads = [c.lemma_.lower() for c in name.head.children if c.dep_ == "appos" and c.pos_ == "NOUN"]
            if name.type != "Person" and cluster.country is None:
                heads.append(name.doc[name.end - 1].lower_)
            if name.head.dep_ == "appos" and name.head.head.pos_ == "NOUN":
                heads.append(name.head.head.lemma_.lower())
            _extend(found, heads, cluster)
        for predication, triggers in reading.predicates[number]:
            if triggers and triggers[0].predicate == "role":
                for holder in predication.slot("holder"):
                    if (name := names.get(holder.i)) and isinstance(name.cluster, Cluster):
                        _extend(found, [predication.trigger.lemma_.lower()], name.cluster)
    return found


def _extend(found: dict[str, list[Cluster]], heads: Iterable[str], cluster: Cluster) -> None:
    for head in heads:
        if cluster not in found[head]:
            found[head].append(cluster)


def _is_definite(token: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in _lists()["definite"] for c in token.lefts) and not any(
        c.dep_ in ("prep", "relcl", "acl", "appos", "poss") or (c.dep_ == "nummod") for c in token.children
    )


def _described(discourse: _Discourse, noun: Token, sentence: int) -> Cluster | None:
    """The cluster that a definite description means: one described by this noun before, else the last one of its kind."""
    lemma = noun.lemma_.lower()
    candidates = {id(c) for c in discourse.described.get(lemma, ())}
    modified = any(c.dep_ in ("amod", "compound") for c in noun.lefts)
    for mention in reversed(discourse.mentions):
        if mention.cluster is not None and id(mention.cluster) in candidates:
            return mention.cluster
    kinds = _kinds().get(lemma) or _kinds().get(noun.lower_)
    if kinds is None or modified:
        return None
    for mention in _recent(discourse, sentence):
        if mention.cluster is not None and mention.type in kinds and mention.cluster.named and not _is_coargument(mention.token, noun):
            return mention.cluster
    return None
