"""Workers of a Ray cluster, or of one that Ray starts on this machine. Scheduling, retries and the transport of tasks are Ray's."""

import logging
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from typing import Any, TypeVar

from kg.errors import KgError
from kg.scale.engine import LOST, LOST_MACHINE, Lost

T = TypeVar("T")
R = TypeVar("R")
# Tasks that wait, for each worker, so that it finds the next one at once.
_WAITING = 1
# So often Ray itself runs a task again whose worker or machine is gone.
_RETRIES = 1


class Cluster:
    """`address` is that of a cluster ("auto", "ray://head:10001"), None starts one here with so many `workers`; `memory` is in MB a worker."""

    def __init__(self, address: str | None = None, workers: int | None = None, memory: int | None = None) -> None:
        try:
            import ray
        except ImportError as error:
            raise KgError("the engine ray needs Ray; install it with: pip install 'kg[ray]'") from error
        self._ray = ray
        self._memory = memory
        # Ray prints what it has to tell, as of workers that died; standard output is for results.
        self._told = redirect_stdout(sys.stderr)
        try:
            _reach(address)
            ray.init(
                address=address,
                num_cpus=workers if address is None else None,
                include_dashboard=False if address is None else None,
                log_to_driver=False,
                logging_level=logging.ERROR,
            )
        except (ConnectionError, OSError, RuntimeError, ValueError) as error:
            raise KgError(f"no Ray cluster at {address or 'this machine'}: {' '.join(str(error).split())[:200]}") from error

        self._told.__enter__()

    @property
    def workers(self) -> int:
        """The processors of the cluster, as many as there are at the moment."""
        resources: dict[str, float] = self._ray.cluster_resources()  # type: ignore[no-untyped-call]
        return max(int(resources.get("CPU", 1)), 1)

    def map(self, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[tuple[T, R | Lost]]:
        """Tasks with their results, as they are done; a task whose workers ended again and again is lost, and no other."""
        ray = self._ray
        run = ray.remote(num_cpus=1, max_retries=_RETRIES)(_run)
        shared = ray.put(function)
        left = iter(tasks)
        running: dict[Any, T] = {}
        end = object()
        while True:
            while len(running) < self.workers * (1 + _WAITING) and (task := next(left, end)) is not end:
                running[run.remote(shared, task, self._memory)] = task  # type: ignore[assignment]
            if not running:
                return
            (done, *_), _ = ray.wait(list(running), num_returns=1)
            yield running.pop(done), self._result(done)

    def _result(self, done: Any) -> Any:
        errors = self._ray.exceptions
        try:
            return self._ray.get(done)
        except errors.RayTaskError as error:
            if isinstance(error.cause, MemoryError):
                return LOST
            raise error.cause from error
        except (errors.WorkerCrashedError, errors.OutOfMemoryError):
            return LOST
        except (errors.NodeDiedError, errors.ObjectLostError):
            return LOST_MACHINE

    def close(self) -> None:
        """Leaves the cluster; one that was started here ends."""
        self._ray.shutdown()
        self._told.__exit__(None, None, None)


def _reach(address: str | None) -> None:
    """Raises OSError where nobody listens: Ray itself would try for minutes."""
    host, _, port = (address or "").removeprefix("ray://").rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host, int(port)), timeout=10).close()


def _run(function: Callable[[T], R], task: T, memory: int | None) -> R:
    from kg.scale.processes import limit

    limit(memory)
    return function(task)
