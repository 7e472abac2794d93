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

    \b
    Example:
      kg retract agency/3
    """
    from kg.graph.history import meant

    with judging.opened(store) as identities:
        found = list(dict.fromkeys(ident for text in documents for ident in meant(identities.store, text)))
        for ident in found:
            identities.retract(ident)
            typer.echo(f"retracted {tables.shown(ident)}")
