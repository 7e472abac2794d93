"""Text on pictures: how wide it is, and how it is cut, before anything is drawn."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from kg.graph.terms import clean

# Shipped with matplotlib, so that a picture is the same everywhere; the others serve for letters that it lacks, where they are installed.
FONT = "DejaVu Sans"
OTHERS = ("Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans", "Noto Sans Arabic", "Noto Emoji", "Arial Unicode MS")
LINE = 1.2
_LONGEST = 40


@cache
def families() -> list[str]:
    """The fonts to look for letters in, in this order."""
    from matplotlib import font_manager

    installed = set(font_manager.fontManager.get_font_names())
    return [FONT, *(name for name in OTHERS if name in installed)]


def measure(text: str, size: float, *, bold: bool = False) -> tuple[float, float]:
    """Width and height in points; lines are parted by line breaks."""
    lines = text.split("\n")
    return max(_width(line, size, bold) for line in lines), len(lines) * size * LINE


@contextmanager
def any_letters() -> Iterator[None]:
    """No warning of letters that no font here has: SVG keeps them as text, PNG shows a box."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from")
        yield


def plain(text: object) -> str:
    """The text on one line, without characters that XML forbids."""
    return " ".join(clean(str(text)).split()) or "?"


def short(text: object, longest: int = _LONGEST) -> str:
    """The text on one line, its end cut where it is long."""
    line = plain(text)
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text with line breaks, so that no line is wider than so many points, but for single words that are."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, size, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


@cache
def _tools() -> tuple[Any, Any]:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextToPath

    return TextToPath(), {bold: FontProperties(family=families(), weight="bold" if bold else "normal", size=100) for bold in (False, True)}


@cache
def _width(line: str, size: float, bold: bool) -> float:
    tool, fonts = _tools()
    with any_letters():
        width: float = tool.get_text_width_height_descent(line, fonts[bold], False)[0]
    return width * size / 100
