"""Shards through workers that really die: what can be read is read, and who kills is found."""

import os
import pickle
import signal
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import pytest

from kg import ontology
from kg.errors import StoreError
from kg.model import Document, Extraction, document_json
from kg.ontology import Ontology
from kg.scale import work
from kg.scale.engine import LOST, LOST_MACHINE, Here, Lost
from kg.scale.extracting import extracted, refusals
from kg.scale.folder import Folder, Manifest
from kg.scale.shards import cut
from kg.scale.work import Job

T = TypeVar("T")
R = TypeVar("R")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be split")


class Deadly:
    """An extractor that finds nothing, and dies over some texts."""

    version = "toy"

    def __init__(self) -> None:
        self.ontology: Ontology = ontology.load()

    def pipe(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in list(documents):
            if document.text == "slow":
                time.sleep(0.3)
            if document.text == "deadly":
                time.sleep(0.1)
                os.kill(os.getpid(), signal.SIGKILL)
            yield Extraction(document_json(document))


class Forks(Here):
    """A new process for each task, split from this one; counts them."""

    def __init__(self) -> None:
        self.tasks = 0

    def map(self, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[tuple[T, R | Lost]]:
        for task in tasks:
            self.tasks += 1
            yield task, self._done(function, task)

    def _done(self, function: Callable[[T], R], task: T) -> Any:
        child, read = self._begin(function, task)
        with os.fdopen(read, "rb") as pipe:
            data = pipe.read()
        os.waitpid(child, 0)
        return pickle.loads(data) if data else LOST

    def _begin(self, function: Callable[[T], R], task: T) -> tuple[int, int]:
        read, write = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            with os.fdopen(write, "wb") as pipe:
                pickle.dump(function(task), pipe)
            os._exit(0)
        os.close(write)
        return child, read


class Pool(Forks):
    """All tasks at once; when one process ends, the others are ended with it, as in the pools of Python."""

    def map(self, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[tuple[T, R | Lost]]:
        running = {child: (task, read) for task in tasks for child, read in [self._begin(function, task)]}
        results: list[tuple[T, R | Lost]] = []
        while running:
            child, status = os.wait()
            task, read = running.pop(child)
            with os.fdopen(read, "rb") as pipe:
                results.append((task, LOST if status else pickle.loads(pipe.read())))
            if status:
                for other in running:
                    os.kill(other, signal.SIGKILL)
        yield from results


@pytest.fixture
def job(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> Job:
    deadly = Deadly()
    monkeypatch.setattr(work, "_made", [(deadly.ontology, None, deadly)])
    return Job(Folder(str(tmp_path)), deadly.ontology)


def documents(*texts: str) -> list[Document]:
    return [Document(f"news/{number}", text) for number, text in enumerate(texts)]


def read(job: Job, texts: Iterable[str], size: int = 3) -> tuple[list[Manifest], Forks]:
    engine = Forks()
    found = extracted(job, cut(documents(*texts), "toy", size=size), engine, done=lambda manifest: None, stopped=lambda: False)
    return found, engine


@pytest.mark.parametrize("texts", [["deadly"], ["a", "deadly", "b", "c"], ["deadly", "deadly", "a", "b", "deadly"], ["a"] * 7])
def test_who_ends_workers_is_refused_and_all_others_are_read_in_order(job: Job, texts: list[str]) -> None:
    found, _ = read(job, texts)
    ids = [each.id for manifest in found for each in work.extractions(job.folder, manifest)]
    assert ids == [f"news/{number}" for number, text in enumerate(texts) if text != "deadly"]
    refused = [each for manifest in found for each in refusals(manifest)]
    assert [each.document for each in refused] == [f"news/{number}" for number, text in enumerate(texts) if text == "deadly"]
    assert all("ends the process that reads it" in each.reason for each in refused)


def test_nobody_is_blamed_for_the_end_of_a_neighbour(job: Job) -> None:
    texts = ["slow", "slow", "slow", "deadly", "slow", "slow", "a", "slow", "deadly"]
    engine = Pool()
    found = extracted(job, cut(documents(*texts), "toy", size=3), engine, done=lambda manifest: None, stopped=lambda: False)
    assert [each.document for manifest in found for each in refusals(manifest)] == ["news/3", "news/8"]
    assert [ident for manifest in found for ident in manifest.told["ids"]] == ["news/0", "news/1", "news/2", "news/4", "news/5", "news/6", "news/7"]


def test_a_machine_that_is_lost_blames_nobody(job: Job) -> None:
    class Losing(Forks):
        def _done(self, function: Callable[[T], R], task: T) -> Any:
            return super()._done(function, task) if self.tasks > 2 else LOST_MACHINE

    found = extracted(job, cut(documents("a", "b"), "toy"), Losing(), done=lambda manifest: None, stopped=lambda: False)
    assert [each for manifest in found for each in refusals(manifest)] == []
    assert found[0].told["ids"] == ["news/0", "news/1"]


def test_what_is_done_is_not_done_again(job: Job) -> None:
    first, _ = read(job, ["a", "deadly", "b", "c"])
    again, engine = read(job, ["a", "deadly", "b", "c"])
    assert again == first
    assert engine.tasks == 0


def test_a_refusal_holds_for_the_limits_under_which_it_was_made(job: Job) -> None:
    read(job, ["a", "deadly", "b", "c"])
    other = Job(job.folder, job.ontology, memory=9000)
    _, engine = read(other, ["a", "deadly", "b", "c"])
    assert engine.tasks == 3  # the shard with the refusal alone: lost, lost again, read without it


def test_new_documents_leave_earlier_shards_as_they_are(job: Job) -> None:
    read(job, ["a", "b", "c", "d"])
    _, engine = read(job, ["a", "b", "c", "d", "e"])
    assert engine.tasks == 1


def test_workers_that_die_before_any_document_end_the_build(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    class Dead(Forks):
        def _done(self, function: Callable[[T], R], task: T) -> Any:
            return LOST

    with pytest.raises(StoreError, match="workers end before they have read anything"):
        extracted(job, cut(documents("a", "b"), "toy"), Dead(), done=lambda manifest: None, stopped=lambda: False)


def test_a_build_that_is_asked_to_stop_begins_no_more(job: Job) -> None:
    done: list[Manifest] = []
    found = extracted(job, cut(documents(*"abcdef"), "toy", size=1), Forks(), done=done.append, stopped=lambda: len(done) >= 2)
    assert found == done
    assert len(done) == 2


def test_the_names_of_shards_tell_what_is_in_them() -> None:
    def names(version: str, *found: Document) -> list[str]:
        return [shard.name for shard in cut(found, version, size=2)]

    one, other = Document("1", "text"), Document("2", "text", title="\ud800")
    assert names("a", one, other, one) == names("a", one, other, one)
    every = [names("a", one), names("b", one), names("a", other), names("a", Document("1", "Text")), names("a", one, other)]
    assert len({tuple(each) for each in every}) == len(every)
