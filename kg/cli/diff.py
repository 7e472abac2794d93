"""`kg diff`: two graphs told apart by their facts."""

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import tables

if TYPE_CHECKING:
    from kg.graph.diff import Change, Difference

HELP = "A store (directory or address), an export (.nq, .trig), or records of kg extract (.jsonl)."


class Format(StrEnum):
    """How the difference is printed."""

    text = "text"
    json = "json"


def command(
    one: Annotated[str, typer.Argument(metavar="A", help=HELP, show_default=False)],
    other: Annotated[str, typer.Argument(metavar="B", help="What to compare it with, of the same kinds.", show_default=False)],
    format: Annotated[Format, typer.Option("--format", help="Lines for people, or JSON.")] = Format.text,
) -> None:
    """Tell two graphs or builds apart: facts that are gone (-), new (+) or told in another way (~). Exit status 1 when there are any.

    \b
    Examples:
      kg diff monday.nq tuesday.nq
      kg diff monday.jsonl tuesday.jsonl --format json
    """
    from kg.graph.diff import diff, read

    found = diff(read(one), read(other))
    if format is Format.json:
        sys.stdout.write(json.dumps({**asdict(found), "empty": found.empty}, ensure_ascii=False, indent=2) + "\n")
    else:
        _print(found)
    if not found.empty:
        raise typer.Exit(1)


def _print(found: "Difference") -> None:
    for mark, documents in (("-", found.documents_gone), ("+", found.documents_new), ("~", found.documents_changed)):
        for document in documents:
            typer.echo(f"{mark} document {tables.shown(document)}{', another text' if mark == '~' else ''}")
    for change in found.changes:
        typer.echo(_line(change))
    counts = {kind: sum(change.kind == kind for change in found.changes) for kind in ("gone", "new", "changed")}
    typer.echo(", ".join(f"{number} {kind}" for kind, number in counts.items()) + f", {found.same} the same", err=True)


def _line(change: "Change") -> str:
    fact, mark = change.fact, {"gone": "-", "new": "+", "changed": "~"}[change.kind]
    told = " ".join(tables.shown(part) for part in (fact.subject or "?", fact.relation, fact.object or "?"))
    modality = "" if fact.modality == "actual" else f" ({tables.shown(fact.modality)})"
    how = "".join(f"\n    {name}: {_value(before)} → {_value(after)}" for name, before, after in change.fields)
    return f"{mark} {told}{modality}  [{tables.shown(fact.document)} {fact.start}–{fact.end}] {tables.shown(fact.sentence)}{how}"


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_value, value)) or "nothing"
    return "nothing" if value is None else tables.shown(str(value))
