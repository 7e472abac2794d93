"""Worker processes of this machine."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait as wait_for
from typing import TypeVar

from kg.scale.engine import LOST, Lost

T = TypeVar("T")
R = TypeVar("R")
# Each worker counts as one core; the libraries of linear algebra would start a thread for each core.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
# Tasks that wait, so that a worker finds the next one at once.
_WAITING = 1


class Processes:
    """A pool of worker processes; `memory` is what each may take, in MB. New ones take the place of those that end."""

    def __init__(self, workers: int, memory: int | None = None) -> None:
        self.workers = workers
        self._memory = memory
        self._pool = self._new()

    def map(self, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[tuple[T, R | Lost]]:
        """Tasks with their results, as they are done. Where a process ends, the tasks of all others are lost with it."""
        left = iter(tasks)
        running: dict[Future[R], T] = {}
        try:
            while True:
                while len(running) < self.workers + _WAITING and (task := next(left, _END)) is not _END:
                    running[self._submit(function, task)] = task  # type: ignore[arg-type, assignment]
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    task = running.pop(future)
                    yield task, LOST if isinstance(future.exception(), BrokenProcessPool | MemoryError) else future.result()
        finally:
            for future in running:
                future.cancel()

    def _submit(self, function: Callable[[T], R], task: T) -> Future[R]:
        with _one_thread():
            try:
                return self._pool.submit(function, task)
            except BrokenProcessPool:
                self._pool.shutdown(wait=False)
                self._pool = self._new()
                return self._pool.submit(function, task)

    def _new(self) -> ProcessPoolExecutor:
        # Forking a process that has threads, as Oxigraph's, may leave the child waiting for ever.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.workers, mp_context=context, initializer=_begin, initargs=(self._memory,))

    def close(self) -> None:
        """Ends the workers, whatever they are at: nobody waits for it."""
        workers = list((self._pool._processes or {}).values())  # from Python 3.14 on there is terminate_workers for it
        self._pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join()


_END = object()


@contextmanager
def _one_thread() -> Iterator[None]:
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _begin(memory: int | None) -> None:
    """What a worker does first: Ctrl-C is for its parent, with whom it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=lambda: (wait_for([parent.sentinel]), os._exit(1)), daemon=True).start()
    limit(memory)


def limit(memory: int | None) -> None:
    """Sets how much memory of its own this process may take, in MB; None sets no limit, nor does Windows."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if memory is not None:
            # Not the address space: Ray maps the memory that its processes share into each of them.
            resource.setrlimit(resource.RLIMIT_DATA, (memory * 1_000_000, resource.getrlimit(resource.RLIMIT_DATA)[1]))
