"""kg draw as people use it."""

import importlib.util
from pathlib import Path

import pytest
import toy
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.graph.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stores") / "store"
    with Store.open(path) as opened:
        opened.replace_all(toy.extractions())
    return path


def draw(*words: str | Path, store: Path) -> Result:
    return CliRunner().invoke(app, ["draw", *map(str, words), "--store", str(store)], env={"KG_STORE": "", "TERM": "dumb"})


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ((), "Zenda Bridge"),
        (("network", "--around", "Ida Brandt", "--colour", "community"), "Ida Brandt"),
        (("timeline", "--from", "2024-03"), "Karl Stein → Ida Brandt"),
        (("matrix", "--modality", "actual"), "conflict"),
    ],
)
def test_pictures_are_written(words: tuple[str, ...], shown: str, store: Path, tmp_path: Path) -> None:
    file = tmp_path / "picture.svg"
    result = draw(file, *words, store=store)
    assert (result.exit_code, result.stderr) == (0, f"written to {file} ({words[0] if words else 'network'})\n")
    assert shown in file.read_text(encoding="utf-8")


def test_a_picture_goes_to_standard_output(store: Path) -> None:
    assert draw("-", "--format", "png", store=store).stdout_bytes.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("picture.gif",), "png, svg"),
        (("-",), "png, svg"),
        (("p.svg", "map"), "no place of this network has coordinates"),
        (("p.svg", "timeline", "--projection", "facts"), "--from, --to and --around"),
        (("p.svg", "--size", "beauty"), "no analysis called 'beauty'"),
        (("missing/p.svg",), "can't be written"),
    ],
)
def test_what_can_t_be_drawn_is_told_in_one_line(
    words: tuple[str, ...], part: str, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = draw(*words, store=store)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("kg: ")
    assert part in line
    assert list(tmp_path.iterdir()) == []


def test_without_the_packages_that_draw_it_says_how_to_get_them(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr("kg.drawing.find_spec", lambda name: None if name == "matplotlib" else find(name))
    result = draw(tmp_path / "p.svg", store=store)
    assert (result.exit_code, result.stderr) == (1, "kg: pictures need matplotlib; install them with: pip install 'kg[draw]'\n")
