"""facts, show, query, export, validate and load as people use them: what is printed, exit status, one line for an error."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import toy
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.graph.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stores") / "store"
    with Store.open(path) as opened:
        opened.replace_all(toy.extractions())
    return path


def kg(*words: str | Path, store: Path | None = None, input: str | None = None, width: int = 120) -> Result:
    arguments = [str(word) for word in words] + (["--store", str(store)] if store else [])
    return CliRunner().invoke(app, arguments, input=input, env={"COLUMNS": str(width), "KG_STORE": "", "TERM": "dumb"})


@pytest.fixture(scope="module")
def records() -> str:
    return "".join(json.dumps(extraction.to_json(), ensure_ascii=False) + "\n" for extraction in toy.extractions())


def fails(result: Result, *parts: str) -> None:
    assert result.exit_code == 1, result.output
    lines = [line for line in result.stderr.splitlines() if line]
    assert lines[-1].startswith("kg: "), result.stderr
    assert "Traceback" not in result.output
    for part in parts:
        assert part in lines[-1]


# ---- facts


@pytest.mark.parametrize("width", [40, 60, 80, 99, 100, 120, 200])
def test_facts_fit_the_terminal(store: Path, width: int) -> None:
    result = kg("facts", store=store, width=width)
    assert max(map(len, result.stdout.splitlines())) <= width
    words = re.sub(r"\s+", "", result.stdout)
    for word in ("BlackGuard", "attacked"):
        assert word in words or width < 60, f"{word} at {width}"
    assert "14 facts" in result.stderr


def test_facts_of_an_entity(store: Path) -> None:
    result = kg("facts", "--entity", "grauland", "--modality", "possible", store=store)
    assert "invaded" in result.stdout
    assert "Black Guard" not in result.stdout


def test_facts_for_programs(store: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(kg("facts", "--format", "csv", store=store).stdout)))
    lines = [json.loads(line) for line in kg("facts", "--format", "jsonl", store=store).stdout.splitlines()]
    assert [row["subject"] for row in rows] == [line["subject"] or "" for line in lines]
    assert json.loads(kg("facts", "--format", "json", store=store).stdout) == lines
    assert kg("facts", "--format", "tsv", store=store).stdout.startswith("subject\trelation\tobject\tmodality\tsources")
    assert lines[0]["sources"] == ["Ministry of War"]


def test_no_facts_are_no_error(store: Path) -> None:
    result = kg("facts", "--relation", "owns", store=store)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "0 facts\n")


def test_names_that_are_not_known_are_told(store: Path) -> None:
    fails(kg("facts", "--entity", "Blak Guard", store=store), "no entity called 'Blak Guard'", "Black Guard")
    fails(kg("facts", "--relation", "atacked", store=store), "no relation called 'atacked'", "attacked")


@pytest.mark.parametrize("verb", [["facts"], ["show", "x"], ["query", "attacks"], ["validate"]])
def test_a_missing_store_is_told(tmp_path: Path, verb: list[str]) -> None:
    fails(kg(*verb, store=tmp_path / "none"), "no store there", "kg build INPUT")


def test_text_of_articles_can_not_command_the_terminal(tmp_path: Path) -> None:
    evil = json.loads(json.dumps(toy.shelling().to_json()).replace("Black Guard", "\\u001b[31m\\u009b2J\\u202eBlack =1+1"))
    (tmp_path / "evil.jsonl").write_text(json.dumps(evil))
    assert kg("load", tmp_path / "evil.jsonl", store=tmp_path / "s").exit_code == 0
    for verb in (["facts"], ["show", "Zenda Bridge"], ["query", "attacks"], ["query", "documents"]):
        output = kg(*verb, store=tmp_path / "s").stdout
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", output), verb


def test_no_cell_becomes_a_formula(tmp_path: Path) -> None:
    evil = json.dumps(toy.shelling().to_json()).replace("Black Guard", "=SUM(A1)")
    assert kg("load", "-", store=tmp_path / "s", input=evil).exit_code == 0
    for format, delimiter in (("csv", ","), ("tsv", "\t")):
        rows = csv.reader(io.StringIO(kg("facts", "--format", format, store=tmp_path / "s").stdout), delimiter=delimiter)
        assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


# ---- show


def test_show_tells_everything(store: Path) -> None:
    output = kg("show", "black guard", store=store).stdout
    for part in ("Black Guard", "MilitaryForce", "also called: the Guard", "Facts", "attacked", "Events", "deathCount 3"):
        assert part in output
    assert "Quotations" in kg("show", "Vogel", store=store).stdout


def test_show_as_json(store: Path) -> None:
    (found,) = json.loads(kg("show", "force/black-guard", "--format", "json", store=store).stdout)
    assert found["name"] == "Black Guard"


def test_several_of_a_name_are_listed(tmp_path: Path) -> None:
    one = json.dumps(toy.denial().to_json()).replace("Ida Brandt", "Brandt")  # a surname alone tells nobody across documents
    other = one.replace("person/ida-brandt", "person/ida-brandt-2").replace('"id": "b"', '"id": "c"')
    assert kg("load", "-", store=tmp_path / "s", input=f"{one}\n{other}").exit_code == 0
    result = kg("show", "brandt", store=tmp_path / "s")
    assert "person/ida-brandt-2" in result.stdout
    fails(result, "2 entities are called 'brandt'")


def test_show_nobody(store: Path) -> None:
    fails(kg("show", "Anna Vogl", store=store), "did you mean Anna Vogel")


# ---- query


def test_query_lists_the_questions(store: Path) -> None:
    output = kg("query").stdout
    assert "attacks" in output
    assert "Who attacked whom" in output


def test_query_by_name_file_text_and_standard_input(store: Path, tmp_path: Path) -> None:
    assert "Ministry of War" in kg("query", "attacks", "--param", "entity=Zenda Bridge", store=store).stdout
    text = "SELECT DISTINCT ?o WHERE { ?s kg:killed ?o }"
    (tmp_path / "q.rq").write_text(text)
    expected = "o\r\nhttps://w3id.org/kg-news/id/entity/person/otto-hahnel\r\n"
    assert kg("query", tmp_path / "q.rq", "--format", "csv", store=store).stdout.replace("\r\n", "\n") == expected.replace("\r\n", "\n")
    assert "otto-hahnel" in kg("query", text, store=store).stdout
    assert "otto-hahnel" in kg("query", "-", store=store, input=text).stdout
    assert kg("query", "ASK { ?s kg:killed ?o }", store=store).stdout == "yes\n"
    assert "kg:killed" in kg("query", "CONSTRUCT { ?s kg:killed ?o } WHERE { ?s kg:killed ?o }", store=store).stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nothing"], "choose one of: about"),
        (["SELECT ?x WHERE {"], "not valid SPARQL"),
        (["attacks", "--param", "entity"], "write it as NAME=VALUE"),
        (["attacks", "--format", "docx"], "choose one of: table, csv"),
        (["attacks", "--format", "turtle"], "choose one of: csv, tsv, json, xml"),
        (["about"], "needs the parameter entity"),
    ],
)
def test_query_errors(store: Path, words: list[str], message: str) -> None:
    fails(kg("query", *words, store=store), message)


# ---- export, validate


def test_export_by_suffix_and_to_standard_output(store: Path, tmp_path: Path) -> None:
    assert kg("export", tmp_path / "g.ttl", store=store).exit_code == 0
    assert kg("export", "-", "--format", "turtle", store=store).stdout_bytes == (tmp_path / "g.ttl").read_bytes()
    fails(kg("export", tmp_path / "g.docx", store=store), "turtle (.ttl)")
    fails(kg("export", "-", store=store), "turtle (.ttl)")
    fails(kg("export", tmp_path / "no" / "g.ttl", store=store), "can't be written")


def test_export_in_rdf_1_2(store: Path, tmp_path: Path) -> None:
    assert kg("export", tmp_path / "g.ttl", "--rdf12", store=store).exit_code == 0
    assert "rdf:reifies <<(" in (tmp_path / "g.ttl").read_text(encoding="utf-8")
    fails(kg("export", tmp_path / "g.rdf", "--rdf12", store=store), "can't hold RDF 1.2")
    assert not (tmp_path / "g.rdf").exists()


def test_validate_says_what_is_wrong(store: Path, tmp_path: Path) -> None:
    assert kg("validate", store=store).stdout == "2 documents checked, all is well\n"
    with Store.open(tmp_path / "s") as opened:
        opened.replace(toy.shelling())
        opened.inner.update("DELETE WHERE { GRAPH ?g { ?c <https://w3id.org/kg-news/ontology#rule> ?m } }")
    result = kg("validate", store=tmp_path / "s")
    assert result.exit_code == 1
    assert "has the rule" in " ".join(result.stdout.split())
    assert not json.loads(kg("validate", "--format", "json", store=tmp_path / "s").stdout)["conforms"]


# ---- load


def test_load_and_load_again(tmp_path: Path, records: str) -> None:
    (tmp_path / "r.jsonl").write_text(records, encoding="utf-8")
    assert kg("load", tmp_path / "r.jsonl", store=tmp_path / "s").stdout == f"2 records, 2 changed in {tmp_path / 's'}\n"
    assert kg("load", "-", store=tmp_path / "s", input=records).stdout == f"2 records, 0 changed in {tmp_path / 's'}\n"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{bad", "not JSON"),
        ("[1]", "not an Extraction record"),
        ('{"a": 1}', "not an Extraction record"),
        ('{"document": {}, "entities": [], "claims": [], "events": [], "quotes": []}', "no id"),
        ('{"document": {"id": "x"}, "entities": "abc", "claims": [], "events": [], "quotes": []}', "not an Extraction record"),
        (
            '{"document": {"id": "x"}, "entities": [], "claims": [], "events": [], "quotes": [{"speaker": 1}]}',
            "record",
        ),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_others_load(tmp_path: Path, records: str, line: str, message: str) -> None:
    first, second = records.splitlines()
    (tmp_path / "r.jsonl").write_text(f"{first}\n\n{line}\n{second}\n", encoding="utf-8")
    result = kg("load", tmp_path / "r.jsonl", store=tmp_path / "s")
    assert result.exit_code == 1
    assert f"kg: {tmp_path / 'r.jsonl'}:3: " in result.stderr
    assert message in result.stderr
    assert result.stdout.startswith("2 records, 2 changed")


def test_a_missing_file_does_not_stop_the_next(tmp_path: Path, records: str) -> None:
    (tmp_path / "r.jsonl").write_text(records, encoding="utf-8")
    result = kg("load", tmp_path / "none.jsonl", tmp_path / "r.jsonl", store=tmp_path / "s")
    assert result.exit_code == 1
    assert "none.jsonl: can't be read" in result.stderr
    assert "2 records" in result.stdout


def test_the_store_is_named_by_the_environment(store: Path) -> None:
    result = CliRunner().invoke(app, ["facts"], env={"KG_STORE": str(store)})
    assert "14 facts" in result.stderr


@pytest.mark.parametrize("verb", ["facts", "show", "query", "export", "validate", "load"])
def test_help_has_an_example(verb: str) -> None:
    output = kg(verb, "--help").stdout
    assert f"kg {verb}" in output.split("Example", 1)[1]


def test_a_closed_pipe_is_quiet(store: Path) -> None:
    script = f"{sys.executable} -m kg export - --format nquads --store {store} | head -1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])})
    assert "Traceback" not in done.stderr
