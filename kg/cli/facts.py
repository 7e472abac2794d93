"""`kg facts`: what the documents say, as a table."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from kg.cli import store as stores
from kg.cli import tables


class Format(StrEnum):
    """How facts are printed."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    jsonl = "jsonl"


class Modality(StrEnum):
    """How the text presents a claim."""

    actual = "actual"
    negated = "negated"
    possible = "possible"


def command(
    entity: Annotated[str | None, typer.Option("--entity", metavar="NAME", help="Facts about this entity.")] = None,
    relation: Annotated[str | None, typer.Option("--relation", metavar="NAME", help="Facts of this relation and those below it.")] = None,
    modality: Annotated[Modality | None, typer.Option("--modality", help="Facts of this modality.")] = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="TEXT", help="Documents with this id, or this text in id, title or source.")
    ] = None,
    source: Annotated[str | None, typer.Option("--source", metavar="NAME", help="What this entity says.")] = None,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", metavar="0..1", min=0, max=1, help="Facts that are at least so certain.")
    ] = 0.0,
    belief: Annotated[
        bool, typer.Option("--belief", help="How far to believe each: the independent voices for and against it, as kg beliefs weighs them.")
    ] = False,
    format: Annotated[Format, typer.Option("--format", help="A table for people, or rows for programs.")] = Format.table,
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """List what the documents say: subject, relation, object, modality, who says so, and the sentence.

    \b
    Examples:
      kg facts --entity Iran --modality possible
      kg facts --relation attacked --format csv
      kg facts --entity Iran --belief
    """
    from kg.graph import corroboration, names, vocabulary
    from kg.graph.facts import facts

    with stores.reading(store) as opened:
        for name in (entity, source):
            if name is not None:
                names.require(opened, name)
        if relation is not None:
            relation = vocabulary.find(opened.inner, relation)
        found = facts(
            opened,
            entity=entity,
            relation=relation,
            modality=modality,
            document=document,
            source=source,
            min_confidence=min_confidence,
        )
        beliefs = corroboration.of(opened, found) if belief else None
    if format is not Format.table:
        sys.stdout.write(tables.facts_rows(found, format, beliefs))
    else:
        tables.print_facts(found, beliefs)
    typer.echo(f"{len(found)} fact{'' if len(found) == 1 else 's'}", err=True)
