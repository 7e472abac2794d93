"""A worker: a process that reads jobs from standard input, does them on the store, and writes the replies to standard output.

It ends itself when a job takes too long even though nobody ends it, and when its input is closed: a server that died leaves nothing behind.
"""

import contextlib
import os
import pickle
import signal
import struct
import sys
import traceback
from typing import IO, Any

from kg.errors import KgError, QueryError, RequestError, StoreError
from kg.graph import faults
from kg.graph.live import LiveStore
from kg.web.exchange import Ask, Job, Reply
from kg.web.remembered import forget
from kg.web.settings import Settings

LENGTH = struct.Struct("!Q")
# Seconds that the server has to end a worker before it ends itself.
_GRACE = 5


def main() -> None:
    """Runs until the input ends; the first frame holds the settings."""
    # A question has one core; each thread more would keep memory that counts against its limit.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Whatever prints by mistake must not get between the replies.
    os.dup2(2, 1)
    # Ctrl-C is the server's, which ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settings: Settings = receive(source)
    _limit_memory(settings.memory)
    live = LiveStore(settings.place, infer=settings.infer)
    if settings.infer:
        # Inferring may take longer than a question may; where the store can't be opened, the first question tells.
        with contextlib.suppress(KgError, OSError):
            live.current()
    send(target, None)
    while (message := receive(source)) is not None:
        job, ask = message
        with _alarm(0 if ask.changes else settings.timeout + _GRACE):
            reply = answer(live, job, ask)
        if ask.changes:
            live.reopen()
        send(target, reply)


def answer(live: LiveStore, job: Job, ask: Ask) -> Reply:
    """The reply to a job. A store whose files a writer has just replaced is opened again once."""
    try:
        try:
            return job(live.current(), ask)
        except OSError:
            live.reopen()
            return job(live.current(), ask)
    except RequestError as error:
        return failure(error.status, str(error), error.headers)
    except QueryError as error:
        return failure(400, str(error))
    except (StoreError, OSError) as error:
        return failure(503, str(error))
    except KgError as error:
        return failure(400, str(error))
    except MemoryError:
        forget()
        return failure(503, OUT_OF_MEMORY)
    except Exception as error:
        if isinstance(error, RuntimeError) and faults.is_of_engine(error):
            return failure(503, str(faults.told(error, live.place)))
        traceback.print_exc()
        return failure(500, "an error of the program; its log tells more")


OUT_OF_MEMORY = "the question needed more memory than a question may have; ask for less at once"


def failure(status: int, message: str, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
    """A reply that says in one line what is wrong."""
    return Reply(f"{' '.join(message.split())}\n".encode("utf-8", "replace"), status=status, headers=headers)


def receive(source: IO[bytes]) -> Any:
    """The next frame; None at the end."""
    head = source.read(LENGTH.size)
    return pickle.loads(source.read(LENGTH.unpack(head)[0])) if len(head) == LENGTH.size else None


def frame(message: object) -> bytes:
    """A message as it goes through the pipe."""
    body = pickle.dumps(message)
    return LENGTH.pack(len(body)) + body


def send(target: IO[bytes], message: object) -> None:
    """Writes a frame."""
    target.write(frame(message))
    target.flush()


def _limit_memory(size: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # where the system can't
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (size, size))


@contextlib.contextmanager
def _alarm(seconds: float) -> Any:
    """The system ends the process after so many seconds, whatever it is doing; 0 stands for never."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
