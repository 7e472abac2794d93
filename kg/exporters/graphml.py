"""GraphML: the network of entities and claims, for Gephi, yEd, Cytoscape, igraph and networkx."""

from typing import IO

import networkx as nx

from kg.graph.network import flatten, network
from kg.graph.store import Store

NAME = "graphml"
SUFFIXES = (".graphml",)
MEDIA_TYPE = "application/graphml+xml"


def write(store: Store, file: IO[bytes]) -> None:
    """Writes all claims between two entities, those that are not actual too: their modality says so."""
    # The writer over xml.etree, since that over lxml is used only where lxml is installed and gives other bytes.
    nx.write_graphml_xml(flatten(network(store)), file, edge_id_from_attribute="id")
