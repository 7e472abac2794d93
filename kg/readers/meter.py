"""How far the reading of inputs has come, in bytes as they lie on the disk."""

from pathlib import Path
from typing import IO

from kg.errors import InputError
from kg.readers import inputs, registry
from kg.readers.addresses import is_address


class Meter:
    """`total` is the size of all inputs; None where it can't be known, as for standard input and addresses."""

    def __init__(self, *given: str | Path) -> None:
        self.total = _size(given)
        self._passed = 0
        self._open: IO[bytes] | None = None

    @property
    def read(self) -> int:
        """The bytes that are read already."""
        try:
            return self._passed + (0 if self._open is None or self._open.closed else self._open.tell())
        except (OSError, ValueError):
            return self._passed

    def opened(self, stream: IO[bytes]) -> None:
        """A file is being read."""
        self._open = stream

    def closed(self, size: int) -> None:
        """The file, of so many bytes, is done with."""
        self._open = None
        self._passed += size


def _size(given: tuple[str | Path, ...]) -> int | None:
    if any(str(each) == inputs.STANDARD_INPUT or is_address(each) for each in given):
        return None
    found: set[Path] = set()
    for each in given:
        try:
            found.update(file.path for file in inputs.find(each, registry.suffixes()))
        except InputError:
            continue  # told when it is its turn
    return sum(path.stat().st_size for path in found if path.is_file()) or None
