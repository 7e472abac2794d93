"""`flatten`, which makes a network writable."""

import io
import math

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.network.flat import flatten

VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.lists(st.text(max_size=3), max_size=3)
    | st.sets(st.integers(), max_size=3)
)


@settings(deadline=None)
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
