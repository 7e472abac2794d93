"""Faults of the disk and of whoever else writes: one line that says what to do, nothing lost, and the same command goes on."""

import gc
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
import toy
from typer.testing import CliRunner, Result

from kg.cli import app, options
from kg.graph.identities import Identities
from kg.graph.store import Store
from kg.model import Extraction

resource = pytest.importorskip("resource")
ROOT = Path(__file__).parents[2]
NOBODY = 65534
MANY = [
    replace(toy.shelling(), document={**toy.shelling().document, "id": f"news/{n}", "sha256": f"{n:064x}"}, claims=toy.shelling().claims[:2])
    for n in range(60)
]


def kg(*words: str | Path) -> Result:
    gc.collect()  # what a verb before held on to when it failed, as the end of a process would
    return CliRunner().invoke(app, [str(word) for word in words], env={"KG_STORE": "", "COLUMNS": "200"})


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Identities.write.__kwdefaults__ is not None
    monkeypatch.setitem(Identities.write.__kwdefaults__, "batch", 5)


def refused(done: Result) -> str:
    """What a verb says that can't do its work: one line."""
    assert done.exit_code == 1, done.output
    assert isinstance(done.exception, SystemExit), done.exception
    assert done.stderr.startswith("kg: "), done.stderr
    assert done.stderr.count("\n") == 1
    return done.stderr.removeprefix("kg: ").rstrip("\n")


def contents(place: Path) -> list[bytes]:
    with Store.open(place, read_only=True) as store:
        return store.nquads()


@pytest.fixture
def records(tmp_path: Path) -> Path:
    file = tmp_path / "records.jsonl"
    file.write_text("".join(json.dumps(each.to_json()) + "\n" for each in MANY), encoding="utf-8")
    return file


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A small store, closed."""
    with Store.open(tmp_path / "s") as store:
        Identities(store).write([*toy.extractions(), *MANY[:3]])
    return tmp_path / "s"


# ---- a disk that is full


@contextmanager
def small_files(size: int) -> Iterator[None]:
    """The system refuses to make files larger than this, as it refuses to write on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def full_disk(folder: Path, size: str) -> Iterator[Callable[[], None]]:
    """A disk of that size at the folder; what it gives makes room on it."""
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder], capture_output=True).returncode:
        pytest.skip("may not mount")
    try:
        yield lambda: subprocess.run(["mount", "-o", "remount,size=400m", folder], check=True) and None
    finally:
        gc.collect()
        subprocess.run(["umount", folder], check=True)


def test_a_load_that_finds_no_room_goes_on_when_there_is_some(tmp_path: Path, records: Path) -> None:
    with small_files(3_000_000):
        told = refused(kg("load", records, "--store", tmp_path / "s"))
    assert told == f"{tmp_path / 's'}: can't be written (File too large); make room and run the same command again: it goes on where it stopped"
    with Store.open(tmp_path / "s", read_only=True) as store:
        assert 0 < len(store.documents()) < len(MANY)
    assert kg("load", records, "--store", tmp_path / "s").exit_code == 0
    with Store.open() as whole:
        Identities(whole).write(MANY)
        assert contents(tmp_path / "s") == whole.nquads()


def test_a_full_disk_is_told_by_every_verb_that_writes(tmp_path: Path, records: Path) -> None:
    with full_disk(tmp_path / "disk", "9m") as make_room:
        place = tmp_path / "disk" / "s"
        for words in (("load", records), ("load", records), ("retract", "news/1")):
            assert "can't be written (No space left on device); make room" in refused(kg(*words, "--store", place))
        make_room()
        assert kg("load", records, "--store", place).exit_code == 0
        with Store.open(place, read_only=True) as store:
            assert len(store.documents()) == len(MANY)


@pytest.mark.parametrize("suffix", [".nq", ".ttl", ".gexf", ".sqlite", ".neo4j.zip", ".csv"])
def test_an_export_that_finds_no_room_leaves_the_file_that_was_there(tmp_path: Path, place: Path, suffix: str) -> None:
    file = tmp_path / f"graph{suffix}"
    file.write_text("earlier")
    with small_files(100):
        assert "make room, or name another" in refused(kg("export", file, "--store", place))
    assert file.read_text() == "earlier"
    assert sorted(each.name for each in tmp_path.iterdir()) == [file.name, "s"], "nothing is left behind"


WRITING = """
import os, sys, time
from pathlib import Path
from kg.graph import files
with files.replacing(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    print("written", flush=True)
    time.sleep(100)
"""


