"""What all documents together say of each entity: the attributes of nodes."""

import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.graph import names, queries
from kg.graph.records import ident, iri_ident
from kg.graph.store import Store
from kg.graph.terms import BACKGROUND, LABEL, LATITUDE, LOCATED_IN, LONGITUDE, TYPE, term
from kg.graph.triples import ALIAS, SAME
from kg.iris import local

Attributes = dict[str, Any]
_COUNTRY = term("Country")


def entities(store: Store) -> dict[str, Attributes]:
    """Label, type, aliases, links, mentions (how many) and documents of each entity by its id; of places lat, lon and country too.

    Where documents differ, the label is the name that most of them use, and so is the type.
    """
    found: dict[str, Attributes] = {}
    aliases, links = _values(store, ALIAS), _values(store, SAME)
    for about, rows in _told(store).items():
        called: Counter[str] = Counter()
        kinds: Counter[str] = Counter()
        for row in rows:
            called[row.name] += len(row.documents)
            kinds[row.type] += len(row.documents)
        label = names.choose(called)
        found[sys.intern(ident(about))] = {
            "label": label,
            "type": names.choose(kinds),
            "aliases": sorted((set(called) | aliases.get(about, set())) - {label}),
            "links": sorted(links.get(about, ())),
            "mentions": sum(row.mentions for row in rows),
            "documents": sorted({document for row in rows for document in row.documents}),
        }
    for place, attributes in _places(store).items():
        if place in found:
            found[place] |= attributes
    return found


@dataclass(frozen=True, slots=True)
class _Told:
    """What some documents say alike of an entity; a document stands there twice where it says two things."""

    type: str
    name: str
    mentions: int
    documents: tuple[str, ...]


def _told(store: Store) -> dict[ox.NamedNode, list[_Told]]:
    told = defaultdict(list)
    for row in queries.rows(store, queries.library("details")["entities"]):
        documents = tuple(sys.intern(iri_ident(document)) for document in row["documents"].value.split(" "))
        told[row["entity"]].append(_Told(sys.intern(local(row["type"].value)), row["name"].value, int(row["mentions"].value), documents))
    return dict(sorted(told.items(), key=lambda item: item[0].value))


def _values(store: Store, predicate: ox.NamedNode) -> dict[ox.NamedNode, set[str]]:
    values: dict[ox.NamedNode, set[str]] = defaultdict(set)
    for quad in store.inner.quads_for_pattern(None, predicate, None, None):
        if names.spoken(quad):
            values[quad.subject].add(quad.object.value)  # type: ignore[index,union-attr]
    return values


def _places(store: Store) -> dict[str, Attributes]:
    inner = store.inner
    placed: dict[str, Attributes] = defaultdict(dict)
    for name, predicate in (("lat", LATITUDE), ("lon", LONGITUDE)):
        for quad in inner.quads_for_pattern(None, predicate, None, BACKGROUND):
            placed[ident(quad.subject)][name] = float(quad.object.value)  # type: ignore[union-attr]
    around = {ident(quad.subject): ident(quad.object) for quad in inner.quads_for_pattern(None, LOCATED_IN, None, BACKGROUND)}
    labels = {ident(quad.subject): quad.object.value for quad in inner.quads_for_pattern(None, LABEL, None, BACKGROUND)}  # type: ignore[union-attr]
    countries = {ident(quad.subject) for quad in inner.quads_for_pattern(None, TYPE, _COUNTRY, BACKGROUND)}
    for about in placed:
        outer, seen = about, {about}
        while outer not in countries and around.get(outer, about) not in seen:
            outer = around[outer]
            seen.add(outer)
        if outer in countries:
            placed[about]["country"] = labels[outer]
    return placed
