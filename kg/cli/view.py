"""`kg view`: the network as one page."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import store as stores


def command(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help='Where to write; "-" is standard output.')] = Path("graph.html"),
    nodes: Annotated[int, typer.Option("--nodes", metavar="NUMBER", min=1, help="The most entities that it holds, the most central ones.")] = 2000,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="What stands on top.")] = "Knowledge graph",
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """Write the graph as one HTML file to look around in: it opens in any browser, needs no other file and no network.

    Search and filter; click an entity to see what is said of it, and a line to see the sentence that proves it.

    \b
    Example:
      kg view -o graph.html
    """
    from kg.graph import files
    from kg.web import bundle
    from kg.web.exploration import exploration
    from kg.web.viewer import page

    if str(output) != "-":
        files.check(output)
    with stores.reading(store) as opened:
        data = exploration(opened, nodes=nodes)
    text = page(data, title=title).encode("utf-8")
    if str(output) == "-":
        sys.stdout.buffer.write(text)
        return
    with files.replacing(output) as file:
        file.write(text)
    held, total = len(data["nodes"]), data["total"]["nodes"]
    part = "" if held == total else f", the most central of {total}"
    typer.echo(f"written to {output}: {held} entities{part}, {len(data['claims'])} claims", err=True)
    if bundle.script() is None:
        typer.echo(bundle.MISSING, err=True)
