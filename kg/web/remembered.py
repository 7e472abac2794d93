"""What a worker has worked out of a store, kept as long as the store says the same: one that was written to is opened anew, as another object.

A worker has one store open at a time, and keeps the last of each thing that can be made of it: that is the bound. When its memory runs out
it forgets them.
"""

from collections.abc import Callable
from typing import TypeVar
from weakref import WeakKeyDictionary

from kg.graph.store import Store

Found = TypeVar("Found")

_kept: WeakKeyDictionary[Store, dict[object, object]] = WeakKeyDictionary()


def remembered(store: Store, make: Callable[[Store], Found]) -> Found:
    """What `make`, a function of a module, gives of the store; made anew each time where the store may change unseen.

    It may not hold the store, which would keep both for ever.
    """
    if not store.is_snapshot:
        return make(store)
    kept = _kept.setdefault(store, {})
    if make not in kept:
        kept[make] = make(store)
    return kept[make]  # type: ignore[return-value]


def forget() -> None:
    """Makes room."""
    _kept.clear()
