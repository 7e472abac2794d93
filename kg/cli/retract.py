"""`kg retract`: documents taken back."""

from typing import Annotated

import typer

from kg.cli import judging, tables
from kg.cli import store as stores


def command(
    documents: Annotated[
        list[str],
        typer.Argument(metavar="DOCUMENT", help="Its id, or the path or address it came from: then all that came from there.", show_default=False),
    ],
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """Take documents back: what no other document supports is gone from the graph. What they said stays in the history (kg history).
    One that is unknown is told, the others are taken back.

    \b
    Example:
      kg retract agency/3
    """
    from kg.errors import QueryError
    from kg.graph.history import meant

    unknown = 0
    with judging.opened(store) as identities:
        for text in documents:
            try:
                found = meant(identities.store, text)
            except QueryError as error:
                # When an interrupted command is given again, the first of several are gone already.
                unknown += 1
                typer.echo(f"kg: {tables.shown(str(error))}", err=True)
                continue
            for ident in found:
                identities.retract(ident)
                typer.echo(f"retracted {tables.shown(ident)}")
    if unknown:
        raise typer.Exit(1)
