"""How often Python looks for objects that hold each other: reading news makes millions of objects, and hardly any that do."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# New objects between two looks at the young ones, and looks between two at all: twenty times rarer than Python's own.
_RARE = (50_000, 20, 20)


@contextmanager
def rare() -> Iterator[None]:
    """Looks rarely."""
    before = gc.get_threshold()
    gc.set_threshold(*_RARE)
    try:
        yield
    finally:
        gc.set_threshold(*before)


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
