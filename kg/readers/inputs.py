"""Which files the words on the command line mean, and the id that each gives its document."""

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

from kg.errors import InputError

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class File:
    """A file to read; `id` is stable where the folder is moved or read from elsewhere. `found` is true for one that was not named itself."""

    path: Path
    id: str
    found: bool = False


def find(given: str | Path, suffixes: Iterable[str]) -> Iterator[File]:
    """The file itself, the files of a folder that end in one of `suffixes` (recursive, sorted), or what a glob pattern finds.

    Raises InputError when there is nothing. The id of a file in a folder is its path inside the folder; that of a file named directly its path as
    given, or its bare name when that path leads out of the working directory: ids should not tell where somebody's files lie.
    """
    words = str(given)
    path = Path(given)
    found = [path] if "\0" not in words and path.exists() else _matches(words)
    for each in found:
        if each.is_dir():
            yield from _folder(each, tuple(suffixes))
        else:
            yield File(each, _id(each))


def suffix(path: PurePath) -> str:
    """The suffix in lower case that tells the format: what stands before .gz."""
    name = path.name.lower().removesuffix(".gz")
    return PurePosixPath(name).suffix


def shown(path: Path) -> str:
    """The path as given, in a form that can be printed and stored anywhere."""
    return text(path.as_posix())


def text(name: str) -> str:
    """Bytes of a file name that are no UTF-8 are written as \\xNN."""
    return os.fsencode(name).decode("utf-8", "backslashreplace").replace("\0", "\\x00")


def _matches(pattern: str) -> list[Path]:
    if "\0" in pattern or not glob.has_magic(pattern):
        raise InputError(f"{text(pattern)}: no such file or folder")
    found = sorted(glob.glob(pattern, recursive=True))
    if not found:
        raise InputError(f"{pattern}: no file is called like this")
    return [Path(f) for f in found]


def _folder(folder: Path, suffixes: tuple[str, ...]) -> Iterator[File]:
    files = [
        File(path, shown(path.relative_to(folder)), found=True)
        for path in folder.rglob("*")
        if suffix(path) in suffixes and not _hidden(path.relative_to(folder)) and path.is_file() and _inside(path, folder)
    ]
    if not files:
        raise InputError(f"{folder}: no file in this folder ends in {', '.join(suffixes)} (or the same with .gz)")
    yield from sorted(files, key=lambda file: file.id)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _inside(path: Path, folder: Path) -> bool:
    """False for links that lead out of the folder: a scraped folder must not name other files of the machine."""
    return path.resolve().is_relative_to(folder.resolve())


def _id(path: Path) -> str:
    return shown(Path(path.name) if path.is_absolute() or ".." in path.parts else path)
