"""Places on a map: dots for places with coordinates, shades for countries; the more ties, the larger and darker."""

import math
from dataclasses import dataclass
from typing import Any

import networkx as nx
from matplotlib.collections import PolyCollection
from matplotlib.patches import Rectangle

from kg.drawing import coastlines, lines
from kg.drawing.boxes import Room, around, beside
from kg.drawing.sheet import PAPER, Key, Sheet
from kg.drawing.text import measure, short
from kg.errors import QueryError
from kg.network.style import Style, rules

TOP = 150
WIDTH = 860.0
# Of the width.
_HIGHEST = 0.75
SPAN = 8.0
_FEW = 25
_SEA, _LAND, _BORDER = "#f4f8fb", "#e4e6e3", "#b9bdb8"
_DOT = "#0072b2"
_SMALLEST, _LARGEST = 1.8, 9.0
# What is where is seen on the map without lines.
_SEEN = "places"
# Steps from the middle of a country to where its name may stand, the nearest first.
_NEAR = sorted(((h, v) for h in range(-8, 9) for v in range(-8, 9)), key=lambda step: (step[0] ** 2 + step[1] ** 2, step))
_GEONAMES = "https://sws.geonames.org/"


@dataclass(frozen=True, slots=True)
class Place:
    """A place or country (`number`: its ISO 3166 number) with the weight of its ties."""

    node: Any
    label: str
    lon: float
    lat: float
    weight: float
    number: int | None = None


def draw(graph: nx.MultiDiGraph, *, top: int = TOP, width: float = WIDTH, span: float = SPAN) -> Sheet:
    """The map, so many points wide, and no more degrees than the places need and `span`.

    Raises QueryError where no place of the network has coordinates.
    """
    found = sorted(places(graph), key=lambda place: (-place.weight, str(place.node)))
    if not found:
        raise QueryError("no place of this network has coordinates; choose another --projection, or build from articles that name cities")
    shown = found[:top]
    plane = _Plane(shown, width, span)
    room = Room((2, 2, width - 2, plane.height - 2))
    spots = {place.node: plane(place.lon, place.lat) for place in shown}
    most = max(place.weight for place in shown) or 1.0
    radii = {place.node: _radius(place, most) for place in shown}
    labels, dropped = _labels(shown, spots, radii, room)
    between = _between(graph, shown)
    drawn = lines.lines(between, Style(between))
    notes = [f"{len(shown)} of {len(found)} places are shown, those with the most ties." if len(found) > top else ""]
    notes.append(f"{dropped} name{'' if dropped == 1 else 's'} had no room." if dropped else "")
    notes.append("Land: Natural Earth. Places: GeoNames, CC BY 4.0.")
    sheet = Sheet(width, plane.height, title=str(graph.graph.get("title", "")), keys=_keys(shown), notes=notes)
    _land(sheet, plane, {place.number: place.weight / most for place in shown if place.number is not None})
    lines.draw(sheet, drawn, spots, radii)
    for place in shown:
        if place.number is None:
            size = (2 * radii[place.node]) ** 2
            sheet.axes.scatter(*spots[place.node], s=size, color=_DOT, edgecolors=PAPER, linewidths=0.5, alpha=0.85, zorder=3)
    for x, y, words, letters, bold in labels:
        sheet.write(x, y, words, size=letters, bold=bold, halo=0.55)
    return sheet


def places(graph: nx.MultiDiGraph) -> list[Place]:
    """The places of a network that can be put on a map: those with coordinates, and countries."""
    found = []
    for node, data in graph.nodes(data=True):
        weight = sum(float(tie.get("weight", 1.0)) for _, _, tie in (*graph.in_edges(node, data=True), *graph.out_edges(node, data=True)))
        label = short(data.get("label", node), 30)
        if "lat" in data and "lon" in data:
            found.append(Place(node, label, float(data["lon"]), float(data["lat"]), weight))
        elif (number := _number(data)) is not None and (spot := coastlines.middle(number)):
            found.append(Place(node, label, *spot, weight, number))
    return found


def _number(data: dict[str, Any]) -> int | None:
    ids = [link.removeprefix(_GEONAMES).strip("/") for link in data.get("links", ()) if link.startswith(_GEONAMES)]
    return next((coastlines.numbers()[each] for each in ids if each in coastlines.numbers()), None)


