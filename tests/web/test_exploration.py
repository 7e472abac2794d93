"""What the explorer gets to draw, the one-file page around it, and the page of the server."""

import json
import re
from pathlib import Path

import hostile
import pytest
from starlette.testclient import TestClient

from kg.graph.store import Store
from kg.web import bundle, viewer
from kg.web.exploration import Values, exploration


@pytest.fixture(scope="module")
def data(place: Path) -> Values:
    with Store.open(place, read_only=True) as store:
        return exploration(store)


def test_entities_are_told_of_with_the_most_central_first(data: Values) -> None:
    guard = next(node for node in data["nodes"] if node["id"] == "force/black-guard")
    assert (guard["label"], guard["type"], guard["aliases"], guard["documents"]) == ("Black Guard", "MilitaryForce", ["the Guard"], ["a", "b"])
    assert [node["rank"] for node in data["nodes"]] == sorted((node["rank"] for node in data["nodes"]), reverse=True)
    assert set(data["communities"]) == {str(node["community"]) for node in data["nodes"] if node["community"]}
    assert "Black Guard" in data["communities"][str(guard["community"])]


def test_a_claim_has_its_sentence_with_its_words_marked_and_who_says_so(data: Values) -> None:
    (claim,) = (c for c in data["claims"] if c["relation"] == "attacked" and c["modality"] == "actual" and c["document"] == "a")
    assert [claim["sentence"][start:end] for start, end, part in claim["marks"] if part == "trigger"] == ["shelled"]
    assert (claim["sources"], claim["start"]) == ([{"id": "organization/ministry-of-war", "name": "Ministry of War"}], "2024-03-08")
    assert (claim["supporting"], claim["opposing"]) == (1, 1)


def test_claims_without_a_subject_or_with_a_value_are_told_of_too(data: Values) -> None:
    assert [(c["object"], c["modality"]) for c in data["claims"] if c["subject"] is None] == [("group/nine-people", "actual")]


def test_marks_are_counted_as_browsers_count() -> None:
    from kg.web.exploration import _utf16

    assert [_utf16(text) for text in ("", "a", "é", "𝒜b")] == [0, 1, 1, 3]


@pytest.mark.parametrize("nodes", [1, 3, 5])
def test_only_the_most_central_part_is_held_when_asked(place: Path, data: Values, nodes: int) -> None:
    with Store.open(place, read_only=True) as store:
        part = exploration(store, nodes=nodes)
    kept = [node["id"] for node in part["nodes"]]
    assert kept == [node["id"] for node in data["nodes"]][:nodes]
    assert all({claim["subject"], claim["object"]} - {None} <= set(kept) for claim in part["claims"])
    assert part["total"] == {"nodes": len(data["nodes"]), "claims": len(data["claims"])}


def test_the_surroundings_of_an_entity(place: Path) -> None:
    with Store.open(place, read_only=True) as store:
        around = exploration(store, around="person/anna-vogel")
        assert {node["id"] for node in around["nodes"]} == {"person/anna-vogel", "organization/ministry-of-war"}
        assert exploration(store, around="person/nobody")["nodes"] == []


def test_the_same_store_gives_the_same_page(place: Path, data: Values) -> None:
    with Store.open(place, read_only=True) as store:
        assert viewer.page(exploration(store), title="x") == viewer.page(data, title="x")


@pytest.mark.parametrize("installed", [True, False])
def test_nothing_out_of_an_article_is_markup_in_the_page(data: Values, installed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "explorer.js"
    if installed:
        script.write_text("explored()", encoding="utf-8")
    monkeypatch.setattr(bundle, "SCRIPT", script)
    page = viewer.page(data, title=hostile.SCRIPT)
    assert re.findall(r"<script[^>]*>", page) == (['<script type="application/json" id="data">', "<script>"] if installed else [])
    assert "<img" not in page
    assert (bundle.MISSING in page) != installed
    if installed:
        held = re.search(r'id="data">(.*?)</script>', page, re.DOTALL)
        assert held
        assert json.loads(held[1]) == json.loads(json.dumps(data))
    else:
        assert "<q" in page or "The Black Guard shelled the Zenda Bridge" in page


def test_addresses_that_run_are_never_links(data: Values) -> None:
    assert not [link for node in data["nodes"] for link in node["links"] if not link.startswith("https://")]
    assert {document["link"] for document in data["documents"].values()} == {"https://news.example/a", None}


def test_the_server_gives_the_same_with_the_addresses_of_pages(client: TestClient, data: Values) -> None:
    answer = client.get("/graph", headers={"Accept": "application/json"}).json()
    assert [node["id"] for node in answer["nodes"]] == [node["id"] for node in data["nodes"]]
    for page in [answer["nodes"][0]["page"], answer["claims"][0]["page"], answer["documents"]["a"]["page"]]:
        assert client.get(page).status_code == 200, page


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "2001", "9" * 400])
def test_a_wrong_number_is_refused(client: TestClient, number: str) -> None:
    answer = client.get("/graph", params={"format": "json", "nodes": number})
    assert (answer.status_code, answer.text) == (400, "nodes: a number from 1 to 2000\n")


def test_without_script_the_claims_are_a_table(client: TestClient) -> None:
    page = client.get("/graph?table=yes", headers={"Accept": "text/html"}).text
    assert "<script" not in page
    assert '<a href="/entity/force/black-guard">Black Guard</a>' in page
