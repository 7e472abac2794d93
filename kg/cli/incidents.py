"""`kg incidents`: happenings that several articles report."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli import judging, tables
from kg.cli import store as stores
from kg.errors import QueryError

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from kg.identity.incidents import Disagreement, Incident


def command(
    reports: Annotated[int, typer.Option("--reports", metavar="NUMBER", min=1, help="Only those that so many articles report.")] = 2,
    disputed: Annotated[bool, typer.Option("--disputed", help="Only those that reports disagree on.")] = False,
    format: Annotated[str, typer.Option("--format", metavar="NAME", help=f"table, {', '.join(tables.ROWS)}.")] = "table",
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """Find events that several articles tell of: how many reports, how many independent ones, and what they disagree on.

    They are written to the store too, where kg query incidents and kg query disagreements find them.

    \b
    Example:
      kg incidents --disputed
    """
    from kg.graph import incidents as library

    if format not in ("table", *tables.ROWS):
        raise QueryError(f"no format {format!r}; choose one of: table, {', '.join(tables.ROWS)}")
    with judging.opened(store) as identities:
        every = library.find(identities.store)
        library.write(identities.store, every)
        names = library.called(identities.store)
    found = [each for each in every if len(each.documents) >= reports and (each.disagreements or not disputed)]
    rows = [_row(each, names) for each in found]
    if format != "table":
        sys.stdout.write(tables.rows(_COLUMNS, rows, format))
        return
    if rows:
        tables.console().print(_table(rows))
    typer.echo(f"{len(rows)} incident{'' if len(rows) == 1 else 's'}", err=True)


_COLUMNS = ("event", "time", "who and what", "reports", "independent", "disagreement", "sentence", "documents")
_LINE = ("event", "time", "reports", "independent", "who and what")


def _row(each: "Incident", names: dict[str, str]) -> dict[str, Any]:
    first = each.reports[0]
    roles = {role: sorted({ident for report in each.reports for ident in report.roles.get(role, ())}) for role in ("agent", "target", "place")}
    return {
        "event": each.type,
        "time": min((report.time for report in each.reports if report.time), default=first.published or ""),
        "who and what": "; ".join(f"{role} {', '.join(names.get(i, i) for i in found)}" for role, found in roles.items() if found),
        "reports": str(len(each.documents)),
        "independent": str(each.independent),
        "disagreement": [_disagreement(found, names) for found in each.disagreements],
        "sentence": first.sentence,
        "documents": list(each.documents),
    }


_WIDTHS = {"time": 10, "reports": 7, "independent": 11}


def _table(rows: list[dict[str, Any]]) -> "RenderableType":
    """A line for each incident, what reports disagree on and a sentence below it: side by side they need more than a terminal has."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    blocks: list[RenderableType] = [_grid(rows)]
    for row in rows:
        line = _grid(rows)
        line.show_header = line.show_edge = False
        line.add_row(*(Text(tables.shown(row[column])) for column in _LINE))
        below = [Text(tables.shown(found), style="yellow") for found in row["disagreement"]]
        blocks += [Padding(line, (0, 1)), *(Padding(text, (0, 1, 0, 3)) for text in below)]
        blocks.append(Padding(Text(tables.shown(row["sentence"]), style="dim"), (0, 1, 1, 3)))
    return Group(*blocks)


def _grid(rows: list[dict[str, Any]]) -> "Table":
    """Numbers, times and kinds of events stay whole; who and what have the rest of the line."""
    grid = tables.grid()
    grid.expand = True
    grid.add_column("event", width=max((len(row["event"]) for row in rows), default=5), overflow="fold")
    for column in _LINE[1:]:
        if column in _WIDTHS:
            grid.add_column(column, width=_WIDTHS[column], overflow="fold")
        else:
            grid.add_column(column, ratio=1, overflow="fold")
    return grid


def _disagreement(found: "Disagreement", names: dict[str, str]) -> str:
    """ "deathCount: 9 (a) / 12 (b, c)"."""
    return f"{found.aspect}: " + " / ".join(f"{names.get(value, value)} ({', '.join(documents)})" for value, documents in found.values)
