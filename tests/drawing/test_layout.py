"""Where nodes and labels stand: nothing overlaps, and the same network stands the same way."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.drawing.boxes import Room, beside
from kg.drawing.layout import layout, pack, spread

SIDES = st.floats(1, 300)
BOXES = st.lists(st.tuples(SIDES, SIDES), max_size=30)


def overlaps(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return bool(min(one[2], other[2]) - max(one[0], other[0]) > 0.1 and min(one[3], other[3]) - max(one[1], other[1]) > 0.1)


@settings(max_examples=40)
@given(BOXES)
def test_packed_boxes_lie_apart_and_within_the_whole(sizes: list[tuple[float, float]]) -> None:
    corners, whole = pack(sizes)
    boxes = [(x, y, x + width, y + height) for (x, y), (width, height) in zip(corners, sizes, strict=True)]
    assert not any(overlaps(one, other) for number, one in enumerate(boxes) for other in boxes[:number])
    assert all(box[0] >= -0.1 and box[1] >= -0.1 and box[2] <= whole[0] + 0.1 and box[3] <= whole[1] + 0.1 for box in boxes)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=2, max_size=25))
def test_nodes_are_moved_apart_even_from_one_spot(points: list[tuple[float, float]]) -> None:
    sizes = np.full((len(points), 2), (40.0, 12.0))
    moved = spread(np.array(points), sizes)
    boxes = [(x - 20, y - 6, x + 20, y + 6) for x, y in moved.tolist()]
    assert not any(overlaps(one, other) for number, one in enumerate(boxes) for other in boxes[:number])


@pytest.mark.parametrize("nodes", [1, 2, 40, 130])
def test_networks_of_every_size_are_laid_out_the_same_way_twice(nodes: int) -> None:
    graph = nx.barabasi_albert_graph(nodes, 1, seed=1) if nodes > 1 else nx.empty_graph(1)
    graph.add_edge("x", "y")
    graph = nx.relabel_nodes(graph, str)
    sizes = dict.fromkeys(graph, (50.0, 20.0))
    places, (width, height) = layout(graph, sizes)
    other = nx.Graph()
    other.add_edges_from(sorted(graph.edges(), reverse=True))
    other.add_nodes_from(graph)
    assert layout(other, sizes)[0] == places
    assert all(24 <= x <= width - 24 and 9 <= y <= height - 9 for x, y in places.values())
    boxes = [(x - 25, y - 10, x + 25, y + 10) for x, y in places.values()]
    touching = sum(overlaps(one, other) for number, one in enumerate(boxes) for other in boxes[:number])
    assert touching == 0


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(0, 200), st.floats(0, 200)), max_size=30))
def test_labels_that_found_room_touch_nothing(spots: list[tuple[float, float]]) -> None:
    room, found = Room((0, 0, 200, 200)), []
    for x, y in spots:
        if box := room.first(beside(x, y, 3, 30, 8)):
            found.append(box)
    assert not any(overlaps(one, other) for number, one in enumerate(found) for other in found[:number])
    assert all(box[0] >= 0 and box[3] <= 200 for box in found)
