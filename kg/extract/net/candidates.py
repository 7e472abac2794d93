"""The wide net: every pair of participants of a sentence that a relation may hold between, for a model to accept or reject.

A pair is a candidate for a relation when its classes fit and a frame says so, or a word of the relation's lexicon stands near the way
between the two, or they stand so near each other that the construction alone may say it ("Juventus forward X", "X (Labour)").
Offices whose place the sentence doesn't tell ("Judge X ruled") are paired with what the article is most about.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Token

from kg.extract.arguments import Argument, Arguments
from kg.extract.entities import Cluster
from kg.extract.frames import Predication
from kg.extract.net.trees import Tree
from kg.extract.nominals import nominal
from kg.extract.reading import Reading
from kg.extract.selection import Draft
from kg.ontology import Ontology, Relation, Trigger

Key = tuple[int, int, int, str, int]
Word = tuple[Predication, Trigger]
Words = Mapping[str, Sequence[Word]]
Open = Mapping[tuple[str, str], Sequence[str]]

_MOST = 12  # participants of a sentence that are looked at
_FAR = 30  # tokens between two of them
_CLOSE = 5  # tokens or steps between two that need no word of the lexicon
_STEPS = 8  # steps from a word of the lexicon to two participants together
_FIRST_STEPS = 3  # and to the nearer one, or to one alone
_WHOLES = 2  # places, and bodies, that an office without a place may belong to
_ELSEWHERE = 1000  # stands for the distance of words in different paragraphs
_PLACE = frozenset(("Place",))


@dataclass(eq=False, slots=True)
class Candidate:
    """A relation that may hold between two participants of a sentence (`sentence` is the index of its first token).

    `subject` is None where the text does not tell who did it. `drafts` are what frames said; `dropped` that others say it better; `word` is
    the nearest word of the lexicon with its entry; `implicit` ranks a whole taken from the article.
    """

    paragraph: int
    sentence: int
    relation: str
    subject: Argument | None
    object: Argument
    word: Word | None = None
    drafts: list[Draft] = field(default_factory=list)
    implicit: int = 0
    dropped: bool = False

    @property
    def pair(self) -> tuple[int, int]:
        """The two clusters, for comparison; 0 is nobody known."""
        return (0 if self.subject is None else id(self.subject.cluster)), id(self.object.cluster)

    @property
    def framed(self) -> bool:
        """True when a frame says it and no other one better."""
        return bool(self.drafts) and not self.dropped

    @property
    def trigger(self) -> Word | None:
        """The word that may express it, with its entry: the frame's, else the nearest."""
        return (self.drafts[0].predication, self.drafts[0].entry) if self.drafts else self.word


