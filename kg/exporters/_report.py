"""What a network loses in a format: `kg export --report`."""

from collections import Counter

import networkx as nx

from kg.exporters import Exporter


def losses(graph: nx.MultiDiGraph, exporter: Exporter) -> list[str]:
    """A line for each thing that is in the network and that the format can't keep, "edge sentence: 120 of 140"."""
    here = {
        "node": (len(graph), Counter(name for _, data in graph.nodes(data=True) for name in data)),
        "edge": (graph.number_of_edges(), Counter(name for *_, data in graph.edges(data=True) for name in data)),
    }
    lines = []
    for loss in exporter.loses:
        kind, _, name = loss.partition(" ")
        if kind not in here or " " in name:
            lines.append(loss)
        elif number := here[kind][1][name]:
            lines.append(f"{loss}: {number} of {here[kind][0]}")
    return lines
