"""N-Triples: all documents together, a triple a line, sorted."""

from collections.abc import Iterable
from typing import IO

import pyoxigraph as ox

from kg.graph.store import Store

NAME = "ntriples"
SUFFIXES = (".nt",)
MEDIA_TYPE = "application/n-triples"
RDF12 = True


def write(store: Store, file: IO[bytes]) -> None:
    """Writes each triple once."""
    write_triples((quad.triple for quad in store.quads()), file)


def write_triples(triples: Iterable[ox.Triple], file: IO[bytes]) -> None:
    """Writes triples, sorted."""
    lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    file.writelines(sorted(set(lines.splitlines(keepends=True))))
