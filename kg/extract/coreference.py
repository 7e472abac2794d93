"""Pronouns and descriptions: what "he", "its" and "the ministry" stand for. What can't be resolved stays
unresolved; a pronoun never becomes an entity.

Candidates are the things mentioned up to three sentences before and the names later in the sentence that agree in class, number and gender and that
grammar does not forbid; `salience` ranks them. One pass in text order: what a pronoun was found to be is a mention for those that follow.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Span, Token

from kg.extract import salience
from kg.extract.descriptions import Descriptions, described_name
from kg.extract.entities import Cluster
from kg.extract.frames.predication import subject_of
from kg.extract.genders import genders
from kg.extract.given_names import Gender, of_role
from kg.extract.mentions import Markable
from kg.extract.nominals import nominal
from kg.extract.pleonasm import is_pleonastic
from kg.extract.quotes import Quotation, Sources
from kg.extract.reading import Reading
from kg.extract.salience import Anaphor, Mention, PronounKind, Standing
from kg.model import MentionKind
from kg.resources import words

_REACH = 3  # sentences back
_OPENING = 4  # paragraphs in which an interview says what it is
_LEAST_OWN = 5
_RELATIVES = frozenset(("WP", "WP$", "WDT"))
_MOST = 30  # candidate mentions weighed for one pronoun
_COLLECTIVE = frozenset(("Organization", "MilitaryForce", "Group"))
_ANIMATE = frozenset(("Person", "Group", "MilitaryForce", "Organization"))
_THINGS = frozenset(("Organization", "MilitaryForce", "Country", "Region", "City", "Place", "Facility", "Work", "Vehicle", "Weapon", "NamedEvent"))
_CLASSES: dict[PronounKind, frozenset[str]] = {
    "masculine": frozenset(("Person",)),
    "feminine": frozenset(("Person",)),
    "plural": _COLLECTIVE,
    "neuter": _THINGS,
}
_PARTICIPANTS = frozenset(("nsubj", "nsubjpass", "dobj", "dative", "pobj", "conj", "poss"))


@dataclass(slots=True)
class _Discourse:
    """What has been mentioned so far, and what the whole document says of it."""

    gender: dict[int, Gender]
    topics: frozenset[int]
    descriptions: Descriptions
    mentions: list[Mention] = field(default_factory=list)
    counts: Counter[object] = field(default_factory=Counter)
    said: dict[int, Gender] = field(default_factory=dict)
    early: set[int] = field(default_factory=set)
    interviewee: Cluster | None = None


@cache
def _pronouns() -> dict[str, str]:
    return {
        word: kind for kind in ("masculine", "feminine", "plural", "neuter", "first person", "second person") for word in words("coreference")[kind]
    }


def resolve(reading: Reading) -> None:
    """Fills `reading.referents` and adds the mentions to their clusters, paragraph by paragraph."""
    sources = Sources(reading.quotations)
    discourse = _Discourse(genders(reading.names), _topics(reading), Descriptions(reading), interviewee=_interviewee(reading, sources))
    homes = {id(p.doc): n for n, p in enumerate(reading.paragraphs)}
    sentence = 0
    for number, paragraph in enumerate(reading.paragraphs):
        for sent in paragraph.doc.sents:
            sentence += 1
            _read_sentence(reading, discourse, sources, homes, number, sentence, sent)


def _read_sentence(reading: Reading, discourse: _Discourse, sources: Sources, homes: dict[int, int], number: int, sentence: int, sent: Span) -> None:
    names, found = reading.names[number], reading.referents[number]
    for token in sent:
        if name := names.get(token.i):
            if name.head.i == token.i and isinstance(name.cluster, Cluster):
                _note(discourse, _named(name, number, sentence))
            continue
        cluster: Cluster | None = None
        kind: MentionKind = "nominal"
        pos = token.pos_
        if pos == "PRON" or pos == "DET":
            pronoun = _pronouns().get(token.lower_)
            if pronoun is None:
                if token.tag_ in _RELATIVES and (antecedent := _relative(reading, number, token)) is not None:
                    found[token.i] = Markable(number, token.doc, token.i, token.i + 1, "pronoun", antecedent.type, "", token)
                    antecedent.add(found[token.i])
                continue
            kind = "pronoun"
            if pronoun == "first person":
                cluster = _speaker(reading, discourse, homes, sources.of(number, token.i), token)
            elif pronoun == "second person":
                cluster = discourse.interviewee if sent[-1].text == "?" else None
            elif not (pronoun == "neuter" and is_pleonastic(token)):
                chain = sources.of(number, token.i)
                speakers = [None if q.speaker is None else cluster_at(reading, homes[id(q.speaker.doc)], q.speaker) for q in chain]
                anaphor = Anaphor.of(token, pronoun, number, sentence, chain, speakers)  # type: ignore[arg-type]
                cluster = _antecedent(reading, discourse, anaphor, sent)
        elif pos == "NOUN" or (pos == "PROPN" and token.i + 1 not in names):
            cluster = discourse.descriptions.meant(token, names, number, sentence, discourse.mentions)
        if cluster is not None:
            start = token.i if kind == "pronoun" else token.left_edge.i
            markable = Markable(number, token.doc, start, token.i + 1, kind, cluster.type, "", token)
            cluster.add(markable)
            found[token.i] = markable
            _note(discourse, Mention.of(cluster, id(cluster), cluster.type, kind, token, number, sentence))
        elif (
            pos == "NOUN"
            and token.dep_ in _PARTICIPANTS
            and token.i + 1 not in names
            and (phrase := nominal(number, token))
            and phrase.type in _ANIMATE
        ):
            mention = Mention.of(None, (phrase.type, token.lemma_), phrase.type, "nominal", token, number, sentence)
            mention.gender = of_role(token.lemma_)
            _note(discourse, mention)


def _relative(reading: Reading, number: int, pronoun: Token) -> Cluster | None:
    """What the noun before a relative clause stands for, for its "who", "which" or "whose"; it is no mention of its own."""
    clause = pronoun
    while clause.dep_ != "relcl" and clause.head.i != clause.i:
        clause = clause.head
    return cluster_at(reading, number, clause.head) if clause.dep_ == "relcl" and clause.left_edge.i <= pronoun.i else None


def _named(name: Markable, number: int, sentence: int) -> Mention:
    cluster = name.cluster
    assert isinstance(cluster, Cluster)
    mention = Mention.of(cluster, id(cluster), cluster.type, "name", name.head, number, sentence)
    mention.long = name.end - name.start > 1
    return mention


def _topics(reading: Reading) -> frozenset[int]:
    """The person and the other thing that the document names most."""
    counts = Counter({id(c): sum(m.kind == "name" for m in c.markables) for c in reading.clusters})
    found = set()
    for people in (True, False):
        rivals = [c for c in reading.clusters if (c.type == "Person") is people]
        if rivals:
            found.add(id(max(rivals, key=lambda c: counts[id(c)])))
    return frozenset(found)


def _note(discourse: _Discourse, mention: Mention) -> None:
    discourse.mentions.append(mention)
    discourse.counts[mention.key] += 1
    if mention.cluster is not None and mention.paragraph == 0:
        discourse.early.add(id(mention.cluster))


def _antecedent(reading: Reading, discourse: _Discourse, pronoun: Anaphor, sent: Span) -> Cluster | None:
    """What a pronoun means; the things that fit it are weighed by all their mentions together."""
    fitting = list(_fitting(reading, discourse, pronoun, sent))
    best = choose(pronoun, [(m.key, f) for m, f in fitting])
    if best is None:
        return None
    mention = fitting[best][0]
    if mention.cluster is None:
        phrase = reading.participants.of(mention.paragraph, mention.token)
        if phrase is None or not isinstance(phrase.cluster, Cluster):
            return None
        mention.cluster = phrase.cluster
        reading.referents[mention.paragraph][mention.token.i] = phrase
    if pronoun.kind == "masculine" or pronoun.kind == "feminine":
        discourse.said.setdefault(id(mention.cluster), pronoun.kind)
    return mention.cluster


def choose(pronoun: Anaphor, candidates: Sequence[tuple[object, Sequence[str]]]) -> int | None:
    """The index of the candidate that the pronoun means, of one thing its first; None when silence weighs more than each."""
    scores: dict[object, list[float]] = {}
    first: dict[object, int] = {}
    for number, (key, found) in enumerate(candidates):
        first.setdefault(key, number)
        scores.setdefault(key, []).append(salience.score(pronoun.kind, found))
    best, most = None, salience.score(pronoun.kind, salience.silence(pronoun))
    for key, each in scores.items():
        if (whole := salience.together(each)) > most:
            best, most = first[key], whole
    return best


def _fitting(reading: Reading, discourse: _Discourse, pronoun: Anaphor, sent: Span) -> Iterator[tuple[Mention, list[str]]]:
    """The mentions that a pronoun may refer to, nearest first, each with its features."""
    allowed = _CLASSES[pronoun.kind]
    names = reading.names[pronoun.paragraph]
    mentions: list[Mention] = []
    for token in sent.doc[pronoun.token.i + 1 : sent.end]:
        name = names.get(token.i)
        if name is not None and name.head.i == token.i and name.type in allowed and isinstance(name.cluster, Cluster):
            mentions.append(_named(name, pronoun.paragraph, pronoun.sentence))
    for mention in reversed(discourse.mentions):
        if pronoun.sentence - mention.sentence > _REACH or len(mentions) >= _MOST:
            break
        if mention.type in allowed:
            mentions.append(mention)
    mentions = [m for m in mentions if _agrees(discourse, m, pronoun.kind)]
    leftmost = {m.sentence: m for m in mentions if m.token.i < pronoun.token.i or m.sentence != pronoun.sentence}
    barred = {m.key for m in mentions if salience.bound(pronoun, m)}
    passed: dict[object, None] = {}
    for mention in mentions:
        if mention.key in barred:
            continue
        behind = mention.sentence == pronoun.sentence and mention.token.i > pronoun.token.i
        between = 0 if behind else len(passed) - (mention.key in passed)
        yield mention, list(salience.features(pronoun, mention, _standing(discourse, mention), between, leftmost.get(mention.sentence) is mention))
        if not behind:
            passed[mention.key] = None


def _standing(discourse: _Discourse, mention: Mention) -> Standing:
    key = id(mention.cluster) if mention.cluster is not None else 0
    return Standing(
        mentioned=discourse.counts[mention.key],
        topic=key in discourse.topics,
        gender=discourse.gender.get(key) or mention.gender,
        said=discourse.said.get(key),
        early=key in discourse.early,
    )


def _agrees(discourse: _Discourse, mention: Mention, kind: PronounKind) -> bool:
    if kind == "plural" or kind == "neuter":
        return True
    key = id(mention.cluster)
    known = (discourse.gender.get(key) if mention.cluster is not None else None) or mention.gender or discourse.said.get(key)
    return known is None or known == kind


def _speaker(reading: Reading, discourse: _Discourse, homes: dict[int, int], chain: Sequence[Quotation], pronoun: Token) -> Cluster | None:
    """The speaker of the innermost direct quotation around a first-person pronoun; "we" is what a person speaks for, if that is told."""
    for quotation in reversed(chain):
        if quotation.direct and quotation.speaker is not None:
            speaker = cluster_at(reading, homes[id(quotation.speaker.doc)], quotation.speaker)
            if speaker is not None and speaker.type == "Person" and pronoun.lower_ in words("coreference")["first person plural"]:
                return discourse.descriptions.body_of(speaker)
            return speaker
    if discourse.interviewee is not None and not any(q.direct for q in chain):
        return None if pronoun.lower_ in words("coreference")["first person plural"] else discourse.interviewee
    return None


def _interviewee(reading: Reading, sources: Sources) -> Cluster | None:
    """Whom an interview is with: a text that says so at its beginning and speaks as "I" outside of quotations; the person named most."""
    opening = reading.paragraphs[:_OPENING]
    if not any(t.lower_.startswith("interview") for p in opening for t in p.doc):
        return None
    own = sum(
        t.lower_ in ("i", "me", "my") and not any(q.direct for q in sources.of(n, t.i)) for n, p in enumerate(reading.paragraphs) for t in p.doc
    )
    people = [c for c in reading.clusters if c.type == "Person" and any(m.paragraph < _OPENING for m in c.markables)]
    return max(people, key=lambda c: len(c.markables)) if people and own >= _LEAST_OWN else None


def cluster_at(reading: Reading, paragraph: int, token: Token) -> Cluster | None:
    """What a token is known to stand for so far: a name, a resolved pronoun or description, or the name beside a title or in apposition."""
    found = reading.names[paragraph].get(token.i) or reading.referents[paragraph].get(token.i)
    if found is None:
        found = described_name(reading.names[paragraph], token)
    if found is None and (subject := subject_of(token)) is not None:
        found = reading.names[paragraph].get(subject.i) or reading.referents[paragraph].get(subject.i)
    return found.cluster if found is not None and isinstance(found.cluster, Cluster) else None
