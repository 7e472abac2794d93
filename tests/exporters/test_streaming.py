"""Networks go to their files a row at a time: what a writer holds is little beside what it writes."""

import tracemalloc
from tempfile import TemporaryFile

import networks
import networkx as nx
import pytest

from kg import exporters

EDGES, LETTERS = 400, 10_000
# Parquet is written in groups of rows, and holds one; Pajek's file has no sentences. Archives are held up to 64 MB, compressed.
STREAMED = [name for name in networks.FORMATS if name not in ("parquet", "pajek")]


@pytest.fixture(scope="module")
def long() -> nx.MultiDiGraph:
    """Few nodes and many edges, with four million letters."""
    graph = nx.MultiDiGraph(directed=True)
    graph.add_nodes_from(range(50))
    for number in range(EDGES):
        graph.add_edge(number % 50, number % 49, key=number, relation="met", sentence=f"{number} ".ljust(LETTERS, "x"))
    return graph


@pytest.mark.parametrize("format", STREAMED)
def test_a_row_at_a_time(format: str, long: nx.MultiDiGraph) -> None:
    write = exporters.formats()[format].write_network
    assert write is not None
    with TemporaryFile() as file:
        tracemalloc.start()
        try:
            write(long, file)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        # Archives are compressed, and hardly anything is left of the same letter again and again.
        assert file.tell() > EDGES * 10, "it was written"
    assert peak < EDGES * LETTERS / 3, f"{peak:,} bytes were held at once"
