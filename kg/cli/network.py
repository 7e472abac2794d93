"""`kg network`: projections of the graph as networks."""

import sys
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from kg.cli import networks, tables
from kg.cli import store as stores
from kg.errors import QueryError

_SHOWN = ("source", "relation", "target", "weight", "modality", "when", "documents")
_COLUMNS = (
    *("source", "relation", "target", "weight", "sign", "modality", "confidence", "start", "end", "via", "sources", "sentence"),
    *("documents", "source_id", "target_id", "id"),
)


def command(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME | FILE.rq", help="A projection, or a file with a query of your own. Without: lists them.")
    ] = None,
    modality: networks.Modalities = None,
    min_confidence: networks.MinConfidence = 0.0,
    since: networks.Since = None,
    until: networks.Until = None,
    param: networks.Param = None,
    around: networks.Around = None,
    radius: networks.Radius = 1,
    top: Annotated[int, typer.Option("--top", metavar="NUMBER", min=1, help="Rows of a table; csv, tsv, json and jsonl have all.")] = 50,
    format: Annotated[str, typer.Option("--format", metavar="NAME", help=f"table, {', '.join(tables.ROWS)}.")] = "table",
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """See the graph as a network: who is tied to whom by facts, conflict, speech, documents, offices, places or events.

    \b
    Examples:
      kg network conflict --from 2020-01 --modality actual
      kg network together --top 20
      kg network facts --format csv > ties.csv
    """
    if format not in ("table", *tables.ROWS):
        raise QueryError(f"no format {format!r}; choose one of: table, {', '.join(tables.ROWS)}")
    if name is None:
        _list()
        return
    with stores.reading(store) as opened:
        graph = networks.Wanted(name, modality, min_confidence, since, until, param, around, radius).of(opened)
    label = {node: data["label"] for node, data in graph.nodes(data=True)}
    edges = [
        {"source": label[source], "target": label[target], "source_id": source, "target_id": target, "id": key, **data}
        for source, target, key, data in graph.edges(keys=True, data=True)
    ]
    edges.sort(key=_order)
    if format != "table":
        sys.stdout.write(tables.rows(_COLUMNS, edges if "json" in format else [_row(edge) for edge in edges], format))
        return
    output = tables.console()
    # The names of the two ends are worth more than the last column.
    fewer = -1 if output.width < tables.NARROW else None
    if edges:
        output.print(tables.table(_SHOWN[:fewer], [_cells(edge)[:fewer] for edge in edges[:top]], spaced=False))
    more = f"; the first {top} shown, --top shows more" if len(edges) > top else ""
    more += f"; a wider terminal, or --format csv, shows {_SHOWN[-1]}" if edges and fewer else ""
    typer.echo(f"{len(graph)} nodes, {len(edges)} edge{'' if len(edges) == 1 else 's'}{more}", err=True)


def _order(edge: Mapping[str, Any]) -> tuple[Any, ...]:
    """The strongest and most told first."""
    return -edge["weight"], -len(_documents(edge)), edge["source"], edge["target"], edge["relation"], edge["id"]


def _row(edge: Mapping[str, Any]) -> dict[str, Any]:
    return {"documents": _documents(edge), **{column: edge.get(column, "") for column in _COLUMNS if column != "documents"}}


def _cells(edge: Mapping[str, Any]) -> list[str]:
    sign = {1: " (+)", -1: " (−)"}.get(edge.get("sign", 0), "")
    days = dict.fromkeys(filter(None, (edge.get("start"), edge.get("end"))))
    told = (edge["source"], edge["label"] + sign, edge["target"], f"{edge['weight']:g}", edge.get("modality", ""))
    return [*told, " – ".join(days), str(len(_documents(edge)))]


def _documents(edge: Mapping[str, Any]) -> list[str]:
    return list(edge.get("documents") or filter(None, [edge.get("document")]))


def _list() -> None:
    from kg.network.projection import projections

    rows = [(query.name, query.summary) for query in projections().values()]
    tables.console().print(tables.table(("name", "network"), rows, spaced=False))
