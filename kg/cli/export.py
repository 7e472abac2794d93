"""`kg export`: the graph as a file."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import networks
from kg.cli import store as stores
from kg.errors import FormatError


def _columns(wanted: bool) -> None:
    """Prints what the columns of event rows hold, and ends."""
    if wanted:
        from kg.cli import tables
        from kg.exporters.events import COLUMNS

        tables.console().print(tables.table(("column", "holds"), COLUMNS.items(), spaced=False))
        raise typer.Exit


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help='Where to write; "-" is standard output.', show_default=False)],
    format: Annotated[str | None, typer.Option("--format", metavar="NAME", help="The format, whatever the suffix says.")] = None,
    projection: networks.Projection = networks.ALL_CLAIMS,
    modality: networks.Modalities = None,
    min_confidence: networks.MinConfidence = 0.0,
    since: networks.Since = None,
    until: networks.Until = None,
    param: networks.Param = None,
    around: networks.Around = None,
    radius: networks.Radius = 1,
    analyze: Annotated[
        str | None, typer.Option("--analyze", metavar="MEASURES", help="Write measures onto nodes: all, or pagerank,communities,…; see kg analyze.")
    ] = None,
    report: Annotated[bool, typer.Option("--report", help="Tell what the format couldn't keep, on standard error.")] = False,
    rdf12: Annotated[
        bool, typer.Option("--rdf12", help="Claims as RDF 1.2 reifiers (claim rdf:reifies <<( s p o )>>); turtle, trig, ntriples, nquads.")
    ] = False,
    infer: Annotated[
        bool, typer.Option("--infer", help="Add what follows by the rules of ontology/rules, as a graph of its own: in nquads and trig only.")
    ] = False,
    beliefs: Annotated[
        bool, typer.Option("--beliefs", help="Add the voices for and against each fact, as a graph of its own: in nquads and trig only.")
    ] = False,
    columns: Annotated[bool, typer.Option("--columns", is_eager=True, callback=_columns, help="Tell what the columns of event rows hold.")] = False,
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """Write the graph to a file; the suffix says the format.

    The whole graph: .ttl .trig .nt .nq .jsonld .rdf .anno.jsonld. A network, of all claims between two entities unless another is named:
    .graphml (networkx, igraph), .gexf (Gephi), .yed.graphml, .cx2 and .cyjs (Cytoscape), .graphology.json (sigma.js), .dot, .gml,
    .net (Pajek), .neo4j.zip, .csv.zip, .parquet.zip, .sqlite, .jgf. What each viewer keeps: kg/exporters/README.md.
    Events for political science, a row a happening with codes of PLOVER and CAMEO: .csv, see --columns.

    \b
    Examples:
      kg export graph.ttl
      kg export - --format nquads | gzip > graph.nq.gz
      kg export graph.trig --rdf12
      kg export --infer --beliefs graph.trig
      kg export conflict.gexf --projection conflict --modality actual --from 2020-01 --report
      kg export iran.graphml --projection facts --around Iran --analyze pagerank,communities
      kg export events.csv --from 2020 --report
    """
    from kg import exporters
    from kg.graph import files

    to_terminal = str(file) == "-"
    chosen = exporters.find(None if to_terminal else file, format)
    for name in [option for option, asked in (("--infer", infer), ("--beliefs", beliefs)) if asked and not chosen.graphs]:
        raise FormatError(f"{name}: {chosen.name} can't keep it apart from what was said; choose nquads or trig")
    if not to_terminal:
        files.check(file)
    wanted = networks.Wanted(projection, modality, min_confidence, since, until, param, around, radius)
    if not chosen.of_networks and ((report and not chosen.dated) or analyze or not wanted.whole):
        known = ", ".join(name for name, each in exporters.formats().items() if each.of_networks)
        raise FormatError(f"{chosen.name} holds the graph itself, not a network, and loses nothing; for a network take one of: {known}")
    with stores.reading(store) as opened:
        graph = wanted.of(opened) if chosen.of_networks else None
        if graph is not None and analyze:
            from kg.network.analysis import annotate

            # As in kg analyze: what is denied or only possible is no tie, unless it is asked for.
            annotate(graph, analyze.replace(" ", "").split(","), modality=modality or networks.ACTUAL)
        # Events between two dates keep what is told at other times of those who take part.
        claims = replace(wanted, since=None, until=None) if chosen.dated else wanted
        source = opened if chosen.of_networks else claims.part(opened)
        place = sys.stdout.buffer if to_terminal else file
        for add in [each for each, asked in ((stores.reasoned, infer), (stores.weighed, beliefs)) if asked]:
            source = add(source)
        left_out = exporters.export(source, place, chosen.name, rdf12=rdf12, graph=graph, since=since, until=until)
    if not to_terminal:
        typer.echo(f"written to {file} ({chosen.name})", err=True)
    if report:
        from kg.exporters._report import losses

        for line in (losses(graph, chosen) if graph is not None else left_out) or ["nothing is lost"]:
            typer.echo(line, err=True)
