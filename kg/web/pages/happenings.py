"""The picture of the timeline, and the page of an incident: one happening with all its reports, and what they disagree on."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import RequestError
from kg.graph import incidents, names, records, vocabulary
from kg.graph.answers import readable
from kg.graph.description import description
from kg.graph.incidents import DISAGREEMENT, INCIDENT, INCIDENTS, INDEPENDENT, ON, REPORT, TOLD_BY, VALUE
from kg.graph.show import happening
from kg.graph.store import Store
from kg.graph.terms import TYPE
from kg.iris import local, resource
from kg.web import links
from kg.web.exchange import Ask, Reply
from kg.web.pages import pictures
from kg.web.remembered import remembered
from kg.web.representation import reply

if TYPE_CHECKING:
    from kg.drawing.sheet import Sheet

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Timeline:
    since: str | None
    until: str | None
    entity: str

    def __call__(self, store: Store) -> "Sheet":
        from kg.drawing import timeline

        wanted = [records.ident(node) for node in names.require(store, self.entity)] if self.entity else []
        found, called = remembered(store, incidents.find), remembered(store, incidents.called)
        return timeline.draw(found, called, since=self.since, until=self.until, taking_part=wanted)


def timeline(store: Store, ask: Ask) -> Reply:
    """The timeline as SVG; it takes the parameters of the question."""
    since, until = (ask.one(name).strip() or None for name in ("since", "before"))
    return pictures.picture(store, ask, _Timeline(since, until, ask.one("entity").strip()))


def incident(store: Store, ask: Ask) -> Reply:
    """The page; the addresses of its points of disagreement lead here too."""
    about = ox.NamedNode(resource("incident", ask.ident.split("/")[0]))
    if not _all(store, about, TYPE, INCIDENT):
        raise RequestError(404, f"no incident {ask.ident}; kg incidents finds those of a store")
    reports = [_report(store, node) for node in _all(store, about, REPORT)]
    data = {
        "iri": about.value,
        "type": next((local(node.value) for node in _all(store, about, TYPE) if node != INCIDENT), ""),
        "independent": int(next(iter(_all(store, about, INDEPENDENT))).value),
        "reports": sorted(reports, key=lambda each: (each["published"], each["document"], each["id"])),
        "disagreements": [_point(store, node) for node in _all(store, about, DISAGREEMENT)],
    }
    return reply(ask, "incident.html", data, lambda: description(store, about), labels=vocabulary.labels(store.inner))


def _all(store: Store, node: ox.NamedNode, predicate: ox.NamedNode, value: ox.NamedNode | None = None) -> list[Any]:
    return sorted((quad.object for quad in store.inner.quads_for_pattern(node, predicate, value, INCIDENTS)), key=str)


def _report(store: Store, node: ox.NamedNode) -> Values:
    """The event as its document tells it."""
    graphs = {quad.graph_name for quad in store.inner.quads_for_pattern(node, TYPE, None, None) if names.spoken(quad)}
    for extraction in records.read_all(store, names=graphs):  # type: ignore[arg-type]
        for event in extraction.events:
            if event.id == records.ident(node):
                called = {each.id: each.name for each in extraction.entities}
                sources = [{"id": source, "name": called.get(source, source)} for source in event.attributed_to]
                about = {name: str(extraction.document.get(name) or "") for name in ("title", "published")}
                return {**asdict(happening(event, extraction)), **about, "sources": sources}
    raise RequestError(404, f"the document of {node.value} is gone; kg incidents looks again")


def _point(store: Store, node: ox.NamedNode) -> Values:
    """What some reports say differently."""
    (aspect, *_), (value, *_) = _all(store, node, ON), _all(store, node, VALUE)
    told = [records.ident(each) for each in _all(store, node, TOLD_BY)]
    if not isinstance(value, ox.NamedNode):
        return {"aspect": aspect.value, "value": readable(value), "page": None, "documents": told}
    name = names.preferred(store, value).get(value) or readable(value)
    return {"aspect": aspect.value, "value": name, "page": links.local(value.value), "documents": told}
