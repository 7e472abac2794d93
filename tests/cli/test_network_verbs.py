"""kg network, analyze, path and the network options of export, as people use them."""

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
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


def kg(*words: str | Path, store: Path, width: int = 160) -> Result:
    return CliRunner().invoke(app, [*map(str, words), "--store", str(store)], env={"COLUMNS": str(width), "KG_STORE": "", "TERM": "dumb"})


def fails(result: Result, *parts: str) -> None:
    assert result.exit_code == 1, result.output
    (line,) = result.stderr.splitlines()
    assert line.startswith("kg: ")
    for part in parts:
        assert part in line


# ---- network


def test_projections_are_listed_and_shown(store: Path) -> None:
    assert "affiliations-people" in kg("network", store=store).stdout
    result = kg("network", "conflict", "--modality", "actual", store=store)
    assert "attacked (−)   Zenda Bridge" in result.stdout
    assert "met with (+)   Karl Stein" in result.stdout
    assert "3 nodes, 3 edges" in kg("network", "conflict", "--around", "Otto Hahnel", "--radius", "2", store=store).stderr


def test_the_first_rows_are_shown_and_all_are_written(store: Path) -> None:
    shown, rows = (kg("network", "facts", "--top", "1", *more, store=store) for more in ((), ("--format", "csv")))
    assert len(shown.stdout.strip().splitlines()) == 3, "two lines of header and one row"
    assert "; the first 1 shown, --top shows more" in shown.stderr
    assert len(rows.stdout.splitlines()) > 5


def test_edges_for_programs(store: Path) -> None:
    lines = [json.loads(line) for line in kg("network", "facts", "--format", "jsonl", store=store).stdout.splitlines()]
    rows = list(csv.DictReader(io.StringIO(kg("network", "facts", "--format", "csv", store=store).stdout)))
    assert [line["id"] for line in lines] == [row["id"] for row in rows]
    (killed,) = (row for row in rows if row["relation"] == "killed")
    assert (killed["weight"], killed["documents"], killed["source_id"]) == ("2.0", "a; b", "force/black-guard")
    assert lines[0].keys() >= {"claims", "sentence", "belief"}


