"""`kg judgements`: what people have decided about identity, listed, written to a file and read from one."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import judging, tables
from kg.cli import store as stores


def command(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE.jsonl", help="Judgements to add, as -o writes them; without it they are listed.", show_default=False),
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the judgements of people to a file.")] = None,
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """List the judgements of people, write them to a file, or add those of a file. A contradiction is told and left out, exit status 1.

    \b
    Examples:
      kg judgements -o judgements.jsonl
      kg judgements judgements.jsonl
    """
    from kg.errors import InputError
    from kg.graph import files
    from kg.graph import judging as library
    from kg.identity.judgements import from_lines, to_lines

    refused = 0
    with judging.opened(store, read_only=file is None) as identities:
        if file is not None:
            try:
                told = list(from_lines(file.read_text(encoding="utf-8").splitlines(), str(file)))
            except (OSError, UnicodeDecodeError) as error:
                raise InputError(f"{file}: can't be read ({getattr(error, 'strerror', None) or 'not UTF-8'})") from error
            added = list(library.bring(identities, told))
            for _, refusal in added:
                if refusal:
                    refused += 1
                    typer.echo(f"kg: {tables.shown(str(refusal))}", err=True)
            waiting = identities.registry.waiting()
            rest = f", {waiting} waiting for an entity of that name" if waiting else ""
            typer.echo(f"{_counted(len(added) - refused)} added, {refused} refused{rest}")
        known = library.judgements(identities)
        if output is not None:
            with files.replacing(output) as target:
                target.write("".join(to_lines(known)).encode("utf-8"))
            typer.echo(f"{_counted(len(known))} written to {output}")
        elif file is None:
            for judgement in known:
                typer.echo(judging.line(judgement))
            typer.echo(_counted(len(known)), err=True)
    if refused:
        raise typer.Exit(1)


def _counted(number: int) -> str:
    return f"{number} judgement{'' if number == 1 else 's'}"
