"""A store that is read while another process may write to it: opened again when its files have changed."""

import time
from pathlib import Path

from kg.graph.reasoning import reasoned
from kg.graph.remote import is_address
from kg.graph.store import Store

# Files that change without a change of the data.
_BESIDE = ("LOG", "LOCK", "OPTIONS", "IDENTITY")
# Of the time, at most one part in so many goes into looking for changes, and as much into opening again.
_SHARE = 10

Files = frozenset[tuple[str, int, int]]


class LiveStore:
    """Gives the store as it is now, open for reading, with `infer` a copy that holds what follows too.

    While a build writes all the time, it may lag behind by ten times what opening takes. Of a server a copy is made so often.
    """

    def __init__(self, place: str, *, infer: bool = False) -> None:
        self.place = place
        self._infer = infer
        self._store: Store | None = None
        self._files: Files | None = frozenset()
        self._next = 0.0

    def current(self) -> Store:
        """The store. Raises StoreError when it isn't there any more."""
        if self._store is None or self._changed():
            self._open()
        assert self._store is not None
        return self._store

    def reopen(self) -> None:
        """Opens the store again at the next call of `current`, whatever its files look like."""
        self._store = None

    def _changed(self) -> bool:
        started = time.monotonic()
        if started < self._next:
            return False
        if is_address(self.place):
            return self._infer
        files = _files(Path(self.place))
        self._wait(started)
        return files != self._files

    def _open(self) -> None:
        started = time.monotonic()
        # Looked at before: what is written meanwhile is seen at the next call.
        files = _files(Path(self.place))
        store = Store.open(self.place, read_only=True)
        self._store = reasoned(store) if self._infer else store
        self._files = files
        self._wait(started)

    def _wait(self, started: float) -> None:
        """Does nothing of the kind for ten times what took since then."""
        now = time.monotonic()
        self._next = now + _SHARE * (now - started)


def _files(folder: Path) -> Files | None:
    try:
        states = [(entry.name, entry.stat()) for entry in folder.iterdir() if not entry.name.startswith(_BESIDE)]
    except OSError:
        return None
    return frozenset((name, state.st_size, state.st_mtime_ns) for name, state in states)
