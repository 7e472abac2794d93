"""Shards through workers that really die: what can be read is read, and who kills is found."""

import os
import pickle
import signal
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import pytest

from kg import ontology
from kg.errors import StoreError
from kg.model import Document, Extraction, document_json
from kg.ontology import Ontology
from kg.scale import work
from kg.scale.engine import LOST, Here, Lost
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
            if document.text == "deadly":
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
        read, write = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            with os.fdopen(write, "wb") as pipe:
                pickle.dump(function(task), pipe)
            os._exit(0)
        os.close(write)
        with os.fdopen(read, "rb") as pipe:
            data = pipe.read()
        os.waitpid(child, 0)
        return pickle.loads(data) if data else LOST


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
