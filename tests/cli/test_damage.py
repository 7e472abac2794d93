"""Damaged files of a store: refused, or what is read is right; nothing is lost in silence."""

import gc
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import toy

from kg.errors import StoreError
from kg.graph import directory, manifest
from kg.graph.identities import Identities
from kg.graph.store import Store
from kg.scale.build import target

TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
CLAIM = ox.NamedNode("https://w3id.org/kg-news/ontology#Claim")
CLAIM_LINE = f"{TYPE} {CLAIM} ".encode()
ROOT = Path(__file__).parents[2]
KILLED = """
import os, sys
sys.path.insert(0, "tests")
import toy
from kg.graph.identities import Identities
from kg.graph.store import Store
Identities(Store.open(sys.argv[1])).write(toy.extractions())
os.kill(os.getpid(), 9)
"""


@pytest.fixture(scope="module")
def whole() -> list[bytes]:
    """What the stores hold."""
    store = Store.open()
    Identities(store).write(toy.extractions())
    lines = store.nquads()
    assert any(CLAIM_LINE in line for line in lines)
    return lines


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """In memory where there is such a place: a store on a disk waits for it at every opening."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as name:
        yield Path(name)


@pytest.fixture(scope="module")
def stores(folder: Path, whole: list[bytes]) -> dict[str, Path]:
    """The same documents, written in several ways."""
    places = {name: folder / name for name in ("closed", "opened again", "killed", "filled")}
    for name in ("closed", "opened again"):
        with Store.open(places[name]) as store:
            Identities(store).write(toy.extractions())
    with Store.open(places["opened again"]) as store:
        Identities(store).write([toy.shelling()])
    subprocess.run([sys.executable, "-c", KILLED, places["killed"]], cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
    with target(places["filled"]) as made:
        made.store.fill(whole)
    return places


@pytest.fixture
def place(folder: Path) -> Iterator[Path]:
    yield folder / "s"
    gc.collect()
    shutil.rmtree(folder / "s", ignore_errors=True)


def contents(place: Path, *, read_only: bool) -> list[bytes] | None:
    """What a store gives; None for one that is refused as damaged."""
    gc.collect(1)  # what failed before holds its lock
    try:
        with Store.open(place, read_only=read_only) as store:
            lines = store.nquads()
            # Another index than that by graph.
            claims = sum(1 for _ in store.inner.quads_for_pattern(None, TYPE, CLAIM, None))
            assert claims == sum(line.count(CLAIM_LINE) for line in lines)
            return lines
    except StoreError as error:
        # Where all is still in a log, a store that is opened for reading looks as if its making had been interrupted; the next build heals it.
        told = str(error)
    assert re.fullmatch(r".*(is damaged.*build it anew|making was interrupted; make it with).*", told)  # in one line
    return None


def current(place: Path) -> Path:
    return place / (place / "CURRENT").read_text().strip()


def test_the_families_of_a_new_store_are_known(stores: dict[str, Path]) -> None:
    for place in stores.values():
        assert manifest.read(current(place).read_bytes()).families == manifest.FAMILIES
        assert manifest.lost(place) is None


@pytest.mark.parametrize("name", ["closed", "opened again", "killed", "filled"])
def test_a_manifest_that_is_cut_off_loses_nothing_in_silence(stores: dict[str, Path], place: Path, whole: list[bytes], name: str) -> None:
    data = current(stores[name]).read_bytes()
    refused = 0
    for size in (1, 60, 125, 400, 650, 760, len(data) * 2 // 3, len(data) - 1):
        shutil.copytree(stores[name], place)
        current(place).write_bytes(data[:size])
        found = contents(place, read_only=False)
        assert found in (None, whole), f"{size} of {len(data)} bytes"
        assert found is None or size > 650
        refused += found is None
        shutil.rmtree(place)
    assert refused >= 5


def test_what_is_refused_is_left_as_it_is(stores: dict[str, Path], place: Path) -> None:
    shutil.copytree(stores["closed"], place)
    manifest_file = current(place)
    manifest_file.write_bytes(manifest_file.read_bytes()[:125])
    before = {each.name: each.read_bytes() for each in place.iterdir()}
    with pytest.raises(StoreError, match="the manifest names no dosp"):
        Store.open(place)
    assert {each.name: each.read_bytes() for each in place.iterdir()} == before


def test_a_log_that_was_removed_is_missed(stores: dict[str, Path], place: Path) -> None:
    shutil.copytree(stores["killed"], place)
    for file in place.glob("*.log"):
        file.unlink()
    with pytest.raises(StoreError, match="a log that the manifest needs is missing"):
        directory.check(place, read_only=True)


def damage(chance: random.Random, place: Path) -> tuple[Path, str]:
    """Damages a file, and tells which and how."""
    file = chance.choice(sorted(each for each in place.iterdir() if not each.name.startswith("LOG")))
    how = chance.choice(["cut", "cut at the start", "flipped", "much flipped", "emptied", "removed"])
    data = bytearray(file.read_bytes())
    if how == "removed":
        file.unlink()
    elif how.startswith("cut"):
        file.write_bytes(data[: chance.randrange(len(data) + 1 if how == "cut" else 200)])
    elif how == "emptied" or not data:
        file.write_bytes(b"")
    else:
        for _ in range(1 if how == "flipped" else 30):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(data)
    return file, how


def test_damage_by_chance_is_told_or_does_no_harm(stores: dict[str, Path], place: Path, whole: list[bytes]) -> None:
    chance = random.Random(11)
    for round in range(25):
        name = chance.choice(sorted(stores))
        shutil.copytree(stores[name], place)
        file, how = damage(chance, place)
        for read_only in (True, False) if round % 5 == 0 else (False,):
            found = contents(place, read_only=read_only)
            # Of what a program that was killed had not yet brought into files, the rest of a log is as if it had been killed earlier.
            assert found in (None, whole) or (name == "killed" and file.suffix == ".log" and set(found) <= set(whole)), f"{name}: {file.name} {how}"
        shutil.rmtree(place)
