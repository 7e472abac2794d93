"""Networks whose values every file format can hold."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from kg.graph.terms import clean

_SPACE = re.compile(r"[\t\n\r]+")


def flatten(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """A copy that every writer of networkx can write: values are text, integers, finite floats or booleans, nothing is None.

    Lists become text joined by "; "; an attribute has one type everywhere; characters that XML forbids are replaced; nodes
    and edges are sorted, and each edge has its key as `id`. What the network as a whole says stays in `graph.graph`.
    """
    flat = nx.MultiDiGraph(**_plain(graph.graph, _kinds([graph.graph])))
    kinds = _kinds([data for _, data in graph.nodes(data=True)]), _kinds([data for *_, data in graph.edges(data=True)])
    for node, data in sorted(graph.nodes(data=True), key=lambda item: str(item[0])):
        flat.add_node(_text(node), **_plain(data, kinds[0]))
    for tail, head, key, data in sorted(graph.edges(keys=True, data=True), key=lambda item: tuple(map(str, item[:3]))):
        flat.add_edge(_text(tail), _text(head), key=_text(key), **{"id": _text(key), **_plain(data, kinds[1])})
    return flat


def _kinds(rows: Iterable[Mapping[str, Any]]) -> dict[str, type]:
    """The one type of each attribute: that of all its values, float for a mix of numbers, else text."""
    found: dict[str, set[type]] = defaultdict(set)
    for row in rows:
        for name, value in row.items():
            if (simple := _simple(value)) is not None:
                found[name].add(type(simple))
    return {name: next(iter(types)) if len(types) == 1 else float if types == {int, float} else str for name, types in found.items()}


def _plain(data: Mapping[str, Any], kinds: Mapping[str, type]) -> dict[str, Any]:
    plain = {}
    for name in sorted(data):
        if (simple := _simple(data[name])) is not None:
            plain[_text(name)] = simple if type(simple) is kinds[name] else kinds[name](simple)
    return plain


def _simple(value: Any) -> str | int | float | bool | None:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if -(2**63) <= value < 2**63 else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list | tuple | set | frozenset):
        parts = sorted(map(str, value)) if isinstance(value, set | frozenset) else map(str, value)
        return _text("; ".join(parts)) or None
    return _text(value)


def _text(value: object) -> str:
    """On one line: XML would turn line ends in attributes into spaces, some readers everywhere."""
    return _SPACE.sub(" ", clean(str(value)))
