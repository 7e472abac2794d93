"""Projections: which ties each query finds in the toy articles, what nodes and edges tell, what the filters keep."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
import servers
import toy

from kg.errors import QueryError
from kg.graph import background
from kg.graph.changes import Changes
from kg.graph.store import Store
from kg.model import Entity, Extraction, Mention
from kg.network.projection import project, projections

GUARD, BRIDGE, HAHNEL = "force/black-guard", "facility/zenda-bridge", "person/otto-hahnel"


def stored(*extractions: Extraction) -> Store:
    store = Store.open()
    store.replace_all(extractions)
    return store


def ties(graph: nx.MultiDiGraph) -> list[tuple[str, str, str]]:
    label = {node: data["label"] for node, data in graph.nodes(data=True)}
    return sorted((label[source], data["relation"], label[target]) for source, target, data in graph.edges(data=True))


# Of each projection the actual ties, or some of them.
EXPECTED: dict[str, tuple[int, list[tuple[str, str, str]]]] = {
    "affiliations": (
        3,
        [
            ("Anna Vogel", "spokesmanOf", "Ministry of War"),
            ("Ida Brandt", "headOfGovernment", "Grauland"),
            ("Karl Stein", "headOfState", "Ruritania"),
        ],
    ),
    "affiliations-organizations": (0, []),
    "affiliations-people": (0, []),
    "claims": (10, [("Black Guard", "killed", "Otto Hahnel"), ("Black Guard", "killed", "Otto Hahnel")]),
    "conflict": (
        3,
        [("Black Guard", "attacked", "Zenda Bridge"), ("Black Guard", "killed", "Otto Hahnel"), ("Ida Brandt", "metWith", "Karl Stein")],
    ),
    "events": (1, [("Killing: Black Guard → Otto Hahnel, 2024-03-08", "partOf", "Attack: Black Guard → Zenda Bridge, 2024-03-08")]),
    "facts": (9, [("Black Guard", "killed", "Otto Hahnel"), ("Ida Brandt", "metWith", "Karl Stein")]),
    "places": (7, [("Black Guard", "actedIn", "Zenda"), ("Zenda Bridge", "concernedIn", "Zenda"), ("Zenda", "locatedIn", "West March")]),
    "speaks-about": (
        9,
        [("Anna Vogel", "speaksAbout", "Grauland"), ("Anna Vogel", "speaksAbout", "Zenda Bridge"), ("Morning Post", "speaksAbout", "Otto Hahnel")],
    ),
    "together": (79, [("Anna Vogel", "namedWith", "Karl Stein")]),
}


def test_the_projections_are_the_agreed_ones() -> None:
    assert list(projections()) == sorted(EXPECTED)
    assert all(query.summary and query.tags for query in projections().values())


@pytest.mark.parametrize("name", EXPECTED)
def test_each_projection_finds_its_ties(store: Store, name: str) -> None:
    number, expected = EXPECTED[name]
    found = ties(project(store, name, modality="actual"))
    assert len(found) == number, found
    for tie in expected:
        assert tie in found


def test_a_server_gives_the_same_networks(store: Store) -> None:
    server = servers.take()
    with servers.give_back_with(Store.open(server.address), server) as remote:
        remote.replace_all(toy.extractions())
        for name in projections():
            here, there = project(store, name), project(remote, name)
            assert dict(here.nodes(data=True)) == dict(there.nodes(data=True))
            assert list(here.edges(keys=True, data=True)) == list(there.edges(keys=True, data=True))


def test_nodes_and_edges_tell_who_what_and_how_certain(store: Store) -> None:
    graph = project(store)
    node = graph.nodes[GUARD]
    assert (node["label"], node["type"], node["aliases"], node["documents"]) == ("Black Guard", "MilitaryForce", ["the Guard"], ["a", "b"])
    assert (node["mentions"], node["start"], node["end"]) == (3, "2024-03-08", "2024-03-10")
    edges = list(graph.get_edge_data(GUARD, BRIDGE).values())
    assert sorted(edge["modality"] for edge in edges) == ["actual", "negated"]
    (told,) = (edge for edge in edges if edge["modality"] == "actual")
    assert (told["relation"], told["sources"], told["time"], told["instrument"]) == ("attacked", ["Ministry of War"], "2024-03-08", ["mortars"])
    assert (told["belief"], told["supporting"], told["opposing"], told["weight"]) == (0.5, 1, 1, 1.0)
    assert told["sentence"].startswith("The Black Guard")
    assert graph.number_of_edges() == 13, "the claim without subject is no edge"
    assert all(value is not None for *_, data in graph.edges(data=True) for value in data.values())


def test_nested_sources_keep_their_order(store: Store) -> None:
    (told,) = (data for *_, data in project(store).edges(data=True) if len(data.get("sources", ())) == 2)
    assert told["sources"] == ["Morning Post", "Ministry of War"]


def test_a_fact_is_one_edge_weighted_by_its_voices(store: Store) -> None:
    (edge,) = project(store, "facts").get_edge_data(GUARD, HAHNEL).values()
    assert (edge["weight"], edge["documents"], edge["start"], edge["end"]) == (2.0, ["a", "b"], "2024-03-08", "2024-03-10")
    assert len(edge["claims"]) == 2
    assert edge["sources"] == ["Ministry of War", "Morning Post"]


def test_ends_of_symmetric_facts_may_be_told_in_either_order() -> None:
    one = toy.denial()
    met = next(claim for claim in one.claims if claim.relation == "metWith")
    turned = replace(met, id="c-turned", subject=met.object, object=met.subject)
    graph = project(stored(one, replace(one, document={**one.document, "id": "c"}, claims=(turned,), events=())), "facts")
    (edge,) = (data for *_, data in graph.edges(data=True) if data["relation"] == "metWith")
    assert edge["documents"] == ["b", "c"]


def test_conflict_is_signed(store: Store) -> None:
    signs = {data["relation"]: data["sign"] for *_, data in project(store, "conflict").edges(data=True)}
    assert signs == {"attacked": -1, "invaded": -1, "killed": -1, "metWith": 1}


def test_people_are_tied_by_the_body_they_share() -> None:
    base = toy.shelling()
    (vogel,) = (claim for claim in base.claims if claim.relation == "spokesmanOf")
    both = replace(base, claims=(vogel, replace(vogel, id="c-other", subject="person/karl-stein", relation="worksFor")))
    (edge,) = project(stored(both), "affiliations-people").edges(data=True)
    assert edge[:2] == ("person/anna-vogel", "person/karl-stein")
    assert (edge[2]["via"], edge[2]["weight"], len(edge[2]["claims"])) == (["Ministry of War"], 1.0, 2)


def test_an_actor_that_was_hit_acts_next() -> None:
    base = toy.shelling()
    attack, *others = base.events
    answer = replace(attack, id="v-answer", roles={"agent": (BRIDGE,), "target": (GUARD,)}, mentions=())
    graph = project(stored(replace(base, events=(attack, answer, *others))), "events")
    assert {(source, target) for source, target, data in graph.edges(data=True) if data["relation"] == "thenActed"} >= {(attack.id, "v-answer")}
    assert graph.nodes[attack.id]["label"] == "Attack: Black Guard → Zenda Bridge, 2024-03-08"


def test_places_have_coordinates_and_country() -> None:
    base = toy.shelling()
    erbil = Entity("city/erbil", "City", "Erbil", (), ("https://sws.geonames.org/95446/",), (Mention(0, 3, "The"),))
    record = replace(base, entities=(*base.entities, erbil), claims=(replace(base.claims[4], object="city/erbil"),))
    store = stored(record)
    with Changes(store) as changes:
        background.add(changes, [record])
    node = project(store, "places").nodes["city/erbil"]
    assert (round(node["lat"], 1), round(node["lon"], 1), node["country"]) == (36.2, 44.0, "Iraq")


@pytest.mark.parametrize(
    ("options", "edges"),
    [
        ({}, 13),
        ({"modality": "possible"}, 1),
        ({"modality": ("possible", "negated")}, 3),
        ({"min_confidence": 0.7}, 12),
        ({"min_confidence": 0.95}, 1),
        ({"since": "2024-03-09"}, 4),
        ({"until": "2024-03-08"}, 9),
        ({"since": "2024-03-09", "until": "2024-03-09"}, 1),
        ({"since": "2024-03"}, 13),
        ({"until": "2023"}, 0),
    ],
)
def test_filters_keep_what_is_asked_for(store: Store, options: dict[str, object], edges: int) -> None:
    graph = project(store, **options)  # type: ignore[arg-type]
    assert graph.number_of_edges() == edges
    assert not options or not list(nx.isolates(graph)), "a part of the network holds only those who have ties in it"


def test_a_wrong_date_is_told(store: Store) -> None:
    with pytest.raises(QueryError, match="--from yesterday: not a date; write it like"):
        project(store, since="yesterday")


def test_a_query_of_one_s_own(store: Store, tmp_path: Path) -> None:
    query = tmp_path / "mine.rq"
    query.write_text('SELECT ?source ?target ("near" AS ?relation) (3 AS ?weight) ("x" AS ?note) WHERE { ?source kg:locatedIn ?target }')
    edges = [data for *_, data in project(store, query).edges(data=True)]
    assert {(edge["relation"], edge["weight"], edge["note"]) for edge in edges} == {("near", 3.0, "x")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?source WHERE { ?source a kg:Claim }", "needs \\?source \\?target \\?relation in every row; \\?target is missing"),
        ("ASK { ?s ?p ?o }", "gives no rows; write a SELECT"),
        ("SELECT ?source WHERE {", "not valid SPARQL"),
        ("nothing", "no projection called 'nothing'; choose one of: affiliations"),
    ],
)
def test_a_query_that_is_no_projection_is_told(store: Store, text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        project(store, text)


def test_networks_need_no_language_model() -> None:
    code = "import sys, kg.network.results, kg.network.measurements; print('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
