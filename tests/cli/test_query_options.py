"""`--infer` and `--service`: what follows is asked for, or isn't there; other servers too."""

from pathlib import Path

import pytest
import toy
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.graph.store import Store

QUESTION = "SELECT DISTINCT ?region WHERE { ?thing rdfs:label 'Zenda Bridge'@en ; kg:locatedIn/rdfs:label ?region } ORDER BY ?region"
GRAPH = b"<https://w3id.org/kg-news/id/graph/inferred>"
GRAPHS = {"--infer": GRAPH, "--beliefs": b"<https://w3id.org/kg-news/id/graph/beliefs>"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stores") / "store"
    with Store.open(path) as opened:
        opened.replace_all(toy.extractions())
    return path


def kg(*words: str | Path, store: Path) -> Result:
    return CliRunner().invoke(app, [*map(str, words), "--store", str(store)], env={"COLUMNS": "120", "TERM": "dumb"})


@pytest.mark.parametrize(("options", "rows"), [([], ["Zenda"]), (["--infer"], ["Ruritania", "West", "March", "Zenda"])])
def test_what_follows_is_asked_for(store: Path, options: list[str], rows: list[str]) -> None:
    assert kg("query", QUESTION, "--format", "csv", *options, store=store).stdout.split()[1:] == rows


@pytest.mark.parametrize("format", ["nquads", "trig"])
@pytest.mark.parametrize("option", GRAPHS)
def test_an_export_holds_what_is_added_in_its_own_graph(store: Path, format: str, option: str) -> None:
    plain, more = (kg("export", "-", "--format", format, *options, store=store).stdout_bytes for options in ([], [option]))
    graph = GRAPHS[option]
    assert graph not in plain
    assert graph in more
    if format == "nquads":
        assert [line for line in more.splitlines() if not line.endswith(graph + b" .")] == plain.splitlines()


def test_an_export_holds_all_that_is_asked_for(store: Path) -> None:
    plain, both = (kg("export", "-", "--format", "nquads", *options, store=store).stdout_bytes.splitlines() for options in ([], GRAPHS))
    ends = tuple(graph + b" ." for graph in GRAPHS.values())
    assert [line for line in both if not line.endswith(ends)] == plain
    assert all(any(line.endswith(end) for line in both) for end in ends)


def test_an_export_in_rdf_1_2_holds_what_follows_too(store: Path) -> None:
    plain, reified = (
        {line for line in kg("export", "-", "--format", "nquads", "--infer", *options, store=store).stdout_bytes.splitlines() if GRAPH in line}
        for options in ([], ["--rdf12"])
    )
    assert plain == reified != set()


@pytest.mark.parametrize("name", ["graph.ttl", "graph.nt", "graph.jsonld", "graph.rdf", "graph.graphml"])
@pytest.mark.parametrize("option", GRAPHS)
def test_what_has_no_graphs_is_refused(store: Path, tmp_path: Path, name: str, option: str) -> None:
    result = kg("export", option, tmp_path / name, store=store)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"kg: {option}: ")
    assert "can't keep it apart from what was said; choose nquads or trig" in result.stderr
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("options", [[], ["--service", "http://127.0.0.1:9/other"]])
def test_a_server_that_is_not_allowed_is_not_asked(store: Path, options: list[str]) -> None:
    result = kg("query", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", *options, store=store)
    assert result.exit_code == 1
    assert "SERVICE asks another server" in result.stderr
