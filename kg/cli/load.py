"""`kg load`: extraction records into the store."""

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import interruption, options, tables
from kg.cli import store as stores

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.model import Extraction


def command(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="EXTRACTIONS.jsonl", help='Records as kg extract prints them (also .gz); "-" is standard input.', show_default=False),
    ],
    store: stores.StorePlace = stores.DEFAULT,
    ontology: Annotated[
        list[Path] | None, typer.Option("--ontology", metavar="FILE", help="Turtle with relations of your own that the records use; repeatable.")
    ] = None,
    knowledge: options.KnowledgeFile = None,
) -> None:
    """Store extraction records, in place of earlier ones of the same documents. A bad line is told, the others are stored.

    \b
    Example:
      kg extract articles/ | kg load -
    """
    from kg import pipeline
    from kg.graph import knowledge as bases
    from kg.graph.store import Store

    loading = Loading()
    base = None if knowledge is None else bases.load(knowledge)
    with interruption.resumable(store):
        records = loading.extractions(files)
        if stores.is_new(store):
            records = loading.begun(records)
        with Store.open(store, ontology=ontology or ()) as opened:
            changed = pipeline.load(records, opened, knowledge=base, on_error=loading.report)
    typer.echo(f"{loading.records} record{'' if loading.records == 1 else 's'}, {changed} changed in {opened.path}")
    if loading.errors:
        raise typer.Exit(1)


class Loading:
    """Knows which line is being read, to name it when it is bad."""

    def __init__(self) -> None:
        self.place = ""
        self.records = 0
        self.errors = 0

    def extractions(self, files: list[Path]) -> Iterator["Extraction"]:
        """The records of the files."""
        from kg.errors import InputError
        from kg.graph import jsonl

        for file in files:
            lines = sys.stdin.buffer if str(file) == "-" else jsonl.lines(file)
            try:
                for number, extraction in jsonl.read(lines, lambda number, error, file=file: self._tell(f"{file}:{number}", error)):  # type: ignore[misc]
                    self.place = f"{file}:{number}"
                    self.records += 1
                    yield extraction
            except InputError as error:
                self.errors += 1
                typer.echo(f"kg: {tables.shown(str(error))}", err=True)

    def begun(self, records: Iterator["Extraction"]) -> Iterator["Extraction"]:
        """The same records, the first of them read; ends the command where none can be, before a store is made for them."""
        first = next(records, None)
        if first is None and self.errors:
            raise typer.Exit(1)
        return records if first is None else chain((first,), records)

    def report(self, error: "KgError") -> None:
        """A record that could be read but not be made a graph."""
        self.records -= 1
        self._tell(self.place, error)

    def _tell(self, place: str, error: "KgError") -> None:
        self.errors += 1
        typer.echo(f"kg: {tables.shown(f'{place}: {error}')}", err=True)
