"""Claims of the program held against the hand-annotated articles, one by one: for the tables of score.py and for errors.py."""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[3] / "shared"
sys.path.insert(0, str(SHARED / "score"))  # the scorers, of which some parts are used here
KEPT_OUT = ("3", "7")  # last digits of the ids of articles from which nothing is learned
SETS = {"gold": "gold", "conflict": "gold_conflict"}
UNKNOWN = "?"
Row = dict[str, Any]
Fact = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A fact that the program states (`right` or not, by `frame`, with `confidence`) or that it should have stated (`frame` is empty).

    `fact` and `sentence` are texts; `parts` are subject, relation and object by name; `why` says what went wrong.
    """

    source: str
    document: str
    relation: str
    right: bool
    fact: str
    sentence: str
    parts: Fact
    frame: str = ""
    confidence: float = 0.0
    why: str = ""

    @property
    def kept_out(self) -> bool:
        """True for articles that nothing was learned from."""
        return self.document.endswith(KEPT_OUT)

    @property
    def stated(self) -> bool:
        """True when the program says it, False when the annotator does."""
        return bool(self.frame)


def articles(source: str) -> list[Row]:
    """The annotated articles of "gold" or "conflict"."""
    import gold

    return gold.documents("dev", name=SETS[source])  # type: ignore[no-any-return]


def judge(source: str, documents: Sequence[Row], records: Mapping[str, Row]) -> Iterator[Judged]:
    """Every fact stated and every fact asked for; what the annotators leave open is left out, as in the scorer.

    `documents` are annotated articles, `records` the program's, by id.
    """
    for document in documents:
        yield from _Article(source, document, records[document["id"]]).judged()


class _Article:
    """One article, its annotation and what the program made of it."""

    def __init__(self, source: str, document: Row, record: Row) -> None:
        import common
        import gold

        self.common, self.source, self.document = common, source, document
        self.record = common.Record(record, document["text"])
        self.entities = {e["id"]: e for e in document["entities"]}
        self.nobody = {i for i, e in self.entities.items() if e["type"] == "Unknown" or UNKNOWN in e["names"]}
        named = {i: e["names"] for i, e in self.entities.items() if i not in self.nobody}
        loose = {i for i in named if not self.entities[i]["named"]}
        self.same: dict[str, set[str]] = {**common.name_matches(self.record, named, loose), UNKNOWN: self.nobody}
        self.expected: dict[Fact, list[Row]] = defaultdict(list)
        for fact in document["facts"]:
            self.expected[common.canonical(fact["s"], fact["p"], fact["o"])].append(fact)
        self.open = {fact for fact, said in self.expected.items() if all(f.get("optional") for f in said)}
        self.stated: dict[Fact, list[Row]] = gold.predictions(self.record)
        for claim in record.get("agentless", ()):  # the scorer knows them by their events alone
            if (fact := (UNKNOWN, claim["relation"], claim["object"])) in self.stated:
                self.stated[fact] = [claim]

    def judged(self) -> Iterator[Judged]:
        hits = {p: {g for g in self.expected if p[1] == g[1] and self._meet(p, g)} for p in self.stated}
        for p, claims in self.stated.items():
            if not self._is_open(p, hits[p]):
                best = max(claims, key=lambda c: c.get("confidence", 0.0))
                frame = "/".join(best["rule"].split("/")[:2]) if "rule" in best else f"{p[1]}/event"
                why = "" if hits[p] else self._mistaken(p)
                yield self._row(p[1], bool(hits[p]), self._labels(p), self.record.where(best), frame, best.get("confidence", 1.0), why)
        found = set().union(*hits.values()) if hits else set()
        for g, said in self.expected.items():
            if g not in self.open:
                parts = (self.entities[g[0]]["names"][0], g[1], self.entities[g[2]]["names"][0])
                yield self._row(g[1], g in found, parts, said[0].get("evidence") or "", why="" if g in found else self._missing(g))

    def _row(self, relation: str, right: bool, parts: Fact, sentence: str, frame: str = "", confidence: float = 0.0, why: str = "") -> Judged:
        text = f"{parts[0]} --{relation}--> {parts[2]}"
        return Judged(self.source, self.document["id"], relation, right, text, " ".join(sentence.split()), parts, frame, confidence, why)

    def _labels(self, p: Fact) -> Fact:
        return (UNKNOWN if p[0] == UNKNOWN else self.record.label(p[0]), p[1], self.record.label(p[2]))

    def _meet(self, p: Fact, g: Fact) -> bool:
        """True when the two stand for those of the annotation; either way round where the relation has no direction."""
        subjects, objects = self.same.get(p[0], set()), self.same.get(p[2], set())
        return (g[0] in subjects and g[2] in objects) or (g[1] in self.common.SYMMETRIC and g[2] in subjects and g[0] in objects)

    def _is_open(self, p: Fact, hits: set[Fact]) -> bool:
        """True for what the scorer neither asks for nor punishes."""
        if hits:
            return hits <= self.open
        if any(self.common.related(p[1], g[1]) and self._meet(p, g) for g in self.open):
            return True
        return p[0] == UNKNOWN and any(p[1] == g[1] and g[2] in self.same.get(p[2], ()) for g in self.expected)

    def _mistaken(self, p: Fact) -> str:
        others = sorted(g[1] for g in self.expected if self._meet(p, g))
        if others:
            return f"it is {', '.join(others)}"
        if any(g[1] == p[1] and (g[0] in self.same.get(p[0], ()) or g[2] in self.same.get(p[2], ())) for g in self.expected):
            return "one of the two is another"
        strange = [self.record.label(e) for e in (p[0], p[2]) if e != UNKNOWN and not self.same.get(e)]
        return f"no entity of the article: {', '.join(strange)}" if strange else "the article says no such thing"

    def _missing(self, g: Fact) -> str:
        known = set().union(*self.same.values())
        if strange := [self.entities[e]["names"][0] for e in (g[0], g[2]) if e not in known]:
            return f"not found: {', '.join(strange)}"
        others = sorted({p[1] for p in self.stated if self._meet(p, g) and p[1] != g[1]})
        return f"read as {', '.join(others)}" if others else "no claim"


@dataclass(frozen=True, slots=True)
class Rates:
    """How many facts were stated, how many of them right; how many were asked for, how many of them found."""

    stated: int
    right: int
    asked: int
    found: int

    @property
    def precision(self) -> float:
        """Share of right ones among those stated."""
        return self.right / self.stated if self.stated else 0.0

    @property
    def recall(self) -> float:
        """Share of found ones among those asked for."""
        return self.found / self.asked if self.asked else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def rates(facts: Iterable[Judged]) -> Rates:
    """The counts over some facts."""
    counts = Counter((fact.stated, fact.right) for fact in facts)
    return Rates(counts[True, True] + counts[True, False], counts[True, True], counts[False, True] + counts[False, False], counts[False, True])
