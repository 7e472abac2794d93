"""Places: those with coordinates as a table and on a map, and where one of them lies."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx
import pyoxigraph as ox

from kg.errors import RequestError
from kg.graph import names, terms, vocabulary
from kg.graph.store import Store
from kg.graph.terms import BACKGROUND, LATITUDE, LONGITUDE
from kg.graph.triples import SAME
from kg.network.entities import entities
from kg.network.projection import project
from kg.web import links, triples
from kg.web.exchange import Ask, Reply
from kg.web.pages import pictures
from kg.web.remembered import remembered
from kg.web.representation import reply

if TYPE_CHECKING:
    from kg.drawing.sheet import Sheet

Values = dict[str, Any]
_PROJECTION, _COUNTRY = "places", "Country"
# The map on the page of a place: points, and degrees at least.
_SMALL, _AROUND = 420.0, 30.0


@dataclass(frozen=True, slots=True)
class _Days:
    """What is told of which days."""

    since: str | None
    until: str | None

    @classmethod
    def of(cls, ask: Ask) -> "_Days":
        return cls(ask.one("from").strip() or None, ask.one("to").strip() or None)

    def network(self, store: Store) -> nx.MultiDiGraph:
        """Who or what is tied to which place, and, of all days, the places that nothing is tied to. Raises QueryError for what is no date."""
        graph = project(store, _PROJECTION, since=self.since, until=self.until)
        if self.since is None and self.until is None:
            graph.add_nodes_from((about, known) for about, known in sorted(entities(store).items()) if about not in graph and "lat" in known)
        return graph


@dataclass(frozen=True, slots=True)
class _Placed:
    days: _Days

    def __call__(self, store: Store) -> tuple[list[Values], bool]:
        """Places with coordinates and countries, those with the most ties first, and whether a map can show any of them."""
        graph = self.days.network(store)
        found = [_row(graph, about) for about, known in graph.nodes(data=True) if "lat" in known or known["type"] == _COUNTRY]
        return sorted(found, key=lambda row: (-row["ties"], -row["mentions"], row["name"], row["id"])), _is_drawn(graph)


def _row(graph: nx.MultiDiGraph, about: str) -> Values:
    known = graph.nodes[about]
    place = {"id": about, "name": known["label"], **{name: known.get(name) for name in ("type", "country", "lat", "lon", "mentions")}}
    return {**place, "documents": len(known["documents"]), "ties": graph.degree(about), "page": links.page("entity", about)}


@dataclass(frozen=True, slots=True)
class _Map:
    days: _Days

    def __call__(self, store: Store) -> "Sheet":
        from kg.drawing import placemap

        return placemap.draw(self.days.network(store))


@dataclass(frozen=True, slots=True)
class _Small:
    """A map of one place."""

    ident: str

    def __call__(self, store: Store) -> "Sheet":
        from kg.drawing import placemap

        return placemap.draw(_alone(store, self.ident), width=_SMALL, span=_AROUND)


def places(store: Store, ask: Ask) -> Reply:
    """The page of all; as RDF it is what they are called, and what background knowledge says of them."""
    days = _Days.of(ask)
    found, drawn = remembered(store, _Placed(days))
    data = {"since": days.since, "until": days.until, "places": found}
    return reply(ask, "map.html", data, lambda: _told(store, found), drawn=drawn, missing=pictures.missing(), labels=vocabulary.labels(store.inner))


def picture(store: Store, ask: Ask) -> Reply:
    """The map as SVG, of one place (`place=` its id) a small one."""
    if place := ask.one("place"):
        if not is_placed(store, place):
            raise RequestError(404, f"no place {place}, or nobody knows where it is")
        return pictures.picture(store, ask, _Small(place))
    return pictures.picture(store, ask, _Map(_Days.of(ask)))


def is_placed(store: Store, about: str) -> bool:
    """True where a map can show it."""
    return _is_drawn(_alone(store, about))


def _is_drawn(graph: nx.MultiDiGraph) -> bool:
    if pictures.missing():
        return False
    from kg.drawing import placemap

    return bool(placemap.places(graph))


def _alone(store: Store, about: str) -> nx.MultiDiGraph:
    """A network of one place, as far as it is known."""
    node, graph = terms.entity(about), nx.MultiDiGraph()
    known: Values = {"links": sorted({str(quad.object.value) for quad in store.inner.quads_for_pattern(node, SAME, None, None)})}  # type: ignore[union-attr]
    known |= {"label": called} if (called := names.preferred(store, node).get(node)) else {}
    for name, predicate in (("lat", LATITUDE), ("lon", LONGITUDE)):
        values = sorted(quad.object.value for quad in store.inner.quads_for_pattern(node, predicate, None, BACKGROUND))  # type: ignore[union-attr]
        known |= {name: values[0]} if values else {}
    graph.add_node(about, **known)
    graph.graph["title"] = known.get("label", about)
    return graph


def _told(store: Store, found: list[Values]) -> Iterator[ox.Triple]:
    yield from triples.called(store, (terms.entity(row["id"]) for row in found))
    for row in found:
        for quad in store.inner.quads_for_pattern(terms.entity(row["id"]), None, None, BACKGROUND):
            yield quad.triple
