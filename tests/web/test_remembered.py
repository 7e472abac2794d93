"""What was worked out of a store is kept as long as the store stays as it is, and no longer."""

import gc
import weakref
from pathlib import Path

import pytest
import toy
from starlette.testclient import TestClient

from kg.graph.identities import Identities
from kg.graph.store import Store
from kg.web.app import application
from kg.web.remembered import forget, remembered
from kg.web.settings import Settings


def made(store: Store) -> list[str]:
    return [document.id for document in store.documents()]


def test_a_store_that_nobody_can_change_is_asked_once(place: Path) -> None:
    with Store.open(place, read_only=True) as store, Store.open(place, read_only=True) as again:
        first = remembered(store, made)
        assert remembered(store, made) is first
        assert remembered(again, made) is not first
        forget()
        assert remembered(store, made) == first
        assert remembered(store, made) is not first


def test_a_store_that_may_change_is_asked_each_time() -> None:
    with Store.open() as store:
        assert remembered(store, made) == []
        Identities(store).write(toy.extractions())
        assert remembered(store, made) == ["a", "b"]


def test_nothing_is_kept_of_a_store_that_is_gone(place: Path) -> None:
    store = Store.open(place, read_only=True)
    remembered(store, made)
    gone = weakref.ref(store)
    del store
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize("path", ["/graph?format=json", "/graph?format=turtle"])
def test_the_graph_is_new_when_the_store_is(tmp_path: Path, path: str) -> None:
    with Store.open(tmp_path / "store") as store:
        Identities(store).write([toy.shelling()])
    with TestClient(application(Settings(place=str(tmp_path / "store"), workers=1)), base_url="http://localhost") as client:
        assert "Ida Brandt" not in client.get(path).text
        with Store.open(tmp_path / "store") as store:
            Identities(store).write([toy.denial()])
        while "Ida Brandt" not in (found := client.get(path)).text:  # the worker looks at most every tenth part of the time
            assert found.status_code == 200
