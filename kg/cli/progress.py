"""Progress of a build on the terminal: what is being done, how fast, and for how long still."""

import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg.scale.watcher import Watcher

if TYPE_CHECKING:
    from rich.console import Console

    from kg.readers.meter import Meter

READING = "reading articles"


class Shown(Watcher):
    """Draws a bar where the console is a terminal. While articles are read it follows the meter, since nobody knows how many will come."""

    def __init__(self, console: "Console", meter: "Meter") -> None:
        from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[told]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
        )
        self._console, self._meter = console, meter
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._start = time.monotonic()
        self._steps = 0
        self._reading = True
        self._task = self._progress.add_task(READING, total=meter.total, told="")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()

    def stage(self, name: str, total: int | None = None) -> None:
        """Begins another bar."""
        self._progress.update(self._task, visible=False)
        self._reading, self._steps = False, 0
        self._task = self._progress.add_task(name, total=total, told="")

    def advance(self, steps: int = 1) -> None:
        """So many articles, or steps of a later stage, are done."""
        self._steps += steps
        if self._reading:
            rate = self._steps / max(time.monotonic() - self._start, 1e-6)
            self._progress.update(self._task, completed=self._meter.read, told=f"{self._steps} articles, {rate:.1f}/s")
        else:
            self._progress.update(self._task, completed=self._steps)

    def stopping(self) -> None:
        """Tells what happens now."""
        self._console.print("finishing what is under way (Ctrl-C again: at once); the same command goes on later", highlight=False, soft_wrap=True)
