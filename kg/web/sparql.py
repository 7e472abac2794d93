"""Answers to SPARQL queries in the formats of the protocol (done by a worker)."""

from collections.abc import Sequence

import pyoxigraph as ox

from kg.errors import QueryError, RequestError
from kg.graph import services
from kg.graph.answers import csv_lines
from kg.graph.queries import ask as engine_answer
from kg.graph.store import Store
from kg.web import triples
from kg.web.exchange import Ask, Reply
from kg.web.limited import Limited
from kg.web.negotiation import ROWS, choose, content_type

_RESULTS = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML, "csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV}


def answer(store: Store, ask: Ask) -> Reply:
    """The answer to the query. Raises RequestError and QueryError."""
    result = ask_engine(store, ask)
    if isinstance(result, ox.QueryTriples):
        return triples.reply(ask, result)
    format, file = choose(ask, ROWS), Limited(ask.size)
    if format == "csv" and isinstance(result, ox.QuerySolutions):
        # Oxigraph's own would hand formulas to spreadsheets.
        for line in csv_lines([variable.value for variable in result.variables], result):
            file.write(line.encode())
    else:
        result.serialize(file, format=_RESULTS[format])
    return Reply(file.getvalue(), content_type(ROWS[format]))


def ask_engine(store: Store, ask: Ask) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """What the engine says. Raises RequestError 403 for a query that would call another server, QueryError where it isn't SPARQL."""
    query = ask.one("query")
    try:
        services.check(query)
    except QueryError as error:
        raise RequestError(403, "SERVICE is refused, or it can't be told from other words: this server asks no other on anybody's behalf") from error
    default, named = (_graphs(ask, f"{kind}-graph-uri") for kind in ("default", "named"))
    try:
        return engine_answer(store, query, default_graphs=default, named_graphs=named, base=ask.address or None)
    except SyntaxError as error:
        raise QueryError(f"not valid SPARQL: {error}") from error
    except (ValueError, RuntimeError) as error:
        raise QueryError(f"can't be answered: {error}") from error


def _graphs(ask: Ask, parameter: str) -> Sequence[ox.NamedNode]:
    try:
        return [ox.NamedNode(address) for address in ask.all(parameter)]
    except ValueError as error:
        raise RequestError(400, f"{parameter}: not an absolute IRI: {error}") from error
