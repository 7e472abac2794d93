"""What a picture shows, read back from its file."""

import io

import numpy as np
from lxml import etree
from matplotlib import image

from kg.drawing.boxes import Box
from kg.drawing.sheet import Sheet, settings

SVG = {"s": "http://www.w3.org/2000/svg"}


def svg(sheet: Sheet) -> bytes:
    file = io.BytesIO()
    sheet.save(file, "svg")
    return file.getvalue()


def words(data: bytes) -> str:
    """All text of an SVG, a piece a line."""
    return "\n".join("".join(piece.itertext()) for piece in etree.fromstring(data).iterfind(".//s:text", SVG))


def styles(data: bytes) -> str:
    """How all lines and areas of an SVG look."""
    return "\n".join(piece.get("style", "") for piece in etree.fromstring(data).iter("{*}path", "{*}use"))


def pixels(sheet: Sheet) -> np.ndarray:
    """A PNG as rows of colours from 0 to 1."""
    file = io.BytesIO()
    sheet.save(file, "png")
    file.seek(0)
    return np.asarray(image.imread(file, format="png"))


def text_boxes(sheet: Sheet) -> list[tuple[str, Box]]:
    """The box of each text within the picture itself, as matplotlib draws it, in points."""
    with settings():
        sheet.figure.canvas.draw()
        found = [(piece.get_text(), piece.get_window_extent()) for piece in sheet.axes.texts if 0 <= piece.get_position()[1] <= sheet.height]
    scale = 72 / sheet.figure.dpi
    return [(text, (box.x0 * scale, box.y0 * scale, box.x1 * scale, box.y1 * scale)) for text, box in found]


def overlapping(boxes: list[tuple[str, Box]], slack: float = 1.0) -> list[tuple[str, str]]:
    """The texts that lie on each other by more than `slack` points both ways."""
    return [
        (one, other)
        for number, (one, a) in enumerate(boxes)
        for other, b in boxes[number + 1 :]
        if min(a[2], b[2]) - max(a[0], b[0]) > slack and min(a[3], b[3]) - max(a[1], b[1]) > slack
    ]
