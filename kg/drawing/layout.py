"""Where nodes stand: each part of the network is laid out by itself, nodes with their labels don't overlap, the parts are packed."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx
import numpy as np

Point = tuple[float, float]
Size = tuple[float, float]
# How long a tie should be, in points: longer where there are few.
_LONG, _SHORT = 84.0, 58.0
SEED = 20200108
_EXACT = 120
_GAP = 26.0
_ASPECT = 1.45
# Rounds in which nodes push each other apart; then they look for a free spot, so many at a time, so far from each other.
_ROUNDS, _SPOTS, _STEP = 40, 64, 5.0
# From so many nodes on, the middle gets so many times the area of the boxes that lie there.
_CROWD, _ROOM = 150, 0.8


def layout(graph: nx.Graph, sizes: Mapping[Any, Size]) -> tuple[dict[Any, Point], Size]:
    """The place of each node, and the size of it all; all in points. `sizes` is the room that each node needs."""
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    placed = [_part(graph.subgraph(part), part, np.array([sizes[node] for node in part])) for part in parts]
    corners, size = pack([box for _, box in placed])
    places: dict[Any, Point] = {}
    for part, (points, _), corner in zip(parts, placed, corners, strict=True):
        places |= {node: (float(x), float(y)) for node, (x, y) in zip(part, points + np.array(corner), strict=True)}
    return places, size


def _part(graph: nx.Graph, nodes: Sequence[Any], sizes: np.ndarray) -> tuple[np.ndarray, Size]:
    """The places of the nodes of one part, from its lower left corner, and its size."""
    points = spread(_turned(_drawn(graph, nodes)), sizes)
    low, high = (points - sizes / 2).min(axis=0), (points + sizes / 2).max(axis=0)
    return points - low, (float(high[0] - low[0]), float(high[1] - low[1]))


def _drawn(graph: nx.Graph, nodes: Sequence[Any]) -> np.ndarray:
    if len(nodes) < 3:
        return np.array([(_LONG * number, 0.0) for number in range(len(nodes))])
    ordered = nx.Graph()
    ordered.add_nodes_from(nodes)
    ordered.add_edges_from(sorted(tuple(sorted(edge)) for edge in graph.edges()))
    if len(nodes) <= _EXACT:
        found = nx.kamada_kawai_layout(ordered)
    else:
        found = nx.spring_layout(ordered, k=3 / math.sqrt(len(nodes)), iterations=100, seed=SEED)
    points = np.array([found[node] for node in nodes])
    ends = np.array([(nodes.index(one), nodes.index(other)) for one, other in ordered.edges()])
    lengths = np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1)
    wanted = max(_SHORT, _LONG - len(nodes) / 4)
    return np.asarray(points * (wanted / max(float(np.median(lengths)), 1e-9)))


def _turned(points: np.ndarray) -> np.ndarray:
    """Turned so that it is wider than high, as screens and pages are."""
    centred: np.ndarray = points - points.mean(axis=0)
    if len(points) < 3:
        return centred
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    # Which way an axis points is not determined; the same picture has to come out.
    axes *= np.where(np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1) < 0, -1, 1)
    return np.asarray(centred @ axes.T)


def spread(points: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """The points moved apart, as little as that needs, until boxes of these sizes around them don't overlap."""
    return _settled(_pushed(_roomy(points.astype(float), sizes), sizes), sizes)


def _roomy(points: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """The points drawn out, all alike, where the middle half of them has less room than boxes need to find a spot near by."""
    if len(points) < _CROWD:
        return points
    low, high = np.quantile(points, (0.25, 0.75), axis=0)
    lacking = float(sizes.prod(axis=1).sum()) / 4 * _ROOM / max(float(np.prod(high - low)), 1e-9)
    return np.asarray(points * max(1.0, math.sqrt(lacking)))


def _pushed(points: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Boxes that overlap push each other apart for some rounds, which keeps neighbours neighbours."""
    moved = points + _spiral(np.arange(len(points))) * 1e-2
    room = (sizes[:, None, :] + sizes[None, :, :]) / 2
    for _ in range(_ROUNDS):
        apart = moved[:, None, :] - moved[None, :, :]
        lack = room - np.abs(apart)
        overlap = (lack > 0).all(axis=2)
        np.fill_diagonal(overlap, False)
        if not overlap.any():
            break
        # Along the axis on which less is lacking.
        across = lack[:, :, 0] < lack[:, :, 1]
        push = np.where(np.stack([across, ~across], axis=2), lack, 0.0) * np.sign(apart)
        push[~overlap] = 0.0
        moved += push.sum(axis=1) / np.sqrt(np.maximum(overlap.sum(axis=1), 1))[:, None] * 0.52
    return np.asarray(moved)


def _settled(points: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """From the middle outwards, each box on the nearest spot that is free."""
    settled = points.copy()
    done: list[int] = []
    for node in np.argsort(np.linalg.norm(points - points.mean(axis=0), axis=1), kind="stable"):
        first, room = 0, (sizes[done] + sizes[node]) / 2 - 1e-6
        while True:
            spots = points[node] + _spiral(np.arange(first, first + _SPOTS)) * _STEP
            apart = np.abs(spots[:, None, :] - settled[done][None, :, :])
            free = np.flatnonzero(~(apart < room).all(axis=2).any(axis=1))
            if len(free):
                settled[node] = spots[free[0]]
                break
            first += _SPOTS
        done.append(int(node))
    return settled


def _spiral(numbers: np.ndarray) -> np.ndarray:
    """Points that fill the plane evenly from its middle, about one apart."""
    angles = numbers * math.pi * (3 - math.sqrt(5))
    return np.asarray(np.stack([np.cos(angles), np.sin(angles)], axis=1) * np.sqrt(numbers)[:, None])


def pack(boxes: Sequence[Size]) -> tuple[list[Point], Size]:
    """Lower left corners of boxes that don't overlap, the first in the corner, and the size of the whole, which is as compact as is simple."""
    taken = np.empty((0, 4))
    corners: list[Point] = []
    spots: list[Point] = [(0.0, 0.0)]
    for width, height in boxes:
        wide, high = width + _GAP, height + _GAP
        x, y = min((spot for spot in spots if _free(taken, spot, wide, high)), key=lambda spot: _reach(taken, spot, wide, high))
        corners.append((x, y))
        taken = np.vstack([taken, (x, y, x + wide, y + high)])
        spots.remove((x, y))
        spots += [(x + wide, y), (x, y + high)]
    if not len(taken):
        return [], (0.0, 0.0)
    whole = (float(taken[:, 2].max()) - _GAP, float(taken[:, 3].max()) - _GAP)
    # The largest part stands on top.
    return [(x, whole[1] - y - height) for (x, y), (_, height) in zip(corners, boxes, strict=True)], whole


def _free(taken: np.ndarray, spot: Point, wide: float, high: float) -> bool:
    x, y = spot
    return not bool(np.any((taken[:, 0] < x + wide - 1e-6) & (taken[:, 2] > x + 1e-6) & (taken[:, 1] < y + high - 1e-6) & (taken[:, 3] > y + 1e-6)))


def _reach(taken: np.ndarray, spot: Point, wide: float, high: float) -> tuple[float, float, float]:
    """How far the whole would reach; the first spot that adds least is taken."""
    right = max(float(taken[:, 2].max(initial=0.0)), spot[0] + wide)
    top = max(float(taken[:, 3].max(initial=0.0)), spot[1] + high)
    return max(right, top * _ASPECT), spot[1], spot[0]
