"""`kg query`: questions in SPARQL."""

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import store as stores
from kg.cli import tables
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.graph.answers import Answer

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "nt")


def command(
    query: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME | FILE.rq | 'SELECT …'", help='A question of the library, a file, or SPARQL ("-" reads it). Without: lists them.'
        ),
    ] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", metavar="NAME=VALUE", help="A parameter: a name of an entity, a date, text; repeatable.")
    ] = None,
    format: Annotated[str, typer.Option("--format", metavar="NAME", help=f"{', '.join(FORMATS)}.")] = "table",
    infer: Annotated[
        bool, typer.Option("--infer", help="Ask what follows too, by the rules of ontology/rules; it lies in the graph id:graph\\/inferred.")
    ] = False,
    service: Annotated[list[str] | None, typer.Option("--service", metavar="URL", help="Another server that SERVICE may ask; repeatable.")] = None,
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """Ask a question of the library, or any SPARQL query over all documents, or (lexicon, alignments) over the ontology.

    \b
    Examples:
      kg query attacks --param entity=Iran
      kg query "SELECT ?who WHERE { ?who kg:attacked ?whom }"
      kg query lexicon --format turtle > lexicon.ttl
      kg query --infer "SELECT DISTINCT ?who WHERE { ?who kg:basedIn ?place . ?place rdfs:label 'Kenya'@en }"
    """
    if format not in FORMATS:
        raise QueryError(f"no format {format!r}; choose one of: {', '.join(FORMATS)}")
    if query is None:
        _list()
        return
    from kg.graph.queries import find, run

    asked = find(sys.stdin.read() if query == "-" else query)
    with nullcontext() if asked.over == "ontology" else stores.reading(store) as opened:
        graph = stores.reasoned(opened) if infer and opened is not None else opened
        answer = run(graph, asked, dict(map(pair, param or ())), allowed=service or ())
    if format == "table":
        _table(answer)
    else:
        sys.stdout.write(answer.serialize(format).decode("utf-8"))


def pair(text: str) -> tuple[str, str]:
    """Name and value of "NAME=VALUE"."""
    name, found, value = text.partition("=")
    if not found:
        raise QueryError(f"--param {text}: write it as NAME=VALUE")
    return name.strip().lstrip("?"), value


def _list() -> None:
    from kg.graph.queries import library

    rows = [(query.name, query.summary, " ".join(parameter.name for parameter in query.parameters)) for query in library().values()]
    tables.console().print(tables.table(("name", "question", "parameters"), rows, spaced=False))


def _table(answer: "Answer") -> None:
    if answer.kind == "truth":
        typer.echo("yes" if answer.truth else "no")
    elif answer.kind == "graph":
        sys.stdout.write(answer.serialize("turtle").decode("utf-8"))
    else:
        if answer.rows:
            tables.console().print(tables.table(answer.variables, answer.texts))
        typer.echo(f"{len(answer.rows)} row{'' if len(answer.rows) == 1 else 's'}", err=True)
