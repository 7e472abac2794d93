"""Pictures as files: what is on them, the same bytes twice, and names that try to be formulas or markup."""

from collections.abc import Callable

import networkx as nx
import pytest
from matplotlib import rcParams
from pictures import overlapping, pixels, styles, svg, text_boxes, words

from kg.drawing import matrix, network, placemap, timeline
from kg.drawing.lines import lines
from kg.drawing.sheet import NOTHING, Sheet
from kg.errors import QueryError
from kg.graph import incidents
from kg.graph.store import Store
from kg.network.projection import project
from kg.network.style import Style, rules

HOSTILE = [
    "$x^2$ $\\frac{1}{0}$",
    "<script>alert(1)</script>",
    "🕊 peace 🚀",
    "روريتانيا",
    "漢字仮名",
    "a\u0000b\ud800",
    "_{&amp;}\\",
    "%s {0}",
    " ",
    "A" * 3000,
]


def of_toy(store: Store, kind: str) -> Sheet:
    if kind == "timeline":
        return timeline.draw(incidents.find(store), incidents.called(store))
    draw, projection = {"network": (network.draw, "facts"), "matrix": (matrix.draw, "conflict"), "map": (placemap.draw, "places")}[kind]
    graph = project(store, projection)
    if kind == "map":
        graph.nodes["city/zenda"].update(lat=49.0, lon=12.5)
    return draw(graph)


Draw = Callable[[nx.MultiDiGraph], Sheet]
KINDS = ("network", "timeline", "matrix", "map")


@pytest.mark.parametrize("kind", KINDS)
def test_every_picture_has_names_as_text_and_ink_and_the_same_bytes_twice(store: Store, kind: str) -> None:
    one, other = of_toy(store, kind), of_toy(store, kind)
    data = svg(one)
    assert {"network": "Black Guard", "timeline": "Black Guard → Zenda Bridge", "matrix": "Zenda Bridge", "map": "Zenda"}[kind] in words(data)
    assert data == svg(other)
    assert b"dc:date" not in data
    image = pixels(one)
    height, width = image.shape[:2]
    assert width >= 840
    assert height >= 200
    ink = (image[:, :, :3].min(axis=2) < 0.9).mean()
    assert 0.005 < ink < 0.9
    assert (image == pixels(other)).all()


@pytest.mark.parametrize("kind", ["network", "timeline", "matrix"])
def test_texts_do_not_overlap(store: Store, kind: str) -> None:
    assert overlapping(text_boxes(of_toy(store, kind))) == []


def test_labels_of_a_large_network_do_not_overlap_each_other() -> None:
    graph = nx.MultiDiGraph(nx.barabasi_albert_graph(125, 2, seed=3), title="Many")
    for node, data in graph.nodes(data=True):
        data.update(label=f"The long name of {node}", type="Person")
    boxes = text_boxes(network.draw(graph))
    assert len(boxes) > 110
    assert overlapping(boxes) == []


def test_possible_is_dashed_and_denied_is_red(store: Store) -> None:
    looks = styles(svg(of_toy(store, "network")))
    assert "stroke-dasharray" in looks
    assert f"stroke: {rules()['edge']['negated']}" in looks
    assert f"fill: {rules()['node']['MilitaryForce']['colour']}" in looks
    only_actual = styles(svg(network.draw(project(store, "facts", modality="actual"))))
    assert "stroke-dasharray" not in only_actual
    assert rules()["edge"]["negated"] not in only_actual


def test_communities_have_colours_and_names(store: Store) -> None:
    assert "Black Guard" in words(svg(network.draw(project(store, "facts"), colour="community"))).split("denied")[0]


@pytest.mark.parametrize("draw", [network.draw, matrix.draw, placemap.draw])
def test_hostile_names_are_text_and_nothing_else(draw: Draw) -> None:
    graph = nx.MultiDiGraph(nx.path_graph(len(HOSTILE)), title=" ".join(HOSTILE))
    for (node, data), name in zip(sorted(graph.nodes(data=True)), HOSTILE, strict=True):
        data.update(label=name, type=name, lat=10.0 * node, lon=20.0)
    nx.set_edge_attributes(graph, HOSTILE[0], "label")
    sheet = draw(graph)
    data = svg(sheet)
    for shown in ("$x^2$", "<script>alert(1)</script>", "🕊 peace", "روريتانيا", "漢字仮名", "a\ufffdb\ufffd", "%s {0}", "AAAA"):
        assert shown in words(data).replace("\n", " ")
    assert b"<script" not in data
    assert pixels(sheet).size


