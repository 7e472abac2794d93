"""GraphML of plain data: for networkx, igraph, graph-tool, Gephi, Cytoscape. yEd shows no labels in it and has a format of its own."""

from typing import IO

import networkx as nx

from kg.exporters import _graphml
from kg.network.flat import Flat

NAME = "graphml"
SUFFIXES = (".graphml",)
MEDIA_TYPE = "application/graphml+xml"
LOSES = ("lists", "times")


def write_network(graph: nx.MultiDiGraph, file: IO[bytes]) -> None:
    """Writes nodes and edges with all attributes, typed."""
    _graphml.write(Flat(graph), file)
