"""Networks built by hand, for the tests of exporters. All people and places are invented."""

import networkx as nx

FORMATS = ("cx2", "cytoscape", "dot", "gexf", "gml", "graphml", "graphology", "jgf", "neo4j", "pajek", "parquet", "sqlite", "tables", "yed")


def conflict() -> nx.MultiDiGraph:
    """Five nodes, five edges: parallel ones, every modality, dates, lists, somebody without edges, a name right to left, one with a picture."""
    graph = nx.MultiDiGraph(projection="claims", title="Who did what", directed=True)
    guard, bridge, ruritania, vogel = "force/guard", "facility/bridge", "country/ruritania", "person/vogel"
    graph.add_node(guard, label="Black Guard", type="MilitaryForce", aliases=["the Guard", "Guards"], mentions=7, pagerank=0.4)
    graph.add_node(bridge, label="Zenda Bridge", type="Facility", mentions=3, lat=48.5, lon=12.25, country="Ruritania", pagerank=0.3)
    graph.add_node(ruritania, label="روريتانيا", type="Country", mentions=2, pagerank=0.2, start="2024-03-01", end="2024-03-31")
    graph.add_node(vogel, label='Anna "Ännchen" Vogel 🕊', type="Person", aliases=["Vogel"], mentions=1, pagerank=0.1)
    graph.add_node("person/alone", label="Otto Hahnel", type="Person", mentions=1, pagerank=0.0)
    attack = {"relation": "attacked", "label": "attacked", "confidence": 0.95, "document": "a", "published": "2024-03-10"}
    first = {**attack, "modality": "actual", "weight": 3.0, "start": "2024-03-08", "sources": ["War Office"]}
    denied = {**attack, "modality": "negated", "weight": 1.0, "start": "2024-03", "sentence": "“No,” <he> said & left."}
    graph.add_edge(guard, bridge, key="c-1", **first)
    graph.add_edge(guard, bridge, key="c-2", **denied)
    graph.add_edge(guard, bridge, key="c-3", **attack, modality="actual", weight=2.0, start="2024-03-09", end="2024-03-11")
    graph.add_edge(ruritania, guard, key="c-4", relation="invaded", label="invaded", modality="possible", weight=1.0)
    graph.add_edge(vogel, ruritania, key="c-5", relation="represents", label="represents", modality="actual", weight=1.0, place=["Zenda"])
    return graph


def together() -> nx.MultiDiGraph:
    """A network without directions, in which nothing has a date."""
    graph = nx.MultiDiGraph(projection="together", directed=False)
    graph.add_node("a", label="Ada", type="Person")
    graph.add_node("b", label="Bo", type="Person")
    graph.add_node("c", label="Bo", type="Person")
    graph.add_edge("a", "b", key="t-1", relation="together", label="together", weight=2.0)
    graph.add_edge("c", "a", key="t-2", relation="together", label="together", weight=1.0)
    return graph
