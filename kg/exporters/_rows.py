"""Nodes and edges as rows of two tables, for all formats that are tables."""

from collections.abc import Iterator

from kg.network.flat import Flat, Value

NODE, EDGE = ("id", "label"), ("id", "source", "target")


def node_columns(flat: Flat) -> dict[str, type]:
    """The columns of nodes with their types, those that tell which node it is first."""
    return _columns(NODE, flat.node_types)


def edge_columns(flat: Flat) -> dict[str, type]:
    """The columns of edges with their types, those that tell which edge it is first."""
    return _columns(EDGE, flat.edge_types)


def nodes(flat: Flat) -> Iterator[dict[str, Value]]:
    """A row a node."""
    return ({**node.data, "id": node.id, "label": node.label} for node in flat.nodes())


def edges(flat: Flat) -> Iterator[dict[str, Value]]:
    """A row an edge."""
    return ({**edge.data, "id": edge.id, "source": edge.source, "target": edge.target} for edge in flat.edges())


def _columns(first: tuple[str, ...], types: dict[str, type]) -> dict[str, type]:
    return {**dict.fromkeys(first, str), **{name: kind for name, kind in types.items() if name not in first}}
