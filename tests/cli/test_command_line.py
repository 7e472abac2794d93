"""The command as people and scripts see it: exit status, one-line errors, help with examples that run."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg import __version__
from kg.cli import app, verbs

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
runner = CliRunner()


def kg(*words: str, stdin: bytes | None = None) -> Result:
    return runner.invoke(app, list(words), input=stdin)


def examples(verb: str) -> list[str]:
    """The command lines below "Example:" in a verb's help."""
    _, _, behind = kg(verb, "--help").stdout.partition("Example")
    return [line.strip() for line in behind.partition("\n\n")[0].splitlines()[1:] if line.strip().startswith("kg ")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working directory with all that the examples speak of: article.txt, articles/ and .zip, extractions.jsonl, a store, what two days said."""
    place = tmp_path_factory.mktemp("work")
    (place / "articles").mkdir()
    for file in DATA.iterdir():
        (place / "articles" / file.name).write_bytes(file.read_bytes())
    text = (
        "Iran attacked a base in Iraq on Monday and threatened the United States. Qassem Soleimani, an Iranian general, visited Iraq. "
        "Mark Esper met General Mark Milley. Kassem Sulaiman lives in Iran."
    )
    (place / "articles" / "names-in-examples.txt").write_text(text, encoding="utf-8")
    shutil.make_archive(str(place / "articles"), "zip", place / "articles")
    (place / "article.txt").write_bytes((DATA / "convoy-attack.txt").read_bytes())
    result = kg("extract", str(place / "articles"))
    (place / "extractions.jsonl").write_text(result.stdout, encoding="utf-8")
    assert kg("build", str(place / "article.txt"), str(place / "articles"), "--store", str(place / "kg-store")).exit_code == 0
    for words in (("different", "Mark Esper", "Mark Milley"), ("judgements", "-o", str(place / "judgements.jsonl"))):
        assert kg(*words, "--store", str(place / "kg-store")).exit_code == 0
    for day in ("monday", "tuesday"):
        (place / f"{day}.jsonl").write_text(result.stdout, encoding="utf-8")
        assert kg("export", str(place / f"{day}.nq"), "--store", str(place / "kg-store")).exit_code == 0
    return place


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(folder)
    monkeypatch.delenv("KG_STORE", raising=False)
    return folder


@pytest.mark.parametrize("verb", verbs())
def test_help_of_every_verb_has_an_example(verb: str) -> None:
    result = kg(verb, "--help")
    assert result.exit_code == 0
    assert examples(verb), f"kg {verb} --help shows no example"
    for example in examples(verb):
        assert shlex.split(example)[1] == verb or "|" in example, example


@pytest.mark.parametrize("example", [example for verb in verbs() for example in examples(verb)], ids=str)
def test_every_example_runs(here: Path, example: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if example.startswith("kg serve"):
        # Serves until it is told to end; on a port that is free.
        words = [sys.executable, "-m", *shlex.split(example), "--port", "0"]
        with subprocess.Popen(words, cwd=here, env=environment, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            line = process.stderr.readline()
            process.terminate()
        assert "is served at http://127.0.0.1:" in line
        return
    if "|" in example or ">" in example:
        command = re.sub(r"(?:^|(?<=\| ))kg ", f"{shlex.quote(sys.executable)} -m kg ", example)
        done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=here, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, f"{example}: {done.stderr}"
        return
    result = kg(*shlex.split(example)[1:])
    assert result.exit_code == 0, f"{example}: {result.output}"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["extract", "nothing.txt"], "kg: nothing.txt: no such file or folder"),
        (["build", "nothing.txt", "-o", "x.ttl"], "kg: nothing.txt: no such file or folder"),
        (["extract", "article.txt", "--published", "soon"], "kg: --published soon: not a date; write it like 2020-01-08"),
        (["extract", "article.txt", "--input-format", "odt"], "kg: unknown input format 'odt'; choose from csv, docx, feed, html, jsonl"),
        (["extract", "article.txt", "--model", "no_such_model"], "kg: spaCy pipeline 'no_such_model' is not installed"),
        (["extract", "article.txt", "--ontology", "no.ttl"], "kg: no.ttl: can't be read"),
        (["build", "article.txt", "-o", "graph.docx"], "kg: graph.docx: no export format"),
        (["build", "article.txt", "--store", "article.txt"], "kg: article.txt: a file, not a store"),
    ],
)
def test_an_error_is_one_line_on_standard_error(here: Path, words: list[str], message: str) -> None:
    result = kg(*words)
    assert result.exit_code == 1
    assert result.stderr.startswith(message), result.stderr
    assert result.stderr.count("\n") == 1


def test_wrong_usage_is_status_2() -> None:
    assert kg("extract", "--nonsense").exit_code == 2
    assert kg("nonsense").exit_code == 2


def test_version() -> None:
    assert kg("--version").stdout == f"kg {__version__}\n"


def test_help_loads_nothing_that_is_slow() -> None:
    run = "runpy.run_module('kg', run_name='__main__')"
    program = f"import runpy, sys; sys.argv = ['kg', '--help']\ntry: {run}\nexcept SystemExit: print(sorted(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "Usage: kg" in shown
    loaded = {name for name in ("spacy", "rdflib", "pyshacl", "networkx", "trafilatura", "pyoxigraph") if f"'{name}'" in shown}
    assert not loaded, f"kg --help imports {loaded}"


def test_extract_prints_a_record_a_line(here: Path) -> None:
    lines = kg("extract", "articles").stdout.splitlines()
    records = [json.loads(line) for line in lines]
    assert [r["document"]["id"] for r in records] == [
        "agency/1",
        "agency/2",
        "agency/3",
        "convoy-attack.txt",
        "minister-visit.html",
        "names-in-examples.txt",
    ]
    text = (here / "article.txt").read_text(encoding="utf-8")
    for entity in records[3]["entities"]:
        for mention in entity["mentions"]:
            assert text[mention["start"] : mention["end"]] == mention["text"]


def test_extract_reads_standard_input(here: Path) -> None:
    (line,) = kg("extract", "-", stdin=b"Iraq attacked Iran on Monday.").stdout.splitlines()
    assert [(c["subject"], c["relation"], c["object"]) for c in json.loads(line)["claims"]] == [("country/iraq", "attacked", "country/iran")]


def test_a_broken_input_does_not_stop_the_others(here: Path) -> None:
    (here / "broken.pdf").write_bytes(b"%PDF-1.7")
    result = kg("extract", "broken.pdf", "article.txt")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr.startswith("kg: broken.pdf: can't be read as PDF")


def test_extract_as_a_table_is_for_people(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    shown = kg("extract", "article.txt", "--format", "table").stdout
    for part in ("Northern Dawn Brigade", "spokesmanOf", "negated"):
        assert part in shown


def test_build_with_an_output_keeps_no_store(here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert kg("build", str(here / "article.txt"), "-o", "graph.ttl").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]


def test_build_takes_the_store_of_the_environment(here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE", str(tmp_path / "mine"))
    assert kg("build", "article.txt").exit_code == 0
    assert (tmp_path / "mine").is_dir()


def test_building_again_finds_nothing_new(here: Path) -> None:
    assert kg("build", "articles", "--store", "twice").exit_code == 0
    assert kg("build", "articles", "--store", "twice").stdout.startswith("0 documents, 6 unchanged")


def test_a_date_resolves_times(here: Path) -> None:
    text = b"Iraq attacked Iran on Monday."
    (line,) = kg("extract", "-", "--published", "2020-01-08", stdin=text).stdout.splitlines()
    assert json.loads(line)["events"][0]["time"]["value"] == "2020-01-06"


def test_a_relation_of_ones_own(here: Path) -> None:
    (here / "own.ttl").write_text(
        """
        @prefix kg: <https://w3id.org/kg-news/ontology#> . @prefix lex: <https://w3id.org/kg-news/lexicon#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        kg:applauded a owl:ObjectProperty ; rdfs:label "applauded"@en ; lex:trigger [ lex:frame lex:Transitive ; lex:lemma "applaud" ] .
        """,
        encoding="utf-8",
    )
    (line,) = kg("extract", "-", "--ontology", "own.ttl", stdin=b"Iraq applauded Iran on Monday.").stdout.splitlines()
    assert [(c["subject"], c["relation"], c["object"]) for c in json.loads(line)["claims"]] == [("country/iraq", "applauded", "country/iran")]


# What is waited for before a test calls the program stuck; a busy machine may take long to load it.
PATIENCE = 120


def opened_for_writing(pipe: Path, reader: subprocess.Popen[bytes]) -> int:
    """The pipe, once the reader has opened it; fails when the reader ends before."""
    for _ in range(PATIENCE * 10):
        assert reader.poll() is None, reader.communicate()[1]
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads yet
            time.sleep(0.1)
    raise AssertionError(f"the program did not open its input in {PATIENCE} seconds")


def test_ctrl_c_is_status_130_and_prints_no_traceback(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "kg", "extract", str(pipe)]
    # A shell starts what runs in the background deaf to Ctrl-C, the tests among it.
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        signal.signal(signal.SIGINT, heard)
        try:
            # The program waits for what is never written.
            writer = opened_for_writing(pipe, process)
            time.sleep(0.2)
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=PATIENCE)
            os.close(writer)
        finally:
            process.kill()
    assert process.returncode == 130
    assert errors == b"kg: interrupted\n"


def test_a_closed_pipe_is_quiet() -> None:
    command = f"{shlex.quote(sys.executable)} -m kg extract tests/data | true"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
