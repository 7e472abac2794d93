"""Results that are whole or not there."""

import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.scale.folder import MANIFEST, UNFINISHED, Folder

PARTS = {"a.gz": b"one", "b.gz": b"", "c.gz": "two\n\u202e".encode()}


@pytest.fixture(params=["disk", "memory"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Folder:
    return Folder(str(tmp_path / "build") if request.param == "disk" else f"memory://{uuid.uuid4().hex}")


def test_what_is_kept_is_found_again(folder: Folder) -> None:
    kept = folder.keep("x/1", PARTS, {"documents": 3, "refused": ["a\ud800"]})
    assert folder.kept("x/1") == kept
    assert {part: folder.part(kept, part) for part in kept.parts} == PARTS


def test_the_same_is_kept_in_the_same_bytes(folder: Folder) -> None:
    one, other = (folder.keep(name, PARTS, {}) for name in ("x/1", "y/2"))
    assert one.parts == other.parts


def test_without_its_manifest_a_result_is_not_there(folder: Folder) -> None:
    folder.keep("x/1", PARTS, {})
    folder.remove(f"x/1.{MANIFEST}")
    assert folder.kept("x/1") is None
    assert folder.kept("never") is None


@pytest.mark.parametrize("manifest", [b"", b"{", b"[]", b'{"parts": 1, "told": {}}', b'{"parts": {"a.gz": "0"}, "told": {}}', b"\xff\xfe"])
def test_a_damaged_manifest_counts_as_none(folder: Folder, manifest: bytes) -> None:
    folder.keep("x/1", PARTS, {})
    folder.write(f"x/1.{MANIFEST}", manifest)
    assert folder.kept("x/1") is None


@given(st.data())
def test_a_damaged_part_is_noticed(data: st.DataObject) -> None:
    folder = Folder(f"memory://{uuid.uuid4().hex}")
    kept = folder.keep("1", PARTS, {})
    packed = bytearray(folder.packed(kept, "a.gz"))
    at = data.draw(st.integers(0, len(packed) - 1))
    packed[at] ^= 1 << data.draw(st.integers(0, 7))
    folder.write("1.a.gz", bytes(packed))
    assert folder.kept("1") is None
    with pytest.raises(StoreError, match=r"1\.a\.gz: missing or damaged; run the same build again"):
        folder.part(kept, "a.gz")


def test_what_was_left_unfinished_is_tidied_up(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path))
    folder.keep("x/1", PARTS, {})
    (tmp_path / "x" / f"1.a.gz.1234{UNFINISHED}").write_bytes(b"half")
    folder.tidy()
    assert sorted(path.name for path in (tmp_path / "x").iterdir()) == sorted([f"1.{part}" for part in PARTS] + [f"1.{MANIFEST}"])


def test_a_folder_that_cannot_be_written_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"file: can't be written \(.*run the same build again"):
        Folder(str(tmp_path / "file")).keep("x/1", PARTS, {})


@pytest.mark.parametrize("place", ["nowhere://x", "s3x://bucket"])
def test_an_unknown_kind_of_place_is_told(place: str) -> None:
    with pytest.raises(StoreError, match="rotocol"):
        Folder(place).kept("x")
