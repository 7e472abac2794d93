"""The explorer over the store: the page, whose script asks for the same address as JSON; without a script a table."""

from kg.errors import RequestError
from kg.graph.store import Store
from kg.web import bundle
from kg.web.exchange import Ask, Reply
from kg.web.exploration import NODES, exploration
from kg.web.negotiation import DATA, PAGE, choose
from kg.web.representation import html, reply


def graph(store: Store, ask: Ask) -> Reply:
    """The most central part of the network (`nodes=` how many), or the surroundings of an entity (`around=` its id)."""
    installed = bundle.SCRIPT.is_file()
    if choose(ask, {**PAGE, **DATA}) == "html" and installed and not ask.one("table"):
        return html(ask, "graph.html", formats=list(DATA), drawn=True)
    number = ask.one("nodes", str(NODES))
    if not (number.isascii() and number.isdigit() and 0 < int(number[:9]) <= NODES):
        raise RequestError(400, f"nodes: a number from 1 to {NODES}")
    data = exploration(store, nodes=int(number), around=ask.one("around") or None, pages=True)
    return reply(ask, "graph.html", data, drawn=False, missing="" if installed else bundle.MISSING)
