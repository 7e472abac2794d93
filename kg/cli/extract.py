"""`kg extract`: what articles say, without a store."""

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer

from kg.cli import options


class Format(StrEnum):
    """How extractions are printed."""

    jsonl = "jsonl"
    table = "table"


def command(
    inputs: options.Inputs,
    format: Annotated[Format, typer.Option("--format", help="One JSON record a document, or a table of facts for people.")] = Format.jsonl,
    model: options.Model = None,
    ontology: options.OntologyFiles = None,
    published: options.Published = None,
    min_confidence: options.MinConfidence = 0.0,
    input_format: options.InputFormat = None,
    limit: options.Limit = options.LIMIT_MB,
) -> None:
    """Print what articles say: a JSON record a document, or a table.

    \b
    Example:
      kg extract article.txt --format table
    """
    from kg.pipeline import records

    reading = options.Reading(inputs, published, input_format, limit, options.echo_error)
    documents = reading.documents()
    extractions = records(documents, extractor=options.extractor(model, ontology), min_confidence=min_confidence)
    if format is Format.table:
        from kg.cli.tables import console, facts_table
        from kg.graph.facts import facts_of

        console().print(facts_table(fact for extraction in extractions for fact in facts_of(extraction)))
    else:
        for extraction in extractions:
            sys.stdout.write(json.dumps(extraction.to_json(), ensure_ascii=False) + "\n")
    reading.finish()
