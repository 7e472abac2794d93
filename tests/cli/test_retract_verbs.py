"""kg retract and kg history as people use them, and a build that finds a file changed."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.graph.store import Store


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)
    (tmp_path / "one.txt").write_text("Iran attacked Iraq. Mark Esper visited Jordan.")
    (tmp_path / "two.txt").write_text("Iran attacked Iraq on Monday.")
    return tmp_path


def kg(*words: str, status: int = 0) -> str:
    result = CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})
    assert result.exit_code == status, result.output
    return result.output


def exported() -> list[bytes]:
    with Store.open("kg-store", read_only=True) as store:
        return store.nquads()


def test_retracting_and_building_again_gives_the_same_bytes(place: Path) -> None:
    kg("build", "one.txt", "two.txt")
    before = exported()
    assert kg("retract", "one.txt") == "retracted one.txt\n"
    assert "Iran" in kg("facts")
    assert "no entity called 'Mark Esper'" in kg("facts", "--entity", "Mark Esper", status=1)
    told = kg("history", "Iran")
    assert told.startswith("1: retraction of one.txt\n  - Iran attacked Iraq  [one.txt 0–19] Iran attacked Iraq.\n")
    assert "stands today\n    Iran attacked Iraq  [two.txt" in told
    kg("build", "one.txt", "two.txt")
    assert exported() == before


def test_a_changed_file_is_read_again_and_what_it_said_is_remembered(place: Path) -> None:
    kg("build", "one.txt", "two.txt")
    (place / "one.txt").write_text("Iran denied that it attacked Iraq.")
    assert "1 document, 1 unchanged" in kg("build", "one.txt", "two.txt")
    (change,) = json.loads(kg("history", "Iraq", "--format", "json"))["changes"]
    assert (change["kind"], change["facts"][0]["modality"]) == ("revision", "actual")
    assert "2 unchanged" in kg("build", "one.txt", "two.txt")
    assert len(json.loads(kg("history", "Iraq", "--format", "json"))["changes"]) == 1


def test_an_unknown_document_is_told(place: Path) -> None:
    kg("build", "one.txt")
    assert "no document 'on.txt'" in kg("retract", "on.txt", status=1)
    assert "did you mean one.txt" in kg("retract", "ONE", status=1)
