"""The sheet that a picture is drawn on, in points, with a title above it and a legend and notes below."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import IO, Any

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.markers import MarkerStyle
from matplotlib.patches import BoxStyle

from kg.drawing import text
from kg.drawing.text import measure, wrapped

INK, QUIET, PAPER = "#222222", "#5f6670", "#ffffff"
NOTHING = "There is nothing to show."
_MARGIN = 18.0
NARROWEST = 420.0
_TITLE, _NOTE, _KEY = 12.0, 7.5, 8.0
_DPI, _MOST_PIXELS = 144, 12_000
_DASHES = (0, (3, 2))
_ROUND = BoxStyle.Round(pad=0, rounding_size=0.3)(-0.5, -0.5, 1, 1, 1)
_SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "kg",
    "svg.id": "kg",
    "text.parse_math": False,
    # Letters as wide as they were measured.
    "text.hinting": "none",
    "path.simplify": False,
    "font.size": 8,
    "hatch.linewidth": 0.6,
}
_MARKERS = {"ellipse": "o", "rectangle": "s", "hexagon": "h", "triangle": "^", "diamond": "D"}


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend: a sign of that shape ("line" for a line) and what it means."""

    label: str
    colour: str
    shape: str = "ellipse"
    dashed: bool = False
    width: float = 1.5


class Sheet:
    """An area of so many points, (0, 0) at its lower left. `axes` takes whatever matplotlib draws, in points."""

    def __init__(self, width: float, height: float, *, title: str, keys: Sequence[Key] = (), notes: Iterable[str] = ()) -> None:
        self.width, self.height = max(width, NARROWEST), height
        with settings():
            self._lay_out(
                text.plain(title).removesuffix("."),
                [replace(key, label=text.short(key.label, 60)) for key in keys],
                [text.plain(note) for note in notes if note],
            )

    def _lay_out(self, title: str, keys: Sequence[Key], notes: Sequence[str]) -> None:
        heading = wrapped(title, self.width, _TITLE, bold=True)
        small = "\n".join(wrapped(note, self.width, _NOTE) for note in notes)
        rows = list(_rows(keys, self.width))
        legend = len(rows) * _KEY * 1.8 + (10 if rows else 0)
        below = legend + (measure(small, _NOTE)[1] + 6 if notes else 0)
        above = measure(heading, _TITLE)[1] + 8
        left, bottom, across, up = -_MARGIN, -below - _MARGIN, self.width + 2 * _MARGIN, self.height + below + above + 2 * _MARGIN
        self.figure = Figure(figsize=(across / 72, up / 72), facecolor=PAPER)
        FigureCanvasAgg(self.figure)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(left, left + across)
        self.axes.set_ylim(bottom, bottom + up)
        self.axes.set_autoscale_on(False)
        self.write(0, self.height + 8, heading, size=_TITLE, bold=True, across="left", down="bottom")
        for number, row in enumerate(rows):
            for x, key in row:
                self._key(x, -10 - (number + 0.5) * _KEY * 1.8, key)
        self.write(0, -legend - 6, small, size=_NOTE, colour=QUIET, across="left", down="top")

    def _key(self, x: float, y: float, key: Key) -> None:
        if key.shape == "line":
            self.axes.plot([x, x + 16], [y, y], color=key.colour, linewidth=key.width, linestyle=_DASHES if key.dashed else "solid")
        else:
            self.axes.scatter([x + 8], [y], s=60, marker=marker(key.shape), color=key.colour, edgecolors=INK, linewidths=0.4)
        self.write(x + 22, y, key.label, size=_KEY, across="left")

    def write(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 8.0,
        colour: str = INK,
        bold: bool = False,
        across: str = "center",
        down: str = "center",
        rotation: float = 0.0,
        halo: float = 0.0,
    ) -> None:
        """Text as it is, never read as a formula; with a halo (how opaque it is) it stays readable on lines."""
        if not words:
            return
        box = {"facecolor": PAPER, "edgecolor": "none", "alpha": halo, "pad": 0.4} if halo else None
        self.axes.text(
            x,
            y,
            words,
            fontsize=size,
            color=colour,
            fontfamily=text.families(),
            fontweight="bold" if bold else "normal",
            ha=across,
            va=down,
            rotation=rotation,
            rotation_mode="anchor",
            multialignment="left" if across == "left" else "center",
            linespacing=text.LINE / 1.16,
            bbox=box,
            parse_math=False,
            zorder=10,
        )

    def save(self, file: IO[bytes], format: str) -> None:
        """Writes the picture as "png" or "svg": the same picture gives the same bytes."""
        dpi = min(_DPI, _MOST_PIXELS / max(self.figure.get_size_inches()))
        metadata = {"Date": None, "Creator": None} if format == "svg" else {"Software": None}
        with settings():
            self.figure.savefig(file, format=format, dpi=dpi, metadata=metadata)


@contextmanager
def settings() -> Iterator[None]:
    """Settings of matplotlib that make text text and bytes repeatable, whatever the user has set."""
    with text.any_letters(), rc_context(_SETTINGS):
        yield


def marker(shape: str) -> Any:
    """The marker of matplotlib for a shape as Cytoscape calls it."""
    return MarkerStyle(_ROUND) if shape == "round-rectangle" else _MARKERS.get(shape, "o")


def _rows(keys: Iterable[Key], width: float) -> Iterator[list[tuple[float, Key]]]:
    """The legend in rows, with where each key begins."""
    row: list[tuple[float, Key]] = []
    x = 0.0
    for key in keys:
        wide = 22 + measure(key.label, _KEY)[0] + 16
        if row and x + wide > width:
            yield row
            row, x = [], 0.0
        row.append((x, key))
        x += wide
    if row:
        yield row
