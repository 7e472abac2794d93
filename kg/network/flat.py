"""Networks made writable: values that every file format can hold, and ids that are told apart."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import networkx as nx

from kg.graph.terms import clean

Value = str | int | float | bool | list[str]

_SPACE = re.compile(r"[\t\n\r]+")
_INT64 = 2**63


@dataclass(frozen=True, slots=True)
class Node:
    """A node as a row: `key` is what it is called in the network, `id` its text, different from that of all others."""

    key: Any
    id: str
    label: str
    data: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge as a row; `source` and `target` are ids of nodes, in a network without directions the two ends."""

    id: str
    source: str
    target: str
    data: dict[str, Value]


class Flat:
    """A network as two sorted tables, a row at a time. An attribute has one type everywhere, and a value that is absent is no value.

    Values are text on one line (characters that XML forbids replaced), integers, finite floats, booleans, and with `lists` lists
    of text, which else are joined by "; ". Integers of `whole` and more become text.
    """

    def __init__(self, graph: nx.MultiDiGraph, *, lists: bool = False, whole: int = _INT64) -> None:
        self._graph, self._lists, self._whole = graph, lists, whole
        self.directed: bool = graph.graph.get("directed", True)
        self.node_types = self._types(data for _, data in graph.nodes(data=True))
        self.edge_types = self._types(data for *_, data in graph.edges(data=True))
        self._ids = dict(_apart(graph.nodes))

    def __len__(self) -> int:
        return len(self._graph)

    @property
    def size(self) -> int:
        """The number of edges."""
        return int(self._graph.number_of_edges())

    @property
    def about(self) -> dict[str, Value]:
        """The attributes of the network itself."""
        data = {str(name): value for name, value in self._graph.graph.items() if name != "directed"}
        return self._plain(data, self._types([data]))

    def nodes(self) -> Iterator[Node]:
        """The nodes, by id."""
        for key in sorted(self._ids, key=str):
            data = self._plain(self._graph.nodes[key], self.node_types)
            yield Node(key, self._ids[key], str(data.get("label") or self._ids[key]), data)

    def edges(self) -> Iterator[Edge]:
        """The edges, by their ends and id."""
        ends = sorted(self._graph.edges(keys=True), key=lambda edge: tuple(map(str, edge)))
        for ident, (tail, head, key) in zip(_different(_text(edge[2]) for edge in ends), ends, strict=True):
            yield Edge(ident, self._ids[tail], self._ids[head], self._plain(self._graph.edges[tail, head, key], self.edge_types))

    def _types(self, rows: Iterable[Mapping[str, Any]]) -> dict[str, type]:
        """The one type of each attribute, by name: that of all its values, float for a mix of numbers, else text."""
        found: dict[str, set[type]] = defaultdict(set)
        for row in rows:
            for name, value in row.items():
                if (kind := self._kind(value)) is not None:
                    found[name].add(kind)
        kinds = {name: next(iter(types)) if len(types) == 1 else float if types == {int, float} else str for name, types in found.items()}
        return dict(sorted((_name(name), kind) for name, kind in kinds.items()))

    def _plain(self, data: Mapping[str, Any], kinds: Mapping[str, type]) -> dict[str, Value]:
        plain: dict[str, Value] = {}
        for name in sorted(data, key=str):
            if (simple := self._simple(data[name])) is not None:
                kind = kinds[text := _name(name)]
                plain[text] = simple if type(simple) is kind else "; ".join(simple) if isinstance(simple, list) else kind(simple)
        return plain

    def _kind(self, value: Any) -> type | None:
        """The type that `_simple` gives the value, without making it."""
        if isinstance(value, str):
            return str
        if isinstance(value, list | tuple | set | frozenset) and self._lists:
            return list if value else None
        return None if (simple := self._simple(value)) is None else type(simple)

    def _simple(self, value: Any) -> Value | None:
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int):
            return value if -self._whole <= value < self._whole else str(value)
        if isinstance(value, float):
            return value if math.isfinite(value) else None
        if isinstance(value, list | tuple | set | frozenset):
            parts = [_text(part) for part in (sorted(value, key=str) if isinstance(value, set | frozenset) else value)]
            return (parts if self._lists else "; ".join(parts)) or None
        return _text(value)


def flatten(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """A copy that every writer of networkx can write; each edge has its key as `id`."""
    flat, view = nx.MultiDiGraph(), Flat(graph)
    flat.graph["directed"] = view.directed
    for node in view.nodes():
        flat.add_node(node.id, **node.data)
    for edge in view.edges():
        flat.add_edge(edge.source, edge.target, key=edge.id, **{**edge.data, "id": edge.id})
    return flat


def _apart(keys: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    ordered = sorted(keys, key=str)
    return zip(ordered, _different(map(_text, ordered)), strict=True)


def _different(texts: Iterable[str]) -> Iterator[str]:
    """The texts, a number behind those that were there before."""
    seen: set[str] = set()
    for text in texts:
        number, found = 1, text
        while found in seen:
            number += 1
            found = f"{text} {number}"
        seen.add(found)
        yield found


@lru_cache(1 << 12)
def _name(name: object) -> str:
    """An attribute's name as text; there are few, and each stands in every row."""
    return _text(name)


def _text(value: object) -> str:
    """On one line: XML would turn line ends in attributes into spaces, some readers everywhere."""
    return _SPACE.sub(" ", clean(str(value)))
