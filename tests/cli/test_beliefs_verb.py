"""kg beliefs as people use it: the table, rows, filters, and the query afterwards."""

import json
from pathlib import Path

import pytest
import toy
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.graph.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "s") as opened:
        opened.replace_all(toy.extractions())
    return tmp_path / "s"


def kg(*words: str, store: Path) -> Result:
    return CliRunner().invoke(app, [*words, "--store", str(store)], env={"COLUMNS": "200"})


def test_beliefs_as_table_and_rows(store: Path) -> None:
    result = kg("beliefs", "--disputed", store=store)
    assert result.stderr == "1 fact\n"
    assert "1 for (Ministry of War); 1 against (Black Guard): 2/4" in result.stdout
    (row,) = json.loads(kg("beliefs", "--voices", "2", "--format", "json", store=store).stdout)
    assert (row["subject"], row["relation"], row["object"], row["belief"], row["documents"]) == (
        "Black Guard",
        "killed",
        "Otto Hahnel",
        0.75,
        ["a", "b"],
    )
    assert "Otto Hahnel" in kg("query", "beliefs", store=store).stdout


def test_the_table_of_facts_holds_them_when_asked(store: Path) -> None:
    rows = json.loads(kg("facts", "--belief", "--relation", "killed", "--format", "json", store=store).stdout)
    weighed = json.loads(kg("beliefs", "--entity", "Otto Hahnel", "--format", "json", store=store).stdout)
    assert {row["belief"] for row in rows} == {row["belief"] for row in weighed if row["relation"] == "killed"}
    assert all(row["because"] for row in rows)
    (unknown,) = json.loads(kg("facts", "--belief", "--relation", "injured", "--format", "json", store=store).stdout)
    assert (unknown["subject"], unknown["belief"]) == (None, None)
    told = kg("facts", "--belief", store=store).stdout
    assert "belief" in told
    assert "1 : 1" in told
    assert "belief" not in kg("facts", store=store).stdout
    assert kg("facts", "--belief", "--format", "csv", store=store).stdout.splitlines()[0].endswith("rule,belief,supporting,opposing,because")


def test_of_an_entity_and_what_is_wrong(store: Path) -> None:
    rows = json.loads(kg("beliefs", "--entity", "Ida Brandt", "--format", "json", store=store).stdout)
    assert [row["relation"] for row in rows] == ["headOfGovernment", "metWith"]
    assert "no entity called" in kg("beliefs", "--entity", "Nobody", store=store).stderr
    assert "choose one of" in kg("beliefs", "--format", "docx", store=store).stderr
