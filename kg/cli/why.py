"""`kg why`: why an entity is what it is."""

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import judging, tables
from kg.cli import store as stores

if TYPE_CHECKING:
    from kg.graph.judging import Explanation


class Format(StrEnum):
    """How the explanation is printed."""

    text = "text"
    json = "json"


def command(
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="A name, alias, id or IRI.", show_default=False)],
    format: Annotated[Format, typer.Option("--format", help="Text for people, or JSON.")] = Format.text,
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """Explain an entity: every mention with its offsets, every name, and which rule or judgement joined them.

    \b
    Example:
      kg why "Qassem Soleimani"
    """
    from kg.graph import judging as library

    with judging.opened(store, read_only=True) as identities:
        found = library.why(identities, entity)
    if format is Format.json:
        sys.stdout.write(json.dumps([asdict(explanation) for explanation in found], ensure_ascii=False, indent=2) + "\n")
        return
    for explanation in found:
        _print(explanation)


def _print(explanation: "Explanation") -> None:
    typer.echo(f"{tables.shown(explanation.name)}  {explanation.id}")
    for judgement in explanation.judgements:
        if judgement.by.startswith("rule"):
            typer.echo(f"  joined {judgement.one} and {judgement.other} by {tables.shown(judgement.reason)}")
        else:
            typer.echo(f"  judged {judging.line(judgement)}")
    for part in explanation.parts:
        if len(explanation.parts) > 1:
            typer.echo(f"  {part.id}")
        for sighting in part.sightings:
            title = f", {tables.shown(sighting.title)}" if sighting.title else ""
            typer.echo(f"    {tables.shown(sighting.name)} in {tables.shown(sighting.document)}{title}")
            for mention in sighting.mentions:
                typer.echo(f"      {mention.start}–{mention.end} {mention.kind}: {tables.shown(mention.text)}")
