"""Small networks built by hand, and random ones, for the tests of analyses."""

from typing import Any

import networkx as nx
from hypothesis import strategies as st


def network(*ties: tuple[Any, ...], directed: bool = True) -> nx.MultiDiGraph:
    """From (source, target) or (source, target, attributes); labels are the ids in capitals."""
    graph = nx.MultiDiGraph(projection="test", title="A test", directed=directed)
    for number, (source, target, *more) in enumerate(ties):
        given = {"relation": "knows", "label": "knows", "weight": 1.0, **(more[0] if more else {})}
        graph.add_edge(source, target, key=f"t-{number}", **given)
    for node, data in graph.nodes(data=True):
        data.update(label=node.upper(), type="Person", documents=[])
    return graph


def signed(*ties: tuple[str, str, int]) -> nx.MultiDiGraph:
    """A network of friends (1) and enemies (-1)."""
    return network(*((one, other, {"sign": sign}) for one, other, sign in ties))


NAMES = [chr(ord("a") + number) for number in range(12)]
TIES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=30)
NETWORKS = TIES.map(lambda ties: network(*ties))
SIGNED = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from([1, -1])), max_size=30).map(lambda ties: signed(*ties))


def two_camps() -> nx.MultiDiGraph:
    """Two cliques of four, and one tie between them."""
    cliques = [(one, other) for camp in ("abcd", "wxyz") for place, one in enumerate(camp) for other in camp[place + 1 :]]
    return network(*cliques, ("d", "w"))


def random(nodes: int, ties: int, seed: int = 1) -> nx.MultiDiGraph:
    """A random network with weights, a part of its own and a node apart."""
    made = nx.gnm_random_graph(nodes, ties, seed=seed, directed=True)
    graph = network(*((f"n{one}", f"n{other}", {"weight": 1.0 + (one + other) % 3}) for one, other in made.edges()), ("x", "y"))
    graph.add_node("alone", label="ALONE", type="Person")
    return graph
