"""Turtle: all documents together, to be read by people and by every RDF tool."""

from collections.abc import Iterable
from typing import IO

import pyoxigraph as ox

from kg.exporters import _turtle
from kg.exporters._order import union
from kg.graph.store import Store

NAME = "turtle"
SUFFIXES = (".ttl",)
MEDIA_TYPE = "text/turtle"
RDF12 = True


def write(store: Store, file: IO[bytes]) -> None:
    """Writes the union of all documents."""
    write_triples(union(store), file)


def write_triples(triples: Iterable[ox.Triple], file: IO[bytes]) -> None:
    """Writes triples, which must be in reading order."""
    file.write(_turtle.head().encode())
    for paragraph in _turtle.block(triples):
        file.write(paragraph.encode())
