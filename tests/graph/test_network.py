"""The network of entities, and `flatten`, which makes it writable."""

import io
import math

import networkx as nx
import toy
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.network import flatten, network_of


def test_nodes_and_edges_tell_who_what_and_how_certain() -> None:
    graph = network_of(toy.extractions())
    assert graph.nodes["force/black-guard"]["label"] == "Black Guard"
    assert graph.nodes["force/black-guard"]["documents"] == ["a", "b"]
    edges = list(graph.get_edge_data("force/black-guard", "facility/zenda-bridge").values())
    assert sorted(edge["modality"] for edge in edges) == ["actual", "negated"]
    (told,) = (edge for edge in edges if edge["modality"] == "actual")
    assert (told["relation"], told["sources"], told["time"], told["instrument"]) == ("attacked", ["Ministry of War"], "2024-03-08", ["mortars"])
    assert told["sentence"].startswith("The Black Guard")
    assert graph.number_of_edges() == 13, "the claim without subject is no edge"


def test_only_one_modality() -> None:
    assert {data["modality"] for *_, data in network_of(toy.extractions(), modality="possible").edges(data=True)} == {"possible"}


VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.lists(st.text(max_size=3), max_size=3)
    | st.sets(st.integers(), max_size=3)
)


@given(st.dictionaries(st.sampled_from("abc"), VALUES), st.dictionaries(st.sampled_from("abc"), VALUES))
def test_flat_networks_can_be_written_and_read(first: dict[str, object], second: dict[str, object]) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("x", **first)
    graph.add_node("y", **second)
    graph.add_edge("x", "y", key="k", **first)
    graph.add_edge("x", "y", key="l", **second)
    flat = flatten(graph)
    for data in [*(d for _, d in flat.nodes(data=True)), *(d for *_, d in flat.edges(data=True))]:
        assert all(isinstance(value, str | int | bool) or (isinstance(value, float) and math.isfinite(value)) for value in data.values())
    file = io.BytesIO()
    nx.write_graphml_xml(flat, file, edge_id_from_attribute="id")
    file.seek(0)
    again = nx.read_graphml(file, force_multigraph=True)
    assert dict(again.nodes(data=True)).keys() == dict(flat.nodes(data=True)).keys()
    assert sorted(key for *_, key in again.edges(keys=True)) == ["k", "l"]
