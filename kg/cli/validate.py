"""`kg validate`: does the graph have the form it should have?"""

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from kg.cli import store as stores
from kg.cli import tables


class Format(StrEnum):
    """How the report is printed."""

    table = "table"
    json = "json"


def command(
    format: Annotated[Format, typer.Option("--format", help="A table for people, or JSON.")] = Format.table,
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """Check the graph by its SHACL shapes and check queries; exit status 1 when something is wrong.

    \b
    Example:
      kg validate --store kg-store
    """
    from kg.graph.shapes import validate

    with stores.reading(store) as opened:
        report = validate(opened)
    if format is Format.json:
        sys.stdout.write(json.dumps({"conforms": report.conforms, **asdict(report)}, ensure_ascii=False, indent=2) + "\n")
    elif report.conforms:
        typer.echo(f"{report.documents} document{'' if report.documents == 1 else 's'} checked, all is well")
    else:
        rows = [(violation.node, violation.message, violation.value or "") for violation in report.violations]
        tables.console().print(tables.table(("node", "what is wrong", "found"), rows))
    if not report.conforms:
        typer.echo(f"{len(report.violations)} violations in {report.documents} documents", err=True)
        raise typer.Exit(1)
