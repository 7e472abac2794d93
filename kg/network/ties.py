"""Ties: the rows of a projection's query, each joined with the claim that it goes back to."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import QueryError
from kg.graph import temporal
from kg.graph.queries import Query
from kg.graph.records import ident
from kg.graph.store import StoredDocument
from kg.iris import ID, local
from kg.network.told import Told

_NEEDED = ("source", "target", "relation")
_KNOWN = frozenset((*_NEEDED, "claim", "document", "modality", "weight", "sign", "via", "start", "end", "confidence", "published"))


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie, told by one claim or document. `more` are columns of the query that mean nothing to kg."""

    source: str
    target: str
    relation: str
    told: Told | None
    document: str | None
    modality: str | None
    confidence: float | None
    published: str | None
    start: str | None
    end: str | None
    weight: float | None
    sign: int | None
    via: str | None
    more: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Only:
    """Which ties count: of these modalities, at least so certain, within these days. Ties that have no modality or confidence pass."""

    modality: tuple[str, ...] | None = None
    min_confidence: float = 0.0
    since: str | None = None
    until: str | None = None

    @classmethod
    def of(cls, modality: str | Iterable[str] | None, min_confidence: float, since: str | None, until: str | None) -> "Only":
        """From what people give: dates may be years, months or days. Raises QueryError."""
        kinds = (modality,) if isinstance(modality, str) else None if modality is None else tuple(modality)
        return cls(kinds, min_confidence, _day(since, "from", 0), _day(until, "to", 1))

    def __call__(self, tie: Tie) -> bool:
        """True when the tie counts."""
        return self.admits(tie.modality, tie.confidence, tie.start, tie.end)

    def admits(self, modality: str | None, confidence: float | None, start: str | None, end: str | None) -> bool:
        """True for what counts; what lasted counts when some of it lies within the days, what has no day when none are asked for."""
        return (
            (self.modality is None or modality is None or modality in self.modality)
            and (confidence is None or confidence >= self.min_confidence)
            and (self.since is None or (end or start or "") >= self.since)
            and (self.until is None or (start or end or "~") <= self.until)
        )


def _day(text: str | None, option: str, which: int) -> str | None:
    if text is None:
        return None
    if (day := temporal.days(text)[which]) is None:
        raise QueryError(f"--{option} {text}: not a date; write it like 2020-01-08, 2020-01 or 2020")
    return day


def ties(rows: Iterable[Mapping[str, Any]], query: Query, told: Mapping[str, Told], documents: Mapping[str, StoredDocument]) -> Iterator[Tie]:
    """A tie for each row. What a row says itself counts more than what its claim says. Raises QueryError where an end is missing."""
    for row in rows:
        if missing := [name for name in _NEEDED if name not in row]:
            raise QueryError(f"{query.name}: a projection needs ?source ?target ?relation in every row; ?{missing[0]} is missing")
        yield _tie(row, told, documents)


def _tie(row: Mapping[str, Any], told: Mapping[str, Told], documents: Mapping[str, StoredDocument]) -> Tie:
    claim = told.get(ident(row["claim"])) if "claim" in row else None
    document = sys.intern(ident(row["document"])) if "document" in row else claim.fact.document if claim else None
    known = documents.get(document or "")
    published = _text(row, "published") or (claim.published if claim else known.published if known else None)
    day = temporal.days(published)[0] if published and claim is None else None
    start, end = (claim.start, claim.end) if claim else (day, day)
    confidence = _number(row, "confidence")
    sign = _number(row, "sign")
    return Tie(
        source=node(row["source"]),
        target=node(row["target"]),
        relation=sys.intern(local(row["relation"].value)),
        told=claim,
        document=document,
        modality=_text(row, "modality") or (claim.fact.modality if claim else None),
        confidence=claim.fact.confidence if confidence is None and claim else confidence,
        published=published,
        start=_text(row, "start") or start,
        end=_text(row, "end") or end,
        weight=_number(row, "weight"),
        sign=None if sign is None else 1 if sign > 0 else -1,
        via=node(row["via"]) if "via" in row else None,
        more=tuple(sorted((name, node(value)) for name, value in row.items() if name not in _KNOWN)),
    )


def node(term: Any) -> str:
    """The id of an entity or event; of other terms what they say. It is one object however many rows name it."""
    return sys.intern(ident(term) if str(term.value).startswith(ID) else str(term.value))


def _text(row: Mapping[str, Any], name: str) -> str | None:
    return str(row[name].value) if name in row else None


def _number(row: Mapping[str, Any], name: str) -> float | None:
    if name not in row:
        return None
    try:
        return float(row[name].value)
    except ValueError as error:
        raise QueryError(f"?{name} of a projection is a number, not {row[name].value!r}") from error
