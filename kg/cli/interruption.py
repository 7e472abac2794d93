"""Ctrl-C and the system's wish that a program end: the verb ends in order, and says what becomes of its work."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

INTERRUPTED = 130
TERMINATED = 143


class Terminated(KeyboardInterrupt):
    """The system wishes the program to end."""


def status(error: KeyboardInterrupt) -> int:
    """The exit status, as shells know it."""
    return TERMINATED if isinstance(error, Terminated) else INTERRUPTED


def heed() -> None:
    """Lets the program end in order when it is told to."""

    def ended(*_: Any) -> None:
        raise Terminated

    signal.signal(signal.SIGTERM, ended)


@contextmanager
def resumable(place: object) -> Iterator[None]:
    """For a verb that goes on where it stopped when it is given again: says so. Where there is no place, nothing is kept or was yet."""
    try:
        yield
    except KeyboardInterrupt as error:
        if place is not None and ("://" in str(place) or os.path.exists(str(place))):
            error.args = (f"what was read is kept in {place}, and the same command goes on from there",)
        raise
