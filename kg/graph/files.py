"""Files that are written whole or not at all: what was there stays until all is written."""

import glob
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from kg.graph import faults


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write in place of the one at the path. Raises StoreError."""
    part = _part(path)
    try:
        with part.open("wb") if part == path else _begun(part, path) as file:
            yield file
            if part != path and sys.platform != "win32":  # while it is held
                file.flush()
                part.replace(path)
        if part != path and sys.platform == "win32":
            part.replace(path)
    except OSError as error:
        raise faults.unwritten(path, error) from error
    finally:
        if part != path:
            part.unlink(missing_ok=True)


def check(path: Path) -> None:
    """Raises StoreError when no file can be written there, so that this is told before the work and not after it."""
    part = _part(path)
    if part != path or path.is_dir():
        try:
            part.open("wb").close()
            part.unlink(missing_ok=True)
        except OSError as error:
            raise faults.unwritten(path, error) from error


def _part(path: Path) -> Path:
    """Where a file grows, each writer's own; a device or pipe can't be replaced by a file."""
    return path.with_name(f"{path.name}.{os.getpid()}.part") if path.is_file() or not path.exists() else path


def _begun(part: Path, path: Path) -> IO[bytes]:
    """The part, held as long as it is open; where another writer took it for one that was left, and removed it before it was held, made anew."""
    while True:
        file = part.open("wb")
        with suppress(OSError):  # some file systems know no locks
            _lock(file, wait=True)
            if not _is(file, part):
                file.close()
                continue
            _tidy(path)
        return file


def _tidy(path: Path) -> None:
    """Removes what writers of this file left that were killed: nobody holds it any more."""
    for part in path.parent.glob(f"{glob.escape(path.name)}.*.part"):
        if re.fullmatch(r"\.\d+\.part", part.name.removeprefix(path.name)):
            with suppress(OSError), part.open("rb") as file:
                _lock(file)
                if _is(file, part):
                    part.unlink()


def _is(file: IO[bytes], path: Path) -> bool:
    """True where the path still leads to the open file."""
    return path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat())


def _lock(file: IO[bytes], *, wait: bool = False) -> None:
    """Holds a file as long as it is open. Raises OSError where another does and nobody waits for it."""
    if sys.platform == "win32":
        raise OSError("no locks")
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
