"""The worker processes as the server sees them: a fixed number, each with one job at a time, ended and replaced when a job must stop."""

import asyncio
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass

from kg.web.exchange import Ask, Job, Reply
from kg.web.settings import Settings
from kg.web.worker import LENGTH, OUT_OF_MEMORY, failure, frame

# The worker finds the modules that the server found, and no others that lie where it was started.
_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from kg.web.worker import main; main()"
# Jobs that may wait for each worker; more are sent away.
_QUEUE = 16


@dataclass(frozen=True, slots=True)
class Worker:
    """A running process."""

    process: Process

    @classmethod
    async def start(cls, settings: Settings) -> "Worker":
        """A process that is ready for jobs."""
        process = await asyncio.create_subprocess_exec(sys.executable, "-P", "-c", _PROGRAM, *sys.path, stdin=PIPE, stdout=PIPE)
        worker = cls(process)
        try:
            await worker._exchange(settings)
        except BaseException:
            await worker.ended()
            raise
        return worker

    async def do(self, job: Job, ask: Ask) -> Reply:
        """The reply to a job. When this is cancelled or the process fails, the process is ended."""
        try:
            reply = await self._exchange((job, ask))
        except (asyncio.IncompleteReadError, BrokenPipeError, ConnectionResetError):
            self.end()
            return failure(503, OUT_OF_MEMORY)
        except BaseException:
            self.end()
            raise
        assert isinstance(reply, Reply)
        return reply

    async def _exchange(self, message: object) -> object:
        source, target = self.process.stdout, self.process.stdin
        assert source is not None
        assert target is not None
        target.write(frame(message))
        await target.drain()
        length = LENGTH.unpack(await source.readexactly(LENGTH.size))[0]
        return pickle.loads(await source.readexactly(length))

    @property
    def alive(self) -> bool:
        """True while the process runs and was not ended."""
        return self.process.returncode is None and self.process.stdin is not None and not self.process.stdin.is_closing()

    def end(self) -> None:
        """Ends the process at once."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        if self.process.returncode is None:
            self.process.kill()

    async def ended(self) -> None:
        """Ends the process and waits until it is gone."""
        self.end()
        await self.process.wait()
        assert self.process.stdout is not None
        await self.process.stdout.read()


class Workers:
    """A pool. Use as an asynchronous context manager."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._idle: asyncio.LifoQueue[asyncio.Task[Worker]] = asyncio.LifoQueue()
        self._all: set[asyncio.Task[Worker]] = set()
        self._ended: set[asyncio.Task[None]] = set()
        self._waiting = 0

    async def __aenter__(self) -> "Workers":
        for _ in range(self._settings.workers):
            self._add()
        return self

    async def __aexit__(self, *_: object) -> None:
        # One that is just starting is waited for: its process would be left alone.
        for found in await asyncio.gather(*self._all, return_exceptions=True):
            if isinstance(found, Worker):
                await found.ended()
        await asyncio.gather(*self._ended)

    def _add(self) -> None:
        """Begins to start a worker, which takes its place in the queue at once."""
        starting = asyncio.create_task(Worker.start(self._settings))
        self._all.add(starting)
        self._idle.put_nowait(starting)

    async def do(self, job: Job, ask: Ask) -> Reply:
        """The reply to a job: 503 when it takes too long, or too many are waiting."""
        if self._waiting >= _QUEUE * self._settings.workers:
            return self._busy()
        self._waiting += 1
        try:
            async with asyncio.timeout(self._settings.timeout):
                place = await self._idle.get()
        except TimeoutError:
            return self._busy()
        finally:
            self._waiting -= 1
        worker: Worker | None = None
        try:
            worker = await asyncio.shield(place)
            async with asyncio.timeout(None if ask.changes else self._settings.timeout):
                return await worker.do(job, ask)
        except TimeoutError:
            return failure(
                503, f"stopped after {self._settings.timeout:g} seconds; ask for less at once, or start the server with a longer --timeout"
            )
        finally:
            self._give_back(place, worker)

    def _give_back(self, place: asyncio.Task[Worker], worker: Worker | None) -> None:
        """A place whose worker is still starting stays as it is; one whose worker was ended is filled again."""
        failed = place.done() and (place.cancelled() or place.exception() is not None)
        if not failed and (worker is None or worker.alive):
            self._idle.put_nowait(place)
            return
        self._all.discard(place)
        self._add()
        if worker is not None:
            ended = asyncio.create_task(worker.ended())
            self._ended.add(ended)
            ended.add_done_callback(self._ended.discard)

    @staticmethod
    def _busy() -> Reply:
        return failure(503, "too many questions at once; ask again in a moment", (("Retry-After", "2"),))
