"""What a build writes to, and how it ends: stores that can't be exchanged, files for other stores, signals, workers that are at work."""

import multiprocessing
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from kg import ontology
from kg.errors import KgError
from kg.graph.store import Store
from kg.model import Document, Extraction, document_json
from kg.scale import work
from kg.scale.build import Build, target
from kg.scale.engine import Here
from kg.scale.folder import Folder
from kg.scale.processes import Processes
from kg.scale.watcher import Watcher
from kg.scale.work import Job


class Silent:
    """An extractor that finds nothing."""

    version = "toy"

    def __init__(self) -> None:
        self.ontology = ontology.load()

    def pipe(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        return (Extraction(document_json(document)) for document in documents)


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    made = Silent()
    monkeypatch.setattr(work, "_made", [(made.ontology, None, made)])
    return Job(Folder(str(tmp_path / "shards")), made.ontology)


def documents(count: int) -> list[Document]:
    return [Document(f"news/{number}", "Text.") for number in range(count)]


def build(job: Job, count: int, place: Path | None, nquads: Folder | None = None) -> None:
    with target(place) as into:
        Build(job, Here(), nquads, size=1).run(documents(count), into)


@pytest.mark.parametrize("way", ["empty directory", "link to an empty directory", "nothing"])
def test_a_store_comes_wherever_one_can_be(job: Job, tmp_path: Path, way: str) -> None:
    place = tmp_path / "s"
    if way == "empty directory":
        place.mkdir()
    elif way != "nothing":
        (tmp_path / "elsewhere").mkdir()
        place.symlink_to(tmp_path / "elsewhere")
    build(job, 3, place)
    with Store.open(place, read_only=True) as store:
        assert [each.id for each in store.documents()] == ["news/0", "news/1", "news/2"]


def test_files_for_other_stores_are_those_of_the_last_build_alone(job: Job, tmp_path: Path) -> None:
    into = tmp_path / "nq"
    build(job, 5, None, Folder(str(into)))
    (into / "notes.txt").write_text("mine")
    many = sorted(each.name for each in into.iterdir())
    build(job, 2, None, Folder(str(into)))
    few = sorted(each.name for each in into.iterdir())
    assert len(few) < len(many)
    assert few[-1] == "notes.txt"


def test_files_for_other_stores_do_not_come_from_a_store_that_is_there(job: Job, tmp_path: Path) -> None:
    build(job, 1, tmp_path / "s")
    with pytest.raises(KgError, match="--nquads writes what is built anew"):
        build(job, 2, tmp_path / "s", Folder(str(tmp_path / "nq")))


def test_a_signal_comes_through_once_all_that_was_under_way_is_safe(job: Job) -> None:
    class AskedError(Exception):
        pass

    class Asks(Watcher):
        def advance(self, steps: int = 1) -> None:
            signal.raise_signal(signal.SIGTERM)

    def handler(*_: object) -> None:
        raise AskedError

    before = signal.signal(signal.SIGTERM, handler)
    try:
        with pytest.raises(AskedError), target(None) as into:
            Build(job, Here(), size=1, watcher=Asks()).run(documents(3), into)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert len(list(Path(job.folder.place).rglob("*.manifest.json"))) == 1


def test_workers_that_are_at_work_end_with_the_pool() -> None:
    others = set(multiprocessing.active_children())
    engine = Processes(1)
    engine._submit(time.sleep, 3600)
    (worker,) = set(multiprocessing.active_children()) - others
    engine.close()
    assert not worker.is_alive()
