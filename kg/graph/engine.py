"""What kg asks of the place where quads lie: the part of `pyoxigraph.Store` that a server behind an address can do as well."""

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

import pyoxigraph as ox

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Engine(Protocol):
    """Quads that can be looked up, asked for and changed. `pyoxigraph.Store` is one, `kg.graph.remote.Remote` the other."""

    def quads_for_pattern(self, subject: Any, predicate: Any, object: Any, graph_name: Any = None, /) -> Iterator[ox.Quad]:
        """The quads with these terms; None stands for any."""

    def __iter__(self) -> Iterator[ox.Quad]: ...

    def __contains__(self, quad: ox.Quad, /) -> bool: ...

    def named_graphs(self) -> Iterator[ox.NamedNode | ox.BlankNode]:
        """The names of the graphs."""

    def contains_named_graph(self, graph_name: Any, /) -> bool:
        """True when there is a graph of that name."""

    def query(
        self,
        query: str,
        /,
        *,
        base_iri: str | None = None,
        prefixes: dict[str, str] | None = None,
        use_default_graph_as_union: bool = False,
        default_graph: Any = None,
        named_graphs: Any = None,
    ) -> Results:
        """The answer to a SPARQL query; the graphs that are given count, not those that the query names. Raises SyntaxError."""

    def update(self, update: str, /, *, prefixes: dict[str, str] | None = None) -> None:
        """Runs a SPARQL update in one transaction. Raises SyntaxError."""

    def extend(self, quads: Iterable[ox.Quad], /) -> None:
        """Adds quads; those of one graph in one transaction."""

    def remove_graph(self, graph_name: Any, /) -> None:
        """Drops a graph."""

    def flush(self) -> None:
        """Makes sure that what was written is on disk."""
