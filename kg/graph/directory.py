"""A store's directory: what may be opened, what is refused and why."""

import re
import time
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import faults, manifest

# How often a store is opened for reading while a writer exchanges its files, and seconds between.
_ATTEMPTS, _PAUSE = 5, 0.05
# RocksDB makes these before a directory is a store; a program that is killed then leaves them.
_BEGUN = re.compile(r"LOCK|LOG(\.old\.\d+)?|IDENTITY|MANIFEST-\d+|\d+\.dbtmp|OPTIONS-\d+(\.dbtmp)?")
# Data, which nothing but a store has.
_DATA = re.compile(r"\d+\.(sst|log)")


def check(path: Path, *, read_only: bool) -> None:
    """Refuses what Oxigraph would fail on obscurely, or take for a new store, and foreign directories, which it would fill with its files."""
    try:
        there = {each.name for each in path.iterdir()} if path.is_dir() else set()
        if path.exists() and not path.is_dir():
            raise StoreError(f"{path}: a file, not a store; a store is a directory")
        lost = manifest.lost(path) if "CURRENT" in there else None
    except PermissionError as error:
        raise StoreError(f"{path}: no permission to use it") from error
    except OSError as error:
        raise StoreError(f"{path}: can't be opened ({error.strerror or error})") from error
    if lost is not None:
        raise faults.damaged(path, lost)
    if "CURRENT" in there:
        return
    if {"IDENTITY", "LOCK"} <= there and any(map(_DATA.fullmatch, there)):
        raise faults.damaged(path, "the file CURRENT is missing")
    if not all(map(_BEGUN.fullmatch, there)) or (read_only and path.exists() and not there):
        raise StoreError(f"{path}: a directory, but not a store; name a new or empty one, or one that kg build has made")
    if read_only:
        raise StoreError(f"{path}: no store there; make one with: kg build INPUT --store {path}")


def engine(path: Path, *, read_only: bool) -> ox.Store:
    """Oxigraph in a directory that was checked. Raises StoreError."""
    try:
        if read_only:
            return _read_only(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        return ox.Store(str(path))
    except (OSError, RuntimeError) as error:
        if re.search("lock (file|hold)", str(error)):
            raise StoreError(f"{path}: another process is writing to the store; wait until it has ended, or choose another --store") from error
        # What Oxigraph misses, or would write, where it was ended before it had made all.
        if read_only and re.search("Column family not found|Inserts are only possible", str(error)):
            raise StoreError(f"{path}: a store whose making was interrupted; make it with: kg build INPUT --store {path}") from error
        raise faults.told(error, path) from error


def _read_only(path: Path) -> ox.Store:
    for _ in range(_ATTEMPTS - 1):
        try:
            return ox.Store.read_only(str(path))
        except (OSError, RuntimeError) as error:
            # A writer may be exchanging files at this moment.
            if not faults.is_missing(error):
                raise
            time.sleep(_PAUSE)
    return ox.Store.read_only(str(path))
