"""The answer to a question as RDF, in the result set vocabulary of the W3C's tests: SPARQL's own formats of rows are no RDF."""

from collections.abc import Iterator

import pyoxigraph as ox

from kg.graph.answers import Answer
from kg.graph.terms import TYPE, integer, literal

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"


def resultset(answer: Answer, address: str) -> Iterator[ox.Triple]:
    """The triples; of a graph its own. The answer and its rows are parts of `address`."""
    if answer.kind == "graph":
        yield from answer.triples
        return
    whole = ox.NamedNode(f"{address}#answer")
    yield ox.Triple(whole, TYPE, _rs("ResultSet"))
    if answer.kind == "truth":
        yield ox.Triple(whole, _rs("boolean"), ox.Literal(answer.truth))
    for variable in answer.variables:
        yield ox.Triple(whole, _rs("resultVariable"), literal(variable))
    for number, row in enumerate(answer.rows, 1):
        solution = ox.NamedNode(f"{address}#row{number}")
        yield ox.Triple(whole, _rs("solution"), solution)
        yield ox.Triple(solution, _rs("index"), integer(number))
        for variable, term in zip(answer.variables, row, strict=True):
            if term is not None:
                binding = ox.NamedNode(f"{address}#row{number}-{variable}")
                yield ox.Triple(solution, _rs("binding"), binding)
                yield ox.Triple(binding, _rs("variable"), literal(variable))
                yield ox.Triple(binding, _rs("value"), term)


def _rs(name: str) -> ox.NamedNode:
    return ox.NamedNode(RS + name)
