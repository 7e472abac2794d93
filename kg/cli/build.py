"""`kg build`: articles in, a queryable graph out."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import interruption, options
from kg.cli import store as stores

if TYPE_CHECKING:
    from kg.pipeline import Summary


def command(
    inputs: options.Inputs,
    store: Annotated[
        str | None,
        typer.Option("--store", metavar="PLACE", help=f"{stores.HELP}  [env var: KG_STORE; default: kg-store]", show_default=False),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write the graph to a file, format by suffix; without --store no store is kept."),
    ] = None,
    model: options.Model = None,
    ontology: options.OntologyFiles = None,
    published: options.Published = None,
    min_confidence: options.MinConfidence = 0.0,
    keep_text: Annotated[bool, typer.Option("--keep-text", help="Keep the texts beside the graph, for kg verify where sources are gone.")] = False,
    knowledge: options.KnowledgeFile = None,
    input_format: options.InputFormat = None,
    text_column: options.TextColumn = None,
    any_language: options.AnyLanguage = False,
    limit: options.Limit = options.LIMIT_MB,
    allow_network: options.AllowNetwork = False,
    allow_private_network: options.AllowPrivate = False,
) -> None:
    """Read articles, extract what they say, and store it as a graph. A build that was interrupted goes on where it stopped.

    \b
    Examples:
      kg build article.txt
      kg build articles/ --store news -o news.ttl
      kg build articles.zip --store news
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from kg import exporters, pipeline
    from kg.graph import files
    from kg.graph import knowledge as bases
    from kg.graph.store import Store

    if output:
        # An unknown suffix or a folder that can't be written to is told before the work, not after it.
        exporters.find(output)
        files.check(output)
    console = Console(stderr=True)
    network = options.network(allow_network, allow_private_network)

    def echo(line: str) -> None:
        console.print(line, markup=False, highlight=False, soft_wrap=True)

    reading = options.Reading(inputs, published, input_format, limit, echo, text_column, network, any_language)
    documents = reading.documents()
    place = store or (None if output else os.environ.get("KG_STORE") or stores.DEFAULT)
    base = None if knowledge is None else bases.load(knowledge)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with interruption.resumable(place), Store.open(place, ontology=ontology or ()) as target:
        # Loaded once the store is ours: who comes second is told at once.
        extractor = options.extractor(model, ontology)
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("reading articles", total=None)
            summary = pipeline.build(
                documents,
                target,
                extractor=extractor,
                min_confidence=min_confidence,
                knowledge=base,
                keep_text=keep_text,
                progress=lambda: progress.advance(task),
            )
        if output:
            exporters.export(target, output)
    typer.echo(_told(summary, reading.errors))
    for written in filter(None, (target.path, output)):
        typer.echo(f"written to {written}")
    reading.finish()


def _told(summary: "Summary", errors: int) -> str:
    """The summary in one line."""
    claims = ", ".join(f"{summary.claims[modality]} {modality}" for modality in ("actual", "negated", "possible"))
    parts = [_counted(summary.documents, "document")]
    if summary.unchanged:
        parts.append(f"{summary.unchanged} unchanged")
    if errors:
        parts.append(f"{errors} not readable")
    if summary.documents:
        parts += [f"{len(summary.entities)} entities", f"{_counted(summary.claims.total(), 'claim')} ({claims})"]
        parts += [_counted(summary.events, "event"), _counted(summary.quotes, "quotation")]
    return f"{', '.join(parts)} in {summary.seconds:.1f} s"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
