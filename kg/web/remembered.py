"""What a worker has worked out of a store, kept as long as the store says the same: one that was written to is opened anew, as another object.

A worker has one store open at a time, and keeps what it was asked for last. When its memory runs out it forgets all.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar
from weakref import WeakKeyDictionary

from kg.graph.store import Store

Found = TypeVar("Found")

# Things kept of a store, tables and pictures mostly.
MOST = 100

_kept: WeakKeyDictionary[Store, OrderedDict[object, object]] = WeakKeyDictionary()


def remembered(store: Store, make: Callable[[Store], Found]) -> Found:
    """What `make` gives of the store; made anew each time where the store may change unseen.

    It is a function of a module, or a frozen value that can be called, equal to all that give the same. What it gives may not hold the
    store, which would keep both for ever.
    """
    if not store.is_snapshot:
        return make(store)
    kept = _kept.setdefault(store, OrderedDict())
    if make not in kept:
        kept[make] = make(store)
    kept.move_to_end(make)
    if len(kept) > MOST:
        kept.popitem(last=False)
    return kept[make]  # type: ignore[return-value]


def forget() -> None:
    """Makes room."""
    _kept.clear()
