"""Several files in one: a zip archive with the same bytes for the same content."""

import shutil
import zipfile
from collections.abc import Iterable
from tempfile import SpooledTemporaryFile
from typing import IO

# Zip archives know no earlier time.
_TIME = (1980, 1, 1, 0, 0, 0)
_IN_MEMORY = 64 * 2**20


def write(file: IO[bytes], parts: Iterable[tuple[str, Iterable[str | bytes]]], *, compressed: bool = True) -> None:
    """Writes files by name from their lines or blocks, which are asked for one after the other."""
    # Straight to standard output, which can't go back, other bytes would come out.
    with SpooledTemporaryFile(_IN_MEMORY) as place:
        _write(place, parts, compressed)
        place.seek(0)
        shutil.copyfileobj(place, file)


def _write(place: IO[bytes], parts: Iterable[tuple[str, Iterable[str | bytes]]], compressed: bool) -> None:
    with zipfile.ZipFile(place, "w") as archive:
        for name, lines in parts:
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            with archive.open(info, "w", force_zip64=True) as entry:
                for line in lines:
                    entry.write(line.encode() if isinstance(line, str) else line)
