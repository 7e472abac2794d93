"""Turtle: all documents together, to be read by people and by every RDF tool."""

from typing import IO

from kg.exporters import _turtle
from kg.exporters._order import union
from kg.graph.store import Store

NAME = "turtle"
SUFFIXES = (".ttl",)
MEDIA_TYPE = "text/turtle"
RDF12 = True


def write(store: Store, file: IO[bytes]) -> None:
    """Writes the union of all documents."""
    file.write(_turtle.head().encode())
    for paragraph in _turtle.block(union(store)):
        file.write(paragraph.encode())
