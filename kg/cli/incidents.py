"""`kg incidents`: happenings that several articles report."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli import judging, tables
from kg.cli import store as stores
from kg.errors import QueryError

if TYPE_CHECKING:
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
        shown = ([row[column] if isinstance(row[column], str) else "; ".join(row[column]) for column in _COLUMNS[:-1]] for row in rows)
        tables.console().print(tables.table(_COLUMNS[:-1], shown))
    typer.echo(f"{len(rows)} incident{'' if len(rows) == 1 else 's'}", err=True)


_COLUMNS = ("event", "time", "who and what", "reports", "independent", "disagreement", "sentence", "documents")


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


def _disagreement(found: "Disagreement", names: dict[str, str]) -> str:
    """ "deathCount: 9 (a) / 12 (b, c)"."""
    return f"{found.aspect}: " + " / ".join(f"{names.get(value, value)} ({', '.join(documents)})" for value, documents in found.values)
