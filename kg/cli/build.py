"""`kg build`: articles in, a queryable graph out."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import interruption, options
from kg.cli import store as stores
from kg.cli import workers as crews

if TYPE_CHECKING:
    from kg.extract import Extractor
    from kg.extract.limits import Refusal
    from kg.graph.store import Store
    from kg.model import Document
    from kg.pipeline import Summary
    from kg.scale.work import Job


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
    seconds: options.Seconds = options.SECONDS,
    workers: crews.Workers = None,
    engine: crews.EngineKind = crews.Kind.processes,
    address: crews.Address = None,
    memory: crews.Memory = 4000,
    shards: crews.Shards = None,
    shard_size: crews.Size = 64,
    nquads: crews.NQuads = None,
    allow_network: options.AllowNetwork = False,
    allow_private_network: options.AllowPrivate = False,
) -> None:
    """Read articles, extract what they say, and store it as a graph. A build that was interrupted goes on where it stopped.

    \b
    Examples:
      kg build article.txt
      kg build articles/ --store news -o news.ttl
      kg build articles.zip --store news --workers 2
    """
    from rich.console import Console

    from kg import exporters
    from kg import ontology as ontologies
    from kg.cli.progress import Shown
    from kg.graph import files
    from kg.graph import knowledge as bases
    from kg.graph.store import Store
    from kg.readers.meter import Meter
    from kg.scale.folder import Folder
    from kg.scale.work import Job

    if output:
        # An unknown suffix or a folder that can't be written to is told before the work, not after it.
        exporters.find(output)
        files.check(output)
    console = Console(stderr=True)
    network = options.network(allow_network, allow_private_network)

    def echo(line: str) -> None:
        console.print(line, markup=False, highlight=False, soft_wrap=True)

    meter = Meter(*inputs)
    reading = options.Reading(inputs, published, input_format, limit, echo, text_column, network, any_language, meter)
    documents = reading.documents()
    place = store or (None if output or nquads else os.environ.get("KG_STORE") or stores.DEFAULT)
    terms = tuple(ontology or ())
    base = None if knowledge is None else bases.load(knowledge)
    job = Job(Folder(crews.folder(shards, place, output, nquads)), ontologies.load(terms), model, min_confidence, base, keep_text, seconds, memory)
    crew = crews.crew(engine, workers, address, memory, shard_size, wanted=bool(shards or nquads))
    with interruption.resumable(place if crew is None else job.folder.place), Shown(console, meter) as shown:
        fresh = stores.is_new(place)
        if fresh:
            documents = reading.begun(documents)
        if crew is None:
            # Where a store has to be made, what is missing is told before; where there is one, first of all that another process writes to it.
            extractor = _extractor(job) if fresh else None
            with Store.open(place, ontology=terms) as target:
                summary = _alone(documents, job, extractor or _extractor(job), target, shown.advance, reading.refuse)
                if output:
                    exporters.export(target, output)
        else:
            summary = crews.build(documents, crew, job, crews.Aims(place, output, nquads, terms), shown)
    if crew is not None:
        for refusal in summary.refused:
            reading.refuse(refusal)
        job.folder.tidy() if shards else job.folder.drop()
    typer.echo(_told(summary, reading.errors))
    for written in filter(None, (place and stores.shown(place), output, nquads)):
        typer.echo(f"written to {written}")
    reading.finish()


def _extractor(job: "Job") -> "Extractor":
    from kg.extract import Extractor

    return Extractor(job.ontology, job.model)


def _alone(
    documents: Iterable["Document"],
    job: "Job",
    extractor: "Extractor",
    target: "Store",
    progress: Callable[[], None],
    refuse: Callable[["Refusal"], None],
) -> "Summary":
    """The build in this process."""
    from kg import pipeline

    return pipeline.build(
        documents,
        target,
        extractor=extractor,
        min_confidence=job.min_confidence,
        knowledge=job.knowledge,
        keep_text=job.keep_text,
        progress=progress,
        refuse=refuse,
        seconds=job.seconds,
    )


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
