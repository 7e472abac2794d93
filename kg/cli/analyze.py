"""`kg analyze`: who matters, who connects, which camps there are, what changed."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli import networks, tables
from kg.cli import store as stores
from kg.errors import FormatError, QueryError

if TYPE_CHECKING:
    import networkx as nx

    from kg.network.results import Result

_WHAT = "centrality, communities, components, brokers, bridges, balance, windows, motifs, similarity. Without: an overview."
_LONGEST_LIST = 4


def command(
    what: Annotated[str | None, typer.Argument(metavar="WHAT", help=_WHAT, show_default=False)] = None,
    entities: Annotated[
        list[str] | None, typer.Argument(metavar="ENTITY", help="For similarity: one, or two to compare.", show_default=False)
    ] = None,
    projection: Annotated[
        str | None, typer.Option("--projection", metavar="NAME", help="The network; facts, for balance conflict; see kg network.")
    ] = None,
    modality: networks.Ties = None,
    min_confidence: networks.MinConfidence = 0.0,
    since: networks.Since = None,
    until: networks.Until = None,
    param: networks.Param = None,
    around: networks.Around = None,
    radius: networks.Radius = 1,
    by: Annotated[str | None, typer.Option("--by", metavar="COLUMN", help="The column that decides the order, the highest first.")] = None,
    top: Annotated[int, typer.Option("--top", metavar="NUMBER", min=1, help="Rows of a table; csv, tsv, json and jsonl have all.")] = 10,
    format: Annotated[str, typer.Option("--format", metavar="NAME", help=f"table, {', '.join(tables.ROWS)}.")] = "table",
    triples: Annotated[
        Path | None, typer.Option("--triples", metavar="FILE", help="Write all measures as triples with their provenance: .ttl .nt .nq .trig")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Write all measures into the store, in a graph of their own.")] = False,
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """Analyse the network: who matters, who connects, which camps there are, what changed.

    Only what is told as having happened counts as a tie, unless --modality asks for more.

    \b
    Examples:
      kg analyze
      kg analyze centrality --by betweenness --projection speaks-about
      kg analyze windows --around Iran --format json
      kg analyze similarity Iran Turkey
    """
    from kg.network import results

    if format not in ("table", *tables.ROWS):
        raise QueryError(f"no format {format!r}; choose one of: table, {', '.join(tables.ROWS)}")
    if what is not None and what not in results.ANALYSES:
        raise QueryError(f"no analysis called {what!r}; choose one of: {', '.join(results.ANALYSES)}")
    if triples is not None:
        _rdf_format(triples)
    named = projection or ("conflict" if what == "balance" else "facts")
    wanted = networks.Wanted(named, modality or networks.ACTUAL, min_confidence, since, until, param, around, radius)
    with stores.reading(store) as opened:
        nodes = [networks.idents(opened, text) for text in entities or ()]
        graph = wanted.of(opened)
    found = [results.analyse(graph, name, nodes) for name in ([what] if what else results.OVERVIEW)]
    for each in found:
        _sort(each, by)
    if format == "table":
        typer.echo(f"{graph.graph['title']}\n{len(graph)} nodes, {graph.number_of_edges()} ties", err=True)
        for each in found:
            _print(each, top)
    else:
        _write_rows(found, format)
    if triples is not None or write:
        _keep(graph, triples, store if write else None)


def _sort(result: "Result", by: str | None) -> None:
    if by is None:
        return
    if by not in result.columns:
        raise QueryError(f"{result.name} has no column {by!r}; choose one of: {', '.join(result.columns)}")
    result.rows.sort(key=lambda row: row[by] if isinstance(row[by], int | float) else 0, reverse=True)


def _print(result: "Result", top: int) -> None:
    if result.note:
        typer.echo(result.note, err=True)
    if result.rows:
        # The last windows, and the first of everything else.
        shown = result.rows[-top:] if result.name == "windows" else result.rows[:top]
        output = tables.console()
        rows = [[_cell(row[column]) for column in result.columns] for row in shown]
        fits = tables.fitting(result.columns, rows, output.width)
        output.print(f"\n{result.title}")
        output.print(tables.table(result.columns[:fits], [row[:fits] for row in rows], spaced=False))
        if fits < len(result.columns):
            typer.echo(f"a wider terminal, or --format csv, shows {', '.join(result.columns[fits:])}", err=True)
    more = f" of {len(result.rows)}, --top shows more" if len(result.rows) > top else ""
    typer.echo(f"{result.name}: {min(top, len(result.rows))}{more}", err=True)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        rest = f" and {len(value) - _LONGEST_LIST} more" if len(value) > _LONGEST_LIST else ""
        return ", ".join(map(str, value[:_LONGEST_LIST])) + rest
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _write_rows(found: Sequence["Result"], format: str) -> None:
    if len(found) == 1:
        columns = list(dict.fromkeys((*found[0].columns, *(name for row in found[0].rows for name in row))))
        sys.stdout.write(tables.rows(columns, found[0].rows, format))
    elif format == "json":
        sys.stdout.write(json.dumps({each.name: each.rows for each in found}, ensure_ascii=False, indent=2) + "\n")
    else:
        raise QueryError(f"an overview is several tables; for {format} name one: {', '.join(each.name for each in found)}")


def _keep(graph: "nx.MultiDiGraph", file: Path | None, place: str | None) -> None:
    """Writes every measure as triples."""
    from kg.graph import files
    from kg.graph.store import Store
    from kg.network import measurements
    from kg.network.analysis import ALL, annotate

    annotate(graph, [ALL])
    if place is not None:
        with Store.open(place, create=False) as opened:
            number = measurements.write(opened, graph)
        typer.echo(f"{number} measures written to {place}", err=True)
    if file is not None:
        with files.replacing(file) as target:
            target.write(measurements.serialize(graph, _rdf_format(file)))
        typer.echo(f"written to {file}", err=True)


def _rdf_format(file: Path) -> Any:
    import pyoxigraph as ox

    if (found := ox.RdfFormat.from_extension(file.suffix.removeprefix("."))) is None:
        raise FormatError(f"{file}: no RDF format for the suffix {file.suffix!r}; choose one of: .ttl .nt .nq .trig")
    return found
