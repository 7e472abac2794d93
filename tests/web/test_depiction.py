"""Triples as a picture: what is drawn of them, and what they are called."""

import hostile
import pyoxigraph as ox
import pytest

from kg.graph.queries import ask
from kg.graph.store import Store
from kg.iris import ID
from kg.web.depiction import depiction
from kg.web.exploration import NODES, Values

KARL = f"<{ID}entity/person/karl-stein>"


def drawn(store: Store, query: str) -> Values | None:
    result = ask(store, query)
    assert isinstance(result, ox.QueryTriples)
    return depiction(store, list(result))


@pytest.fixture(scope="module")
def store(place: object) -> Store:
    return Store.open(str(place), read_only=True)


def test_things_have_the_names_and_classes_of_the_store(store: Store) -> None:
    found = drawn(store, "CONSTRUCT { ?a kg:headOfState ?b } WHERE { ?a kg:headOfState ?b }")
    assert found is not None
    assert {(node["label"], node["kind"], node["page"]) for node in found["nodes"]} == {
        ("Karl Stein", "person", "/entity/person/karl-stein"),
        ("Ruritania", "country", "/entity/country/ruritania"),
    }
    assert [(claim["label"], claim["subject"], claim["value"]) for claim in found["claims"]] == [("head of state of", KARL, None)]
    assert found["total"] == {"nodes": 2, "claims": 1}


def test_what_the_triples_say_of_names_goes_first_and_values_are_no_things(store: Store) -> None:
    head = f"{KARL} rdfs:label 'The President' ; a kg:Group ; kg:age 61 ; foaf:knows [ foaf:name 'Ida' ]"
    found = drawn(store, f"CONSTRUCT {{ {head} }} WHERE {{}}")
    assert found is not None
    assert ("The President", "group") in {(node["label"], node["kind"]) for node in found["nodes"]}
    assert {(claim["label"], claim["value"]) for claim in found["claims"]} == {("age", "61"), ("foaf:knows", None), ("foaf:name", "Ida")}
    assert len([node for node in found["nodes"] if node["page"] is None]) == 1, "a node without a name has no page"


@pytest.mark.parametrize(
    "query", ["CONSTRUCT { ?a rdfs:label ?b } WHERE { ?a rdfs:label ?b }", "CONSTRUCT { ?a a ?b } WHERE { ?a a ?b }", "DESCRIBE id:x"]
)
def test_where_nothing_ties_two_things_there_is_no_picture(store: Store, query: str) -> None:
    assert drawn(store, query) is None


def test_only_what_can_be_drawn_is(store: Store) -> None:
    knows = ox.NamedNode("http://xmlns.com/foaf/0.1/knows")
    middle, *others = (ox.NamedNode(f"urn:{n}") for n in range(NODES + 11))
    found = depiction(store, [ox.Triple(middle, knows, other) for other in others])
    assert found is not None
    assert (len(found["nodes"]), len(found["claims"])) == (NODES, NODES - 1)
    assert found["total"] == {"nodes": NODES + 11, "claims": NODES + 10}


def test_hostile_things_are_words(store: Store) -> None:
    found = drawn(store, "CONSTRUCT { ?a kg:attacked ?b } WHERE { ?a kg:attacked ?b }")
    assert found is not None
    (bad,) = (node for node in found["nodes"] if node["label"] == hostile.SCRIPT)
    assert bad["page"].startswith(("/entity/", "/resource?"))
    assert all(link.startswith(("https://", "http://")) for node in found["nodes"] for link in node["links"])
