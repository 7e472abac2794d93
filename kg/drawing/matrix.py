"""Who does what to whom, as a matrix: a row for each who does, a column for each to whom it is done."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import networkx as nx
from matplotlib.patches import Rectangle

from kg.drawing.sheet import INK, NOTHING, PAPER, QUIET, Key, Sheet
from kg.drawing.text import measure, short
from kg.network.style import rules

PROJECTION = "conflict"
TOP = 30
_CELL, _LETTERS, _NUMBER = 18.0, 7.5, 7.0
_LONGEST = 34
_GRID = "#e3e5e8"
_PLAIN = "#0072b2"
_PALEST, _DARKEST = 0.18, 0.95


@dataclass(slots=True)
class Cell:
    """All ties of one to another: the weight of what is told as a fact, by its sign, and whether some is possible or denied."""

    hostile: float = 0.0
    friendly: float = 0.0
    other: float = 0.0
    possible: bool = False
    negated: bool = False

    @property
    def weight(self) -> float:
        """Of what is told as a fact."""
        return self.hostile + self.friendly + self.other


Cells = dict[tuple[Any, Any], Cell]


def draw(graph: nx.MultiDiGraph, *, top: int = TOP) -> Sheet:
    """The matrix; of more than `top` who do or are done to, those with the most ties. A network without directions is shown both ways."""
    cells = _cells(graph)
    shown = _chosen(cells, top)
    rows, columns = _order(shown)
    left = max((measure(_name(graph, row), _LETTERS)[0] for row in rows), default=0) + 8
    above = max((measure(_name(graph, column), _LETTERS)[0] for column in columns), default=0) + 8
    lost = len(cells) - len(shown)
    notes = ["Numbers count independent voices." if graph.graph.get("projection") == PROJECTION else "Numbers are the weights of ties."]
    notes = notes if cells else [NOTHING]
    notes += [f"{lost} of {len(cells)} pairs are not shown: those with the fewest ties."] if lost else []
    width, height = left + _CELL * len(columns), above + _CELL * len(rows)
    sheet = Sheet(width, height, title=str(graph.graph.get("title", "")), keys=_keys(shown), notes=notes)
    _grid(sheet, len(rows), len(columns), left, height - above)
    for number, row in enumerate(rows):
        sheet.write(left - 5, height - above - (number + 0.5) * _CELL, _name(graph, row), size=_LETTERS, across="right")
    for number, column in enumerate(columns):
        sheet.write(left + (number + 0.55) * _CELL, height - above + 5, _name(graph, column), size=_LETTERS, across="left", rotation=90)
    most = max((cell.weight for cell in shown.values()), default=1.0)
    for (row, column), cell in sorted(shown.items(), key=str):
        _fill(sheet, left + columns.index(column) * _CELL, height - above - (rows.index(row) + 1) * _CELL, cell, most)
    return sheet


def _cells(graph: nx.MultiDiGraph) -> Cells:
    cells: Cells = defaultdict(Cell)
    directed = graph.graph.get("directed", True)
    for source, target, data in graph.edges(data=True):
        for ends in [(source, target)] if directed or source == target else [(source, target), (target, source)]:
            cell, modality, weight = cells[ends], data.get("modality", "actual"), float(data.get("weight", 1.0))
            sign = data.get("sign", 0)
            if modality != "actual":
                cell.possible |= modality == "possible"
                cell.negated |= modality == "negated"
            elif sign < 0:
                cell.hostile += weight
            elif sign > 0:
                cell.friendly += weight
            else:
                cell.other += weight
    return dict(cells)


def _chosen(cells: Cells, top: int) -> Cells:
    """The heaviest pairs that fit into so many rows and columns."""
    sides: tuple[set[Any], set[Any]] = (set(), set())
    for ends, _ in sorted(cells.items(), key=lambda item: (-item[1].weight, str(item[0]))):
        if all(end in side or len(side) < top for end, side in zip(ends, sides, strict=True)):
            for end, side in zip(ends, sides, strict=True):
                side.add(end)
    return {ends: cell for ends, cell in cells.items() if ends[0] in sides[0] and ends[1] in sides[1]}


def _order(cells: Cells) -> tuple[list[Any], list[Any]]:
    """Rows with the most ties first; columns in the order of the rows that they belong to most."""
    total: dict[Any, float] = defaultdict(float)
    for (row, _), cell in cells.items():
        # What is only possible or denied counts less than anything told.
        total[row] += cell.weight + 0.01
    rows = sorted(total, key=lambda row: (-total[row], str(row)))
    above: dict[Any, list[tuple[float, int]]] = defaultdict(list)
    for (row, column), cell in cells.items():
        above[column].append((-cell.weight, rows.index(row)))
    return rows, sorted(above, key=lambda column: (min(above[column])[1], min(above[column])[0], str(column)))


def _name(graph: nx.MultiDiGraph, node: Any) -> str:
    return short(graph.nodes[node].get("label", node), _LONGEST)


def _grid(sheet: Sheet, rows: int, columns: int, left: float, upper: float) -> None:
    right, lower = left + columns * _CELL, upper - rows * _CELL
    for number in range(rows + 1):
        sheet.axes.plot([left, right], [upper - number * _CELL] * 2, color=_GRID, linewidth=0.6, zorder=1)
    for number in range(columns + 1):
        sheet.axes.plot([left + number * _CELL] * 2, [lower, upper], color=_GRID, linewidth=0.6, zorder=1)


def _fill(sheet: Sheet, x: float, y: float, cell: Cell, most: float) -> None:
    edges = rules()["edge"]
    if cell.weight:
        colour = max((cell.hostile, edges["conflict"]), (cell.friendly, edges["cooperation"]), (cell.other, _PLAIN), key=lambda each: each[0])[1]
        depth = _PALEST + (_DARKEST - _PALEST) * (cell.weight / most) ** 0.5
        sheet.axes.add_patch(Rectangle((x, y), _CELL, _CELL, facecolor=colour, alpha=depth, edgecolor="none", zorder=2))
        sheet.write(x + _CELL / 2, y + _CELL / 2, f"{cell.weight:g}", size=_NUMBER, colour=PAPER if depth > 0.6 else INK)
    for wanted, colour, style, inset in ((cell.possible, QUIET, (0, (2, 1.5)), 1.5), (cell.negated, edges["negated"], "solid", 3.0)):
        if wanted:
            side = _CELL - 2 * inset
            frame = Rectangle((x + inset, y + inset), side, side, facecolor="none", edgecolor=colour, linewidth=1.1, linestyle=style, zorder=4)
            sheet.axes.add_patch(frame)


def _keys(cells: Cells) -> list[Key]:
    edges = rules()["edge"]
    found = (
        (any(cell.hostile for cell in cells.values()), Key("conflict", edges["conflict"], "rectangle")),
        (any(cell.friendly for cell in cells.values()), Key("cooperation", edges["cooperation"], "rectangle")),
        (any(cell.possible for cell in cells.values()), Key("possible too, or only", QUIET, "line", dashed=True)),
        (any(cell.negated for cell in cells.values()), Key("denied too, or only", edges["negated"], "line")),
    )
    return [key for there, key in found if there]
