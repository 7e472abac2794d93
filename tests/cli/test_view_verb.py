"""`kg view`: the page it writes, what it says of it, and what it refuses."""

from pathlib import Path

import pytest
import toy
from typer.testing import CliRunner

from kg.cli import app
from kg.graph.identities import Identities
from kg.graph.store import Store


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("view") / "store"
    with Store.open(folder) as store:
        Identities(store).write(toy.extractions())
    return str(folder)


def view(place: str, *words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["view", "--store", place, *words])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(("words", "said"), [((), "12 entities, 14 claims"), (("--nodes", "3"), "3 entities, the most central of 12,")])
def test_it_says_what_it_wrote(place: str, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    file = tmp_path / "graph.html"
    status, _, told = view(place, "-o", str(file), *words)
    assert (status, told.splitlines()[0].startswith(f"written to {file}: {said}")) == (0, True), told
    assert "had not bombarded" in file.read_text(encoding="utf-8") or words


def test_standard_output_and_title(place: str) -> None:
    status, page, told = view(place, "-o", "-", "--title", "A <b> title")
    assert (status, told) == (0, "")
    assert "<title>A &lt;b&gt; title</title>" in page


def test_a_place_that_cannot_be_written_is_named(place: str, tmp_path: Path) -> None:
    status, _, told = view(place, "-o", str(tmp_path / "none" / "graph.html"))
    assert status == 1
    assert told == f"kg: {tmp_path}/none/graph.html: can't be written (No such file or directory); name another file\n"
