"""One page in the forms that it has: HTML, JSON, RDF; the client chooses."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import jinja2
import pyoxigraph as ox

from kg import resources
from kg.graph.answers import readable
from kg.web import links, triples
from kg.web.exchange import Ask, Reply
from kg.web.limited import Limited
from kg.web.negotiation import DATA, GRAPHS, PAGE, choose, content_type

Triples = Callable[[], Iterable[ox.Triple]]
# Rows of one page of a long table.
ROWS = 200


def reply(ask: Ask, template: str, data: Mapping[str, Any], graph: Triples | None = None, **shown: Any) -> Reply:
    """The page; `data` is what JSON holds and the template shows, `shown` is for the template only, `graph` gives the RDF."""
    format = choose(ask, {**PAGE, **DATA, **(GRAPHS if graph else {})})
    if format == "html":
        return html(ask, template, formats=[*DATA, *(GRAPHS if graph else ())], **data, **shown)
    if format == "json":
        file = Limited(ask.size)
        file.write(json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n")
        return Reply(file.getvalue(), DATA["json"])
    assert graph is not None
    return triples.written(ask, graph(), format)


def html(ask: Ask, template: str, *, status: int = 200, **values: Any) -> Reply:
    """The page for people."""
    file = Limited(ask.size)
    file.write(rendered(template, ask=ask, paging=Paging(ask), **values).encode("utf-8", "replace"))
    return Reply(file.getvalue(), content_type(PAGE["html"]), status)


def rendered(template: str, **values: Any) -> str:
    """A template with values, of which everything is escaped."""
    return _templates().get_template(template).render(**values)


class Paging:
    """Which rows of long tables are shown; each table of a page is turned by a parameter of its own ("claims-page")."""

    def __init__(self, ask: Ask, table: str = "") -> None:
        self._ask = ask
        self.table = table
        self._parameter = f"{table}-page" if table else "page"
        given = ask.one(self._parameter)
        self.number = max(int(given), 1) if given.isascii() and given.isdigit() and len(given) < 9 else 1

    def rows(self, found: list[Any]) -> list[Any]:
        """Those of this page."""
        return found[(self.number - 1) * ROWS : self.number * ROWS]

    def last(self, found: list[Any]) -> int:
        """The number of the last page."""
        return max(-(-len(found) // ROWS), 1)

    def of(self, table: str) -> "Paging":
        """That of one table among several."""
        return Paging(self._ask, table)

    def turned(self, number: int) -> str:
        """The address of another page of the table."""
        address = links.query(self._ask.path, {**dict(self._ask.parameters), self._parameter: str(number)})
        return f"{address}#{self.table}" if self.table else address

    def whole(self, format: str) -> str:
        """The address of everything in another format."""
        told = {name: value for name, value in self._ask.parameters if name != "page" and not name.endswith("-page")}
        return links.query(self._ask.path, {**told, "format": format})


@cache
def _templates() -> jinja2.Environment:
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(resources.PACKAGE / "web" / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["zip"] = zip
    found.globals.update(
        page=links.page, local=links.local, is_iri=_is_iri, outward=links.outward, readable=readable, short=_short, query=links.query
    )
    return found


def _is_iri(term: object) -> bool:
    return isinstance(term, ox.NamedNode)


def _short(iri: str) -> str:
    """An IRI with its prefix."""
    return readable(ox.NamedNode(iri))


def problem(ask: Ask, failed: Reply) -> Reply:
    """What went wrong, as a page for browsers, which say so first; programs get the line as it is."""
    if not ask.accept.lstrip().startswith(PAGE["html"]):
        return failed
    heading = {404: "Not here", 503: "Not now"}.get(failed.status, "This can’t be answered")
    shown = html(replace(ask, parameters=()), "problem.html", status=failed.status, heading=heading, message=failed.body.decode())
    return replace(shown, headers=failed.headers)
