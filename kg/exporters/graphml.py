"""GraphML: a network of entities, for Gephi, yEd, Cytoscape, igraph and networkx."""

from typing import IO

import networkx as nx

from kg.network.flat import flatten

NAME = "graphml"
SUFFIXES = (".graphml",)
MEDIA_TYPE = "application/graphml+xml"


def write_network(graph: nx.MultiDiGraph, file: IO[bytes]) -> None:
    """Writes all edges, those of claims that are not actual too: their modality says so."""
    # The writer over xml.etree, since that over lxml is used only where lxml is installed and gives other bytes.
    nx.write_graphml_xml(flatten(graph), file, edge_id_from_attribute="id")
