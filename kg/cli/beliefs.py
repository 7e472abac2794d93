"""`kg beliefs`: facts with the voices for and against them."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli import judging, tables
from kg.cli import store as stores
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.graph.corroboration import Belief

_COLUMNS = ("subject", "relation", "object", "belief", "for", "against", "because", "documents")


def command(
    entity: Annotated[str | None, typer.Option("--entity", metavar="NAME", help="Facts about this entity.")] = None,
    voices: Annotated[int, typer.Option("--voices", metavar="NUMBER", min=0, help="Facts that at least so many independent voices tell.")] = 0,
    disputed: Annotated[bool, typer.Option("--disputed", help="Facts that somebody tells and somebody denies.")] = False,
    format: Annotated[str, typer.Option("--format", metavar="NAME", help=f"table, {', '.join(tables.ROWS)}.")] = "table",
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """Weigh each fact: the independent voices that tell it, those that deny it, and how far to believe it on that ground.

    Belief is (1 + for) / (2 + for + against). A voice is the source that is named, else the publisher; copies of a text, or of a
    sentence, are one voice. All beliefs are written to the store too, where kg query beliefs finds them.

    \b
    Example:
      kg beliefs --voices 2
    """
    from kg.graph import corroboration, names, records

    if format not in ("table", *tables.ROWS):
        raise QueryError(f"no format {format!r}; choose one of: table, {', '.join(tables.ROWS)}")
    with judging.opened(store) as identities:
        about = None if entity is None else {records.ident(node) for node in names.require(identities.store, entity)}
        every = corroboration.find(identities.store)
        corroboration.write(identities.store, every)
    found = [
        each
        for each in every
        if len(each.supporting) >= voices
        and (not disputed or (each.supporting and each.opposing))
        and (about is None or each.subject_id in about or each.object_id in about)
    ]
    rows = [_row(each) for each in found]
    if format != "table":
        sys.stdout.write(tables.rows(_COLUMNS, rows, format))
        return
    if rows:
        shown = ([str(row[column]) for column in _COLUMNS[:-1]] for row in rows)
        tables.console().print(tables.table(_COLUMNS[:-1], shown))
    typer.echo(f"{len(rows)} fact{'' if len(rows) == 1 else 's'}", err=True)


def _row(each: "Belief") -> dict[str, Any]:
    return {
        "subject": each.subject,
        "relation": each.relation,
        "object": each.object,
        "belief": each.degree,
        "for": len(each.supporting),
        "against": len(each.opposing),
        "because": each.reason,
        "documents": list(each.documents),
    }
