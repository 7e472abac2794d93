"""Members of zip files, unpacked within bounds; nothing is ever written to a path that an archive names."""

import zipfile
import zlib
from pathlib import PurePosixPath, PureWindowsPath

from kg.readers.decoding import read_all
from kg.readers.source import Source

BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, OverflowError)
# Text packs to a fifth, tables of numbers to a fiftieth.
_DENSEST = 200
_SMALL = 1_000_000


def unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: Source) -> bytes:
    """A member as a whole. Raises InputError above the limit, having unpacked no more than that."""
    check(member, source)
    with archive.open(member) as stream:
        return read_all(stream, source)


def check(member: zipfile.ZipInfo, source: Source) -> None:
    """Raises InputError for a member that must not, or can't, be unpacked."""
    if not inside(member.filename):
        raise source.error("has a name that leads out of the archive; rename it")
    if member.flag_bits & 1:
        raise source.error("has a password; unpack it and read that")
    if member.file_size > _SMALL and member.file_size > _DENSEST * max(member.compress_size, 1):
        raise source.error(f"unpacks to {member.file_size / 1_000_000:.0f} MB, over {_DENSEST} times its size, as a zip bomb does; it is left alone")


def inside(name: str) -> bool:
    """False for absolute paths, drives, and ways up."""
    paths = PurePosixPath(name), PureWindowsPath(name)
    return not any(path.is_absolute() or path.drive or path.root or ".." in path.parts for path in paths) and "\0" not in name
