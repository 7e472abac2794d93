"""Two CSV tables in a zip archive, nodes.csv and edges.csv: for pandas, R, DuckDB, spreadsheets, Gephi, Flourish, Kumu and Cosmograph."""

from typing import IO

import networkx as nx

from kg.exporters import _archive, _csv, _rows
from kg.network.flat import Flat

NAME = "tables"
SUFFIXES = (".csv.zip", ".zip")
MEDIA_TYPE = "application/zip"
LOSES = ("lists", "times", "types", "formulas")


def write_network(graph: nx.MultiDiGraph, file: IO[bytes]) -> None:
    """Writes a row a node and a row an edge; programs know id, label, source, target and weight by these names."""
    flat = Flat(graph)
    nodes = _csv.table(list(_rows.node_columns(flat)), _rows.nodes(flat))
    edges = _csv.table(list(_rows.edge_columns(flat)), _rows.edges(flat))
    _archive.write(file, (("nodes.csv", nodes), ("edges.csv", edges)))
