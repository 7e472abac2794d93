"""Memory that is not needed: how often Python looks for it, and when the system gets it back.

Reading news makes millions of objects, and hardly any that hold each other, which is what Python's collector looks for.
"""

import ctypes
import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

# New objects between two looks at the young ones, and looks between two at all: twenty times rarer than Python's own.
_RARE = (50_000, 20, 20)
_lock = threading.Lock()
# How many are at work that want rare looks, and what was set before the first of them.
_working, _before = 0, gc.get_threshold()


@contextmanager
def rare() -> Iterator[None]:
    """Looks rarely while this or another thread is inside. Where it was switched off it stays so."""
    global _working, _before
    with _lock:
        if not _working:
            _before = gc.get_threshold()
            if _before[0]:
                gc.set_threshold(*_RARE)
        _working += 1
    try:
        yield
    finally:
        with _lock:
            _working -= 1
            if not _working:
                gc.set_threshold(*_before)


@contextmanager
def paused() -> Iterator[None]:
    """Does not look: for tables of many strings that are made once."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def give_back() -> None:
    """Gives memory that was freed back to the system; glibc else keeps most of it, and hours of reading would take gigabytes."""
    if (trim := _trim()) is not None:
        trim(0)


@cache
def _trim() -> Any:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # another library, another system
        return None
