"""Room on a picture: which boxes are taken, and where a label still fits."""

from collections.abc import Iterable

import numpy as np

Box = tuple[float, float, float, float]


def around(x: float, y: float, width: float, height: float) -> Box:
    """The box (left, bottom, right, top) of that size with its middle there."""
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


class Room:
    """Boxes that are taken, within bounds."""

    def __init__(self, bounds: Box) -> None:
        self._bounds = bounds
        self._taken = np.empty((64, 4))
        self._count = 0

    def take(self, box: Box) -> None:
        """Nothing else may lie there."""
        if self._count == len(self._taken):
            self._taken = np.concatenate([self._taken, np.empty_like(self._taken)])
        self._taken[self._count] = box
        self._count += 1

    def free(self, box: Box) -> bool:
        """True where the box lies within the bounds and touches none that is taken."""
        left, bottom, right, top = self._bounds
        if box[0] < left or box[1] < bottom or box[2] > right or box[3] > top:
            return False
        there = self._taken[: self._count]
        return not bool(np.any((there[:, 0] < box[2]) & (there[:, 2] > box[0]) & (there[:, 1] < box[3]) & (there[:, 3] > box[1])))

    def first(self, boxes: Iterable[Box]) -> Box | None:
        """Takes the first box that is free; None where none is."""
        for box in boxes:
            if self.free(box):
                self.take(box)
                return box
        return None


def beside(x: float, y: float, radius: float, width: float, height: float) -> list[Box]:
    """Where the label of a round thing may stand, the best place first: below, right, left, above, at its corners."""
    across, down, corner = radius + 2 + width / 2, radius + 1 + height / 2, radius * 0.7 + 1
    places = [(0, -down), (across, 0), (-across, 0), (0, down)]
    places += [(h * (corner + width / 2), v * (corner + height / 2)) for h, v in ((1, -1), (-1, -1), (1, 1), (-1, 1))]
    places += [(h * width / 3, v * down) for h, v in ((1, -1), (-1, -1), (1, 1), (-1, 1))]
    return [around(x + h, y + v, width, height) for h, v in places]
