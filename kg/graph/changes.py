"""Changes of the store that belong together: collected, looked up as if they were made, and written in one transaction.

So whoever ends the program finds either all of them in the store or none.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from types import TracebackType
from typing import Any, Self

import pyoxigraph as ox

from kg.graph.store import Store


class Changes:
    """Quads that go and quads that come. As a context manager it writes them at the end, unless there was an error."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.gone: set[ox.Quad] = set()
        self.new: set[ox.Quad] = set()
        # Whole graphs, none of which is there yet, and graphs that go.
        self.graphs: dict[ox.NamedNode, list[ox.Quad]] = {}
        self.dropped: set[ox.NamedNode] = set()
        self._coming: ox.Store | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None:
            self.write()

    def swap(self, gone: Iterable[ox.Quad], new: Iterable[ox.Quad]) -> None:
        """Takes quads away and adds others."""
        old, come = set(gone), set(new)
        if self._coming is not None:
            for quad in old & self.new:
                self._coming.remove(quad)
            self._coming.extend(come)
        self.new -= old
        self.gone |= old
        self.gone -= come
        self.new |= come

    def replace_graph(self, name: ox.NamedNode, quads: list[ox.Quad]) -> bool:
        """Gives a graph these quads; False when it has them already."""
        if not self.store.inner.contains_named_graph(name):
            self.graphs[name] = quads
            if self._coming is not None:
                self._coming.extend(quads)
            return True
        old, new = set(self.store.inner.quads_for_pattern(None, None, None, name)), set(quads)
        self.swap(old - new, new - old)
        return old != new

    def drop_graph(self, name: ox.NamedNode) -> None:
        """Drops a graph, so that its name is gone too."""
        self.swap(self.store.inner.quads_for_pattern(None, None, None, name), ())
        self.dropped.add(name)

    def quads_for_pattern(self, subject: Any, predicate: Any, object_: Any, graph_name: Any = None, /) -> Iterator[ox.Quad]:
        """The quads with these terms as they will be; None stands for any. One that comes though it is there already may be given twice."""
        there = self.store.inner.quads_for_pattern(subject, predicate, object_, graph_name)
        if not (self.gone or self.new or self.graphs):
            return there
        return chain((quad for quad in there if quad not in self.gone), self._ahead().quads_for_pattern(subject, predicate, object_, graph_name))

    def has(self, subject: Any, predicate: Any, object_: Any, graph_name: Any = None) -> bool:
        """True when there will be such a quad."""
        return next(self.quads_for_pattern(subject, predicate, object_, graph_name), None) is not None

    def _ahead(self) -> ox.Store:
        """What comes, to be looked up; made when it is first asked for."""
        if self._coming is None:
            self._coming = ox.Store()
            self._coming.bulk_extend(self.new)
            for quads in self.graphs.values():
                self._coming.bulk_extend(quads)
        return self._coming

    def write(self) -> None:
        """Writes all in one transaction, on a server whole graphs last, a request each; then there is nothing more to write."""
        self.store.change(self.gone, self.new, graphs=self.graphs, dropped=self.dropped)
        self.forget()

    def forget(self) -> None:
        """Takes it all back, as long as it is not written."""
        self.gone, self.new, self.graphs, self.dropped, self._coming = set(), set(), {}, set(), None
