"""`kg history`: what was said and is said no more."""

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import store as stores
from kg.cli import tables

if TYPE_CHECKING:
    from kg.graph.facts import Fact


class Format(StrEnum):
    """How the history is printed."""

    text = "text"
    json = "json"


def command(
    what: Annotated[
        str, typer.Argument(metavar="ENTITY | CLAIM", help="An entity's name, alias, id or IRI; a claim's id or IRI.", show_default=False)
    ],
    format: Annotated[Format, typer.Option("--format", help="Lines for people, or JSON.")] = Format.text,
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """Tell what documents said of an entity and no longer say, or what became of a claim: retracted, revised, and what stands today.

    \b
    Example:
      kg history "Qassem Soleimani"
    """
    from kg.graph.history import history

    with stores.reading(store) as opened:
        found = history(opened, what)
    if format is Format.json:
        sys.stdout.write(json.dumps(asdict(found), ensure_ascii=False, indent=2) + "\n")
        return
    for change in found.changes:
        typer.echo(f"{change.number}: {change.kind} of {tables.shown(change.document)}")
        for fact in change.facts:
            typer.echo(f"  - {_line(fact)}")
    typer.echo("stands today" if found.standing else "nothing stands today")
    for fact in found.standing:
        typer.echo(f"    {_line(fact)}")


def _line(fact: "Fact") -> str:
    told = " ".join(tables.shown(part) for part in (fact.subject or "?", fact.relation, fact.object or "?"))
    modality = "" if fact.modality == "actual" else f" ({tables.shown(fact.modality)})"
    return f"{told}{modality}  [{tables.shown(fact.document)} {fact.start}–{fact.end}] {tables.shown(fact.sentence)}"
