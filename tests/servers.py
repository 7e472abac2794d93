"""Oxigraph servers for the tests of remote stores: real ones, started when needed, used again once a store is gone."""

import atexit
import shutil
import socket
import subprocess
import sys
import urllib.request
import weakref
from dataclasses import dataclass
from pathlib import Path

from kg.graph.store import Store

_free: list["Server"] = []


@dataclass
class Server:
    """A running server and its address."""

    process: subprocess.Popen[str]
    address: str

    def clear(self) -> None:
        """Takes everything out."""
        headers = {"Content-Type": "application/sparql-update"}
        urllib.request.urlopen(urllib.request.Request(f"{self.address}/update", data=b"DROP ALL", headers=headers)).close()

    def stop(self) -> None:
        """Ends the process."""
        self.process.terminate()
        self.process.communicate()


def start() -> Server:
    """A new server with an empty store in memory, on a port that is free."""
    program = Path(sys.executable).parent / "oxigraph"
    found = str(program) if program.exists() else shutil.which("oxigraph")
    assert found, "the oxigraph server is missing: pip install '.[test]'"
    for _ in range(5):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            place = f"127.0.0.1:{probe.getsockname()[1]}"
        process = subprocess.Popen([found, "serve", "--bind", place], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        server = Server(process, f"http://{place}")
        assert process.stderr is not None
        if "Listening" in process.stderr.readline():
            atexit.register(server.stop)
            return server
        server.stop()  # somebody else took the port meanwhile
    raise RuntimeError("no Oxigraph server could be started")


def take() -> Server:
    """A server that nobody uses, empty."""
    if not _free:
        return start()
    server = _free.pop()
    server.clear()
    return server


def give_back_with(store: Store, server: Server) -> Store:
    """The store; its server is free again when nobody holds the store any more."""
    weakref.finalize(store, _free.append, server)
    return store
