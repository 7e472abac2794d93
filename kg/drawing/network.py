"""A network as a picture: colour by type or community, size by centrality, dashed for possible, red for negated."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import networkx as nx
from matplotlib.collections import PathCollection

from kg.drawing import lines
from kg.drawing.boxes import Room, around, beside
from kg.drawing.layout import layout
from kg.drawing.lines import Line
from kg.drawing.sheet import INK, NARROWEST, NOTHING, Key, Sheet, marker
from kg.drawing.text import measure, short, wrapped
from kg.network.analysis import annotate
from kg.network.simple import simple
from kg.network.style import Style, rules

TOP = 300
_SMALLEST, _LARGEST = 3.0, 13.0
_WIDTH, _LONGEST = 84.0, 44
_COMMUNITIES = 12
# Of more lines nobody reads what each says.
_MOST_LABELLED = 250
_MEANING = {"conflict": "conflict", "cooperation": "cooperation", "possible": "possible", "negated": "denied", "actual": "told as a fact"}


def draw(graph: nx.MultiDiGraph, *, top: int = TOP, colour: str = "type", size: str = "degree") -> Sheet:
    """The network; of more than `top` nodes the most central. Nodes without ties are left out, unless no node has any."""
    annotate(graph, [size, *(["communities"] if colour == "community" else [])])
    shown, notes = central(graph, top)
    notes += [] if shown else [NOTHING]
    style = Style(shown)
    radii = {node: _radius(style.node(node).size) for node in shown}
    words = {node: wrapped(short(data.get("label", node), _LONGEST), _WIDTH, _letters(radii[node])) for node, data in shown.nodes(data=True)}
    needed = {}
    for node in shown:
        wide, high = measure(words[node], _letters(radii[node]))
        needed[node] = max(wide, 2 * radii[node]) + 8, high + 2 * radii[node] + 8
    places, (width, height) = layout(simple(shown), needed)
    margin = max(0.0, NARROWEST - width) / 2
    places = {node: (x + margin, y) for node, (x, y) in places.items()}
    drawn = lines.lines(shown, style)
    room = Room((-12, -12, width + 2 * margin + 12, height + 12))
    labels, dropped = _labels(places, radii, words, room)
    if dropped:
        notes.append(f"{dropped} name{'' if dropped == 1 else 's'} of the least central had no room.")
    sheet = Sheet(width, height, title=str(graph.graph.get("title", "")), keys=_keys(shown, style, drawn, colour), notes=notes)
    lines.draw(sheet, drawn, places, radii)
    _nodes(sheet, shown, style, places, radii)
    for x, y, text, letters in labels:
        sheet.write(x, y, text, size=letters, halo=0.72)
    if len(drawn) <= _MOST_LABELLED:
        lines.label(sheet, drawn, places, room)
    return sheet


def central(graph: nx.MultiDiGraph, top: int) -> tuple[nx.MultiDiGraph, list[str]]:
    """The most central part of the network, and what to tell about it."""
    tied = [node for node in graph if any(other != node for other in (*graph.successors(node), *graph.predecessors(node)))] or list(graph)
    shown = graph.subgraph(sorted(_kept(graph, tied, top), key=str)).copy()
    if len(shown) == len(graph):
        return shown, []
    most = ", the most central" if len(tied) > top else "; the others have no ties"
    return shown, [f"{len(shown)} of {len(graph)} nodes are shown{most}."]


def _kept(graph: nx.MultiDiGraph, tied: list[Any], top: int) -> set[Any]:
    """The most central nodes, each with a tie to another that is kept, where it has any."""
    style = Style(graph)
    rank = {node: (-style.node(node).size, str(node)) for node in tied}
    kept: set[Any] = set()
    for node in sorted(tied, key=rank.__getitem__):
        if len(kept) >= top:
            break
        near = {other for other in (*graph.successors(node), *graph.predecessors(node)) if other != node}
        new = {node} if not near or near & kept else {node, min(near, key=rank.__getitem__)}
        if len(kept | new) <= top or not kept:
            kept |= new
    return kept


def _radius(size: float) -> float:
    small, large = rules()["size"]["smallest"], rules()["size"]["largest"]
    return float(_SMALLEST + (_LARGEST - _SMALLEST) * (size - small) / (large - small))


def _letters(radius: float) -> float:
    return round(6.0 + 4.5 * (radius - _SMALLEST) / (_LARGEST - _SMALLEST), 1)


def _labels(
    places: dict[Any, tuple[float, float]], radii: dict[Any, float], words: dict[Any, str], room: Room
) -> tuple[list[tuple[float, float, str, float]], int]:
    """Where each name stands, the most central placed first, and how many found no room."""
    for node, (x, y) in places.items():
        room.take(around(x, y, 2 * radii[node], 2 * radii[node]))
    found, dropped = [], 0
    for node in sorted(places, key=lambda node: (-radii[node], str(node))):
        letters = _letters(radii[node])
        box = room.first(beside(*places[node], radii[node], *measure(words[node], letters)))
        if box is None:
            dropped += 1
        else:
            found.append(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, words[node], letters))
    return found, dropped


def _nodes(sheet: Sheet, graph: nx.MultiDiGraph, style: Style, places: dict[Any, tuple[float, float]], radii: dict[Any, float]) -> None:
    by_look: dict[tuple[str, str], list[Any]] = {}
    for node in sorted(places, key=str):
        look = style.node(node)
        by_look.setdefault((look.shape, look.colour), []).append(node)
    for (shape, colour), nodes in sorted(by_look.items()):
        x, y = zip(*(places[node] for node in nodes), strict=True)
        drawn = [(2 * radii[node]) ** 2 for node in nodes]
        made: PathCollection = sheet.axes.scatter(x, y, s=drawn, marker=marker(shape), color=colour, edgecolors=INK, linewidths=0.5, zorder=3)
        made.set_in_layout(False)


def _keys(graph: nx.MultiDiGraph, style: Style, drawn: Iterable[Line], colour: str) -> list[Key]:
    if colour == "community":
        keys = list(_communities(graph, style))
    else:
        keys = [
            Key(kind, style.node(node).colour, style.node(node).shape)
            for kind, node in sorted({str(data.get("type", "other")): node for node, data in graph.nodes(data=True)}.items())
        ]
    return keys + list(_meanings(drawn))


def _communities(graph: nx.MultiDiGraph, style: Style) -> Iterable[Key]:
    sizes = Counter(data["community"] for _, data in graph.nodes(data=True) if "community" in data)
    for number in sorted(sizes, key=lambda number: (-sizes[number], number))[:_COMMUNITIES]:
        node, data = next((node, data) for node, data in sorted(graph.nodes(data=True)) if data.get("community") == number)
        yield Key(f"{short(data['community_name'], 50)} ({sizes[number]})", style.node(node).colour, "rectangle")


def _meanings(drawn: Iterable[Line]) -> Iterable[Key]:
    looks = {(line.colour, line.dashed) for line in drawn}
    colours = rules()["edge"]
    kinds = [kind for kind in _MEANING if (colours[kind], kind == "possible") in looks]
    for kind in kinds if kinds != ["actual"] else []:
        yield Key(_MEANING[kind], colours[kind], "line", dashed=kind == "possible")
