"""`kg extract`: what articles say, without a store."""

import json
import sys
from collections.abc import Iterable
from enum import StrEnum
from itertools import islice
from typing import Annotated

import typer

from kg.cli import options
from kg.errors import InputError
from kg.model import Document


class Format(StrEnum):
    """How extractions are printed."""

    jsonl = "jsonl"
    table = "table"
    html = "html"


def command(
    inputs: options.Inputs,
    format: Annotated[
        Format,
        typer.Option(
            "--format", help="One JSON record a document; for people a table of facts, or the article with everything marked on it (one input)."
        ),
    ] = Format.jsonl,
    model: options.Model = None,
    ontology: options.OntologyFiles = None,
    published: options.Published = None,
    min_confidence: options.MinConfidence = 0.0,
    input_format: options.InputFormat = None,
    text_column: options.TextColumn = None,
    any_language: options.AnyLanguage = False,
    limit: options.Limit = options.LIMIT_MB,
    seconds: options.Seconds = options.SECONDS,
    allow_network: options.AllowNetwork = False,
    allow_private_network: options.AllowPrivate = False,
) -> None:
    """Print what articles say: a JSON record a document, a table, or a page.

    \b
    Example:
      kg extract article.txt --format table
      kg extract article.txt --format html
    """
    from kg.extract.limits import raise_refusal
    from kg.pipeline import records

    reading = options.Reading(
        inputs,
        published,
        input_format,
        limit,
        options.echo_error,
        text_column,
        options.network(allow_network, allow_private_network),
        any_language,
    )
    documents: Iterable[Document] = reading.documents()
    if format is Format.html:
        documents = [_single(documents)]
    refuse = raise_refusal if format is Format.html else reading.refuse
    extractor = options.extractor(model, ontology)
    extractions = records(documents, extractor=extractor, min_confidence=min_confidence, refuse=refuse, seconds=seconds)
    if format is Format.table:
        from kg.cli.tables import console, facts_table
        from kg.graph.facts import facts_of

        console().print(facts_table(fact for extraction in extractions for fact in facts_of(extraction)))
    elif format is Format.html:
        from kg.graph import vocabulary
        from kg.web.article import page

        labels = vocabulary.labels_of(vocabulary.quads(tuple(ontology or ())))
        for document, extraction in zip(documents, extractions, strict=True):
            sys.stdout.write(page(document, extraction, labels))
    else:
        for extraction in extractions:
            sys.stdout.write(json.dumps(extraction.to_json(), ensure_ascii=False) + "\n")
    reading.finish()


def _single(documents: Iterable[Document]) -> Document:
    """The one document; a page shows no more. Raises InputError when there are others, or none."""
    found = list(islice(documents, 2))
    if len(found) != 1:
        raise InputError(f"--format html draws one article, but the input has {'several' if found else 'none'}; name a single one")
    return found[0]
