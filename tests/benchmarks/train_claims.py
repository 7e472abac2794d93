"""Trains the model that accepts or rejects claims (kg/extract/models/claims/weights.json) and prints what it does on the parts kept out.

    python tests/benchmarks/train_claims.py [--dry] [--errors N]

Needs the extra "train" (scikit-learn) and the development sets of ../shared/data. Takes some minutes, nearly all of them reading. The run is
deterministic. Articles whose id ends in 3 or 7 are never learned from. Scores are calibrated and thresholds chosen on cross-validated scores, by
article, of the other articles of `gold` and `gold_conflict`.
"""

import argparse
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any

import claim_corpora as corpora
import numpy as np
from claim_examples import Article, Collector, Example, fold
from judged import SHARED
from reliability import bins

from kg import ontology
from kg.extract.net.ranking import ALL, FILE, Group

OWN = ("gold", "gold_conflict")  # annotated whole, so that facts can be counted
READ = (*OWN, "judgements")  # read with the project's own view of the relations; of articles nobody made the frames for
EVENT = 0.2  # threshold of events that a frame says: of less probable ones four in five are wrong, and lost events cost more than doubtful ones
OURS = (*READ, "examples")  # what counts in full
FOLDS = 4
STRENGTH = 0.15  # inverse of the penalty on weights
RARE = 3  # candidates that must show a feature
OTHER = 0.6  # weight of an example of another set
KNOWN = 8  # right examples that make a relation known
SMALLEST = 4  # hundredths; smaller weights are left out
SLACK = 0.5  # points of F1 that may be paid for precision
STEPS = [n / 20 for n in range(2, 15)]
EVENTS = frozenset(name for name, relation in ontology.load().relations.items() if relation.event is not None)
Scores = dict[int, float]


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and F1 of facts in per cent."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        return 2 * self.precision * self.recall / ((self.precision + self.recall) or 1)

    def __str__(self) -> str:
        return f"P {self.precision:.1f} R {self.recall:.1f} F1 {self.f1:.1f}"


class Matrix:
    """Numbers the features, and turns examples into rows: once for all sets, and once more for the project's own, whose view of a relation counts."""

    def __init__(self, examples: Iterable[Example]) -> None:
        counts = Counter(key for e in examples for key in set(_keys(e)))
        self.columns = {key: n for n, key in enumerate(k for k, count in counts.items() if count >= RARE)}

    def rows(self, examples: Sequence[Example], own: Callable[[Example], bool]) -> Any:
        """A sparse matrix, one row an example."""
        from scipy.sparse import csr_matrix

        at: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        for n, e in enumerate(examples):
            both = (0, len(self.columns)) if own(e) else (0,)
            for key in _keys(e):
                if (column := self.columns.get(key)) is not None:
                    for shift in both:
                        at.append(n)
                        columns.append(column + shift)
                        values.append(1.0)
        return csr_matrix((np.array(values, dtype=np.float32), (at, columns)), shape=(len(examples), 2 * len(self.columns)))

    def weights(self, coefficients: Any, known: Iterable[str]) -> dict[str, dict[str, int]]:
        """Weights by relation and feature, as hundredths."""
        found: dict[str, dict[str, int]] = {name: {} for name in (ALL, *sorted(known))}
        for (relation, feature), n in self.columns.items():
            weight = coefficients[n] + coefficients[n + len(self.columns)]
            hundredths = round(100 * float(weight))
            if relation in found and abs(hundredths) >= SMALLEST:
                found[relation][feature] = hundredths
        return {relation: dict(sorted(features.items())) for relation, features in found.items()}


def _keys(e: Example) -> list[tuple[str, str]]:
    found = e.found
    return [(e.relation, f) for f in (*found.pair, *found.own)] + [(ALL, f) for f in found.general]


def judged(articles: Iterable[Article]) -> list[tuple[Article, Example]]:
    """The examples about which the annotation says something."""
    return [(a, e) for a in articles for e in a.examples if e.right is not None]


def fit(rows: Any, examples: Sequence[tuple[Article, Example]]) -> Any:
    """A logistic regression; an example of another set counts less."""
    from sklearn.linear_model import LogisticRegression

    right = np.array([bool(e.right) for _, e in examples])
    weights = np.array([e.weight * (1.0 if a.source in OURS else OTHER) for a, e in examples])
    return LogisticRegression(C=STRENGTH, solver="liblinear", tol=1e-3, max_iter=200, random_state=0).fit(rows, right, sample_weight=weights)


def calibrate(scored: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and offset that make scores probabilities (Platt)."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e3).fit([[score] for score, _ in scored], [right for _, right in scored])
    return round(float(model.coef_[0][0]), 3), round(float(model.intercept_[0]), 3)


def rates(articles: Iterable[Article], accepted: Callable[[Example], bool]) -> Rates:
    """Facts found once an article, as the scorer counts them."""
    right = said = found = wanted = 0
    for article in articles:
        facts: dict[tuple[str, str, str], bool] = {}
        hits: set[tuple[str, str, str]] = set()
        for e in article.examples:
            if e.right is not None and accepted(e):
                facts[e.fact] = facts.get(e.fact, False) or bool(e.hits)
                hits.update(e.hits)
        right, said = right + sum(facts.values()), said + len(facts)
        found, wanted = found + len(hits & article.wanted), wanted + len(article.wanted)
    return Rates(100 * right / (said or 1), 100 * found / (wanted or 1))


def probability(group: Group, score: float) -> float:
    """As the program computes it."""
    return 1 / (1 + math.exp(-(group.slope * score + group.offset)))


def choose(articles: Sequence[Article], probable: Callable[[Example], float]) -> tuple[float, float]:
    """The thresholds for what frames say and for the net alone: of those about as good in F1, the ones with the highest precision."""
    tried = {(f, c): rates(articles, lambda e, f=f, c=c: accepts(e, probable(e), f, c)) for f, c in product(STEPS, STEPS) if c >= f}
    best = max(r.f1 for r in tried.values())
    return max(tried, key=lambda pair: (tried[pair].f1 >= best - SLACK, tried[pair].precision))


def accepts(e: Example, probable: float, framed: float, caught: float) -> bool:
    """As the program decides."""
    if e.framed and e.relation in EVENTS:
        return probable >= EVENT
    return probable >= (framed if e.framed else caught)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry", action="store_true", help="write nothing")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N wrong and N missed claims with their strongest features")
    wanted = parser.parse_args()
    if missing := [name for name in corpora.SETS if name not in ("judgements", "examples") and not (SHARED / "data" / name).is_dir()]:
        sys.exit(f"skipped: the development data of {', '.join(missing)} is not in ../shared/data")
    collector = Collector(corpora.lasting(ontology.load()))
    articles = [a for name in corpora.SETS for a in corpora.articles(collector, name)]
    train(articles, collector, wanted.dry, wanted.errors)


