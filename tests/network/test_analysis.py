"""Results as attributes of the network, as tables, and as triples with their provenance."""

import networkx as nx
import pyoxigraph as ox
import pytest
from graphs import network, two_camps

from kg.errors import QueryError
from kg.graph import queries
from kg.graph.shapes import validate
from kg.graph.store import Store
from kg.network import measurements
from kg.network.analysis import ATTRIBUTES, annotate, known
from kg.network.flat import flatten
from kg.network.projection import project
from kg.network.results import ANALYSES, OVERVIEW, analyse


def test_every_result_can_become_an_attribute() -> None:
    graph = two_camps()
    annotate(graph, ["all"])
    assert graph.nodes["d"].keys() >= set(ATTRIBUTES)
    assert (graph.nodes["d"]["community_name"], graph.nodes["d"]["cuts_off"]) == ("A, B, C", 3)
    assert [(source, target) for source, target, bridge in graph.edges(data="bridge") if bridge] == [("d", "w")]
    assert flatten(graph).nodes["d"]["pagerank"] == graph.nodes["d"]["pagerank"]


def test_only_what_is_asked_for_is_written() -> None:
    graph = two_camps()
    annotate(graph, ["pagerank", "components"])
    assert graph.nodes["a"].keys() - {"label", "type", "documents"} == {"pagerank", "component"}


def test_an_unknown_analysis_lists_the_known_ones() -> None:
    with pytest.raises(QueryError, match="no analysis called 'fame'; choose from: degree"):
        annotate(two_camps(), ["fame"])
    with pytest.raises(QueryError, match="no analysis called 'fame'; choose one of: centrality"):
        analyse(two_camps(), "fame")
    assert set(OVERVIEW) <= set(ANALYSES)
    assert "communities" in known()


@pytest.mark.parametrize("name", ANALYSES)
@pytest.mark.parametrize("graph", [network(), network(("a", "b", {"sign": -1, "reported": ["2024-01-01"]}))], ids=["empty", "one tie"])
def test_every_analysis_has_rows_with_its_columns(name: str, graph: nx.MultiDiGraph) -> None:
    if name == "similarity":
        with pytest.raises(QueryError, match="needs one entity" if not len(graph) else "nobody has no tie"):
            analyse(graph, name, [["nobody"]] if len(graph) else [])
        return
    result = analyse(graph, name)
    assert bool(result.rows) == (name == "motifs" or (len(graph) > 0 and name not in ("brokers", "communities")))
    assert all(set(result.columns) <= row.keys() for row in result.rows)


def test_two_are_compared_by_what_they_share() -> None:
    (row,) = analyse(network(("a", "x"), ("b", "x")), "similarity", [["a"], ["b"]]).rows
    assert (row["one"], row["other"], row["cosine"], row["shared"]) == ("A", "B", 1.0, ["knows → X"])
    (alike, *_) = analyse(network(("a", "x"), ("b", "x")), "similarity", [["a"]]).rows
    assert alike["other"] == "B"


def test_triples_tell_what_was_measured_by_which_documents(store: Store) -> None:
    graph = project(store, "facts", modality="actual")
    annotate(graph, ["all"])
    with Store.open() as kept:
        for _ in range(2):
            number = measurements.write(kept, graph)
        rows = kept.inner.query(
            "PREFIX kg: <https://w3id.org/kg-news/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#> "
            'SELECT ?of ?value (COUNT(DISTINCT ?document) AS ?documents) WHERE { GRAPH ?g { ?m kg:isMeasurementOf ?of ; kg:measureName "degree" ; '
            "kg:measureValue ?value ; prov:wasGeneratedBy ?a . ?a a prov:Activity ; prov:used ?document } } GROUP BY ?of ?value"
        )
        found = {row["of"].value.rsplit("/", 1)[-1]: (int(row["value"].value), int(row["documents"].value)) for row in rows}  # type: ignore[union-attr]
        assert found["black-guard"] == (2, 2)
        assert len(found) == len(graph)
        assert number == sum(len(data.keys() & set(ATTRIBUTES)) for _, data in graph.nodes(data=True))
        assert validate(kept).conforms
        assert queries.check(kept) == {}


def test_triples_in_a_file_are_the_same_each_time(store: Store) -> None:
    graph = project(store, "conflict")
    annotate(graph, ["pagerank"])
    turtle = measurements.serialize(graph, ox.RdfFormat.TURTLE)
    assert turtle == measurements.serialize(graph, ox.RdfFormat.TURTLE)
    triples = {quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
    assert triples == {quad.triple for quad in measurements.quads(graph)}


def test_only_ties_of_the_modality_asked_for_count() -> None:
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", key="told", modality="actual", weight=1.0)
    graph.add_edge("a", "c", key="denied", modality="negated", weight=1.0)
    annotate(graph, ["degree", "components", "bridges"], modality=["actual"])
    assert dict(graph.nodes(data="degree")) == {"a": 1, "b": 1, "c": 0}
    assert graph.nodes["a"]["component"] == graph.nodes["b"]["component"] != graph.nodes["c"].get("component")
    assert {key: data["bridge"] for *_, key, data in graph.edges(keys=True, data=True)} == {"told": True, "denied": False}


def test_motifs_that_are_there_come_first_and_those_without_ties_last() -> None:
    codes = [row["motif"] for row in analyse(network(("a", "b"), ("b", "c"), ("x", "y")), "motifs").rows]
    assert (codes[0], codes[-3:]) == ("021C", ["003", "012", "102"])