class Net:
    """Casts the net over one document; `open_` are the relations that two classes may have without any word for it."""

    def __init__(self, reading: Reading, arguments: Arguments, ontology: Ontology, open_: Open) -> None:
        self.reading, self.arguments, self.ontology = reading, arguments, ontology
        self._open = open_
        self._trees: dict[int, Tree] = {}
        self._fits: dict[tuple[str, str, str], bool] = {}
        self._found: dict[Key, Candidate] = {}

    def tree(self, paragraph: int) -> Tree:
        """The parse of a paragraph."""
        if paragraph not in self._trees:
            self._trees[paragraph] = Tree(self.reading.paragraphs[paragraph].doc)
        return self._trees[paragraph]

    def cast(self, drafts: Iterable[Draft], kept: Iterable[Draft]) -> list[Candidate]:
        """All candidates in text order; drafts of the same two participants, relation and sentence are one candidate.

        `kept` are the drafts that no other one says better.
        """
        best = {id(d) for d in kept}
        for draft in drafts:
            if draft.object is not None:
                sentence = draft.predication.trigger.sent.start
                self._add(draft.paragraph, sentence, draft.entry.relation, draft.subject, draft.object).drafts.append(draft)
        for paragraph in range(len(self.reading.paragraphs)):
            self._paragraph(paragraph)
        for candidate in self._found.values():
            candidate.dropped = bool(candidate.drafts) and not any(id(d) in best for d in candidate.drafts)
        return sorted(self._found.values(), key=_order)

    @cached_property
    def salient(self) -> list[Cluster]:
        """The named bodies, places and things, most mentioned first."""
        named = [(-len(c.markables), n, c) for n, c in enumerate(self.reading.clusters) if c.type != "Person" and c.named]
        return [c for _, _, c in sorted(named, key=lambda counted: counted[:2])]

    def _add(self, paragraph: int, sentence: int, relation: str, subject: Argument | None, object_: Argument) -> Candidate:
        """The candidate for the two, a new one when there is none yet or these mentions stand nearer to each other."""
        key = (paragraph, sentence, 0 if subject is None else id(subject.cluster), relation, id(object_.cluster))
        known = self._found.get(key)
        if known is None or (not known.drafts and _gap(subject, object_) < _gap(known.subject, known.object)):
            known = self._found[key] = Candidate(paragraph, sentence, relation, subject, object_)
        return known

    def _paragraph(self, paragraph: int) -> None:
        words: dict[int, list[Word]] = defaultdict(list)
        for predication, entries in self.reading.predicates[paragraph]:
            words[predication.trigger.sent.start] += [(predication, e) for e in entries if e.predicate != "structure"]
        for sent in self.reading.paragraphs[paragraph].doc.sents:
            lexical: dict[str, list[Word]] = defaultdict(list)
            for word in words.get(sent.start, ()):
                lexical[word[1].relation].append(word)
            unnamed = any(self.ontology.relations[name].unnamed for name in lexical)
            participants = list(self._participants(paragraph, sent.start, sent.end, unnamed))
            self._pairs(paragraph, sent.start, participants, lexical)
            self._undergoers(paragraph, sent.start, participants, lexical)
            self._offices(paragraph, sent.start, words.get(sent.start, ()))

    def _participants(self, paragraph: int, start: int, end: int, unnamed: bool) -> Iterator[Argument]:
        """Names, names within names, what pronouns and descriptions stand for, and where asked for participants without a name; in text order."""
        names, referents, doc = self.reading.names[paragraph], self.reading.referents[paragraph], self.reading.paragraphs[paragraph].doc
        found: dict[int, Argument] = {}
        for i in range(start, end):
            if name := names.get(i):
                for markable in (name, *name.inner) if name.start == i else ():
                    if isinstance(markable.cluster, Cluster):
                        found.setdefault(markable.head.i, Argument(markable.cluster, markable))
            elif referent := referents.get(i):
                if isinstance(referent.cluster, Cluster):
                    found[i] = Argument(referent.cluster, referent)
            elif unnamed and _may_take_part(doc[i]) and nominal(paragraph, doc[i]) and (argument := self.arguments.of(paragraph, doc[i])):
                found.setdefault(i, argument)
            if len(found) >= _MOST:
                break
        for i in sorted(found):
            yield found[i]

    def _fit(self, relation: Relation, subject: Argument, object_: Argument) -> bool:
        key = (relation.name, subject.type, object_.type)
        if key not in self._fits:
            self._fits[key] = self.ontology.is_a(subject.type, relation.domain) and self.ontology.is_a(object_.type, relation.range)
        return self._fits[key]

    def _pairs(self, paragraph: int, sentence: int, participants: Sequence[Argument], lexical: Words) -> None:
        for n, first in enumerate(participants):
            for second in participants[n + 1 :]:
                if first.cluster is not second.cluster and second.markable.head.i - first.markable.head.i <= _FAR:
                    self._pair(paragraph, sentence, first, second, lexical)

    def _pair(self, paragraph: int, sentence: int, first: Argument, second: Argument, lexical: Words) -> None:
        tree = self.tree(paragraph)
        i, j = first.markable.head.i, second.markable.head.i
        way = tree.way(i, j)
        named = first.cluster.named and second.cluster.named
        orders = ((first, second), (second, first))
        for name, words in lexical.items():
            relation = self.ontology.relations[name]
            if not (named or relation.unnamed):
                continue
            for subject, object_ in orders[:1] if relation.symmetric else orders:
                if self._fit(relation, subject, object_) and (word := _nearest(tree, i, j, words)):
                    candidate = self._add(paragraph, sentence, name, subject, object_)
                    candidate.word = candidate.word or word
        if named and (j - i <= _CLOSE or (way is not None and len(way) <= _CLOSE)):
            for subject, object_ in orders:
                for name in self._open.get((subject.type, object_.type), ()):
                    self._add(paragraph, sentence, name, subject, object_)

    def _undergoers(self, paragraph: int, sentence: int, participants: Sequence[Argument], lexical: Words) -> None:
        """Things that happen to somebody, whoever did it."""
        tree = self.tree(paragraph)
        for name, words in lexical.items():
            relation = self.ontology.relations[name]
            for argument in participants if relation.unknown_agent else ():
                if not (self.ontology.is_a(argument.type, relation.range) and (argument.cluster.named or relation.unnamed)):
                    continue
                near = [(tree.steps(w[0].trigger.i, argument.markable.head.i), n) for n, w in enumerate(words)]
                steps, n = min(near)
                if steps <= _FIRST_STEPS:
                    candidate = self._add(paragraph, sentence, name, None, argument)
                    candidate.word = candidate.word or words[n]

    def _offices(self, paragraph: int, sentence: int, words: Iterable[Word]) -> None:
        """An office whose holder is told, with the places and bodies that the article is most about."""
        for predication, entry in words:
            relation = self.ontology.relations[entry.relation]
            for token in predication.slot("holder") if entry.predicate == "role" else ():
                holder = self.arguments.of(paragraph, token)
                if holder is None or not holder.cluster.named or not self.ontology.is_a(holder.type, relation.domain):
                    continue
                for rank, whole in enumerate(self._wholes(entry.range or relation.range), 1):
                    if whole is not holder.cluster:
                        candidate = self._add(paragraph, sentence, entry.relation, holder, Argument(whole, whole.markables[0]))
                        if not candidate.drafts and candidate.word is None:
                            candidate.word, candidate.implicit = (predication, entry), rank

    def _wholes(self, classes: frozenset[str]) -> Iterator[Cluster]:
        left = {True: _WHOLES, False: _WHOLES}
        for cluster in self.salient:
            place = self.ontology.is_a(cluster.type, _PLACE)
            if left[place] and self.ontology.is_a(cluster.type, classes):
                left[place] -= 1
                yield cluster


def _may_take_part(token: Token) -> bool:
    return token.pos_ in ("NOUN", "NUM") and token.dep_ not in ("compound", "nummod")


def _nearest(tree: Tree, i: int, j: int, words: Iterable[Word]) -> Word | None:
    """The word from which both i and j are least steps away, None when they are too far from all."""
    best: tuple[int, int] | None = None
    found = None
    for word in words:
        at = word[0].trigger.i
        one, other = tree.steps(at, i), tree.steps(at, j)
        near = (one + other, min(abs(at - i), abs(at - j)))
        if near[0] <= _STEPS and min(one, other) <= _FIRST_STEPS and (best is None or near < best):
            best, found = near, word
    return found


def _gap(subject: Argument | None, object_: Argument) -> int:
    if subject is None:
        return 0
    a, b = subject.markable, object_.markable
    return abs(a.head.i - b.head.i) if a.paragraph == b.paragraph else _ELSEWHERE


def _order(candidate: Candidate) -> tuple[int, int, int, int, str]:
    subject = -1 if candidate.subject is None else candidate.subject.markable.head.i
    return candidate.paragraph, candidate.sentence, subject, candidate.object.markable.head.i, candidate.relation
