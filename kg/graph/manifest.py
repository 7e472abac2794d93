"""What the manifest of a RocksDB directory tells: the column families, and which files must be there.

RocksDB takes a manifest that is cut off for an earlier state, or for a new store, and then deletes the data that it doesn't name. So it is
read before RocksDB opens the directory. Checksums are left to RocksDB. The format: https://github.com/facebook/rocksdb/wiki/MANIFEST.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

# All that Oxigraph makes before it writes data.
FAMILIES = frozenset(["default", "id2str", "spog", "posg", "ospg", "gspo", "gpos", "gosp", "dspo", "dpos", "dosp", "graphs"])
_BLOCK, _HEAD = 1 << 15, 7
_FULL, _FIRST, _LAST = 1, 2, 4
# Fields of a change that are known here, by what follows them.
_COMPARATOR, _LOG, _NEXT_FILE, _COMPACTED, _DELETED, _KEPT_LOG, _NEW_FILE, _FAMILY = 1, 2, 3, 5, 6, 10, 103, 201
_NUMBERS, _DROPPED = {_LOG, _NEXT_FILE, 4, 9, _KEPT_LOG, 200, 203, 300}, 202
_IGNORABLE = 1 << 13


@dataclass(slots=True)
class Manifest:
    """What a manifest says, as far as it can be read.

    `log` is the latest log that a family begins with, `kept` the earliest whose data may stand nowhere else; files have numbers below `next_file`.
    """

    families: set[str] = field(default_factory=lambda: {"default"})
    log: int = 0
    kept: int = 0
    next_file: int = 0


def lost(directory: Path) -> str | None:
    """What a manifest that is not whole has lost, where that is certain; None where nothing is known to be wrong."""
    for _ in range(5):
        before = _bytes(directory)
        files = _files(directory)
        if before is not None and before == _bytes(directory):
            return _judged(read(before), files)
    return None  # a writer is changing it, or there is none: RocksDB tells


def _judged(manifest: Manifest, files: dict[str, int]) -> str | None:
    logs = sorted(int(name[:-4]) for name in files if name.endswith(".log") and name[:-4].isdigit())
    has_data = any(size > 0 or name.endswith(".sst") for name, size in files.items())
    if has_data and (missing := FAMILIES - manifest.families):
        return f"the manifest names no {min(missing)}"
    # What is written goes to a new log before the data of the earlier one is in files; that one stays until the manifest tells so.
    latest = max([manifest.log, *(log for log in logs if log >= manifest.next_file)])
    needed = [log for log in logs if log >= manifest.kept and (log < latest or manifest.kept >= latest)]
    return None if needed or not has_data else "a log that the manifest needs is missing"


def read(data: bytes) -> Manifest:
    """What the bytes of a manifest say, up to where they are cut off."""
    manifest = Manifest()
    for record in _records(data):
        try:
            for kind, value in _fields(_Bytes(record)):
                if kind == _FAMILY:
                    manifest.families.add(str(value))
                elif kind == _LOG:
                    manifest.log = max(manifest.log, int(value))
                    manifest.kept = manifest.kept or int(value)
                elif kind == _KEPT_LOG:
                    manifest.kept = max(manifest.kept, int(value))
                elif kind == _NEXT_FILE:
                    manifest.next_file = max(manifest.next_file, int(value))
        except IndexError:  # damaged, which its checksum tells RocksDB
            continue
    return manifest


def _bytes(directory: Path) -> bytes | None:
    try:
        name = (directory / "CURRENT").read_text("ascii", "replace").rstrip("\n")
        return (directory / name).read_bytes() if name.startswith("MANIFEST-") and "/" not in name else None
    except (OSError, ValueError):
        return None


def _files(directory: Path) -> dict[str, int]:
    """The sizes of data and logs."""
    found = {}
    for each in directory.iterdir():
        if each.suffix in (".sst", ".log"):
            with suppress(FileNotFoundError):  # exchanged by a writer
                found[each.name] = each.stat().st_size
    return found


def _records(data: bytes) -> Iterator[bytes]:
    at, parts = 0, b""
    while at + _HEAD <= len(data):
        left = _BLOCK - at % _BLOCK
        size, kind = int.from_bytes(data[at + 4 : at + 6], "little"), data[at + 6]
        if left < _HEAD or (size == 0 and kind == 0):
            at += left
            continue
        at += _HEAD + size
        if at > len(data):
            return
        parts = (b"" if kind in (_FULL, _FIRST) else parts) + data[at - size : at]
        if kind in (_FULL, _LAST):
            yield parts


class _Bytes:
    """Numbers and strings, one after another. Raises IndexError at the end."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def number(self) -> int:
        value = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def string(self) -> bytes:
        size = self.number()
        self.at += size
        if self.at > len(self.data):
            raise IndexError
        return self.data[self.at - size : self.at]


def _fields(record: _Bytes) -> Iterator[tuple[int, int | str]]:
    while record.at < len(record.data):
        kind = record.number()
        if kind in _NUMBERS:
            yield kind, record.number()
        elif kind in (_COMPARATOR, _FAMILY):
            yield kind, record.string().decode("utf-8", "replace")
        elif kind == _COMPACTED:
            record.number(), record.string()
        elif kind == _DELETED:
            record.number(), record.number()
        elif kind == _NEW_FILE:
            _skip_file(record)
        elif kind & _IGNORABLE:
            record.string()
        elif kind != _DROPPED:
            return  # of a later version of RocksDB


def _skip_file(record: _Bytes) -> None:
    for part in (record.number, record.number, record.number, record.string, record.string, record.number, record.number):
        part()
    while record.number() != 1:  # further properties
        record.string()
