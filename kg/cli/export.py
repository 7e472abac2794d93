"""`kg export`: the graph as a file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import store as stores
from kg.errors import FormatError


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help='Where to write; "-" is standard output.', show_default=False)],
    format: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="NAME", help="turtle, trig, ntriples, nquads, jsonld, rdfxml, graphml, webannotation; by suffix when left out."
        ),
    ] = None,
    rdf12: Annotated[
        bool, typer.Option("--rdf12", help="Claims as RDF 1.2 reifiers (claim rdf:reifies <<( s p o )>>); turtle, trig, ntriples, nquads.")
    ] = False,
    infer: Annotated[
        bool, typer.Option("--infer", help="Add what follows by the rules of ontology/rules, as a graph of its own: in nquads and trig only.")
    ] = False,
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """Write the graph to a file; the suffix says the format: .ttl .trig .nt .nq .jsonld .rdf .graphml .anno.jsonld

    \b
    Examples:
      kg export graph.ttl
      kg export - --format nquads | gzip > graph.nq.gz
      kg export graph.trig --rdf12
      kg export --infer graph.trig
    """
    from kg import exporters

    to_terminal = str(file) == "-"
    chosen = exporters.find(None if to_terminal else file, format)
    if infer and not chosen.graphs:
        raise FormatError(f"--infer: {chosen.name} can't keep what follows apart from what was said; choose nquads or trig")
    with stores.reading(store) as opened:
        place = sys.stdout.buffer if to_terminal else file
        exporters.export(stores.reasoned(opened) if infer else opened, place, chosen.name, rdf12=rdf12)
    if not to_terminal:
        typer.echo(f"written to {file} ({chosen.name})", err=True)
