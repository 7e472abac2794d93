"""Extraction that no document can stop: one that takes too long, or breaks it, is refused with its reason, and the rest goes on."""

import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from types import FrameType
from typing import Any

from kg.errors import InputError
from kg.model import Document, Extraction

Extract = Callable[[Iterable[Document]], Iterator[Extraction]]
# A page of news takes a tenth of a second.
SECONDS = 120.0
# After so many seconds more the clock strikes again: an exception that is raised inside a finalizer is lost.
_AGAIN = 0.25
# A page of news has some thousand; what is written of a document is one transaction, which is held in memory, a kilobyte or more for each of these.
CHARACTERS = 1_000_000


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document that could be read but not be worked through; `origin` is where it comes from, for people."""

    document: str
    origin: str
    reason: str


def raise_refusal(refusal: Refusal) -> None:
    """What happens to a refusal when nobody asked to be told."""
    raise InputError(f"{refusal.origin}: {refusal.reason}")


class TooSlow(Exception):  # noqa: N818 - says what happened
    """Raised in the middle of the work when the time for a document is used up."""


def guarded(
    extract: Extract, documents: Iterable[Document], refuse: Callable[[Refusal], None], *, seconds: float = SECONDS, deadly: bool = False
) -> Iterator[Extraction]:
    """As `extract(documents)`; where that breaks, what was under way is done again one by one, and what breaks it alone goes to `refuse`.

    `seconds` are of processor time, for each document; 0 is no limit. Outside the main thread, and on Windows, there is none.
    A `deadly` clock ends the process where the work does not let itself be interrupted for as long again.
    Documents of more than 1,000,000 characters are refused. Errors of `documents` itself are raised, after what came before them.
    """
    source = _Source(documents)
    clock = _Clock(seconds, deadly)
    while True:
        batch = _Batch(source, clock)
        found = extract(batch)
        while True:
            try:
                with clock.running():
                    extraction = next(found)
            except StopIteration:
                broken, slow, why = False, False, ""
                break
            except Exception as error:  # whatever it is: a document must not end the run; its frames are let go
                broken, slow = True, isinstance(error, TooSlow)
                why = reason(error)
                break
            batch.under_way.popleft()
            batch.refuse_long(refuse)
            yield extraction
        batch.refuse_long(refuse)
        if not broken:
            break
        if slow and len(batch.under_way) == 1:
            _refused(batch.under_way[0], why, refuse)  # it was alone, and would take as long once more
        else:
            yield from _one_by_one(extract, batch.under_way, refuse, clock)
    if source.error is not None:
        raise source.error


def _one_by_one(extract: Extract, documents: Iterable[Document], refuse: Callable[[Refusal], None], clock: "_Clock") -> Iterator[Extraction]:
    for document in documents:
        try:
            with clock.running():
                found = list(extract([document]))
        except Exception as error:
            _refused(document, reason(error), refuse)
        else:
            yield from found


def _refused(document: Document, why: str, refuse: Callable[[Refusal], None]) -> None:
    refuse(Refusal(document.id, origin(document), why))


def origin(document: Document) -> str:
    """Where a document comes from, for people."""
    return document.place or document.source or document.id


def reason(error: Exception) -> str:
    """Why a document was refused, in a line."""
    match error:
        case TooSlow():
            return str(error)
        case MemoryError():
            return "takes more memory than a document may"
        case _:
            return f"breaks the extraction ({type(error).__name__}: {' '.join(str(error).split())[:200]})"


class _Source:
    """The documents, whose own errors wait until all that came before is done."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = iter(documents)
        self.error: Exception | None = None

    def next(self) -> Document | None:
        """The next document; None at the end."""
        if self.error is not None:
            return None
        try:
            return next(self._documents, None)
        except Exception as error:
            self.error = error
            return None


class _Batch:
    """Documents as the extraction takes them; those that are `under_way` have no result so far."""

    def __init__(self, source: _Source, clock: "_Clock") -> None:
        self._source = source
        self._clock = clock
        self._long: list[Document] = []
        self.under_way: deque[Document] = deque()

    def refuse_long(self, refuse: Callable[[Refusal], None]) -> None:
        """Tells of the documents that are too long, outside of the work."""
        found, self._long = self._long, []
        for each in found:
            refuse(Refusal(each.id, origin(each), f"longer than {CHARACTERS:,} characters (split it into articles)"))

    def __iter__(self) -> Iterator[Document]:
        while True:
            with self._clock.paused():
                document = self._source.next()
            if document is None:
                return
            if len(document.text) > CHARACTERS:
                self._long.append(document)
                continue
            self.under_way.append(document)
            yield document


class _Clock:
    """Processor time for one step of the work at a time."""

    def __init__(self, seconds: float, deadly: bool) -> None:
        self._seconds = seconds
        self._deadly = deadly
        self._works = seconds > 0 and hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()

    def running(self) -> AbstractContextManager[None]:
        """Raises TooSlow in what stands under it."""
        return self._running() if self._works else nullcontext()

    @contextmanager
    def _running(self) -> Iterator[None]:
        before = signal.signal(signal.SIGPROF, self._over)
        self._set(self._seconds)
        try:
            with _deadly(2 * self._seconds) if self._deadly else nullcontext():
                yield
        finally:
            self._set(0)
            signal.signal(signal.SIGPROF, before)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Stops the clock, if it runs; afterwards it starts anew."""
        going = self._works and signal.getitimer(signal.ITIMER_PROF)[0] > 0
        if going:
            self._set(0)
        try:
            yield
        finally:
            if going:
                self._set(self._seconds)

    def _set(self, seconds: float) -> None:
        signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN if seconds else 0)

    def _over(self, number: int, frame: FrameType | None) -> Any:
        raise TooSlow(f"takes more than {self._seconds:g} s of processor time")


@contextmanager
def _deadly(seconds: float) -> Iterator[None]:
    """The system ends the process when it has used so much processor time more."""
    if sys.platform == "win32":
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + seconds) + 1, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, before)
