"""Where work is done: in processes of this machine, on a Ray cluster, or here."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Lost:
    """Stands for the result of a task whose process ended before it was done; `apart` when its machine did, which no task can help."""

    def __init__(self, *, apart: bool = False) -> None:
        self.apart = apart


LOST, LOST_MACHINE = Lost(), Lost(apart=True)


class Engine(Protocol):
    """Runs a function on many tasks. Function, tasks and results must be such that can be pickled."""

    @property
    def workers(self) -> int:
        """How many tasks run at once."""

    def map(self, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[tuple[T, R | Lost]]:
        """Tasks with their results, as they are done; takes no more of them than keep all at work. Raises what `function` raises."""

    def close(self) -> None:
        """Ends the processes."""


class Here:
    """This process."""

    workers = 1

    def map(self, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[tuple[T, R | Lost]]:
        """Tasks with their results, in order."""
        return ((task, function(task)) for task in tasks)

    def close(self) -> None:
        """There is nothing to end."""
