"""`kg undo`: a judgement of identity taken back."""

from typing import Annotated

import typer

from kg.cli import judging
from kg.cli import store as stores


def command(
    number: Annotated[int | None, typer.Argument(metavar="NUMBER", help="The judgement, as kg judgements numbers it; else the last.")] = None,
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """Take a judgement of identity back; the documents are as if it had never been made.

    \b
    Example:
      kg undo
    """
    from kg.graph import judging as library

    with judging.opened(store) as identities:
        typer.echo(f"taken back: {judging.line(library.undo(identities, number))}")