def test_what_a_killed_export_leaves_is_removed_by_the_next_of_that_file(tmp_path: Path, place: Path) -> None:
    file = tmp_path / "graph.nq"
    file.write_text("earlier")
    (tmp_path / "graph.nq.x.part").write_text("a file of somebody else")
    with ExitStack() as stack:
        first, second = (
            stack.enter_context(subprocess.Popen([sys.executable, "-c", WRITING, file], cwd=ROOT, stdout=subprocess.PIPE)) for _ in range(2)
        )
        for each in (first, second):
            stack.callback(each.kill)
            assert each.stdout is not None
            assert each.stdout.readline() == b"written\n"
        first.kill()
        first.wait()
        assert file.read_text() == "earlier"
        assert kg("export", file, "--store", place).exit_code == 0
        left = {each.name for each in tmp_path.iterdir()}
        assert left == {"s", "graph.nq", "graph.nq.x.part", f"graph.nq.{second.pid}.part"}, "another that is still written stays"
    assert file.read_bytes() == b"".join(contents(place))


RACING = """
import os, sys
from pathlib import Path
from kg.graph import files
children = []
for _ in range(8):
    if not (child := os.fork()):
        for number in range(100):
            with files.replacing(Path(sys.argv[1])) as file:
                file.write(b"whole")
        os._exit(0)
    children.append(child)
sys.exit(any([os.waitpid(child, 0)[1] for child in children]))
"""


