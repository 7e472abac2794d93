"""Output formats, one a file, found because they lie here.

A module has NAME, SUFFIXES and MEDIA_TYPE, and either `write(store, file)`, for formats that hold the whole graph, or
`write_network(graph, file)`, for those that hold a network (of `kg.network.projection`, with lists, not yet flat). LOSES names
what the format can't keep, in the words of `_report.py`.

`RDF12 = True` marks those that can name a triple without asserting it, as RDF 1.2 does; `GRAPHS = True` those that write each
graph by itself, those that stand beside the documents too; `DATED = True` those whose `write` takes `since` and `until`, and returns
what it left out, a line each.
One that writes RDF without the names of graphs has `write_triples(triples, file)` too, for triples in reading order.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import IO, TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import FormatError
from kg.exporters._order import ordered
from kg.graph import files
from kg.graph.reifiers import reified
from kg.graph.store import Store

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Exporter", "export", "find", "formats", "write_triples"]


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: its name, suffixes (the usual one first), media type, what it loses, and the one of the two functions that it has.

    `rdf12` is True where claims can be written as RDF 1.2 reifiers.
    """

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    write: Callable[..., list[str] | None] | None = None
    write_network: Callable[["nx.MultiDiGraph", IO[bytes]], None] | None = None
    loses: tuple[str, ...] = ()
    rdf12: bool = False
    graphs: bool = False
    dated: bool = False
    write_triples: Callable[[Iterable[ox.Triple], IO[bytes]], None] | None = None

    @property
    def of_networks(self) -> bool:
        """True where the format holds a network, not the whole graph."""
        return self.write_network is not None


_OPTIONAL = {
    "write": "write",
    "write_network": "write_network",
    "write_triples": "write_triples",
    "loses": "LOSES",
    "rdf12": "RDF12",
    "graphs": "GRAPHS",
    "dated": "DATED",
}


@cache
def formats() -> dict[str, Exporter]:
    """The formats by name, sorted."""
    modules = (import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__) if not info.name.startswith("_"))
    found = (_exporter(module) for module in modules)
    return {exporter.name: exporter for exporter in sorted(found, key=lambda exporter: exporter.name)}


def _exporter(module: Any) -> Exporter:
    optional = {field: getattr(module, name) for field, name in _OPTIONAL.items() if hasattr(module, name)}
    return Exporter(name=module.NAME, suffixes=module.SUFFIXES, media_type=module.MEDIA_TYPE, **optional)


def find(path: Path | None = None, format: str | None = None) -> Exporter:
    """The format of that name or suffix, or else the one of the path's longest suffix. Raises FormatError, which lists them."""
    if format and (named := formats().get(format.lower())):
        return named
    name = f".{format.lstrip('.')}" if format else path.name if path else ""
    fitting = [(len(suffix), exporter) for exporter in formats().values() for suffix in exporter.suffixes if name.lower().endswith(suffix)]
    if fitting:
        return max(fitting, key=lambda found: found[0])[1]
    known = ", ".join(f"{exporter.name} ({' '.join(exporter.suffixes)})" for exporter in formats().values())
    asked = f"no export format {format!r}" if format else f"{path}: no export format for the suffix {path.suffix.lower() if path else ''!r}"
    raise FormatError(f"{asked}; choose one of: {known}")


def write_triples(triples: Iterable[ox.Triple], file: IO[bytes], format: str) -> None:
    """Writes triples in one of the formats that have no names of graphs, each once. Raises FormatError for another."""
    writer = find(None, format).write_triples
    if writer is None:
        raise FormatError(f"{format} is no format for triples; choose one of: {', '.join(f.name for f in formats().values() if f.write_triples)}")
    writer(ordered(set(triples)), file)


def export(
    store: Store,
    path: Path | IO[bytes],
    format: str | None = None,
    *,
    rdf12: bool = False,
    graph: "nx.MultiDiGraph | None" = None,
    since: str | None = None,
    until: str | None = None,
) -> list[str]:
    """Writes the graph to a file. The format is the one named, or that of the suffix. The same content gives the same bytes.

    With `rdf12` claims are RDF 1.2 reifiers; FormatError where the format has none. `graph` is the network to write, of all claims when
    left out; only formats of networks take one. `since` and `until` choose events by date, in formats of events; these return what
    they left out, a line each. What was in the file stays there until all is written.
    """
    exporter = find(path if isinstance(path, Path) else None, format)
    if rdf12:
        store = _in_rdf12(store, exporter)
    if graph is not None and not exporter.of_networks:
        others = ", ".join(each.name for each in formats().values() if each.of_networks)
        raise FormatError(f"{exporter.name} holds the whole graph, not a network; choose one of: {others}")
    dates = {"since": since, "until": until} if exporter.dated else {}
    if not isinstance(path, Path):
        return _write(exporter, store, path, graph, dates)
    with files.replacing(path) as file:
        return _write(exporter, store, file, graph, dates)


def _write(exporter: Exporter, store: Store, file: IO[bytes], graph: "nx.MultiDiGraph | None", dates: dict[str, str | None]) -> list[str]:
    if exporter.write_network is not None:
        from kg.network.projection import project

        exporter.write_network(project(store) if graph is None else graph, file)
    elif exporter.write is not None:
        return exporter.write(store, file, **dates) or []
    return []


def _in_rdf12(store: Store, exporter: Exporter) -> Store:
    if not exporter.rdf12:
        able = ", ".join(f"{each.name} ({each.suffixes[0]})" for each in formats().values() if each.rdf12)
        raise FormatError(f"{exporter.name} can't hold RDF 1.2; choose one of: {able}")
    return reified(store)
