"""TriG: Turtle with a graph for each document."""

from typing import IO

from kg.exporters import _turtle
from kg.exporters._order import ordered
from kg.graph.store import Store

NAME = "trig"
SUFFIXES = (".trig",)
MEDIA_TYPE = "application/trig"
RDF12 = True
GRAPHS = True


def write(store: Store, file: IO[bytes]) -> None:
    """Writes one graph after the other."""
    file.write(_turtle.head().encode())
    for name in (*store.graphs(), *store.shared()):
        # The name of a graph is not written relative to the base: not every reader resolves it there.
        file.write(f"\n{name} {{\n".encode())
        for paragraph in _turtle.block(ordered(q.triple for q in store.inner.quads_for_pattern(None, None, None, name)), "    "):
            file.write(paragraph.encode())
        file.write(b"}\n")
