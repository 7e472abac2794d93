"""Pages that analyse: the network, places, incidents and the timeline, each with its picture, of which nothing runs."""

import re
from collections.abc import Iterator
from pathlib import Path

import hostile
import pyoxigraph as ox
import pytest
import toy
from lxml import etree
from starlette.testclient import TestClient

from kg import drawing
from kg.graph import incidents
from kg.graph.identities import Identities
from kg.graph.store import Store
from kg.graph.terms import BACKGROUND, LATITUDE, LONGITUDE, entity
from kg.iris import KG
from kg.web import remembered
from kg.web.app import PAGES, application
from kg.web.exchange import Ask
from kg.web.pages.network import ROWS
from kg.web.pages.pictures import POLICY
from kg.web.settings import Settings

ZENDA = "city/zenda"
PICTURES = [
    "/network.svg",
    "/network.svg?projection=conflict",
    "/map.svg",
    f"/map.svg?place={ZENDA}",
    "/timeline.svg",
    "/timeline.svg?entity=Karl+Stein",
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which several articles tell of one attack, and places are known, one of them of a hostile name."""
    folder = tmp_path_factory.mktemp("analysis") / "store"
    with Store.open(folder) as store:
        Identities(store).write([*toy.extractions(), toy.retold("c", dead=4), toy.retold("d", dead=3), hostile.extraction()])
        incidents.write(store, incidents.find(store))
        for number, about in enumerate((ZENDA, f"person/{hostile.SCRIPT}")):
            where = {LATITUDE: 49.0 + number, LONGITUDE: 12.5}
            store.change((), [ox.Quad(entity(about), predicate, ox.Literal(value), BACKGROUND) for predicate, value in where.items()])
    return folder


@pytest.fixture(scope="module")
def client(place: Path) -> Iterator[TestClient]:
    with TestClient(application(Settings(place=str(place), workers=1)), base_url="http://localhost") as opened:
        yield opened


def json(client: TestClient, address: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = client.get(address, headers={"Accept": "application/json"}).json()
    return found


def turtle(client: TestClient, address: str) -> list[ox.Quad]:
    response = client.get(address, headers={"Accept": "text/turtle"})
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    return list(ox.parse(response.content, format=ox.RdfFormat.TURTLE))


# ---- what they show


def test_the_network_tells_who_matters_which_camps_there_are_and_who_connects(client: TestClient) -> None:
    found = json(client, "/network?projection=facts")
    assert found["central"][0]["entity"] in ("Black Guard", "Ruritania")
    assert {"degree", "pagerank", "betweenness", "page"} <= set(found["central"][0])
    assert [group["number"] for group in found["groups"]] == list(range(1, len(found["groups"]) + 1))
    assert all(len(found[table]) <= ROWS for table in ("central", "groups", "brokers"))
    assert {"facts", "conflict", "together"} <= {each["name"] for each in found["projections"]}
    named = {str(quad.object.value) for quad in turtle(client, "/network") if quad.predicate.value == f"{KG}measureName"}  # type: ignore[union-attr]
    assert {"pagerank", "betweenness", "community_name", "component"} <= named


def test_days_narrow_the_network(client: TestClient) -> None:
    assert json(client, "/network?from=2030")["ties"] == 0
    assert "<img" not in client.get("/network?from=2030").text


def test_events_are_nodes_with_pages_of_their_own(client: TestClient) -> None:
    pages = [row["page"] for row in json(client, "/network?projection=events")["central"]]
    assert pages
    assert all(client.get(page).status_code == 200 for page in pages[:3])


def test_places_have_coordinates_as_rows_and_as_triples(client: TestClient) -> None:
    rows = {row["id"]: row for row in json(client, "/map")["places"]}
    assert (rows[ZENDA]["lat"], rows[ZENDA]["lon"]) == (49.0, 12.5)
    assert rows[ZENDA]["ties"]
    assert ox.Quad(entity(ZENDA), LATITUDE, ox.Literal(49.0)) in turtle(client, "/map")


@pytest.mark.parametrize(("about", "placed"), [(ZENDA, True), ("person/karl-stein", False)])
def test_the_page_of_a_place_has_a_map(client: TestClient, about: str, placed: bool) -> None:
    assert ("map.svg?place=" in client.get(f"/entity/{about}").text) is placed


def test_an_incident_shows_all_reports_and_what_they_disagree_on(client: TestClient) -> None:
    table = client.get("/incidents").text
    pages = sorted(set(re.findall(r'href="(/incident/[^"]+)"', table)))
    found = next(each for each in (json(client, page) for page in pages) if each["type"] == "Killing")
    assert [report["document"] for report in found["reports"]] == ["a", "c", "d"]
    assert [(each["value"], each["documents"]) for each in found["disagreements"]] == [("3", ["a", "d"]), ("4", ["c"])]
    own = str(found["iri"]).removeprefix("https://w3id.org/kg-news/id")
    assert client.get(f"{own}/deathCount/3").status_code == 200
    assert f"{KG}report" in {quad.predicate.value for quad in turtle(client, own)}


def test_sources_are_called_by_their_names(client: TestClient) -> None:
    text = client.get("/sources").text
    assert ">Anna Vogel</a>" in text
    assert '<th scope="col">name</th>' not in text


# ---- pictures


@pytest.mark.parametrize("address", PICTURES)
def test_pictures_are_svg_in_which_nothing_runs(client: TestClient, address: str) -> None:
    response = client.get(address, headers={"Accept": "image/avif,image/webp,image/svg+xml,image/*,*/*;q=0.8"})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "image/svg+xml"
    assert response.headers["content-security-policy"] == POLICY
    assert response.headers["x-content-type-options"] == "nosniff"
    parts = list(etree.fromstring(response.content).iter("{*}*"))
    assert not {etree.QName(part).localname for part in parts} & {"script", "foreignObject", "a", "image", "animate", "set"}
    for part in parts:
        assert not [name for name in part.attrib if name.lower().startswith("on")]
        assert all(value.startswith("#") for name, value in part.attrib.items() if name.endswith("href"))


@pytest.mark.parametrize("address", ["/network.svg", "/map.svg"])
def test_hostile_names_are_words_in_pictures(client: TestClient, address: str) -> None:
    assert "<script>alert(1)" in " ".join("".join(part.itertext()) for part in etree.fromstring(client.get(address).content).iter("{*}text"))


def test_a_picture_is_sent_once_as_long_as_it_stays_the_same(client: TestClient) -> None:
    first = client.get("/map.svg")
    again = client.get("/map.svg", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/network.svg", headers={"If-None-Match": first.headers["etag"]}).status_code == 200


@pytest.mark.parametrize("path", ["/network", "/map", "/timeline"])
def test_without_what_draws_the_tables_remain(place: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.web.pages import questions

    monkeypatch.setattr(drawing, "find_spec", lambda name: None)
    job = PAGES.get(path, questions.question)
    with Store.open(place, read_only=True) as store:
        text = job(store, Ask(questions.OWN.get(path[1:], ("",))[0], accept="text/html", path=path)).body.decode()
    assert "pip install" in text
    assert "<img" not in text
    assert "Zenda" in text


def test_what_was_asked_for_last_is_kept(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST", 2)
    made = []

    def make(number: int) -> None:
        made.append(number)

    makers = [lambda store, number=number: make(number) for number in range(3)]
    with Store.open(place, read_only=True) as store:
        for number in (0, 1, 0, 2, 0, 1):
            remembered.remembered(store, makers[number])
    assert made == [0, 1, 2, 1]
