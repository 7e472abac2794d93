"""Lines between nodes: parallel ties that look alike are one line, whose width says how many."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.path import Path

from kg.drawing.boxes import Room, around
from kg.drawing.sheet import QUIET, Sheet
from kg.drawing.text import measure, short
from kg.network.style import Style

_WIDEST = 4.5
_BEND = 0.16
_ARROW = 4.0
_LABEL = 5.5
_DASHES = (0, (3, 2))
_MOST_RELATIONS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """Ties between two nodes that look alike. `forth` and `back` tell which ways they point, `relations` what they say, the most told first.

    `bend` is how far the line bows to its left, as a share of its length: lines between the same two nodes lie side by side.
    """

    source: Any
    target: Any
    colour: str
    dashed: bool
    ties: int
    relations: tuple[str, ...]
    forth: bool
    back: bool
    bend: float = 0.0

    @property
    def width(self) -> float:
        """In points."""
        return min(0.9 + 0.8 * math.log2(self.ties), _WIDEST)


def lines(graph: nx.MultiDiGraph, style: Style) -> list[Line]:
    """The lines of a network, sorted by their ends."""
    directed = graph.graph.get("directed", True)
    groups: dict[tuple[Any, Any], dict[tuple[bool, str], list[tuple[Any, str]]]] = defaultdict(lambda: defaultdict(list))
    for source, target, data in graph.edges(data=True):
        look = style.edge(data)
        ends = (source, target) if str(source) <= str(target) else (target, source)
        groups[ends][look.dashed, look.colour].append((source, str(data.get("label") or data.get("relation") or "")))
    made = []
    for (source, target), looks in sorted(groups.items(), key=lambda item: tuple(map(str, item[0]))):
        bends = _bends(len(looks)) if source != target else [0.0] * len(looks)
        for ((dashed, colour), ties), bend in zip(sorted(looks.items()), bends, strict=True):
            told = Counter(label for _, label in ties if label)
            relations = sorted(told, key=lambda label: (-told[label], label))
            forth, back = (directed and any((tail == source) is way for tail, _ in ties) for way in (True, False))
            made.append(Line(source, target, colour, dashed, len(ties), tuple(relations), forth, back, bend))
    return made


def _bends(count: int) -> list[float]:
    return [_BEND * (number - (count - 1) / 2) * (2 if count == 2 else 1) / 1.5 for number in range(count)]


def draw(sheet: Sheet, found: Sequence[Line], places: dict[Any, tuple[float, float]], radii: dict[Any, float], *, faint: bool = False) -> None:
    """Draws the lines with their arrows, from rim to rim."""
    alpha = 0.45 if faint else 0.85
    for dashed, colour in sorted({(line.dashed, line.colour) for line in found}):
        alike = [line for line in found if (line.dashed, line.colour) == (dashed, colour)]
        paths = [_path(line, places, radii) for line in alike]
        sheet.axes.add_collection(
            PathCollection(
                paths,
                facecolors="none",
                edgecolors=colour,
                linewidths=[line.width for line in alike],
                linestyles=[_DASHES if dashed else "solid"],
                alpha=alpha,
                zorder=1 if dashed else 1.1,
            ),
            autolim=False,
        )
        arrows = [arrow for line, path in zip(alike, paths, strict=True) for arrow in _arrows(line, path)]
        sheet.axes.add_collection(
            PolyCollection(arrows, facecolors=colour, edgecolors="none", alpha=min(1.0, alpha + 0.1), zorder=1.2), autolim=False
        )


def _path(line: Line, places: dict[Any, tuple[float, float]], radii: dict[Any, float]) -> Path:
    start, end = np.array(places[line.source]), np.array(places[line.target])
    if line.source == line.target:
        radius = radii[line.source] * 0.8 + 3
        return Path.circle((float(start[0] + radius), float(start[1] + radius)), radius)
    along = end - start
    length = max(float(np.hypot(*along)), 1e-6)
    control = (start + end) / 2 + np.array([-along[1], along[0]]) * line.bend * 2
    first, last = _unit(control - start), _unit(control - end)
    trim = min(1.0, 0.8 * length / max(radii[line.source] + radii[line.target] + 2, 1e-6))
    start, end = start + first * (radii[line.source] + 1) * trim, end + last * (radii[line.target] + 1) * trim
    if line.bend == 0:
        control = (start + end) / 2
    return Path([start, control, end], [Path.MOVETO, Path.CURVE3, Path.CURVE3])


def _arrows(line: Line, path: Path) -> Iterable[np.ndarray]:
    if line.source == line.target:
        return
    vertices = np.asarray(path.vertices)
    size = _ARROW + line.width
    for wanted, tip, control in ((line.forth, vertices[2], vertices[1]), (line.back, vertices[0], vertices[1])):
        if wanted:
            along = _unit(tip - control)
            across = np.array([-along[1], along[0]])
            yield np.array([tip, tip - along * size + across * size * 0.4, tip - along * size - across * size * 0.4])


def label(sheet: Sheet, found: Sequence[Line], places: dict[Any, tuple[float, float]], room: Room) -> None:
    """Writes at each line what it says, where there is room; the lines of most ties first."""
    for line in sorted(found, key=lambda line: -line.ties):
        if line.source == line.target or not line.relations:
            continue
        words = short(", ".join(line.relations[:_MOST_RELATIONS]) + (" …" if len(line.relations) > _MOST_RELATIONS else ""), 34)
        width, height = measure(words, _LABEL)
        start, end = np.array(places[line.source]), np.array(places[line.target])
        along = end - start
        if float(np.hypot(*along)) < height * 3:
            continue
        middle = (start + end) / 2 + np.array([-along[1], along[0]]) * line.bend
        spots = [middle + along * step for step in (0, 0.08, -0.08, 0.16, -0.16)]
        if box := room.first(around(float(x), float(y), width + 5, height) for x, y in spots):
            sheet.write(
                (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, words, size=_LABEL, colour=line.colour if line.colour != QUIET else QUIET, halo=0.9
            )


def _unit(vector: np.ndarray) -> np.ndarray:
    return np.asarray(vector / max(float(np.hypot(*vector)), 1e-9))