def test_a_projection_of_one_s_own_with_a_parameter(store: Path, tmp_path: Path) -> None:
    query = tmp_path / "near.rq"
    query.write_text('SELECT ?source ?target ("near" AS ?relation) WHERE { VALUES ?target { UNDEF } ?source kg:locatedIn ?target }')
    result = kg("network", query, "--param", "target=Ruritania", "--format", "csv", store=store)
    assert [row["source"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["West March"]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (("network", "nothing"), ("no projection called 'nothing'", "affiliations")),
        (("network", "facts", "--format", "docx"), ("choose one of: table",)),
        (("network", "facts", "--from", "soon"), ("--from soon: not a date",)),
        (("network", "facts", "--around", "Nobody"), ("no entity called 'Nobody'",)),
        (("analyze", "fame"), ("no analysis called 'fame'", "centrality")),
        (("analyze", "centrality", "--by", "fame"), ("centrality has no column 'fame'", "pagerank")),
        (("analyze", "balance", "--projection", "facts"), ("take --projection conflict",)),
        (("analyze", "similarity"), ("needs one entity",)),
        (("analyze", "--format", "csv"), ("an overview is several tables",)),
        (("analyze", "--triples", "x.docx"), ("no RDF format for the suffix '.docx'",)),
        (("path", "Nobody", "Zenda"), ("no entity called 'Nobody'",)),
        (("path", "Zenda", "Zenda", "--format", "csv"), ("choose one of: table, json, jsonl",)),
        (("path", "Zenda", "zenda"), ("'Zenda' and 'zenda' are one entity; name two",)),
        (("export", "x.ttl", "--projection", "facts"), ("turtle holds the graph itself", "graphml")),
        (("export", "x.graphml", "--analyze", "fame"), ("no analysis called 'fame'", "pagerank", "all")),
    ],
)
def test_what_is_wrong_is_told_in_a_line(
    store: Path, words: tuple[str, ...], parts: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    fails(kg(*words, store=store), *parts)
    assert not list(tmp_path.iterdir())


# ---- analyze


def test_an_overview_says_who_matters_and_what_changed(store: Path) -> None:
    result = kg("analyze", store=store)
    for title in ("Who matters", "Which camps there are", "Who connects", "What changed"):
        assert title in result.stdout
    assert "11 nodes, 9 ties" in result.stderr
    assert json.loads(kg("analyze", "--format", "json", store=store).stdout).keys() == {"centrality", "communities", "brokers", "windows"}


def test_only_what_is_told_as_having_happened_counts(store: Path) -> None:
    def ties(*words: str) -> float:
        rows = json.loads(kg("analyze", "centrality", *words, "--format", "json", store=store).stdout)
        return sum(row["strength"] for row in rows) / 2

    assert (
        ties()
        < ties("--modality", "actual", "--modality", "negated")
        < ties("--modality", "actual", "--modality", "negated", "--modality", "possible")
    )


def test_rows_come_in_the_order_asked_for(store: Path) -> None:
    rows = json.loads(kg("analyze", "centrality", "--by", "betweenness", "--format", "json", store=store).stdout)
    scores = [row["betweenness"] for row in rows]
    assert scores == sorted(scores, reverse=True)
    assert len(kg("analyze", "centrality", "--top", "2", store=store).stdout.strip().splitlines()) == 6


def test_balance_and_similarity(store: Path) -> None:
    assert "1 friendly and 2 hostile ties, no triangles" in kg("analyze", "balance", store=store).stderr
    rows = json.loads(kg("analyze", "similarity", "Zenda Bridge", "Otto Hahnel", "--format", "json", store=store).stdout)
    assert [row["jaccard"] for row in rows] == [0.5]


def test_measures_are_kept_as_triples(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "measures.ttl"
    assert kg("analyze", "centrality", "--triples", file, "--write", store=store).exit_code == 0
    triples = list(ox.parse(path=str(file)))
    measured = [triple for triple in triples if triple.predicate.value.endswith("measureValue")]
    result = kg("query", "SELECT ?m WHERE { ?m a kg:Measurement }", store=store)
    assert f"{len(measured)} rows" in result.stderr
    assert "all is well" in kg("validate", store=store).output


# ---- path


def test_a_path_is_told_in_sentences_with_their_proof(store: Path) -> None:
    result = kg("path", "Black Guard", "zenda", store=store)
    assert result.stdout.startswith("1. Black Guard attacked Zenda Bridge (2024-03-08, Ministry of War). Zenda Bridge is located in Zenda")
    assert "“The Black Guard shelled" in result.stdout
    (row,) = json.loads(kg("path", "Black Guard", "zenda", "--all", "--format", "json", store=store).stdout)
    assert row["nodes"] == ["force/black-guard", "facility/zenda-bridge", "city/zenda"]
    assert row["steps"][1]["text"] == "Zenda Bridge is located in Zenda (2024-03-08)"


def test_no_path_is_told(store: Path) -> None:
    result = kg("path", "Ida Brandt", "Anna Vogel", store=store)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "0 paths in facts; see kg network for others\n")


def test_paths_that_are_longer_than_asked_for_are_told_of(store: Path) -> None:
    result = kg("path", "Black Guard", "Zenda", "--all", "--longest", "1", store=store)
    assert (result.stdout, result.stderr) == ("", "0 paths of at most 1 ties in facts; --longest 2 finds some\n")


# ---- export


def test_exports_take_a_projection_filters_and_measures(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "g.graphml"
    result = kg(*f"export {file} --projection facts --modality actual --to 2024-03-08 --analyze pagerank,communities --report".split(), store=store)
    assert result.exit_code == 0, result.output
    assert "edge sources: 1 of 7, lists become text" in result.stderr
    graph = nx.read_graphml(file, force_multigraph=True)
    assert graph.number_of_edges() == 7
    assert all(data["pagerank"] > 0 for _, data in graph.nodes(data=True))
    assert {data["community"] for _, data in graph.nodes(data=True)} >= {1, 2}


def test_exports_of_the_graph_take_the_filters_too(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "g.nq"
    assert kg("export", file, "--modality", "actual", "--from", "2024-03-09", store=store).exit_code == 0
    quads = list(ox.parse(path=str(file)))
    claims = {quad.subject for quad in quads if quad.predicate.value.endswith("#predicate")}
    assert len(claims) == 3
    assert {quad.object.value for quad in quads if quad.predicate.value.endswith("modality")} == {"actual"}
