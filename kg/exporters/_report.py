"""What a network loses in a format, counted in that network: `kg export --report`.

LOSES of an exporter names the features below; "node attributes but label" means that all others are left out.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import networkx as nx

from kg.exporters import Exporter
from kg.exporters._csv import FORMULA
from kg.graph.terms import clean

# Whether it befalls an attribute of that name and value.
Test = Callable[[str, Any], bool]


def losses(graph: nx.MultiDiGraph, exporter: Exporter) -> list[str]:
    """A line for each thing that is in the network and that the format can't keep, "edge sources: 120 of 140, lists become text"."""
    rows = {"node": [data for _, data in graph.nodes(data=True)], "edge": [data for *_, data in graph.edges(data=True)]}
    kept = dict(_kept(exporter.loses))
    features = [*ALWAYS, *(FEATURES[loss] for loss in exporter.loses if loss in FEATURES)]
    lines: list[str] = []
    for kind, found in rows.items():
        names = kept.get(kind) or frozenset(str(name) for data in found for name in data)
        lines += _lines(kind, found, "left out", lambda name, _, names=names: name not in names)  # type: ignore[misc]
        for test, words in features:
            lines += _lines(kind, found, words, lambda name, value, names=names, test=test: name in names and test(name, value))  # type: ignore[misc]
    if "directions" in exporter.loses and not graph.graph.get("directed", True) and rows["edge"]:
        lines.append(f"edges: {len(rows['edge'])}, ties without a direction get one")
    return lines


def _lines(kind: str, rows: list[dict[str, Any]], words: str, test: Test) -> Iterator[str]:
    found = Counter(str(name) for row in rows for name, value in row.items() if value is not None and test(str(name), value))
    return (f"{kind} {name}: {number} of {len(rows)}, {words}" for name, number in sorted(found.items()))


def _kept(loses: Iterable[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for loss in loses:
        kind, attributes, names = loss.partition(" attributes but ")
        if attributes:
            yield kind, frozenset(names.split())


def _many(value: object) -> bool:
    return isinstance(value, list | tuple | set | frozenset)


def _texts(value: Any) -> list[str]:
    return [str(part) for part in value] if _many(value) else [value] if isinstance(value, str) else []


def _beyond(bits: int) -> Test:
    return lambda _, value: isinstance(value, int) and not -(2**bits) <= value < 2**bits


# What befalls every network on the way into a file.
ALWAYS: tuple[tuple[Test, str], ...] = (
    (lambda _, value: isinstance(value, float) and not math.isfinite(value), "no number, left out"),
    (lambda _, value: any(clean(text) != text for text in _texts(value)), "characters that XML forbids are replaced"),
    (lambda _, value: any(not set("\t\n\r").isdisjoint(text) for text in _texts(value)), "line ends become spaces"),
    (_beyond(63), "integers of more than 64 bits become text"),
)
FEATURES: dict[str, tuple[Test, str]] = {
    "lists": (lambda _, value: _many(value) and len(value) > 0, "lists become text"),
    "times": (lambda name, _: name in ("start", "end"), "kept as text, the format has no time"),
    "types": (lambda _, value: isinstance(value, int | float), "numbers become text"),
    "booleans": (lambda _, value: isinstance(value, bool), "true and false become 1 and 0"),
    "integers of 32 bits": (_beyond(31), "larger integers become text"),
    "integers of 53 bits": (_beyond(53), "larger integers become text"),
    "backslashes": (lambda name, value: name != "label" and any("\\" in text for text in _texts(value)), "backslashes are doubled"),
    "quotation marks": (lambda _, value: any(not set('"\\').isdisjoint(text) for text in _texts(value)), "quotation marks are replaced"),
    "formulas": (lambda _, value: any(text.startswith(FORMULA) for text in _texts(value)), "formulas get an apostrophe"),
    "separators": (lambda _, value: _many(value) and any(";" in text for text in _texts(value)), "semicolons become commas"),
    "dashes": (lambda name, value: name == "modality" and value == "possible", "possible claims aren't dashed"),
}
# The one feature that is of the network, not of an attribute.
STRUCTURES = frozenset(("directions",))
