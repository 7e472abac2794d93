"""Judging over HTTP: only with --edit, with the token, and not from pages of other sites."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

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


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    place = tmp_path_factory.mktemp("edit") / "store"
    with Store.open(place) as store:
        Identities(store).write(toy.extractions())
    settings = Settings(place=str(place), workers=1, edit=True, token="open sesame")
    with TestClient(application(settings), base_url="http://localhost", follow_redirects=False) as client:
        yield client


def test_entities_are_joined_and_parted_again(editor: TestClient) -> None:
    judged = editor.post("/judgements", data=SAME, headers=TOKEN)
    assert (judged.status_code, judged.json()["answer"], judged.json()["reason"]) == (201, "same", "an alias")
    assert [each["number"] for each in editor.get("/judgements").json()] == [judged.json()["number"]]
    pages = [editor.get(f"/entity/{ident}") for ident in (STEIN, VOGEL)]
    assert sorted(page.status_code for page in pages) == [200, 308]
    moved = next(page for page in pages if page.status_code == 308)
    assert moved.headers["location"] in (f"/entity/{STEIN}", f"/entity/{VOGEL}")
    undone = editor.post("/judgements", data={"answer": "undo", "number": judged.json()["number"]}, headers=TOKEN)
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
    assert editor.get("/judgements").json() == []


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
