"""The folder of a build: results by name, each whole or not there, on a disk, a shared file system or an object store (through fsspec).

The parts of a result are written first, each under another name, synced and renamed; the manifest, which counts, comes last.
"""

import gzip
import hashlib
import json
import os
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from kg.errors import StoreError

MANIFEST = "manifest.json"
UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known of a result: hashes of its parts as they lie there, by their names, and what was told of it."""

    name: str
    parts: Mapping[str, str]
    told: Mapping[str, Any]


@dataclass(frozen=True)
class Folder:
    """`place` is a path or an address that fsspec knows ("s3://bucket/build"); it can be sent to other processes."""

    place: str
    options: Mapping[str, Any] = field(default_factory=dict)

    def keep(self, name: str, parts: Mapping[str, bytes], told: Mapping[str, Any]) -> Manifest:
        """Writes a result, compressed, in place of an earlier one. Raises StoreError."""
        hashes = {}
        for part, data in sorted(parts.items()):
            packed = gzip.compress(data, 3, mtime=0)
            hashes[part] = hashlib.sha256(packed).hexdigest()
            self.write(f"{name}.{part}", packed)
        self.write(f"{name}.{MANIFEST}", json.dumps({"parts": hashes, "told": told}, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass"))
        return Manifest(name, hashes, told)

    def kept(self, name: str) -> Manifest | None:
        """The manifest of a result that is there and whole; None where something is missing or damaged."""
        try:
            data = json.loads((self.read(f"{name}.{MANIFEST}") or b"").decode("utf-8", "surrogatepass"))
            found = Manifest(name, data["parts"], data["told"])
            whole = all(hashlib.sha256(self.read(f"{name}.{part}") or b"").hexdigest() == known for part, known in found.parts.items())
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        return found if whole else None

    def part(self, manifest: Manifest, part: str) -> bytes:
        """A part of a result. Raises StoreError when it is not what was written."""
        return gzip.decompress(self.packed(manifest, part))

    def packed(self, manifest: Manifest, part: str) -> bytes:
        """A part as it lies there, compressed. Raises StoreError like `part`."""
        packed = self.read(f"{manifest.name}.{part}") or b""
        if hashlib.sha256(packed).hexdigest() != manifest.parts[part]:
            raise StoreError(f"{self.place}/{manifest.name}.{part}: missing or damaged; run the same build again, it is made anew")
        return packed

    def write(self, name: str, data: bytes) -> None:
        """A file, whole or not at all. Raises StoreError."""
        system, root = self._system()
        path = f"{root}/{name}"
        try:
            system.makedirs(path.rpartition("/")[0], exist_ok=True)
            if isinstance(system, LocalFileSystem):
                _replace(path, data)
            else:
                system.pipe_file(path, data)  # object stores show an object when it is whole
        except OSError as error:
            raise StoreError(f"{self.place}: can't be written ({error.strerror or error}); mend that and run the same build again") from error

    def read(self, name: str) -> bytes | None:
        """A file; None when there is none. Raises StoreError."""
        system, root = self._system()
        try:
            return bytes(system.cat_file(f"{root}/{name}"))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{self.place}/{name}: can't be read ({error.strerror or error})") from error

    def remove(self, name: str) -> None:
        """Takes a file away, if it is there."""
        system, root = self._system()
        if system.exists(f"{root}/{name}"):
            system.rm_file(f"{root}/{name}")

    def names(self) -> list[str]:
        """The names of the files that lie directly in it."""
        system, root = self._system()
        return sorted(path.rpartition("/")[2] for path in system.find(root, maxdepth=1)) if system.exists(root) else []

    def drop(self) -> None:
        """Takes the whole folder away."""
        system, root = self._system()
        if system.exists(root):
            system.rm(root, recursive=True)

    def tidy(self) -> None:
        """Takes away what processes that were killed left unfinished."""
        system, root = self._system()
        for path in system.find(root) if system.exists(root) else ():
            if path.endswith(UNFINISHED):
                system.rm_file(path)

    def _system(self) -> tuple[fsspec.AbstractFileSystem, str]:
        try:
            system, root = fsspec.core.url_to_fs(self.place, **self.options)
        except (ValueError, ImportError) as error:
            raise StoreError(f"{self.place}: {' '.join(str(error).split())}") from error
        return system, root.rstrip("/")


def _replace(path: str, data: bytes) -> None:
    unfinished = f"{path}.{uuid.uuid4().hex[:8]}{UNFINISHED}"
    try:
        with open(unfinished, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except OSError:
        if os.path.exists(unfinished):
            os.unlink(unfinished)
        raise
    sync(os.path.dirname(path))


def sync(folder: str) -> None:
    """Makes sure that what was renamed in a folder of this machine stays so. Does nothing where folders can't be synced."""
    if os.name == "posix":
        handle = os.open(folder or ".", os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
