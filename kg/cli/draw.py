"""`kg draw`: the graph as a picture."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import networks
from kg.cli import store as stores
from kg.errors import FormatError

if TYPE_CHECKING:
    from kg.drawing.sheet import Sheet
    from kg.graph.store import Store


class Picture(StrEnum):
    """The kinds of pictures."""

    network = "network"
    timeline = "timeline"
    matrix = "matrix"
    map = "map"


class Colour(StrEnum):
    """What colours of nodes tell."""

    type = "type"
    community = "community"


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help='Where to write, .png or .svg; "-" is standard output.', show_default=False)],
    picture: Annotated[Picture, typer.Argument(metavar="[PICTURE]", help="network, timeline, matrix or map.")] = Picture.network,
    projection: Annotated[
        str | None,
        typer.Option("--projection", metavar="NAME", help="The network; facts, of a matrix conflict, of a map places; see kg network."),
    ] = None,
    modality: networks.Modalities = None,
    min_confidence: networks.MinConfidence = 0.0,
    since: networks.Since = None,
    until: networks.Until = None,
    param: networks.Param = None,
    around: networks.Around = None,
    radius: networks.Radius = 1,
    colour: Annotated[Colour, typer.Option("--colour", help="What the colours of a network tell.")] = Colour.type,
    size: Annotated[str, typer.Option("--size", metavar="MEASURE", help="What the size of nodes tells; see kg analyze centrality.")] = "degree",
    top: Annotated[
        int | None,
        typer.Option(
            "--top", metavar="NUMBER", min=1, help="Draw so many nodes, happenings, rows or places at most, the most central.", show_default=False
        ),
    ] = None,
    format: Annotated[str | None, typer.Option("--format", metavar="NAME", help="png or svg, whatever the suffix says.")] = None,
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """Draw the graph: the network, a timeline of events, a matrix of who does what to whom, or a map of places.

    Possible is dashed, denied is red. What there is no room for is left out, and the picture says how much.
    Needs: pip install 'kg[draw]'

    \b
    Examples:
      kg draw network.svg
      kg draw camps.png --projection conflict --colour community --top 100
      kg draw iran.svg --around Iran --radius 2
      kg draw events.png timeline --from 2020-01
      kg draw who.svg matrix --modality actual
      kg draw places.png map
    """
    from kg import drawing
    from kg.graph import files

    kind = (format or file.suffix.removeprefix(".")).lower()
    if kind not in drawing.FORMATS:
        raise FormatError(f"{file}: no picture format {kind!r}; choose one of: {', '.join(drawing.FORMATS)}")
    drawing.require()
    wanted = networks.Wanted(projection or _PROJECTIONS.get(picture, ""), modality, min_confidence, since, until, param, around, radius)
    if picture is Picture.timeline and (projection or modality or min_confidence or param):
        raise FormatError("a timeline shows what happened; choose of it with --from, --to and --around")
    if str(file) != "-":
        files.check(file)
    with stores.reading(store) as opened:
        sheet = _timeline(opened, wanted, top) if picture is Picture.timeline else _of_network(opened, wanted, picture, top, colour, size)
    if str(file) == "-":
        sheet.save(sys.stdout.buffer, kind)
        return
    with files.replacing(file) as out:
        sheet.save(out, kind)
    typer.echo(f"written to {file} ({picture.value})", err=True)


_PROJECTIONS = {Picture.network: "facts", Picture.matrix: "conflict", Picture.map: "places"}


def _timeline(store: "Store", wanted: networks.Wanted, top: int | None) -> "Sheet":
    from kg.drawing import timeline
    from kg.graph import incidents

    centres = [ident for text in wanted.around or () for ident in networks.idents(store, text)]
    return timeline.draw(
        incidents.find(store), incidents.called(store), top=top or timeline.TOP, since=wanted.since, until=wanted.until, taking_part=centres
    )


def _of_network(store: "Store", wanted: networks.Wanted, picture: Picture, top: int | None, colour: Colour, size: str) -> "Sheet":
    from kg.drawing import matrix, network, placemap

    graph = wanted.of(store)
    if picture is Picture.matrix:
        return matrix.draw(graph, top=top or matrix.TOP)
    if picture is Picture.map:
        return placemap.draw(graph, top=top or placemap.TOP)
    return network.draw(graph, top=top or network.TOP, colour=colour.value, size=size)
