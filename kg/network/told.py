"""What documents say, read in bulk: each claim as a Fact, with its publisher and the days of which it tells."""

import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.graph import corroboration, queries, temporal
from kg.graph.facts import Fact
from kg.graph.records import ident
from kg.graph.store import Store, StoredDocument
from kg.iris import local

Row = Mapping[str, Any]
_NO_ROLES: Mapping[str, list[str]] = {}


@dataclass(frozen=True, slots=True)
class When:
    """A time as facts show it, and its first and last day where they are known."""

    text: str
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A claim. `start` and `end` are the days that it tells of, or else the day on which it was published."""

    fact: Fact
    publisher: str
    published: str | None
    start: str | None
    end: str | None


def claims(store: Store, called: Mapping[str, str]) -> dict[str, Told]:
    """Every claim by its id; entities have the names that `called` gives their ids."""
    publishers = corroboration.publishers(store)
    articles = {document.id: _Article.of(document, publishers.get(document.id, document.id)) for document in store.documents()}
    sources, when, roles = _sources(store), times(store), taking_part(store)
    found = {}
    for row in _rows(store, "claims"):
        event, claim = _ident(row, "event"), ident(row["claim"])
        time = when.get(row["claim"].value) or (when.get(row["event"].value) if event else None) if when else None
        roles_of = roles.get(event, _NO_ROLES) if event else _NO_ROLES
        fact = _fact(row, claim, event, called, sources.get(claim, ()), roles_of, time)
        article = articles.get(fact.document) or _Article.of(StoredDocument(fact.document), fact.document)
        # An open end is left open; only a claim of which no day is known is dated by its article.
        days = (time.start, time.end) if time and (time.start or time.end) else (article.day, article.day)
        found[claim] = Told(fact, article.publisher, article.published, *days)
    return found


@dataclass(frozen=True, slots=True)
class _Article:
    """What all claims of a document share."""

    publisher: str
    published: str | None
    day: str | None

    @classmethod
    def of(cls, document: StoredDocument, publisher: str) -> "_Article":
        day = temporal.days(document.published)[0] if document.published else None
        return cls(publisher, document.published, day)


def _fact(
    row: Row,
    claim: str,
    event: str | None,
    called: Mapping[str, str],
    sources: tuple[str, ...],
    roles: Mapping[str, list[str]],
    time: When | None,
) -> Fact:
    subject, object_ = _ident(row, "subject"), _ident(row, "object")
    value = row["object"].value if object_ is None and "object" in row else None
    return Fact(
        subject=None if subject is None else called.get(subject, subject),
        relation=sys.intern(local(row["relation"].value)),
        object=value if object_ is None else called.get(object_, object_),
        modality=sys.intern(row["modality"].value),  # type: ignore[arg-type]
        sources=tuple(called.get(source, source) for source in sources),
        sentence=row["sentence"].value,
        document=sys.intern(ident(row["document"])),
        start=int(row["start"].value),
        end=int(row["end"].value),
        confidence=float(row["confidence"].value),
        title=row["title"].value if "title" in row else None,
        time=time.text if time else None,
        place=tuple(called.get(each, each) for each in roles.get("place", ())),
        instrument=tuple(called.get(each, each) for each in roles.get("instrument", ())),
        subject_id=subject,
        object_id=object_,
        source_ids=sources,
        claim=claim,
        event=event,
        rule=sys.intern(row["rule"].value),
    )


def times(store: Store) -> dict[str, When]:
    """When claims hold and events happen, by their IRIs."""
    found = {}
    for row in _rows(store, "times"):
        stamp, first, last = (str(row[name].value) if name in row else None for name in ("stamp", "first", "last"))
        value = stamp or (f"{first or '..'}/{last or '..'}" if first or last else None)
        start, end = temporal.days(value) if value else (None, None)
        found[row["about"].value] = When(value or row["text"].value, start, end)
    return found


def taking_part(store: Store) -> dict[str, dict[str, list[str]]]:
    """The entities in each role of each event, by ids, sorted."""
    roles: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for event, role, entity in sorted((ident(row["event"]), row["role"].value, ident(row["entity"])) for row in _rows(store, "roles")):
        roles[event][role].append(entity)
    return roles


def _sources(store: Store) -> dict[str, tuple[str, ...]]:
    """Who says so, outermost first."""
    steps: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for row in _rows(store, "sources"):
        steps[ident(row["claim"])].add((int(row["position"].value) if "position" in row else 0, ident(row["source"])))
    return {claim: tuple(source for _, source in sorted(found)) for claim, found in steps.items()}


def _ident(row: Row, name: str) -> str | None:
    """The id of what a row names, one object however many rows name it; None where it names nothing, or a literal."""
    term = row.get(name)
    return sys.intern(ident(term)) if isinstance(term, ox.NamedNode | ox.BlankNode) else None


def _rows(store: Store, name: str) -> Any:
    return queries.rows(store, queries.library("details")[name])