def test_many_who_write_one_file_at_once_take_nothing_from_each_other(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", RACING, tmp_path / "g.nq"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["g.nq"]
    assert (tmp_path / "g.nq").read_bytes() == b"whole"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_standard_output_that_takes_nothing_is_told(place: Path) -> None:
    command = [sys.executable, "-m", "kg", "export", "-", "--format", "nquads", "--store", str(place)]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (1, "kg: the output: No space left on device\n")


# ---- what may not be written


@contextmanager
def as_somebody_else(records: Path) -> Iterator[Path]:
    """A folder in which this program may read, but not write, with a store and the records."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(records, folder)
        with Store.open(folder / "s") as store:
            Identities(store).write(toy.extractions())
        for each in (*folder.rglob("*"), folder):
            each.chmod(0o555 if each.is_dir() else 0o444)
        root = os.geteuid() == 0
        with nullcontext():
            if root:
                os.seteuid(NOBODY)
            try:
                yield folder
            finally:
                if root:
                    os.seteuid(0)
                for each in (folder, folder / "s"):
                    each.chmod(0o755)


def test_a_store_that_may_only_be_read_is_read_and_not_written(records: Path) -> None:
    kg("facts", "--store", records.parent / "none")  # loads what an unknown user may not
    records.parent.chmod(0o755)
    with as_somebody_else(records) as folder:
        for words in (("retract", "a"), ("same", "Anna Vogel", "Karl Stein"), ("undo",), ("load", records)):
            assert refused(kg(*words, "--store", folder / "s")) == f"{folder / 's'}: no permission to use it"
        assert refused(kg("load", folder / records.name, "--store", folder / "new" / "s")) == f"{folder / 'new' / 's'}: no permission to use it"
        read = kg("facts", "--entity", "Black Guard", "--format", "json", "--store", folder / "s")
        assert read.exit_code == 0, read.output


@pytest.mark.parametrize("words", [("build", "nothing.txt", "-o"), ("export",), ("draw",), ("view", "-o")], ids=lambda words: words[0])
def test_an_output_that_cannot_be_written_is_told_before_the_work(tmp_path: Path, words: tuple[str, ...]) -> None:
    file = tmp_path / "none" / ("g.svg" if words[0] == "draw" else "g.gexf")
    told = refused(kg(*words, file, "--store", tmp_path / "no store"))
    assert told == f"{file}: can't be written (No such file or directory); name another file"


@pytest.mark.parametrize(
    "words",
    [
        ("build", "none.txt", "--store", "new"),
        ("build", "none.txt", "--store", "new", "--workers", "1"),
        ("build", "none.txt", "-o", "new.ttl"),
        ("build", "a.txt", "--model", "no_such_model", "--store", "new"),
        ("build", "a.txt", "--ontology", "a.txt", "--store", "new"),
        ("load", "none.jsonl", "--store", "new"),
        ("load", "a.txt", "--store", "new"),
        ("load", "records.jsonl", "--ontology", "a.txt", "--store", "new"),
    ],
    ids=" ".join,
)
def test_what_cannot_work_makes_nothing(tmp_path: Path, records: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Anna Vogel met Karl Stein in Zenda on Friday.\n")
    told = kg(*words)
    assert told.exit_code == 1
    assert told.stderr.startswith("kg: "), told.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.txt", records.name]


# ---- two writers


@pytest.mark.parametrize(
    "words",
    [("build", "articles"), ("load", "r.jsonl"), ("retract", "a"), ("same", "Anna Vogel", "Karl Stein"), ("undo",), ("judgements", "j.jsonl")],
    ids=lambda words: words[0],
)
def test_the_second_writer_is_told_at_once(place: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "extractor", lambda *_: pytest.fail("the extractor is loaded for nothing"))
    with Store.open(place) as first:
        assert "another process is writing to the store; wait" in refused(kg(*words, "--store", place))
        read = kg("facts", "--store", place)
        assert read.exit_code == 0, read.output
        Identities(first).write(MANY[3:5])
    with Store.open(place, read_only=True) as store:
        assert len(store.documents()) == 7


# ---- a damaged store


def cut(name: str, share: float) -> Callable[[Path], None]:
    def damage(place: Path) -> None:
        file = max(place.glob(name), key=lambda each: each.stat().st_size)
        data = file.read_bytes()
        file.write_bytes(data[: int(len(data) * share)])

    return damage


def removed(name: str) -> Callable[[Path], None]:
    return lambda place: max(place.glob(name), key=lambda each: each.stat().st_size).unlink()


def flipped(place: Path) -> None:
    """Bytes in the middle of all data."""
    for file in place.glob("*.sst"):
        data = bytearray(file.read_bytes())
        for at in range(0, len(data) // 2, 40):
            data[at] ^= 0xFF
        file.write_bytes(data)


DAMAGES = {
    "data cut off": cut("*.sst", 0.5),
    "data removed": removed("*.sst"),
    "bytes flipped": flipped,
    "manifest empty": cut("MANIFEST-*", 0),
    "manifest removed": removed("MANIFEST-*"),
    "current empty": cut("CURRENT", 0),
    "current removed": removed("CURRENT"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_store_says_what_to_do(place: Path, damage: Callable[[Path], None]) -> None:
    damage(place)
    for words in (("query", "SELECT * WHERE { ?s ?p ?o }"), ("retract", "a")):
        told = refused(kg(*words, "--store", place))
        assert told.startswith(f"{place}: the store is damaged ("), told
        assert "build it anew in another place" in told
        assert f"kg judgements -o FILE --store {place}" in told


def test_a_store_whose_making_was_cut_off_is_made(place: Path, records: Path) -> None:
    for file in place.iterdir():
        if file.name == "CURRENT" or file.suffix in (".sst", ".log") or file.name.startswith("OPTIONS"):
            file.unlink()
    assert "no store there; make one with: kg build INPUT" in refused(kg("facts", "--store", place))
    assert kg("load", records, "--store", place).exit_code == 0


# ---- interruptions


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"])
def test_an_interrupted_load_says_that_it_goes_on(tmp_path: Path, records: Path, sent: signal.Signals, status: int) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    # A shell starts what runs in the background deaf to Ctrl-C, the tests among it.
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    command = [sys.executable, "-m", "kg", "load", str(pipe), "--store", str(tmp_path / "s")]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        signal.signal(signal.SIGINT, heard)
        try:
            with pipe.open("wb", buffering=0) as writer:  # waits until the program reads
                writer.writelines(records.read_bytes().splitlines(keepends=True)[:5])
                while process.poll() is None and not (tmp_path / "s" / "CURRENT").exists():
                    time.sleep(0.02)
                process.send_signal(sent)
                _, errors = process.communicate(timeout=120)
        finally:
            process.kill()
    assert process.returncode == status
    assert errors == f"kg: interrupted; what was read is kept in {tmp_path / 's'}, and the same command goes on from there\n"
    with Store.open(tmp_path / "s", read_only=True) as store:
        assert len(store.documents()) <= 5


def test_what_was_read_before_an_interruption_is_written(tmp_path: Path) -> None:
    def interrupted() -> Iterator[Extraction]:
        yield from MANY[:3]
        raise KeyboardInterrupt

    with Store.open(tmp_path / "s") as store, pytest.raises(KeyboardInterrupt):
        Identities(store).write(interrupted())
    with Store.open(tmp_path / "s", read_only=True) as store:
        assert len(store.documents()) == 3
