"""same, different, undo, judgements, candidates and why as people use them."""

import json
import os
import subprocess
import sys
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
    assert kg("judgements", file, "--store", store).stdout == "1 judgement added, 0 refused\n"
    assert kg("judgements", file, "--store", store).stdout == "0 judgements added, 0 refused\n"
    kg("undo", "--store", store)
    kg("different", "Abe Shinzo", "Anna Berg", "--store", store)
    refused = kg("judgements", file, "--store", store)
    assert refused.exit_code == 1
    assert refused.stdout == "0 judgements added, 1 refused\n"
    file.write_text("{}")
    assert kg("judgements", file, "--store", store).stderr.startswith(f"kg: {file}: line 1: not a judgement: no 'answer'")
    assert "can't be written" in kg("judgements", "-o", tmp_path / "none" / "j.jsonl", "--store", store).stderr


@pytest.mark.parametrize(
    "form", ["person/{}", "https://w3id.org/kg-news/id/entity/person/{}", "<https://w3id.org/kg-news/id/entity/person/{}>", "id:entity/person/{}"]
)
def test_an_entity_is_known_by_id_and_iri(store: Path, form: str) -> None:
    one, other = form.format("bill-weld"), form.format("william-weld")
    assert kg("different", one, other, "--store", store).stdout.endswith("person/bill-weld and person/william-weld are different, by person\n")
    assert kg("why", other, "--store", store).stdout.startswith("William Weld  person/william-weld")
    assert kg("undo", "--store", store).exit_code == 0
    assert kg("why", other, "--store", store).stdout.startswith("William Weld  person/bill-weld"), "the IRI of the one that was joined leads there"
    assert "person/bill-weld" in kg("show", other, "--store", store).stdout
    assert kg("same", form.format("abe-shinzo"), form.format("anna-berg"), "--store", store).exit_code == 0
    assert "no entity called" in kg("show", form.format("nobody"), "--store", store).stderr


def test_candidates_are_asked_and_answered(store: Path) -> None:
    listed = kg("candidates", "--list", "--store", store)
    assert listed.exit_code == 0, listed.output
    asked = kg("candidates", "--ask", "--by", "Ida", "--store", store, input="x\ny\n" * 5)
    assert asked.exit_code == 0, asked.output
    if "0 pairs" not in listed.stderr:
        assert "are same, by Ida (candidate)" in asked.stdout
        assert kg("candidates", "--list", "--store", store).stderr < listed.stderr


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal")
def test_candidates_are_asked_on_a_terminal(store: Path) -> None:
    with Terminal("candidates", "--by", "Ida", "--store", store) as terminal:
        terminal.expect("same? [y/n/s/q]")
        terminal.send("perhaps")
        terminal.expect("same? [y/n/s/q]")
        terminal.send("n")
        told = terminal.rest()
    assert "are different, by Ida (candidate)" in told, told
    assert kg("judgements", "--store", store).stderr == "1 judgement\n"


class Terminal:
    """kg on a terminal of its own, 100 columns wide."""

    def __init__(self, *words: str | Path) -> None:
        self.ours, theirs = os.openpty()
        environment = {**os.environ, "COLUMNS": "100", "TERM": "xterm"}
        command = [sys.executable, "-m", "kg", *map(str, words)]
        self.process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True)
        os.close(theirs)
        self.told = ""

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.ours)

    def expect(self, words: str) -> None:
        """Reads until the words come."""
        while words not in self.told:
            assert self._read(), f"no {words!r} in {self.told!r}"
        self.told = self.told.split(words, 1)[1]

    def send(self, line: str) -> None:
        os.write(self.ours, f"{line}\n".encode())

    def rest(self) -> str:
        """All that comes until the program ends well."""
        while self._read():
            pass
        assert self.process.wait() == 0, self.told
        return self.told

    def _read(self) -> bool:
        """False at the end, which Linux tells as an error."""
        try:
            found = os.read(self.ours, 4096)
        except OSError:
            return False
        self.told += found.decode(errors="replace")
        return bool(found)


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
    assert "1 unchanged" in kg("build", tmp_path / "a.txt", "--store", tmp_path / "s").stdout, "the store remembers the base"
    assert kg("build", tmp_path / "a.txt", "--knowledge", tmp_path / "none.csv", "--store", tmp_path / "s").exit_code == 1


def test_load_with_knowledge_of_one_s_own(tmp_path: Path) -> None:
    base = tmp_path / "kb.csv"
    base.write_text(
        "id,name,description,roles\nhttps://kb.example/1,Anna Berg,A general,president of Chad from 1990 to 1999-05-01\n", encoding="utf-8"
    )
    assert kg("load", "-", "--knowledge", base, "--store", tmp_path / "s", input=record(1, "Anna Berg")).exit_code == 0
    told = kg("show", "https://kb.example/1", "--store", tmp_path / "s").stdout
    assert "own knowledge: A general; president of Chad (1990 – 1999-05-01)" in told
    assert kg("load", "-", "--store", tmp_path / "s", input=record(2, "Anna Berg")).exit_code == 0
    assert "documents: news/1, news/2" in kg("show", "https://kb.example/1", "--store", tmp_path / "s").stdout
    base.write_text("id,name,roles\nhttps://kb.example/1,Anna Berg,president from May 1990\n", encoding="utf-8")
    failed = kg("load", "-", "--knowledge", base, "--store", tmp_path / "s", input=record(1, "Anna Berg"))
    assert (failed.exit_code, failed.stderr.startswith(f"kg: {base}: line 2: role 'president from May 1990'; write it like: ")) == (1, True)
