"""The main job from files to the store."""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg import pipeline, readers
from kg.extract import Extractor
from kg.graph.store import Store
from kg.model import Document, Extraction
from kg.ontology import Ontology

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"


class Counting:
    """The real extractor; remembers which documents it was given."""

    def __init__(self, inner: Extractor, version: str = "") -> None:
        self.inner, self.suffix = inner, version
        self.seen: list[str] = []

    @property
    def ontology(self) -> Ontology:
        return self.inner.ontology

    @property
    def version(self) -> str:
        return self.inner.version + self.suffix

    def pipe(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        def noted() -> Iterator[Document]:
            for document in documents:
                self.seen.append(document.id)
                yield document

        return self.inner.pipe(noted())


@pytest.fixture
def documents() -> list[Document]:
    return list(readers.read(DATA / "agency.jsonl"))


def test_a_build_stores_every_document_and_counts(extractor: Extractor, documents: list[Document]) -> None:
    store = Store.open(None)
    ticks: list[None] = []
    summary = pipeline.build(documents, store, extractor=extractor, progress=lambda: ticks.append(None), batch=2)
    assert [d.id for d in store.documents()] == ["agency/1", "agency/2", "agency/3"]
    assert (summary.documents, summary.unchanged, len(ticks)) == (3, 0, 3)
    assert "country/iraq" in summary.entities
    assert summary.claims.total() > 0
    assert {d.pipeline for d in store.documents()} == {extractor.version}


def test_a_second_build_does_only_what_changed(extractor: Extractor, documents: list[Document]) -> None:
    store, counting = Store.open(None), Counting(extractor)
    pipeline.build(documents[:2], store, extractor=counting)
    before = store.nquads()
    summary = pipeline.build(documents, store, extractor=counting)
    assert counting.seen == ["agency/1", "agency/2", "agency/3"]
    assert (summary.documents, summary.unchanged) == (1, 2)
    assert set(before) < set(store.nquads())


@pytest.mark.parametrize(
    "change",
    [{"text": "Iraq attacked Jordan."}, {"title": "Another"}, {"published": "2021-01-01"}, {"source": "moved.txt"}],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_document_is_read_again(extractor: Extractor, change: dict[str, str]) -> None:
    document = Document("a", "Iraq attacked Iran.", "Title", "2020-02-04T08:15:00+00:00", "a.txt")
    store, counting = Store.open(None), Counting(extractor)
    for version in (document, document, replace(document, **change)):
        pipeline.build([version], store, extractor=counting)
    assert counting.seen == ["a", "a"]


def test_another_pipeline_reads_again(extractor: Extractor, documents: list[Document]) -> None:
    store = Store.open(None)
    pipeline.build(documents, store, extractor=extractor)
    assert pipeline.build(documents, store, extractor=Counting(extractor, "+1")).documents == 3
    assert pipeline.build(documents, store, extractor=Counting(extractor, "+1"), min_confidence=0.5).documents == 3


def test_an_interrupted_build_keeps_what_was_done(extractor: Extractor, documents: list[Document]) -> None:
    def breaking() -> Iterator[Document]:
        yield from documents
        raise KeyboardInterrupt

    store = Store.open(None)
    whole = Store.open(None)
    with pytest.raises(KeyboardInterrupt):
        pipeline.build(breaking(), store, extractor=_One(extractor), batch=1)
    assert len(store.documents()) == 3
    pipeline.build(documents, store, extractor=_One(extractor))
    pipeline.build(documents, whole, extractor=_One(extractor))
    assert store.nquads() == whole.nquads()


class _One(Counting):
    """Reads one document at a time, so that an interruption finds the earlier ones done."""

    def pipe(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        return (self.inner.extract(document) for document in documents)


def test_uncertain_claims_are_left_out_on_request(extractor: Extractor, documents: list[Document]) -> None:
    found = [c.confidence for e in pipeline.records(documents, extractor=extractor, min_confidence=0.8) for c in e.claims]
    assert found
    assert min(found) >= 0.8


FAR = "import time; real = time.time; time.time = lambda: real() + 2.5e9\n"


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    """In processes with different hash seeds, so that no order of a set can hide, with other clocks, time zones and locales."""
    (tmp_path / "sitecustomize.py").write_text(FAR, encoding="utf-8")
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": f"{tmp_path}:{ROOT}"}
    for seed, more in (("1", {"TZ": "UTC"}), ("2", elsewhere)):
        command = [sys.executable, "-m", "kg", "build", "tests/data", "-o", str(tmp_path / f"{seed}.nq")]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed, **more}, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    one, two = ((tmp_path / f"{seed}.nq").read_bytes() for seed in ("1", "2"))
    assert one
    assert one == two
