"""The model that accepts or rejects candidates: a linear one over features that people can read, with a calibrated probability.

Its weights are data (`models/claims/`, see the README there), trained by tests/benchmarks/train_claims.py.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp
from typing import Any

from kg.extract.frames import Predication
from kg.extract.net.candidates import Candidate, Net, Open
from kg.extract.net.features import Described, aspect, describe
from kg.extract.selection import Draft
from kg.ontology import NET, Trigger
from kg.resources import PACKAGE

FILE = PACKAGE / "extract" / "models" / "claims" / "weights.json"
ALL = "*"
_LIMIT = 30.0  # beyond, exp says nothing more
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Group:
    """How scores become probabilities (`slope`, `offset`), and from which `threshold` on a candidate is accepted."""

    slope: float
    offset: float
    threshold: float


@dataclass(frozen=True)
class Ranking:
    """Weights by relation (ALL for every relation) and feature.

    `framed` and `caught` are for candidates that a frame says and for those of the net alone; `event` is the lower threshold of events that
    a frame says. Relations that are not `known`, because the training had too few of them or a user brought them, are left to the frames.
    `open` is for the net.
    """

    weights: Mapping[str, Mapping[str, float]]
    known: frozenset[str]
    framed: Group
    caught: Group
    event: float
    open: Open
    version: str = ""

    def group(self, candidate: Candidate) -> Group:
        """The group that a candidate belongs to."""
        return self.framed if candidate.framed else self.caught

    def score(self, relation: str, found: Described) -> float:
        """The sum of the weights."""
        own, general = self.weights.get(relation, {}), self.weights[ALL]
        # Sums of sorted lists would be slower; the order of the features is fixed, so the sum is the same in every run.
        return sum([own.get(f, 0.0) for f in (*found.pair, *found.own)]) + sum([general.get(f, 0.0) for f in found.general])

    def probability(self, candidate: Candidate, found: Described) -> float:
        """How often a candidate like this is right."""
        group = self.group(candidate)
        return 1 / (1 + exp(-max(-_LIMIT, min(_LIMIT, group.slope * self.score(candidate.relation, found) + group.offset))))

    def reasons(self, relation: str, found: Described, most: int = 3) -> list[tuple[str, float]]:
        """The features that weigh most, for (above 0) and against; of equal ones the first by name."""
        return sorted(((f, w) for f, w in self._weighed(relation, found).items() if w), key=lambda fw: (-abs(fw[1]), fw[0]))[:most]

    def aspects(self, relation: str, found: Described) -> list[tuple[str, float, str]]:
        """(aspect, sum of its weights, the feature of it that weighs most in that direction), the heaviest first; together they are the score."""
        groups: dict[str, dict[str, float]] = defaultdict(dict)
        for feature, weight in self._weighed(relation, found).items():
            groups[aspect(feature.removeprefix(ALL))][feature] = weight
        sums = {name: sum(weights.values()) for name, weights in groups.items()}
        best = {name: max(weights, key=lambda f: (weights[f] if sums[name] > 0 else -weights[f], f)) for name, weights in groups.items()}
        return sorted(((name, total, best[name]) for name, total in sums.items() if total), key=lambda each: (-abs(each[1]), each[0]))

    def _weighed(self, relation: str, found: Described) -> dict[str, float]:
        own, general = self.weights.get(relation, {}), self.weights[ALL]
        return {f: own.get(f, 0.0) for f in (*found.pair, *found.own)} | {f"{ALL}{f}": general.get(f, 0.0) for f in found.general}

    def judge(self, net: Net, candidate: Candidate, found: Described) -> "Verdict":
        """How probable a candidate is, and how probable it has to be."""
        if candidate.relation not in self.known:
            return Verdict(candidate.framed)
        probability = self.probability(candidate, found)
        event = candidate.framed and net.ontology.relations[candidate.relation].event is not None
        threshold = self.event if event else self.group(candidate).threshold
        return Verdict(probability >= threshold, probability, threshold)

    def accept(self, net: Net, candidates: Sequence[Candidate]) -> list[Draft]:
        """The drafts of the candidates that are probable enough, with their probability."""
        accepted: list[Draft] = []
        for candidate, found in zip(candidates, describe(net, candidates), strict=True):
            verdict = self.judge(net, candidate, found)
            if verdict.accepted:
                accepted += standing_for(net, candidate, verdict)
        return accepted


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the model says of a candidate; without numbers where it leaves the relation to the frames."""

    accepted: bool
    probability: float | None = None
    threshold: float | None = None


def standing_for(net: Net, candidate: Candidate, verdict: Verdict) -> list[Draft]:
    """The drafts of a candidate, with its probability where the model knows the relation."""
    if verdict.probability is None:
        return candidate.drafts
    return [replace(d, probability=round(verdict.probability, 2)) for d in drafts(net, candidate)]


def drafts(net: Net, candidate: Candidate) -> list[Draft]:
    """What the frames said, or a draft of the net's own."""
    if candidate.drafts:
        return candidate.drafts
    if candidate.word is not None:
        predication, entry = candidate.word
        return [Draft(candidate.paragraph, predication, replace(entry, frame=NET), candidate.subject, candidate.object)]
    return [Draft(candidate.paragraph, _construction(net, candidate), _entry(candidate.relation), candidate.subject, candidate.object)]


def _construction(net: Net, candidate: Candidate) -> Predication:
    """What stands for a word where the construction alone carries the claim: a preposition or comma between the two, else what both hang on."""
    assert candidate.subject is not None
    tree = net.tree(candidate.paragraph)
    i, j = sorted((candidate.subject.markable.head.i, candidate.object.markable.head.i))
    way = tree.way(i, j)
    top = i if way is None else way.top
    between = [k for k in range(i + 1, j) if tree.pos[k] in ("ADP", "PUNCT", "PART")] if top in (i, j) else []
    token = tree.doc[between[0] if between else top]
    return Predication(token, token.lemma_.lower(), {}, "net")


@cache
def _entry(relation: str) -> Trigger:
    return Trigger(relation, NET, "structure", "agent", "patient", (), (), _NONE, _NONE, _NONE, _NONE, "actual", 0.5)


@cache
def load() -> Ranking:
    """The weights that ship with the program."""
    text = FILE.read_text(encoding="utf-8")
    return replace(read(json.loads(text)), version=hashlib.sha256(text.encode()).hexdigest()[:8])


def read(data: Mapping[str, Any]) -> Ranking:
    """A model from its JSON form; weights are stored as hundredths."""
    opened = {(first, second): tuple(names) for key, names in data["open"].items() for first, second in [key.split(">")]}
    weights = {relation: {f: w / 100 for f, w in features.items()} for relation, features in data["weights"].items()}
    return Ranking(weights, frozenset(data["known"]), Group(**data["framed"]), Group(**data["caught"]), data["event"], opened)