class _Plane:
    """From degrees to points: equirectangular, true to scale in the middle of what is shown."""

    def __init__(self, shown: list[Place], width: float, span: float) -> None:
        highest = width * _HIGHEST
        west, east, south, north = _bounds(shown, span)
        self._west, self._south = west, south
        self._squeeze = math.cos(math.radians((south + north) / 2))
        self._scale = width / ((east - west) * self._squeeze)
        if (north - south) * self._scale > highest:
            # Wider, so that the sheet keeps its width.
            more = (north - south) * width / highest / self._squeeze - (east - west)
            self._west -= more / 2
            self._scale = highest / (north - south)
        self.height = (north - south) * self._scale

    def __call__(self, lon: float, lat: float) -> tuple[float, float]:
        return (lon - self._west) * self._squeeze * self._scale, (lat - self._south) * self._scale


def _bounds(shown: list[Place], span: float) -> tuple[float, float, float, float]:
    """West, east, south, north: the places with some land around them, and the whole of a country that is the only thing shown."""
    lons, lats = [place.lon for place in shown], [place.lat for place in shown]
    for place in shown:
        if place.number is not None:
            ring = max(coastlines.countries()[place.number], key=len)
            share = 1.0 if len(shown) == 1 else 0.5
            lons += [place.lon + (float(edge) - place.lon) * share for edge in (ring[:, 0].min(), ring[:, 0].max())]
            lats += [place.lat + (float(edge) - place.lat) * share for edge in (ring[:, 1].min(), ring[:, 1].max())]
    wide, high = max(span, (max(lons) - min(lons)) * 1.16), max(span / 2, (max(lats) - min(lats)) * 1.16)
    high = max(high, wide * 0.42)
    lon, lat = (max(lons) + min(lons)) / 2, (max(lats) + min(lats)) / 2
    west, east, south, north = lon - wide / 2, lon + wide / 2, lat - high / 2, lat + high / 2
    return max(west, -180.0), min(east, 180.0), max(south, -60.0) if min(lats) > -60 else south, min(north, 85.0)


def _radius(place: Place, most: float) -> float:
    return 0.0 if place.number is not None else _SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(place.weight / most)


Label = tuple[float, float, str, float, bool]


def _labels(shown: list[Place], spots: dict[Any, tuple[float, float]], radii: dict[Any, float], room: Room) -> tuple[list[Label], int]:
    for place in shown:
        if place.number is None:
            room.take(around(*spots[place.node], 2 * radii[place.node], 2 * radii[place.node]))
    found: list[Label] = []
    dropped = 0
    for place in shown:
        land = place.number is not None
        letters = (6.5 if land else 5.8 + radii[place.node] / 5) * (1.25 if len(shown) <= _FEW else 1.0)
        wide, high = measure(place.label, letters, bold=land)
        x, y = spots[place.node]
        candidates = [around(x + h * 6, y + v * high / 2, wide, high) for h, v in _NEAR] if land else beside(x, y, radii[place.node], wide, high)
        if box := room.first(candidates):
            found.append(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, place.label, letters, land))
        else:
            dropped += 1
    return found, dropped


def _between(graph: nx.MultiDiGraph, shown: list[Place]) -> nx.MultiDiGraph:
    """The ties between places that are shown."""
    made = graph.subgraph([place.node for place in shown]).copy()
    made.remove_edges_from(list(made.edges(keys=True)) if graph.graph.get("projection") == _SEEN else list(nx.selfloop_edges(made, keys=True)))
    return made


def _land(sheet: Sheet, plane: _Plane, shades: dict[int, float]) -> None:
    frame = Rectangle((0, 0), sheet.width, sheet.height, facecolor=_SEA, edgecolor=_BORDER, linewidth=0.6, zorder=0)
    sheet.axes.add_patch(frame)
    colour = rules()["node"]["Country"]["colour"]
    for number, rings in sorted(coastlines.countries().items()):
        areas = [[plane(float(lon), float(lat)) for lon, lat in ring] for ring in rings]
        made = [PolyCollection(areas, facecolors=_LAND, edgecolors=_BORDER, linewidths=0.4, zorder=0.2)]
        if number in shades:
            depth = 0.15 + 0.5 * math.sqrt(shades[number])
            made.append(PolyCollection(areas, facecolors=colour, alpha=depth, edgecolors="none", zorder=0.3))
        for area in made:
            sheet.axes.add_collection(area, autolim=False)
            area.set_clip_path(frame)


def _keys(shown: list[Place]) -> list[Key]:
    kinds = {place.number is None for place in shown}
    keys = {True: Key("place", _DOT), False: Key("country", rules()["node"]["Country"]["colour"], "rectangle")}
    return [key for kind, key in keys.items() if kind in kinds]
