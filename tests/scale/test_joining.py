"""Who is who, judged in parts, is who is who judged by one registry."""

import uuid
from collections.abc import Sequence

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st
from newsmakers import TOLD, Told, articles

from kg import ontology
from kg.graph import copies
from kg.graph.identities import Identities
from kg.graph.store import Store
from kg.model import Extraction
from kg.scale import work
from kg.scale.build import Build
from kg.scale.engine import Here
from kg.scale.folder import Folder
from kg.scale.work import Job


class Crowd(Here):
    """This process, as if it were many."""

    workers = 3


def job() -> Job:
    return Job(Folder(f"memory://{uuid.uuid4().hex}"), ontology.load())


def joined(documents: Sequence[Extraction], size: int, at: Job) -> set[ox.Quad]:
    """All quads of a store that was made of shards."""
    shards = [work.keep(at, f"extracted/{start}", documents[start : start + size]) for start in range(0, len(documents), size)]
    store = Store.open()
    Build(at, Crowd())._write(shards, store)
    return set(store.inner)


def written(documents: Sequence[Extraction]) -> set[ox.Quad]:
    store = Store.open()
    Identities(store).write(documents)
    copies.renew(store)
    return set(store.inner)


@settings(deadline=None, max_examples=15)
@given(TOLD, st.integers(1, 5), st.randoms(use_true_random=False))
def test_shards_give_the_quads_of_one_registry(told: list[Told], size: int, chance: object) -> None:
    documents = articles(told)
    expected = written(documents)
    chance.shuffle(documents)  # type: ignore[attr-defined]
    assert joined(documents, size, job()) == expected