def train(articles: Sequence[Article], collector: Collector, dry: bool, errors: int) -> None:
    """Learns from the articles that are not kept out, and reports both parts."""
    own = [a for a in articles if a.source in OWN]
    opened = corpora.worthwhile((a for a in own if not a.kept_out), collector.ranking.open)
    for article in articles:
        article.examples = [e for e in article.examples if "open" not in e.found.own or e.relation in opened.get(e.types, ())]
    learned = judged(a for a in articles if not a.kept_out)
    mine = {id(e) for a, e in judged(own)}
    matrix = Matrix(e for _, e in learned)
    rows = matrix.rows([e for _, e in learned], lambda e: id(e) in mine)
    print(f"{len(learned)} examples of {len({(a.source, a.id) for a, _ in learned})} articles, {len(matrix.columns)} features", flush=True)
    scores: Scores = {}  # without the constant of the regression: calibration finds its own
    folds = np.array([fold(a.id, FOLDS) if a.source in READ else -1 for a, _ in learned])
    for n in range(FOLDS):
        inside = np.flatnonzero(folds != n)
        model = fit(rows[inside], [learned[i] for i in inside])
        outside = np.flatnonzero(folds == n)
        scores.update((id(learned[i][1]), float(s)) for i, s in zip(outside, rows[outside] @ model.coef_[0], strict=True))
    model = fit(rows, learned)
    aside = judged(a for a in articles if a.source in READ and a.kept_out)
    kept = matrix.rows([e for _, e in aside], lambda e: id(e) in mine) @ model.coef_[0]
    scores.update((id(e), float(s)) for (_, e), s in zip(aside, kept, strict=True))

    counts = Counter(e.relation for _, e in learned if e.right)
    known = frozenset(name for name, count in counts.items() if count >= KNOWN)
    tuned = [a for a in own if not a.kept_out]
    # The frames were made with an eye on gold; what their confidence is worth shows in articles that nobody looked at.
    fresh = [e for a, e in learned if a.source == "judgements" and e.relation in known]
    platt = {f: calibrate([(scores[id(e)], bool(e.right)) for e in fresh if e.framed is f]) for f in (True, False)}
    groups = {f: Group(*platt[f], 0.5) for f in platt}

    def probable(e: Example) -> float:
        return probability(groups[e.framed], scores[id(e)]) if e.relation in known else float(e.framed)

    framed, caught = choose(tuned, probable)
    groups = {True: Group(*platt[True], framed), False: Group(*platt[False], caught)}
    print(groups)
    for part, inside in (("learned from, cross-validated", False), ("kept out", True)):
        for source in OWN:
            these = [a for a in own if a.source == source and a.kept_out is inside]
            before, after = rates(these, lambda e: e.framed), rates(these, lambda e: accepts(e, probable(e), framed, caught))
            print(f"{source}, {part}: frames alone {before}; with the model {after}; all candidates R {rates(these, lambda e: True).recall:.1f}")
    for source in READ:
        sure = [e for a, e in aside if a.source == source and e.relation in known and accepts(e, probable(e), framed, caught)]
        for b in bins((probable(e), bool(e.right)) for e in sure):
            print(f"{source}, kept out: stated {b.stated:.2f}, right {b.right:.2f} of {b.number}")
    if errors:
        show(own, scores, probable, groups, errors)
    if not dry:
        data = {
            "known": sorted(known),
            "framed": asdict(groups[True]),
            "caught": asdict(groups[False]),
            "event": EVENT,
            "open": {">".join(types): list(names) for types, names in opened.items()},
            "weights": matrix.weights(model.coef_[0], known),
        }
        FILE.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
        print(f"{FILE.name}: {sum(map(len, data['weights'].values()))} weights, {FILE.stat().st_size} bytes")  # type: ignore[attr-defined]


def show(own: Sequence[Article], scores: Scores, probable: Callable[[Example], float], groups: dict[bool, Group], most: int) -> None:
    """Errors of the part learned from, cross-validated."""
    judged_wrongly = (
        e
        for a in own
        for e in a.examples
        if not a.kept_out and e.right is not None and e.right != accepts(e, probable(e), groups[True].threshold, groups[False].threshold)
    )
    wrong = list(judged_wrongly)
    random.Random(1).shuffle(wrong)
    for right in (False, True):
        for e in [e for e in wrong if e.right is right][:most]:
            print("missed" if right else "wrong", f"{probable(e):.2f}", e.relation, "framed" if e.framed else "net", " ".join(e.text.split())[:300])


if __name__ == "__main__":
    main()
