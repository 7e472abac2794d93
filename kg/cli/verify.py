"""`kg verify`: is every fact still proved by its source?"""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options, tables
from kg.cli import store as stores
from kg.model import Document

if TYPE_CHECKING:
    from kg.graph.verify import Report


class Format(StrEnum):
    """How the report is printed."""

    table = "table"
    json = "json"


def command(
    inputs: Annotated[
        list[str] | None, typer.Argument(metavar="[INPUT]…", help="Where the sources lie now, if not where they were.", show_default=False)
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Compare words only; do not extract the claims again.")] = False,
    web: Annotated[
        list[str] | None, typer.Option("--web", metavar="URL", help="Fetch sources at this address or below it; others are not asked. Repeatable.")
    ] = None,
    model: options.Model = None,
    ontology: options.OntologyFiles = None,
    input_format: options.InputFormat = None,
    limit: options.Limit = options.LIMIT_MB,
    format: Annotated[Format, typer.Option("--format", help="A table for people, or JSON.")] = Format.table,
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """Prove the graph: read each source again, compare the words at all offsets, extract each claim again, check that each plain triple
    has a claim and each claim a document. Sources are files, the texts that kg build --keep-text kept, or, with --web, pages.
    Exit status 1 when anything fails.

    \b
    Examples:
      kg verify articles/
      kg verify articles/ --quick --format json
      kg verify articles/ --web https://en.wikinews.org/
    """
    from kg import ontology as ontologies
    from kg.graph.verify import verify
    from kg.readers import Network, ignore, read
    from kg.readers.addresses import within

    reading = options.Reading(list(inputs or ()), None, input_format, limit, options.echo_error)
    documents = list(reading.documents()) if inputs else []
    largest = int(limit * 1_000_000)

    def there(place: str) -> Iterable[Document]:
        network: Network = "private" if within(place, web or ()) else "none"
        return read(place, format=input_format, limit=largest, network=network, on_error=ignore)

    extract = None if quick else options.extractor(model, ontology).pipe
    with stores.reading(store) as opened:
        report = verify(
            opened,
            read=there,
            inputs=documents,
            ontology=ontologies.load(tuple(ontology or ())),
            extract=extract,
        )
    if format is Format.json:
        sys.stdout.write(json.dumps({"holds": report.holds, **asdict(report)}, ensure_ascii=False, indent=2) + "\n")
    else:
        _print(report)
    if not report.holds:
        raise typer.Exit(1)


def _print(report: "Report") -> None:
    for document, place in report.moved:
        typer.echo(f"{tables.shown(document)}: its source is now {tables.shown(place)}")
    if report.failures:
        rows = [(failure.document, failure.problem, failure.what, failure.detail) for failure in report.failures]
        tables.console().print(tables.table(("document", "what fails", "of", "because"), rows))
    how = "compared with their sources" + (" and extracted again" if report.extracted else "")
    typer.echo(f"{report.proved} of {report.documents} document{'' if report.documents == 1 else 's'} proved, {report.claims} claims {how}")