def test_parallel_ties_are_one_line_and_other_looks_lie_beside() -> None:
    graph = nx.MultiDiGraph()
    graph.add_edges_from([("a", "b", {"label": "hit"})] * 3 + [("b", "a", {"label": "met"}), ("a", "b", {"label": "hit", "modality": "negated"})])
    actual, negated = sorted(lines(graph, Style(graph)), key=lambda line: line.colour)
    assert (actual.ties, actual.relations, actual.forth, actual.back) == (4, ("hit", "met"), True, True)
    assert (negated.ties, negated.forth, negated.back) == (1, True, False)
    assert actual.width > negated.width
    assert actual.bend != negated.bend


def test_of_a_large_network_the_most_central_part_is_drawn_and_the_picture_says_so() -> None:
    graph = nx.MultiDiGraph([("hub", f"n{number}") for number in range(30)], title="Large")
    data = words(svg(network.draw(graph, top=5)))
    assert "hub" in data
    assert data.count("\nn") == 4
    assert "5 of 31 nodes are shown, the most central." in data


def test_pairs_are_not_parted_and_no_more_is_drawn_than_asked_for() -> None:
    graph = nx.MultiDiGraph([(f"a{number}", f"b{number}") for number in range(9)], title="Pairs")
    assert "4 of 18 nodes" in words(svg(network.draw(graph, top=5)))


def test_a_picture_of_nothing_is_a_sheet_that_says_so_or_an_error(store: Store) -> None:
    nothing = nx.MultiDiGraph(title="Friends")
    assert words(svg(network.draw(nothing))).split("\n") == ["Friends", NOTHING]
    assert words(svg(matrix.draw(nothing))).split("\n") == ["Friends", NOTHING]
    with pytest.raises(QueryError, match="coordinates"):
        placemap.draw(nothing)
    with pytest.raises(QueryError, match="no dated event"):
        timeline.draw([], {})
    with pytest.raises(QueryError, match="no dated event"):
        timeline.draw(incidents.find(store), {}, since="2031")


def test_countries_are_shaded_and_named() -> None:
    graph = nx.MultiDiGraph(title="Countries")
    graph.add_node("country/armenia", label="Armenia", type="Country", links=["https://sws.geonames.org/174982/"])
    graph.add_node("city/yerevan", label="Yerevan", type="City", lat=40.18, lon=44.51)
    graph.add_edge("city/yerevan", "country/armenia", relation="capitalOf", label="capital of")
    data = svg(placemap.draw(graph))
    assert {"Armenia", "Yerevan"} <= set(words(data).split("\n"))
    assert f"fill: {rules()['node']['Country']['colour']}" in styles(data)


def test_who_takes_part_and_dates_choose_from_the_timeline(store: Store) -> None:
    found, called = incidents.find(store), incidents.called(store)
    assert "Ida Brandt" not in words(svg(timeline.draw(found, called, taking_part=["force/black-guard"])))
    assert "Black Guard" not in words(svg(timeline.draw(found, called, since="2024-03-09")))


def test_settings_of_the_user_s_matplotlib_do_not_matter(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = svg(of_toy(store, "network"))
    for name, value in (("svg.fonttype", "path"), ("font.size", 20), ("axes.facecolor", "black"), ("svg.hashsalt", "other")):
        monkeypatch.setitem(rcParams, name, value)
    assert svg(of_toy(store, "network")) == before


@pytest.mark.parametrize("draw", [network.draw, matrix.draw])
def test_a_network_without_directions_has_no_arrows_and_both_halves(draw: Draw) -> None:
    graph = nx.MultiDiGraph([("a", "b")], title="Both", directed=False)
    data = words(svg(draw(graph)))
    assert data.count("a\n") + data.count("\na") >= 1
    if draw is matrix.draw:
        assert data.split("\n").count("a") == 2
