"""Questions in SPARQL: the library of named queries, parameters, and answers in the formats people and programs read.

A query file is valid SPARQL as it lies. Its head says `#+ summary:`, `#+ tags:` and, for each parameter,
`#+ param: NAME KIND [required] what it does`; the query has `VALUES ?NAME { UNDEF }`, which `run` fills. `#+ over: ontology` marks a query
over the ontology's own files, with the lexicon, in place of a graph.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pyoxigraph as ox

from kg import resources
from kg.errors import QueryError
from kg.graph import faults, names, ontology, services, temporal, vocabulary
from kg.graph.answers import Answer
from kg.graph.datasets import names_dataset
from kg.graph.engine import Results
from kg.graph.store import Store
from kg.graph.terms import clean, term
from kg.iris import PREFIXES

Kind = Literal["entity", "relation", "date", "text", "any"]
Over = Literal["graph", "ontology"]
ASKED = ("questions", "ontology")
_HEAD = re.compile(r"^#\+ (\w+): *(.*)$", re.MULTILINE)
_VALUES = re.compile(r"VALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}", re.IGNORECASE)
_PREFIX = re.compile(r"^\s*PREFIX\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that may be given: an entity by its name, a relation, a date or text."""

    name: str
    kind: Kind
    meaning: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A query with what its head says; `head` holds the lines that have no field of their own."""

    name: str
    summary: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str
    over: Over = "graph"
    head: Mapping[str, str] = field(default_factory=dict)


def library(*folders: str) -> dict[str, Query]:
    """The queries of some folders of `queries/` by name, sorted; those that can be asked by name when left out."""
    found = {name: query for folder in folders or ASKED for name, query in _library(resources.folder("queries") / folder).items()}
    return dict(sorted(found.items()))


@cache
def _library(folder: Path) -> dict[str, Query]:
    return {file.stem: parse(file.read_text(encoding="utf-8"), file.stem) for file in sorted(folder.glob("*.rq"))}


def parse(text: str, name: str = "query") -> Query:
    """A query from its text; parameters without a line in the head are of the kind "any"."""
    head: dict[str, list[str]] = {}
    for key, value in _HEAD.findall(text):
        head.setdefault(key, []).append(value.strip())
    declared = {parameter.name: parameter for parameter in map(_parameter, head.get("param", []))}
    variables = dict.fromkeys(_VALUES.findall(text))
    return Query(
        name=name,
        summary=" ".join(head.get("summary", [])),
        tags=tuple(" ".join(head.get("tags", [])).split()),
        parameters=tuple(declared.get(variable, Parameter(variable, "any")) for variable in variables),
        text=text,
        over="ontology" if head.get("over") == ["ontology"] else "graph",
        head={key: " ".join(lines) for key, lines in head.items() if key not in ("summary", "tags", "param", "over")},
    )


def _parameter(line: str) -> Parameter:
    name, kind, meaning = (*line.split(None, 2), "", "")[:3]
    required = meaning.startswith("required ")
    known: Kind = kind if kind in ("entity", "relation", "date", "text") else "any"  # type: ignore[assignment]
    return Parameter(name, known, meaning.removeprefix("required "), required)


def find(query: str | Path, *folders: str) -> Query:
    """The query that is meant: a name in some folders of the library, a file, or the text itself. Raises QueryError."""
    text = str(query)
    if text in library(*folders):
        return library(*folders)[text]
    path = Path(text)
    if isinstance(query, Path) or text.endswith((".rq", ".sparql")):
        try:
            return parse(path.read_text(encoding="utf-8"), path.stem)
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"{path}: can't be read ({getattr(error, 'strerror', None) or 'not UTF-8'}); name a file with a SPARQL query") from error
    if _FORM.search(text):
        return parse(text)
    kind = "projection" if folders == ("network",) else "question"
    raise QueryError(f"no {kind} called {text!r}; choose one of: {', '.join(library(*folders))}; or give a .rq file or a SPARQL query")


def run(store: Store | None, query: Query | str | Path, parameters: Mapping[str, Any] | None = None, *, allowed: Collection[str] = ()) -> Answer:
    """Asks a query, its name, file or text. A parameter is an RDF term (of rdflib or pyoxigraph), or text.

    Text for an entity means every entity of that name or alias, in upper or lower case. A query over the ontology needs no store,
    and asks the project's files whatever store there is. `allowed` are the addresses of other servers that the query may ask with
    SERVICE. Raises QueryError.
    """
    asked = query if isinstance(query, Query) else find(query)
    with _failing(asked):
        return Answer.of(_ask(store, asked, parameters or {}, allowed), prefixes=dict(_PREFIX.findall(asked.text)))


def rows(store: Store, query: Query, parameters: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
    """The rows of a SELECT as they come, each the terms of its bound variables; for answers too long to be held. Raises QueryError."""
    with _failing(query):
        result = _ask(store, query, parameters or {})
        if not isinstance(result, ox.QuerySolutions):
            raise QueryError(f"{query.name}: gives no rows; write a SELECT")
        names = [variable.value for variable in result.variables]
        for solution in result:
            yield {name: value for name, value in zip(names, solution, strict=True) if value is not None}


def _ask(store: Store | None, query: Query, parameters: Mapping[str, Any], allowed: Collection[str] = ()) -> Results:
    if query.over == "ontology":
        store = ontology.opened()
    if store is None:
        raise QueryError(f"{query.name}: a question about the graph; it needs a store")
    text = _filled(store, query, parameters)
    services.check(text, allowed)
    return ask(store, text)


@contextmanager
def _failing(query: Query) -> Iterator[None]:
    """Turns what an engine raises into QueryError."""
    try:
        yield
    except SyntaxError as error:
        raise QueryError(f"{query.name}: not valid SPARQL: {_line(error)}") from error
    except (OSError, ValueError, RuntimeError) as error:
        if faults.is_of_engine(error):
            raise
        raise QueryError(f"{query.name}: can't be answered: {_line(error)}") from error


def ask(
    store: Store,
    text: str,
    *,
    default_graphs: Sequence[ox.NamedNode] = (),
    named_graphs: Sequence[ox.NamedNode] = (),
    base: str | None = None,
) -> Results:
    """The answer of the engine. The default graph is the union of all, unless graphs are given here or the query names some itself.

    The prefixes of the project need not be declared; IRIs that are relative are so to `base`. Raises SyntaxError and OSError.
    """
    if default_graphs or named_graphs:
        return store.inner.query(text, base_iri=base, prefixes=PREFIXES, default_graph=list(default_graphs), named_graphs=list(named_graphs))
    # Oxigraph would take the union even for a query with FROM.
    return store.inner.query(text, base_iri=base, prefixes=PREFIXES, use_default_graph_as_union=not names_dataset(text))


def _filled(store: Store, query: Query, parameters: Mapping[str, Any]) -> str:
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in parameters:
        if name not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise QueryError(f"{query.name}: no parameter called {name!r}; {takes}")
    for parameter in query.parameters:
        if parameter.required and parameter.name not in parameters:
            raise QueryError(f"{query.name}: needs the parameter {parameter.name}, {parameter.meaning}")
    terms = {name: " ".join(_terms(store, known[name], value)) for name, value in parameters.items()}
    return _VALUES.sub(lambda found: f"VALUES ?{found[1]} {{ {terms.get(found[1], 'UNDEF')} }}", query.text)


def _terms(store: Store, parameter: Parameter, value: Any) -> Sequence[str]:
    """The value in N-Triples syntax; several where a name means several entities."""
    if hasattr(value, "n3"):
        return [str(value.n3())]
    if not isinstance(value, str):
        return [str(value if isinstance(value, ox.NamedNode | ox.Literal) else ox.Literal(value))]
    if value.startswith("<") and value.endswith(">"):
        return [str(_node(value[1:-1], parameter))]
    if parameter.kind == "relation":
        return [str(term(vocabulary.find(store.inner, value)))]
    if parameter.kind == "entity":
        return [str(node) for node in names.require(store, value)]
    if parameter.kind == "date" and temporal.days(value) == (None, None):
        raise QueryError(f"parameter {parameter.name}: {value}: not a date; write it like 2020-01-08, 2020-01 or 2020")
    if parameter.kind == "any" and (found := names.find(store, value)):
        return [str(node) for node in found]
    return [str(ox.Literal(clean(value)))]


def _node(text: str, parameter: Parameter) -> ox.NamedNode:
    try:
        return ox.NamedNode(text)
    except ValueError as error:
        raise QueryError(f"parameter {parameter.name}: <{text}> is not an IRI") from error


def _line(error: Exception) -> str:
    return " ".join(str(error).split())


def check(store: Store) -> dict[str, Answer]:
    """Runs `queries/checks`; the answers that are not empty, by name. All is well when there is none."""
    answers = {name: run(store, query) for name, query in library("checks").items()}
    return {name: answer for name, answer in answers.items() if answer.rows}
