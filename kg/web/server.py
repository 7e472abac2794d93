"""The server: the application behind a port."""

import socket
from collections.abc import Callable

import uvicorn

from kg.errors import ServerError
from kg.graph.store import Store
from kg.web.app import application
from kg.web.settings import Settings


def serve(settings: Settings, *, started: Callable[[str], None]) -> None:
    """Serves until the process is told to end; `started` is called with the address. Raises ServerError, and StoreError where there is no store."""
    Store.open(settings.place, read_only=True).close()
    with listening(settings) as opened:
        port = opened.getsockname()[1]
        started(f"http://{f'[{settings.host}]' if ':' in settings.host else settings.host}:{port}/")
        server(settings).run(sockets=[opened])


def server(settings: Settings) -> uvicorn.Server:
    """The server, which listens when it runs."""
    app = application(settings)
    return uvicorn.Server(
        uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, ws="none", timeout_graceful_shutdown=2, lifespan="on")
    )


def listening(settings: Settings) -> socket.socket:
    """The open port. Raises ServerError."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        opened = socket.create_server((settings.host, settings.port), family=family, backlog=128)
    except (OSError, OverflowError) as error:
        # What Python adds to the reason says the address once more.
        reason = (getattr(error, "strerror", None) or str(error)).partition(" (while ")[0]
        raise ServerError(f"{settings.host}:{settings.port}: can't listen there ({reason}); choose another --port or --host") from error
    # Connections take it over. Else the end of each answer waits until the client has confirmed its beginning, for 40 ms.
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return opened
