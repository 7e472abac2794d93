"""Incidents found in a store and written to it, for the questions about them."""

from pathlib import Path

import pytest
import toy
from typer.testing import CliRunner

from kg.cli import app
from kg.graph.identities import Identities
from kg.graph.incidents import INCIDENTS, find, write
from kg.graph.queries import run
from kg.graph.store import Store


@pytest.fixture
def store() -> Store:
    store = Store.open(None)
    Identities(store).write([toy.shelling(), toy.retold("c", dead=4), toy.retold("d", dead=3)])
    return store


def test_events_of_several_articles_become_incidents(store: Store) -> None:
    found = {incident.type: incident for incident in find(store) if len(incident.documents) > 1}
    assert set(found) == {"Attack", "Killing"}
    assert found["Killing"].documents == ("a", "c", "d")
    assert found["Killing"].independent == 1, "the three have the same sentences"
    assert [(d.aspect, d.values) for d in found["Killing"].disagreements] == [("deathCount", (("3", ("a", "d")), ("4", ("c",))))]


def test_questions_about_incidents(store: Store) -> None:
    write(store, find(store))
    rows = [row[1:4] for row in run(store, "incidents").texts]
    assert sorted(rows) == [("Attack", "3", "1"), ("Killing", "3", "1")]
    assert [row[1:] for row in run(store, "disagreements").texts] == [("Killing", "deathCount", "3", "a · d"), ("Killing", "deathCount", "4", "c")]


def test_writing_again_leaves_only_what_is_found(store: Store) -> None:
    write(store, find(store))
    Identities(store).retract("c")
    Identities(store).retract("d")
    write(store, find(store))
    assert not list(store.inner.quads_for_pattern(None, None, None, INCIDENTS))


def test_the_table(tmp_path: Path) -> None:
    path = str(tmp_path / "s")
    with Store.open(tmp_path / "s") as store:
        Identities(store).write([toy.shelling(), toy.retold("c", dead=4)])
    result = CliRunner().invoke(app, ["incidents", "--disputed", "--store", path, "--format", "csv"], env={"KG_STORE": ""})
    assert result.exit_code == 0, result.output
    assert "deathCount: 3 (a) / 4 (c)" in result.stdout
    assert CliRunner().invoke(app, ["incidents", "--store", path], env={"KG_STORE": "", "COLUMNS": "160"}).stderr == "2 incidents\n"
    assert CliRunner().invoke(app, ["incidents", "--store", path, "--format", "pdf"]).exit_code == 1


@pytest.mark.parametrize("width", [80, 100, 160])
def test_the_table_keeps_its_words_whole(tmp_path: Path, width: int) -> None:
    with Store.open(tmp_path / "s") as store:
        Identities(store).write([toy.shelling(), toy.retold("c", dead=4)])
    shown = CliRunner().invoke(app, ["incidents", "--store", str(tmp_path / "s")], env={"KG_STORE": "", "COLUMNS": str(width)}).stdout
    head, *rows = [line for line in shown.splitlines() if line.strip()]
    assert head.split() == ["event", "time", "reports", "independent", "who", "and", "what"]
    assert any(row.split()[:4] == ["Killing", "2024-03-08", "2", "1"] for row in rows), shown
    assert "   deathCount: 3 (a) / 4 (c)" in shown
    assert all(len(line) <= width for line in shown.splitlines())
