"""N-Triples: all documents together, a triple a line, sorted."""

from typing import IO

import pyoxigraph as ox

from kg.graph.store import Store

NAME = "ntriples"
SUFFIXES = (".nt",)
MEDIA_TYPE = "application/n-triples"
RDF12 = True


def write(store: Store, file: IO[bytes]) -> None:
    """Writes each triple once."""
    lines = ox.serialize((quad.triple for quad in store.quads()), format=ox.RdfFormat.N_TRIPLES) or b""
    file.writelines(sorted(set(lines.splitlines(keepends=True))))
