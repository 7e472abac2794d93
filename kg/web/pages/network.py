"""Network analysis: the projections, and of one who matters, which camps there are and who connects, with a picture."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx
import pyoxigraph as ox

from kg.errors import RequestError
from kg.graph import vocabulary
from kg.graph.store import Store
from kg.network import measurements
from kg.network.analysis import annotate
from kg.network.overview import Overview, measured, overview
from kg.network.projection import project, projections
from kg.web import links
from kg.web.exchange import Ask, Reply
from kg.web.pages import pictures
from kg.web.remembered import remembered
from kg.web.representation import reply

if TYPE_CHECKING:
    from kg.drawing.sheet import Sheet

PROJECTION = "facts"
# Rows of each table, and nodes of the picture.
ROWS, DRAWN = 20, 60


@dataclass(frozen=True, slots=True)
class Part:
    """The part of the store that is asked for, as kg analyze takes it: what is told as having happened, on which days."""

    projection: str
    since: str | None
    until: str | None

    @classmethod
    def of(cls, ask: Ask) -> "Part":
        """Raises RequestError 404 for a projection that there isn't."""
        name = ask.one("projection") or PROJECTION
        if name not in projections():
            raise RequestError(404, f"no network called {name}; choose one of: {', '.join(projections())}")
        return cls(name, ask.one("from").strip() or None, ask.one("to").strip() or None)

    def network(self, store: Store) -> nx.MultiDiGraph:
        """The network. Raises QueryError for what is no date."""
        return project(store, self.projection, modality="actual", since=self.since, until=self.until)


@dataclass(frozen=True, slots=True)
class _Analysed:
    part: Part

    def __call__(self, store: Store) -> Overview:
        return overview(self.part.network(store), number=ROWS)


@dataclass(frozen=True, slots=True)
class _Drawn:
    part: Part

    def __call__(self, store: Store) -> "Sheet":
        from kg.drawing import network

        return network.draw(self.part.network(store), top=DRAWN, colour="community")


def analysis(store: Store, ask: Ask) -> Reply:
    """The page; as RDF it is all measures with their provenance, as kg analyze --triples writes them."""
    part = Part.of(ask)
    found = remembered(store, _Analysed(part))
    known = [{"name": name, "summary": query.summary} for name, query in projections().items()]
    data = {"projection": part.projection, "since": part.since, "until": part.until, "projections": known, **asdict(found)}
    for row in (*data["central"], *data["brokers"]):
        row["page"] = _page(row["id"])
    title = projections()[part.projection].summary
    return reply(ask, "network.html", data, lambda: _triples(part, store), title=title, **_shown(store))


def _shown(store: Store) -> dict[str, Any]:
    return {"page_of": _page, "labels": vocabulary.labels(store.inner), "missing": pictures.missing()}


def picture(store: Store, ask: Ask) -> Reply:
    """The most central part as SVG, coloured by community."""
    return pictures.picture(store, ask, _Drawn(Part.of(ask)))


def _page(ident: str) -> str:
    """Of an entity, or of an event, which is a node by its bare id."""
    return links.page("entity" if "/" in ident else "event", ident)


def _triples(part: Part, store: Store) -> Iterator[ox.Triple]:
    graph = part.network(store)
    annotate(graph, [*measured(graph), "communities", "components", "cutpoints"])
    return (quad.triple for quad in measurements.quads(graph))
