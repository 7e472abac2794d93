"""What goes wrong with a disk: the words of the engine and of the system, as errors that say what to do."""

import re
from pathlib import Path

from kg.errors import DamageError, StoreError

# What Oxigraph passes on of RocksDB begins so: damage comes as RuntimeError, all else as OSError without a number.
_ENGINE = re.compile(r"(IO error|Corruption|Invalid argument|NotFound)\b")
_FULL = re.compile("no space left on device|disk quota exceeded|file too large", re.IGNORECASE)
_READ_ONLY = re.compile("read-only file system", re.IGNORECASE)
_MISSING = re.compile("no such file", re.IGNORECASE)
_FORBIDDEN = re.compile("permission denied", re.IGNORECASE)


def is_of_engine(error: BaseException | None) -> bool:
    """True for what Oxigraph raises when its files can't be read or written."""
    return isinstance(error, OSError | RuntimeError) and _ENGINE.match(str(error)) is not None


def is_missing(error: BaseException) -> bool:
    """True for a file of a store that isn't there: damage, or a writer's doing, who exchanges files."""
    return is_of_engine(error) and _MISSING.search(str(error)) is not None


def told(error: OSError | RuntimeError, place: Path | str | None) -> StoreError:
    """An error of reading or writing a store."""
    where, reason = place or "the store in memory", " ".join(str(error).split())
    if isinstance(error, RuntimeError) or _MISSING.search(reason):
        return damaged(where, reason)
    if full := _FULL.search(reason):
        return StoreError(f"{where}: can't be written ({full[0]}); make room and run the same command again: it goes on where it stopped")
    if _FORBIDDEN.search(reason):
        return StoreError(f"{where}: no permission to use it")
    if _READ_ONLY.search(reason):
        return StoreError(f"{where}: can't be written (Read-only file system); choose another --store")
    return StoreError(f"{where}: can't be read or written ({error.strerror or reason})")


def damaged(place: Path | str, reason: str) -> DamageError:
    """A store whose files are not what was written. What people judged stands nowhere else."""
    return DamageError(
        f"{place}: the store is damaged ({reason[:200]}); build it anew in another place, from the same inputs; what people judged: "
        f"kg judgements -o FILE --store {place}, if it can still be read, then kg judgements FILE for the new one"
    )


def unwritten(file: Path | str, error: OSError) -> StoreError:
    """An output file that can't be written."""
    reason = error.strerror or str(error)
    return StoreError(f"{file}: can't be written ({reason}); {'make room, or ' if _FULL.search(reason) else ''}name another file")
