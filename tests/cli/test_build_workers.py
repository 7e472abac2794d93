"""`kg build` with workers: the graph of one process, whatever dies on the way."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from typer.testing import CliRunner

from kg import pipeline, readers
from kg.cli import app
from kg.extract import Extractor
from kg.graph.store import Store
from kg.iris import ID

ROOT = Path(__file__).parents[2]
NAMES = ["Anna Vogel", "Vogel", "Karl Stein", "Carl Stein", "Ida Brandt", "Anna Fogel"]
TEXT = "{0}, a spokeswoman for the Kenyan defence ministry, said on Monday that rebels attacked a convoy near Nairobi, killing {1}."
# Enough that there is time to kill.
LENGTH = 8


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("news") / "news.jsonl"
    lines = []
    for number in range(12):
        one, other = NAMES[number % 6], NAMES[(number + 2) % 5]
        text = "\n\n".join(TEXT.format(one, f"{other} and {part} soldiers") for part in range(2, LENGTH))
        lines.append(json.dumps({"id": f"news/{number}", "text": text, "published": f"2020-02-{20 - number:02}"}))
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def expected(extractor: Extractor, articles: Path) -> list[str]:
    """All quads, the registry's too, as one process makes them."""
    store = Store.open()
    pipeline.build(readers.read(articles), store, extractor=extractor)
    return quads(store)


def statements(of: Store | list[str]) -> list[str]:
    """What exports bring along, without the registry."""
    every = quads(of) if isinstance(of, Store) else of
    return sorted(line for line in every if f"<{ID}graph/" not in line or f"<{ID}graph/background>" in line or f"<{ID}graph/redirects>" in line)


def quads(store: Store) -> list[str]:
    return sorted(map(str, store.inner))


def built(place: Path) -> list[str]:
    with Store.open(place, read_only=True) as store:
        return quads(store)


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "kg", "build", *map(str, words)]


def start(*words: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command(*words), env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(*words: object, status: int = 0) -> tuple[str, str]:
    process = start(*words)
    out, err = process.communicate(timeout=300)
    assert process.returncode == status, err
    return out, err


def wait(condition: Callable[[], object], process: subprocess.Popen[str]) -> None:
    while not condition():
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)


def shards(folder: Path) -> list[Path]:
    return sorted((folder / "extracted").rglob("*.manifest.json"))


@pytest.fixture
def words(articles: Path, tmp_path: Path) -> list[object]:
    return [articles, "--store", tmp_path / "news", "--workers", 2, "--shard-size", 1]


def test_whatever_is_killed_or_damaged_the_graph_is_the_same(words: list[object], expected: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "shards"
    process = start(*words, "--shards", folder)
    wait(lambda: shards(folder), process)
    workers(process)[0].kill()
    wait(lambda: len(shards(folder)) >= 4, process)
    orphans = workers(process)
    process.kill()
    process.communicate()
    assert not psutil.wait_procs(orphans, timeout=60)[1]
    done = shards(folder)
    before = {path: path.stat().st_mtime_ns for path in done}
    done[0].write_text("{")
    records = done[1].with_name(done[1].name.replace("manifest.json", "records.jsonl.gz"))
    records.write_bytes(records.read_bytes()[:-9])
    out, err = run(*words, "--shards", folder, "--nquads", tmp_path / "files")
    assert out.startswith("12 documents, ")
    assert err == ""
    assert built(tmp_path / "news") == expected
    assert {path for path, at in before.items() if path.stat().st_mtime_ns == at} == set(done[2:])
    assert not list(folder.rglob("*.unfinished"))
    files = sorted((tmp_path / "files").glob("*.nq.gz"))
    with Store.open(tmp_path / "news", read_only=True) as store:
        assert sorted({line for file in files for line in gzip.decompress(file.read_bytes()).splitlines(keepends=True)}) == store.nquads()


def test_ctrl_c_finishes_what_is_under_way_and_a_store_that_is_there_gets_what_is_new(
    words: list[object], articles: Path, expected: list[str], tmp_path: Path
) -> None:
    file, whole = tmp_path / articles.name, articles.read_text(encoding="utf-8")
    file.write_text("\n".join(whole.splitlines()[:7]), encoding="utf-8")
    words = [file, *words[1:]]
    process = start(*words)
    wait(lambda: shards(tmp_path / "news.shards"), process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=300)
    assert process.returncode == 130
    assert "the same command goes on later" in err
    assert 1 <= len(shards(tmp_path / "news.shards")) < 7
    assert not (tmp_path / "news").exists()
    out, _ = run(*words)
    assert out.startswith("7 documents, ")
    file.write_text(whole, encoding="utf-8")
    out, _ = run(*words)
    assert out.startswith("5 documents, 7 unchanged, ")
    with Store.open(tmp_path / "news", read_only=True) as store:
        assert [line.replace(str(file), str(articles)) for line in statements(store)] == statements(expected)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["news", "news.jsonl"]


def test_two_builds_of_one_store_do_not_meet_and_what_takes_too_long_is_left_out(words: list[object], tmp_path: Path) -> None:
    process = start(*words, "--seconds", "0.01")
    wait(lambda: (tmp_path / "news.loading" / "CURRENT").exists(), process)  # then it is locked
    process.send_signal(signal.SIGSTOP)
    _, err = run(*words, status=1)
    process.send_signal(signal.SIGCONT)
    assert "another process is writing to the store" in err
    out, err = process.communicate(timeout=300)
    assert process.returncode == 1
    assert "12 not readable" in out
    assert err.count("takes more than 0.01 s of processor time; it is left out") == 12


def test_a_ray_cluster_makes_the_same_though_a_worker_is_killed(words: list[object], expected: list[str], tmp_path: Path) -> None:
    pytest.importorskip("ray")
    process = start(*words, "--engine", "ray", "--shards", tmp_path / "shards")
    wait(lambda: shards(tmp_path / "shards"), process)
    wait(lambda: ray_workers(process.pid), process)
    ray_workers(process.pid)[0].kill()
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    assert out.startswith("12 documents, ")
    assert built(tmp_path / "news") == expected


def workers(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """The worker processes, the largest first."""
    children = (child for child in psutil.Process(process.pid).children() if "spawn_main" in " ".join(child.cmdline()))
    return sorted(children, key=lambda child: -child.memory_info().rss)


def ray_workers(parent: int) -> list[psutil.Process]:
    """The processes of the cluster that are at a task."""
    found = []
    for child in psutil.Process(parent).children(recursive=True):
        try:
            if child.cmdline()[0].startswith("ray::_run"):
                found.append(child)
        except (psutil.Error, IndexError):
            continue
    return found


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--address", "auto"], "--address is that of a Ray cluster; add --engine ray"),
        (["--engine", "ray", "--address", "127.0.0.1:9"], "no Ray cluster at 127.0.0.1:9"),
        (["--workers", "2", "--shards", "nowhere://x"], "nowhere"),
    ],
)
def test_what_cannot_be_is_told_in_a_line(articles: Path, tmp_path: Path, more: list[str], told: str) -> None:
    done = CliRunner().invoke(app, ["build", str(articles), "--store", str(tmp_path / "news"), *more])
    assert (done.exit_code, done.stdout) == (1, "")
    assert told in done.stderr
    assert done.stderr.startswith("kg: ")
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())
