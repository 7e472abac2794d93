"""GraphML, the part that plain GraphML and that of yEd share."""

from collections.abc import Callable, Iterator, Mapping
from typing import IO

from kg.exporters import _xml
from kg.exporters._xml import element, start
from kg.network.flat import Edge, Flat, Node, Value

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_SCHEMA = {
    "xmlns": NAMESPACE,
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{NAMESPACE} {NAMESPACE}/1.0/graphml.xsd",
}
_TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}


def write(
    flat: Flat,
    file: IO[bytes],
    *,
    namespaces: Mapping[str, str] | None = None,
    keys: tuple[str, ...] = (),
    node: Callable[[Node], str] = lambda node: "",
    edge: Callable[[Edge], str] = lambda edge: "",
) -> None:
    """Writes a network; `keys`, `node` and `edge` add what a dialect knows beside the plain data."""
    _xml.write(file, _lines(flat, {**_SCHEMA, **(namespaces or {})}, keys, node, edge))


def _lines(
    flat: Flat, namespaces: Mapping[str, Value], keys: tuple[str, ...], node: Callable[[Node], str], edge: Callable[[Edge], str]
) -> Iterator[str]:
    about = flat.about
    # Without the attribute igraph 1.0 gives edges the ids of nodes; with it, it warns that it is there, and keeps it.
    edge_types = {**flat.edge_types, "id": str}
    ids = {
        (kind, name): f"{kind[0]}{number}"
        for kind, types in (("graph", about), ("node", flat.node_types), ("edge", edge_types))
        for number, name in enumerate(types)
    }
    types = {"graph": {name: type(value) for name, value in about.items()}, "node": flat.node_types, "edge": edge_types}
    yield _xml.HEAD
    yield start("graphml", namespaces)
    for (kind, name), ident in ids.items():
        yield element("key", {"id": ident, "for": kind, "attr.name": name, "attr.type": _TYPES[types[kind][name]]})
    yield from keys
    yield start("graph", {"id": "G", "edgedefault": "directed" if flat.directed else "undirected"})
    yield from (element("data", {"key": ids["graph", name]}, _xml.text(value)) for name, value in about.items())
    for each in flat.nodes():
        data = (element("data", {"key": ids["node", name]}, _xml.text(value)) for name, value in each.data.items())
        yield element("node", {"id": each.id}, *data, node(each))
    for tie in flat.edges():
        data = (element("data", {"key": ids["edge", name]}, _xml.text(value)) for name, value in {**tie.data, "id": tie.id}.items())
        yield element("edge", {"id": tie.id, "source": tie.source, "target": tie.target}, *data, edge(tie))
    yield "</graph>"
    yield "</graphml>"
