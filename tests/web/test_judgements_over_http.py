"""Judging over HTTP, by programs and by the forms of pages: only with --edit, with the token, and not from pages of other sites."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pairs
import pyoxigraph as ox
import pytest
import toy
from starlette.testclient import TestClient

from kg.errors import ServerError
from kg.graph.identities import Identities
from kg.graph.store import Store
from kg.web.app import application
from kg.web.settings import Settings

STEIN, VOGEL = "person/karl-stein", "person/anna-vogel"
SAME = {"answer": "same", "one": "Karl Stein", "other": "Anna Vogel", "reason": "an alias"}
TOKEN = {"Authorization": "Bearer open sesame"}
PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    place = tmp_path_factory.mktemp("edit") / "store"
    with Store.open(place) as store:
        Identities(store).write([*toy.extractions(), *pairs.extractions()])
    settings = Settings(place=str(place), workers=1, edit=True, token="open sesame")
    with TestClient(application(settings), base_url="http://localhost", follow_redirects=False) as client:
        yield client


@pytest.fixture
def visitor(editor: TestClient) -> Iterator[TestClient]:
    """A browser that nobody has used, and a store in which nothing is judged when it is closed."""
    editor.cookies.clear()
    yield editor
    editor.cookies.clear()
    for each in judged(editor):
        editor.post("/judgements", data={"answer": "undo", "number": each["number"]}, headers=TOKEN)


def judged(client: TestClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/judgements?format=json").json()["judgements"]
    return found


def fields(text: str) -> dict[str, str]:
    """What the form that judges would send, without the answer."""
    form = text[text.index('class="fields judging"') :]
    found = [dict(re.findall(r'(\w+)="([^"]*)"', each)) for each in re.findall(r"<input ([^>]*)>", form)]
    return {each["name"]: each.get("value", "") for each in found}


def test_entities_are_joined_and_parted_again(editor: TestClient) -> None:
    made = editor.post("/judgements", data=SAME, headers=TOKEN)
    assert (made.status_code, made.json()["answer"], made.json()["reason"]) == (201, "same", "an alias")
    assert [each["number"] for each in judged(editor)] == [made.json()["number"]]
    pages = [editor.get(f"/entity/{ident}") for ident in (STEIN, VOGEL)]
    assert sorted(page.status_code for page in pages) == [200, 308]
    moved = next(page for page in pages if page.status_code == 308)
    assert moved.headers["location"] in (f"/entity/{STEIN}", f"/entity/{VOGEL}")
    undone = editor.post("/judgements", data={"answer": "undo", "number": made.json()["number"]}, headers=TOKEN)
    assert undone.status_code == 201
    assert [editor.get(f"/entity/{ident}").status_code for ident in (STEIN, VOGEL)] == [200, 200]


@pytest.mark.parametrize(
    ("sent", "headers", "status"),
    [
        (SAME, {}, 401),
        (SAME, {"Authorization": "Bearer wrong"}, 401),
        (SAME, {**TOKEN, "Origin": "https://evil.example"}, 403),
        ({**SAME, "answer": "perhaps"}, TOKEN, 400),
        ({**SAME, "other": "Nobody"}, TOKEN, 400),
        ({**SAME, "other": ""}, TOKEN, 400),
        ({**SAME, "other": "Karl Stein"}, TOKEN, 409),
        ({"answer": "undo", "number": "99"}, TOKEN, 409),
        ({"answer": "undo", "number": "x"}, TOKEN, 400),
    ],
)
def test_what_can_not_be_judged_is_told(editor: TestClient, sent: dict[str, str], headers: dict[str, str], status: int) -> None:
    response = editor.post("/judgements", data=sent, headers=headers)
    assert response.status_code == status, response.text
    assert response.text.count("\n") == 1
    assert judged(editor) == []


def test_another_kind_of_body_is_refused(editor: TestClient) -> None:
    assert editor.post("/judgements", json=SAME, headers=TOKEN).status_code == 415


def test_who_writes_already_is_waited_for(editor: TestClient) -> None:
    settings: Settings = editor.app.state.settings  # type: ignore[attr-defined]
    with Store.open(settings.place):
        response = editor.post("/judgements", data=SAME, headers=TOKEN)
    assert (response.status_code, "another process is writing" in response.text) == (503, True)


def test_nothing_is_judged_unless_the_server_was_started_so(client: TestClient) -> None:
    assert client.post("/judgements", data=SAME, headers=TOKEN).status_code == 403


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])
def test_a_server_for_everybody_needs_a_token_to_be_edited(host: str, place: Path) -> None:
    options: dict[str, Any] = {"place": str(place), "host": host, "edit": True}
    with pytest.raises(ServerError, match="--token"):
        Settings(**options)
    assert Settings(**options, token="x").edit


# ---- by the forms of pages


def test_a_pair_is_judged_by_a_form_and_the_judgement_taken_back(visitor: TestClient) -> None:
    first = visitor.get("/candidates", headers=PAGE).text
    assert all(words in first for words in ("Pair 1 of 2", "J. Smith met Anna Berg in the old harbour.", "Article 1", "John Smith", "by initials"))
    told = {**fields(first), "answer": "same", "reason": "one guest book", "by": "Ida", "token": "open sesame"}
    answered = visitor.post("/judgements", data=told, headers=PAGE)
    assert answered.status_code == 303
    following = visitor.get(answered.headers["location"], headers=PAGE).text
    assert "are the same." in following
    assert "Pair 1 of 1" in following
    assert "Moreau" in following
    (known,) = judged(visitor)
    assert (known["answer"], known["reason"], known["by"]) == ("same", "one guest book", "Ida")
    listed = visitor.get("/judgements", headers=PAGE).text
    assert all(words in listed for words in ("one guest book", "Ida", f'value="{known["number"]}"'))
    undone = visitor.post("/judgements", data={"answer": "undo", "number": known["number"]}, headers=PAGE)
    assert (undone.status_code, undone.headers["location"]) == (303, "/judgements")
    assert "Nobody has judged yet" in visitor.get("/judgements", headers=PAGE).text


def test_a_pair_that_is_passed_over_makes_room_for_the_next(visitor: TestClient) -> None:
    (following,) = re.findall(r'<a href="([^"]*)"[^>]* rel="next">Skip</a>', visitor.get("/candidates", headers=PAGE).text)
    second = visitor.get(following, headers=PAGE).text
    assert "Pair 2 of 2" in second
    (last,) = re.findall(r'<a href="([^"]*)"[^>]* rel="next">Skip</a>', second)
    assert "There is no further pair; 2 were passed over." in visitor.get(last, headers=PAGE).text


def test_the_token_is_asked_for_once(visitor: TestClient) -> None:
    form = fields(visitor.get("/candidates", headers=PAGE).text)
    assert "token" in form
    refused = visitor.post("/judgements", data={**form, "answer": "same", "token": "wrong"}, headers=PAGE)
    assert (refused.status_code, "set-cookie" in refused.headers) == (401, False)
    taken = visitor.post("/judgements", data={**form, "answer": "different", "token": "open sesame"}, headers=PAGE)
    assert re.fullmatch(r"kg-judging=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Strict", taken.headers["set-cookie"])
    form = fields(visitor.get("/candidates", headers=PAGE).text)
    assert "token" not in form
    again = visitor.post("/judgements", data={**form, "answer": "same"}, headers=PAGE)
    assert (again.status_code, "set-cookie" in again.headers) == (303, False)
    elsewhere = visitor.post("/judgements", data={**form, "answer": "same"}, headers={**PAGE, "Origin": "https://evil.example"})
    assert elsewhere.status_code == 403


@pytest.mark.parametrize("cookie", ["", "0" * 64, "open sesame"])
def test_a_cookie_that_was_not_given_counts_for_nothing(visitor: TestClient, cookie: str) -> None:
    assert visitor.post("/judgements", data=SAME, headers={"Cookie": f"kg-judging={cookie}"}).status_code == 401


@pytest.mark.parametrize("path", ["/candidates", "/judgements"])
def test_identity_is_data_too(visitor: TestClient, path: str) -> None:
    visitor.post("/judgements", data=SAME, headers=TOKEN)
    assert visitor.get(path, headers={"Accept": "application/json"}).json()
    turtle = visitor.get(path, headers={"Accept": "text/turtle"})
    assert list(ox.parse(turtle.content, format=ox.RdfFormat.TURTLE))


def test_pages_for_judging_are_there_only_where_people_may(client: TestClient, visitor: TestClient) -> None:
    assert 'href="/candidates"' in visitor.get("/", headers=PAGE).text
    assert 'href="/candidates"' not in client.get("/", headers=PAGE).text
    assert client.get("/candidates", headers=PAGE).status_code == 403
    assert "kg serve --edit" in client.get("/judgements", headers=PAGE).text
