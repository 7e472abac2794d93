"""The graph store: one named graph per document, in Oxigraph (a directory, or in memory) or on a SPARQL server.

Beside the documents stands one graph with the terms of the ontology (labels and hierarchy), so that queries can follow
`rdfs:subPropertyOf*`. It is not part of what `quads` and the exports give.
"""

import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self, cast

import pyoxigraph as ox

from kg import garbage
from kg.errors import RecordError, StoreError
from kg.graph import directory, faults, triples, vocabulary
from kg.graph.chunks import Chunks
from kg.graph.engine import Engine
from kg.graph.remote import Remote, is_address
from kg.graph.terms import document as document_node
from kg.iris import ID
from kg.model import Extraction

if TYPE_CHECKING:
    import rdflib

# Documents in one transaction: enough to be quick, and not much to lose when a build is stopped.
BATCH = 200
# Characters of updates after which Oxigraph shall put down what it holds in memory: by itself it would hold a gigabyte.
_HELD = 20_000_000


@dataclass(frozen=True, slots=True, order=True)
class StoredDocument:
    """What the store knows about a document."""

    id: str
    title: str | None = None
    source: str | None = None
    published: str | None = None
    sha256: str | None = None
    pipeline: str | None = None
    place: str | None = None


class Store:
    """Documents' graphs. Use as a context manager, or call `close`; a directory has one writer at a time and many readers."""

    def __init__(self, inner: Engine, *, path: Path | str | None = None, read_only: bool = False, beside: Sequence[ox.NamedNode] = ()) -> None:
        self._inner: Engine | None = inner
        self.path = path
        # Graphs of its own that a copy holds beside those that every store may have.
        self.beside = tuple(beside)
        self.read_only = read_only
        self._held = 0

    @classmethod
    def open(cls, place: Path | str | None = None, *, read_only: bool = False, create: bool = True, ontology: Sequence[Path] = ()) -> Self:
        """Opens the store in a directory (made when missing, if `create`), that of a server by its address, or a new one in memory.

        `ontology` names a user's own ontology files. In a directory, a read-only store sees what had been written when it was opened.
        Nothing keeps two programs from writing to a server at once. Raises StoreError.
        """
        # What is wrong with the user's files is told before there is a directory.
        terms = frozenset() if read_only else vocabulary.quads(tuple(ontology))
        if place is None:
            store = cls(ox.Store())
        elif isinstance(place, str) and is_address(place):
            remote = Remote(place)
            store = cls(remote, path=remote.name, read_only=read_only)
        else:
            path = Path(place)
            directory.check(path, read_only=read_only or not create)
            store = cls(directory.engine(path, read_only=read_only), path=path, read_only=read_only)
        if not store.read_only:
            with _failing(store.path):
                store._describe(terms)
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            self.close()
        except StoreError:
            if error is None:  # else it says the same once more
                raise
        if error is not None and self.read_only and faults.is_missing(error):
            raise StoreError(f"{self.path}: another process has changed the store meanwhile; run the same command again") from error
        if isinstance(error, OSError | RuntimeError) and faults.is_of_engine(error):
            raise faults.told(error, self.path) from error

    def close(self) -> None:
        """Writes what is open and frees the directory for the next writer. Raises StoreError."""
        inner, self._inner = self._inner, None
        self.__dict__.pop("dataset", None)
        if inner is not None and not self.read_only:
            with _failing(self.path):
                inner.flush()

    @property
    def inner(self) -> Engine:
        """The pyoxigraph store, or what speaks to the server."""
        if self._inner is None:
            raise StoreError(f"{self.path or 'the store in memory'}: the store is closed; open it again")
        return self._inner

    @property
    def is_snapshot(self) -> bool:
        """True when nothing that is written can change what this says: a directory open for reading, or a copy."""
        return self.read_only and isinstance(self._inner, ox.Store)

    def copy(self) -> ox.Store:
        """All quads, in memory."""
        engine = ox.Store()
        engine.bulk_extend(self.inner.quads_for_pattern(None, None, None, None))
        return engine

    def with_graph(self, name: ox.NamedNode, quads: Callable[["Store"], Iterable[ox.Quad]]) -> "Store":
        """A copy in memory, for reading, with one graph more, in place of what has its name; changes of one come not into the other.

        `quads` makes the graph from the copy, so that a server's data is fetched once.
        """
        made = Store(self.copy(), path=self.path, read_only=True, beside=(*(each for each in self.beside if each != name), name))
        made.inner.remove_graph(name)
        made.inner.extend(list(quads(made)))
        return made

    @cached_property
    def dataset(self) -> "rdflib.Dataset":
        """The same data through rdflib; queries see the union of all graphs. Of a server's data it is a copy."""
        import rdflib
        from oxrdflib import OxigraphStore

        from kg.iris import PREFIXES

        engine = self.inner if isinstance(self.inner, ox.Store) else self.copy()
        dataset = rdflib.Dataset(store=OxigraphStore(store=engine), default_union=True)
        for prefix, namespace in PREFIXES.items():
            dataset.bind(prefix, namespace, replace=True)
        return dataset

    # ---- writing

    def replace(self, extraction: Extraction) -> bool:
        """Writes the graph of a document in one transaction, in place of an earlier one; False when it was there already."""
        return self.replace_all([extraction]) > 0

    def replace_all(self, extractions: Iterable[Extraction], *, on_error: Callable[[RecordError], None] | None = None) -> int:
        """Writes the graphs of many documents, a few hundred in a transaction; returns how many changed.

        Of two records of one document the later counts. A record that is malformed goes to `on_error`, else it raises RecordError.
        The next records are read while a batch is written: give an iterator that makes them, not a list.
        """
        self._writable()
        changed = 0
        # Oxigraph writes outside the interpreter's lock: the next batch is made meanwhile.
        with ThreadPoolExecutor(max_workers=1) as pool:
            writing: Future[int] | None = None
            for batch in _batches(extractions, on_error):
                changed += writing.result() if writing else 0
                writing = pool.submit(self._write, batch)
            return changed + (writing.result() if writing else 0)

    def _write(self, pending: Mapping[ox.NamedNode, list[ox.Quad]]) -> int:
        """Brings the graphs of documents to the new state: those that are there by their differences."""
        known = {name: set(self.inner.quads_for_pattern(None, None, None, name)) for name in pending if self.inner.contains_named_graph(name)}
        fresh = {name: quads for name, quads in pending.items() if name not in known}
        changed = {name: (old, new) for name, old in known.items() if old != (new := set(pending[name]))}
        gone = (quad for old, new in changed.values() for quad in old - new)
        self.change(gone, (quad for old, new in changed.values() for quad in new - old), graphs=fresh)
        return len(fresh) + len(changed)

    def change(
        self,
        gone: Iterable[ox.Quad],
        new: Iterable[ox.Quad],
        *,
        graphs: Mapping[ox.NamedNode, list[ox.Quad]] | None = None,
        dropped: Collection[ox.NamedNode] = (),
    ) -> None:
        """Takes quads away and adds others, drops graphs, and adds whole `graphs` that aren't there yet, in one transaction.

        On a server the latter come last, a request each: what was cut off there is written when the documents come again.
        """
        inner, whole = self._writable(), graphs or {}
        apart = isinstance(inner, Remote)
        blocks = (
            ("DELETE", _by_graph(quad for quad in gone if quad.graph_name not in dropped)),
            ("INSERT", _by_graph(new if apart else chain(new, *whole.values()))),
        )
        # Sequences of operations in one update are one transaction; the Python API offers no other.
        parts = [f"DROP SILENT GRAPH {name}" for name in dropped]
        parts += [f"{verb} DATA {{ {' '.join(found)} }}" for verb, found in blocks if found]
        with _failing(self.path):
            if parts:
                inner.update(update := " ; ".join(parts))
                self._held += len(update)
                if self._held > _HELD:
                    inner.flush()
                    garbage.give_back()
                    self._held = 0
            if apart and whole:
                inner.extend(chain(*whole.values()))

    def fill(self, pieces: Iterable[bytes]) -> None:
        """Loads pieces of N-Quads into a new store that is no server's. Of one whose filling was interrupted nothing is promised."""
        inner = cast(ox.Store, self._writable())
        with _failing(self.path):
            inner.bulk_load(io.BufferedReader(Chunks(pieces), 1 << 20), ox.RdfFormat.N_QUADS)
            inner.optimize()  # else each look-up would look in many files

    def retract(self, document_id: str) -> bool:
        """Drops the graph of a document; False when there is none."""
        inner, name = self._writable(), document_node(document_id)
        if not inner.contains_named_graph(name):
            return False
        with _failing(self.path):
            inner.remove_graph(name)
        return True

    def _describe(self, wanted: Collection[ox.Quad]) -> None:
        """Brings the terms up to date; those that another ontology file brought in earlier stay."""
        name = vocabulary.GRAPH
        there = set(self.inner.quads_for_pattern(None, None, None, name))
        subjects = {quad.subject for quad in wanted}
        self.change({quad for quad in there.difference(wanted) if quad.subject in subjects}, set(wanted) - there)

    def _writable(self) -> Engine:
        if self.read_only:
            raise StoreError(f"{self.path}: the store is open for reading only; open it without read_only")
        return self.inner

    # ---- reading

    def documents(self) -> list[StoredDocument]:
        """The documents, sorted by id."""
        rows = self.inner.query(_DOCUMENTS, use_default_graph_as_union=True)
        assert isinstance(rows, ox.QuerySolutions)
        return sorted(StoredDocument(*(None if value is None else value.value for value in row)) for row in rows)  # type: ignore[arg-type]

    def graphs(self) -> list[ox.NamedNode]:
        """The names of the documents' graphs, sorted."""
        names = (name for name in self.inner.named_graphs() if isinstance(name, ox.NamedNode))
        return sorted((name for name in names if name.value.startswith(_DOCUMENT)), key=lambda name: name.value)

    def shared(self) -> list[ox.NamedNode]:
        """The names of the graphs that stand beside the documents where graphs can be told apart: those of _SHARED, a copy's own."""
        names = (*map(ox.NamedNode, sorted(_SHARED)), *self.beside)
        return [name for name in names if self.inner.contains_named_graph(name)]

    def quads(self) -> Iterator[ox.Quad]:
        """The quads of all documents, graph by graph."""
        for name in self.graphs():
            yield from self.inner.quads_for_pattern(None, None, None, name)

    def nquads(self) -> list[bytes]:
        """Canonical N-Quads, a line each, sorted by code point: the same for the same content."""
        beside = (quad for name in self.shared() for quad in self.inner.quads_for_pattern(None, None, None, name))
        lines = ox.serialize(chain(self.quads(), beside), format=ox.RdfFormat.N_QUADS)
        assert lines is not None
        return sorted(lines.splitlines(keepends=True))

    def write_nquads(self, target: Path | IO[bytes]) -> None:
        """Writes the canonical N-Quads to a path or a binary file."""
        if not isinstance(target, Path):
            target.writelines(self.nquads())
            return
        lines = self.nquads()
        try:
            with target.open("wb") as file:
                file.writelines(lines)
        except OSError as error:
            raise faults.unwritten(target, error) from error


