"""The wheel carries all that the program reads, and works where it is unpacked."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kg import resources

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_ontology_queries_and_word_lists(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("ontology", "queries"):
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in (".ttl", ".rq"):
                assert f"kg/_resources/{file.relative_to(ROOT).as_posix()}" in names
    for file in (ROOT / "kg").rglob("*"):
        if file.suffix in (".py", ".txt", ".tsv", ".typed", ".npz", ".html", ".css", ".js", ".json", ".svg"):
            assert file.relative_to(ROOT).as_posix() in names
    assert not [name for name in names if name.startswith("tests/")]


def test_the_unpacked_wheel_reads_its_own_files(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = "from kg import ontology, resources; print(resources.folder('ontology')); assert ontology.load().relations"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()) == tmp_path / "kg" / "_resources" / "ontology"


def test_a_checkout_reads_the_files_beside_the_package() -> None:
    assert resources.folder("ontology") == ROOT / "ontology"
    assert resources.folder("queries") == ROOT / "queries"
