"""README.md tells the truth: its console and Python blocks run and print what it shows.

`python tests/test_readme.py` writes the output of today into the README.
"""

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```(console|pycon)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECONDS = re.compile(r"\d+\.\d s\b")
WIDTH = "140"


def commands(block: str) -> list[str]:
    return [line[2:] for line in block.splitlines() if line.startswith("$ ")]


def console(block: str) -> str:
    """The block with the output that its commands print now."""
    from kg.cli import app

    shown = []
    for command in commands(block):
        program, *words = shlex.split(command)
        assert program == "kg", f"README shows {command!r}; only kg can be run here"
        result = CliRunner().invoke(app, words, env={"COLUMNS": WIDTH})
        assert result.exit_code == 0, f"{command}: {result.output}"
        shown.append(f"$ {command}\n{''.join(line.rstrip() + chr(10) for line in result.stdout.splitlines())}")
    return "".join(shown)


def python(block: str) -> str:
    """The block with what its statements print now."""
    shown, names = [], dict[str, object]()
    for statement in re.findall(r"^>>> .*\n(?:^\.\.\. .*\n)*", block, re.MULTILINE):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec("".join(line[4:] + "\n" for line in statement.splitlines()), names)
        shown.append(statement + printed.getvalue())
    return "".join(shown)


def renewed(text: str) -> str:
    """The README with the output of today, its commands run in an empty folder beside a link to tests/."""
    with folder():
        return BLOCK.sub(lambda found: f"```{found[1]}\n{console(found[2]) if found[1] == 'console' else python(found[2])}```", text)


@contextlib.contextmanager
def folder() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as place:
        Path(place, "tests").symlink_to(ROOT / "tests")
        with contextlib.chdir(place):
            yield


def test_what_the_readme_shows_is_what_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_STORE", raising=False)
    text = README.read_text(encoding="utf-8")
    assert SECONDS.sub("… s", text) == SECONDS.sub("… s", renewed(text)), "run: python tests/test_readme.py"


def test_the_readme_is_short_and_names_folders_that_are_there() -> None:
    text = README.read_text(encoding="utf-8")
    assert text.count("\n") <= 150
    for path in re.findall(r"`((?:kg|ontology|queries|tests)/[\w/.]*)`", text):
        assert (ROOT / path).exists(), path


def test_the_pictures_are_there_and_small() -> None:
    found = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README.read_text(encoding="utf-8"))
    assert found
    for path in found:
        assert (ROOT / path).read_bytes().startswith(b"\x89PNG"), path
        assert (ROOT / path).stat().st_size < 150_000, path


if __name__ == "__main__":
    os.environ.pop("KG_STORE", None)
    sys.path.insert(0, str(ROOT))
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
