"""same, different, undo, judgements, candidates and why as people use them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.model import Entity, Extraction, Mention


def kg(*words: str | Path, input: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=input, env={"COLUMNS": "120", "KG_STORE": "", "TERM": "dumb"})


def record(number: int, *names: str) -> str:
    entities = tuple(
        Entity(f"person/{name.lower().replace('. ', '-').replace(' ', '-')}", "Person", name, mentions=(Mention(n * 40, n * 40 + len(name), name),))
        for n, name in enumerate(names)
    )
    head = {"id": f"news/{number}", "title": f"Title {number}", "sha256": f"{number:08x}" + "0" * 56, "length": 400}
    return json.dumps(Extraction(head, entities).to_json()) + "\n"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    lines = (
        record(1, "Bill Weld", "Anna Berg") + record(2, "William Weld") + record(3, "Abe Shinzo") + record(4, "J. Smith") + record(5, "John Smith")
    )
    assert kg("load", "-", "--store", tmp_path / "s", input=lines).exit_code == 0
    return tmp_path / "s"


def test_same_and_undo(store: Path) -> None:
    done = kg("same", "Abe Shinzo", "Anna Berg", "--reason", "a test", "--by", "Ida", "--store", store)
    assert done.exit_code == 0, done.output
    assert "person/abe-shinzo and person/anna-berg are same, by Ida (a test)" in done.stdout
    assert "person/anna-berg" in kg("show", "Abe Shinzo", "--store", store).stdout
    listed = kg("judgements", "--store", store)
    assert "are same, by Ida (a test)" in listed.stdout
    assert kg("undo", "--store", store).stdout.startswith("taken back: ")
    assert kg("judgements", "--store", store).stdout == ""
    failed = kg("undo", "--store", store)
    assert (failed.exit_code, failed.stderr) == (1, "kg: nothing to undo: no judgements by people\n")


def test_different_parts_what_a_rule_has_joined_and_why_tells_both(store: Path) -> None:
    assert "joined person/william-weld and person/bill-weld by person/given name" in kg("why", "Bill Weld", "--store", store).stdout
    assert kg("different", "Bill Weld", "William Weld", "--store", store).exit_code == 0
    told = kg("why", "William Weld", "--store", store).stdout
    assert "William Weld  person/william-weld" in told
    assert "judged" in told
    assert "0–12 name: William Weld" in told
    again = kg("same", "person/bill-weld", "person/william-weld", "--store", store)
    assert again.exit_code == 1
    assert again.stderr.startswith("kg: conflict: ")


def test_why_as_json(store: Path) -> None:
    (found,) = json.loads(kg("why", "William Weld", "--format", "json", "--store", store).stdout)
    assert found["id"] == "person/bill-weld"
    assert [part["id"] for part in found["parts"]] == ["person/bill-weld", "person/william-weld"]
    assert found["parts"][1]["sightings"][0]["mentions"] == [{"start": 0, "end": 12, "text": "William Weld", "kind": "name"}]


def test_judgements_go_out_and_come_in(store: Path, tmp_path: Path) -> None:
    kg("same", "Abe Shinzo", "Anna Berg", "--store", store)
    file = tmp_path / "judgements.jsonl"
    assert kg("judgements", "-o", file, "--store", store).stdout == f"1 judgement written to {file}\n"
    kg("undo", "--store", store)
    assert kg("judgements", file, "--store", store).stdout == "1 judgements added, 0 refused\n"
    assert kg("judgements", file, "--store", store).stdout == "0 judgements added, 0 refused\n"
    kg("undo", "--store", store)
    kg("different", "Abe Shinzo", "Anna Berg", "--store", store)
    refused = kg("judgements", file, "--store", store)
    assert refused.exit_code == 1
    assert refused.stdout == "0 judgements added, 1 refused\n"
    file.write_text("{}")
    assert "line 1: not a judgement" in kg("judgements", file, "--store", store).stderr


def test_candidates_are_asked_and_answered(store: Path) -> None:
    listed = kg("candidates", "--list", "--store", store)
    assert listed.exit_code == 0, listed.output
    asked = kg("candidates", "--ask", "--by", "Ida", "--store", store, input="x\ny\n" * 5)
    assert asked.exit_code == 0, asked.output
    if "0 pairs" not in listed.stderr:
        assert "are same, by Ida (candidate)" in asked.stdout
        assert kg("candidates", "--list", "--store", store).stderr < listed.stderr


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    for words in (["same", "a", "b"], ["why", "a"], ["candidates"], ["judgements"], ["undo"]):
        result = kg(*words, "--store", tmp_path / "none")
        assert result.exit_code == 1
        assert "no store there" in result.stderr
    assert not (tmp_path / "none").exists()


def test_build_with_knowledge_of_one_s_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rudolf Elphberg visited Iraq on Monday. Elphberg met Anna Vogel.\n", encoding="utf-8")
    (tmp_path / "kb.csv").write_text("id,name,aliases,type\nhttps://kb.example/1,Rudolf Elphberg,Elphberg,Person\n", encoding="utf-8")
    done = kg("build", tmp_path / "a.txt", "--knowledge", tmp_path / "kb.csv", "--store", tmp_path / "s")
    assert done.exit_code == 0, done.output
    assert "https://kb.example/1" in kg("show", "Rudolf Elphberg", "--store", tmp_path / "s").stdout
    assert kg("build", tmp_path / "a.txt", "--knowledge", tmp_path / "none.csv", "--store", tmp_path / "s").exit_code == 1
