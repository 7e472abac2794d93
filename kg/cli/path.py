"""`kg path`: how two entities are connected."""

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli import networks, tables
from kg.cli import store as stores
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.network.paths import Path

_FORMATS = ("table", "json", "jsonl")
_DOCUMENTS = 3


def command(
    one: Annotated[str, typer.Argument(metavar="ENTITY", help="The one end: a name, alias or id.", show_default=False)],
    other: Annotated[str, typer.Argument(metavar="ENTITY", help="The other end.", show_default=False)],
    every: Annotated[bool, typer.Option("--all", help="All paths, not only the shortest.")] = False,
    longest: Annotated[int, typer.Option("--longest", metavar="NUMBER", min=1, help="With --all: the most ties that a path may have.")] = 4,
    top: Annotated[int, typer.Option("--top", metavar="NUMBER", min=1, help="How many paths are shown.")] = 10,
    projection: Annotated[str, typer.Option("--projection", metavar="NAME", help="The network; see kg network.")] = "facts",
    modality: networks.Ties = None,
    min_confidence: networks.MinConfidence = 0.0,
    since: networks.Since = None,
    until: networks.Until = None,
    param: networks.Param = None,
    format: Annotated[str, typer.Option("--format", metavar="NAME", help=f"{', '.join(_FORMATS)}.")] = "table",
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """Tell how two entities are connected: each path in sentences, with those that prove it.

    \b
    Examples:
      kg path "Qassem Soleimani" Turkey
      kg path Iran Iraq --all --longest 3
    """
    from kg.network import paths

    if format not in _FORMATS:
        raise QueryError(f"no format {format!r}; choose one of: {', '.join(_FORMATS)}")
    wanted = networks.Wanted(projection, modality or networks.ACTUAL, min_confidence, since, until, param)
    with stores.reading(store) as opened:
        ends = networks.idents(opened, one), networks.idents(opened, other)
        graph = wanted.of(opened)
    if len({*ends[0], *ends[1]}) == 1:
        raise QueryError(f"{one!r} and {other!r} are one entity; name two")
    found = paths.simple_paths(graph, *ends, longest=longest, number=top + 1) if every else paths.shortest(graph, *ends)
    more, found = len(found) > top, found[:top]
    if format == "table":
        for number, path in enumerate(found, 1):
            _tell(number, path)
        least = 0 if found or not every else next((len(path.steps) for path in paths.shortest(graph, *ends)), 0)
        longer = f" of at most {longest} ties in {projection}; --longest {least} finds some" if least else ""
        rest = ", --top shows more" if more else "" if found else longer or f" in {projection}; see kg network for others"
        typer.echo(f"{len(found)} path{'' if len(found) == 1 else 's'}{rest}", err=True)
    else:
        sys.stdout.write(tables.rows(("text",), [_row(path) for path in found], format))


def _row(path: "Path") -> dict[str, Any]:
    steps = [{**asdict(step), "text": step.text} for step in path.steps]
    return {"text": path.text, "confidence": path.confidence, "nodes": list(path.nodes), "steps": steps}


def _tell(number: int, path: "Path") -> None:
    """The path, and below it each sentence that proves a tie, once, with the documents that tell the tie."""
    typer.echo(tables.shown(f"{number}. {path.text}"))
    for sentence, documents in dict.fromkeys((step.sentence, step.documents) for step in path.steps):
        if sentence:
            typer.echo(f"     “{tables.shown(sentence)}”")
        more = f" and {len(documents) - _DOCUMENTS} more" if len(documents) > _DOCUMENTS else ""
        typer.echo(f"     {tables.shown(', '.join(documents[:_DOCUMENTS]))}{more}")
