"""The answer to a query, and its forms: rows as csv, tsv, json or xml, truth as json or xml, a graph as Turtle or N-Triples."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal, Self

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.terms import Term
from kg.iris import PREFIXES

ROW_FORMATS = ("csv", "tsv", "json", "xml")
TRUTH_FORMATS = ("json", "xml")
GRAPH_FORMATS = ("turtle", "nt")

_RESULTS = {"tsv": ox.QueryResultsFormat.TSV, "json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML}
# What spreadsheets take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Answer:
    """`kind` says which of the three it is: rows (SELECT), truth (ASK) or graph (CONSTRUCT, DESCRIBE)."""

    kind: Literal["rows", "truth", "graph"]
    variables: tuple[str, ...] = ()
    truth: bool = False
    triples: tuple[ox.Triple, ...] = ()
    results: bytes = b""
    prefixes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, prefixes: Mapping[str, str] = MappingProxyType({})) -> Self:
        """From what pyoxigraph gives, which can be read only once. `prefixes` are for Turtle, beside those of the project."""
        if isinstance(result, ox.QueryTriples):
            return cls("graph", triples=tuple(sorted(set(result), key=str)), prefixes=prefixes)
        results = result.serialize(format=ox.QueryResultsFormat.JSON)
        assert results is not None
        if isinstance(result, ox.QueryBoolean):
            return cls("truth", truth=bool(result), results=results)
        return cls("rows", variables=tuple(variable.value for variable in result.variables), results=results)

    @cached_property
    def rows(self) -> list[tuple[Term | None, ...]]:
        """The rows of a SELECT; None where a variable is not bound."""
        parsed = self._parsed() if self.kind == "rows" else ()
        return [tuple(solution) for solution in parsed]  # type: ignore[union-attr]

    @property
    def texts(self) -> list[tuple[str, ...]]:
        """The rows as people read them: the words of a literal, an IRI with its prefix, nothing where a variable is not bound."""
        return [tuple("" if term is None else readable(term) for term in row) for row in self.rows]

    def formats(self) -> tuple[str, ...]:
        """The formats that this kind of answer has."""
        return {"rows": ROW_FORMATS, "truth": TRUTH_FORMATS, "graph": GRAPH_FORMATS}[self.kind]

    def serialize(self, format: str) -> bytes:
        """The answer in one of `formats()`. Raises QueryError for another."""
        if format not in self.formats():
            raise QueryError(f"no format {format!r} for this kind of answer; choose one of: {', '.join(self.formats())}")
        if self.kind == "graph":
            return self._turtle() if format == "turtle" else ox.serialize(self.triples, format=ox.RdfFormat.N_TRIPLES) or b""
        if format == "csv":
            return self._csv()
        return self._parsed().serialize(format=_RESULTS[format]) or b""

    def _turtle(self) -> bytes:
        """Oxigraph writes the prefixes first, in random order."""
        written = ox.serialize(self.triples, format=ox.RdfFormat.TURTLE, prefixes={**PREFIXES, **self.prefixes}) or b""
        lines = written.splitlines(keepends=True)
        head = [line for line in lines if line.startswith(b"@prefix ")]
        return b"".join((*sorted(head), *lines[len(head) :]))

    def _parsed(self) -> ox.QuerySolutions | ox.QueryBoolean:
        return ox.parse_query_results(self.results, format=ox.QueryResultsFormat.JSON)

    def _csv(self) -> bytes:
        return "".join(csv_lines(self.variables, self.rows)).encode("utf-8")


def csv_lines(variables: Iterable[str], rows: Iterable[Iterable[Term | None]]) -> Iterator[str]:
    """The lines of the CSV form."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(variables)
    for row in rows:
        yield file.getvalue()
        file.seek(0)
        file.truncate()
        writer.writerow("" if term is None else _cell(term) for term in row)
    yield file.getvalue()


def readable(term: Term) -> str:
    """The words of a literal, an IRI with its prefix where it has one."""
    if isinstance(term, ox.Literal):
        return term.value
    if isinstance(term, ox.NamedNode):
        for prefix, namespace in PREFIXES.items():
            if term.value.startswith(namespace) and len(term.value) > len(namespace):
                return f"{prefix}:{term.value.removeprefix(namespace)}"
        return term.value
    return str(term)


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cell(term: Term) -> str:
    """As SPARQL 1.1 CSV has it, but text can't become a formula; numbers stay numbers."""
    if isinstance(term, ox.Literal):
        return harmless(term.value) if term.language or term.datatype.value.endswith("#string") else term.value
    return term.value if isinstance(term, ox.NamedNode) else str(term)
