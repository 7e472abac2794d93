"""A real server in this process."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from kg.web.server import listening, server
from kg.web.settings import Settings


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """Gives the address."""
    running = server(settings)
    with listening(settings) as port:
        thread = threading.Thread(target=running.run, kwargs={"sockets": [port]}, daemon=True)
        thread.start()
        while not running.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port.getsockname()[1]}"
        running.should_exit = True
        thread.join()
