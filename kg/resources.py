"""Where the files that are data lie: `ontology/` and `queries/` beside the package, word lists inside it."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

PACKAGE = Path(str(files("kg")))


def folder(name: str) -> Path:
    """The folder "ontology" or "queries": inside an installed package, else beside it (a checkout)."""
    packed = PACKAGE / "_resources" / name
    return packed if packed.is_dir() else PACKAGE.parent / name


def lines(path: Path) -> Iterator[str]:
    """The lines of a word list: comments from "#" on and empty lines left out."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if text := line.split("#", 1)[0].strip():
            yield text


@cache
def words(name: str, part: str = "extract") -> dict[str, frozenset[str]]:
    """The sections of `words/NAME.txt` in a part of the package.

    A line "[section]" starts one, the entries follow, separated by ";" or line breaks.
    """
    sections: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in lines(PACKAGE / part / "words" / f"{name}.txt"):
        if line.startswith("[") and line.endswith("]"):
            current = sections.setdefault(line[1:-1], set())
        else:
            current.update(entry for part in line.split(";") if (entry := part.strip()))
    return {section: frozenset(entries) for section, entries in sections.items()}
