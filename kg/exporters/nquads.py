"""N-Quads: the canonical form of the whole store, with the graph of each document."""

from typing import IO

from kg.graph.store import Store

NAME = "nquads"
SUFFIXES = (".nq",)
MEDIA_TYPE = "application/n-quads"
RDF12 = True
GRAPHS = True


def write(store: Store, file: IO[bytes]) -> None:
    """Writes the sorted quads."""
    store.write_nquads(file)
