"""The explorer over the store: the page, whose script asks for the same address as JSON; without a script a table."""

from collections.abc import Iterator

import pyoxigraph as ox

from kg.errors import RequestError
from kg.graph.description import description
from kg.graph.store import Store
from kg.graph.terms import claim, entity
from kg.web import bundle, triples
from kg.web.exchange import Ask, Reply
from kg.web.exploration import NODES, Values, exploration
from kg.web.negotiation import DATA, GRAPHS, PAGE, choose
from kg.web.representation import html, reply


def graph(store: Store, ask: Ask) -> Reply:
    """The most central part of the network (`nodes=` how many), or the surroundings of an entity (`around=` its id)."""
    installed = bundle.SCRIPT.is_file()
    if choose(ask, {**PAGE, **DATA, **GRAPHS}) == "html" and installed and not ask.one("table"):
        return html(ask, "graph.html", formats=[*DATA, *GRAPHS], drawn=True)
    number = ask.one("nodes", str(NODES))
    if not (number.isascii() and number.isdigit() and 0 < int(number[:9]) <= NODES):
        raise RequestError(400, f"nodes: a number from 1 to {NODES}")
    data = exploration(store, nodes=int(number), around=ask.one("around") or None, pages=True)
    return reply(ask, "graph.html", data, lambda: _told(store, data), drawn=False, missing="" if installed else bundle.MISSING)


def _told(store: Store, data: Values) -> Iterator[ox.Triple]:
    """Names and classes of the entities, and the claims with their proofs."""
    yield from triples.called(store, (entity(node["id"]) for node in data["nodes"]))
    for told in data["claims"]:
        yield from description(store, claim(told["id"]))