_SHARED = tuple(f"{ID}graph/{name}" for name in ("background", "redirects", "copies", "incidents"))
_DOCUMENT = document_node("").value
_DOCUMENTS = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX kg: <https://w3id.org/kg-news/ontology#>
SELECT ?id ?title ?source ?published ?sha256 ?pipeline ?place WHERE {
  ?document a foaf:Document ; dcterms:identifier ?id .
  OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?document dcterms:source ?source }
  OPTIONAL { ?document kg:placeInFile ?place }
  OPTIONAL { ?document dcterms:issued ?published }
  OPTIONAL { ?document kg:contentHash ?sha256 }
  OPTIONAL { ?activity prov:used ?document ; kg:pipelineVersion ?pipeline }
}
"""


@contextmanager
def _failing(path: Path | str | None) -> Iterator[None]:
    """Turns errors of the disk into StoreError."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise faults.told(error, path) from error


def _batches(extractions: Iterable[Extraction], on_error: Callable[[RecordError], None] | None) -> Iterator[dict[ox.NamedNode, list[ox.Quad]]]:
    pending: dict[ox.NamedNode, list[ox.Quad]] = {}
    for extraction in extractions:
        try:
            pending[document_node(ident_of(extraction))] = quads_of(extraction)
        except RecordError as error:
            if on_error is None:
                raise
            on_error(error)
        if len(pending) == BATCH:
            yield pending
            pending = {}
    if pending:
        yield pending


def ident_of(extraction: Extraction) -> str:
    """The id of a document. Raises RecordError where a record has none."""
    try:
        return extraction.id
    except KeyError as error:
        raise RecordError("not an Extraction record: the document has no id") from error


def quads_of(extraction: Extraction) -> list[ox.Quad]:
    """The quads of a record; a record whose fields have the wrong types is refused before anything is written."""
    try:
        return list(triples.quads(extraction))
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise RecordError(f"document {ident_of(extraction)}: not an Extraction record: {type(error).__name__} {error}") from error


def _by_graph(quads: Iterable[ox.Quad]) -> list[str]:
    graphs: dict[ox.NamedNode, list[ox.Quad]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, []).append(quad)  # type: ignore[arg-type]
    return [_block(name, members) for name, members in graphs.items()]


def _block(name: ox.NamedNode, quads: Iterable[ox.Quad]) -> str:
    # N-Triples, which SPARQL reads too, and which Oxigraph writes faster than Python joins them.
    lines = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""
    return f"GRAPH {name} {{ {lines.decode()} }}"
