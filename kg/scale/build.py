"""The build over shards: read, join, write, load. The graph is what `kg.pipeline.build` makes of the same documents."""

import os
import re
import shutil
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

import pyoxigraph as ox

from kg import garbage
from kg.errors import DamageError, KgError, StoreError
from kg.graph import background, copies, texts
from kg.graph.identities import Identities
from kg.graph.remote import is_address
from kg.graph.store import Store
from kg.model import Document, Extraction
from kg.pipeline import Summary, same
from kg.scale import work
from kg.scale.engine import Engine
from kg.scale.extracting import extracted, refusals
from kg.scale.folder import Folder, Manifest, sync
from kg.scale.joining import finished, join
from kg.scale.shards import DOCUMENTS, Shard, cut
from kg.scale.watcher import Watcher
from kg.scale.work import Job, Named

_NUMBERED = re.compile(rf"(\d{{6}})\.{re.escape(work.QUADS)}")


@dataclass(slots=True)
class Target:
    """A store to be written; a `fresh` one is nobody's so far, and may be left half written."""

    store: Store
    fresh: bool


@contextmanager
def target(place: Path | str | None, ontology: tuple[Path, ...] = ()) -> Iterator[Target]:
    """The store in a directory, that of a server, or one in memory. A directory that is new appears under its name when it is whole.

    Until then it is locked, so that no two builds make it at once. Raises StoreError.
    """
    if place is None:
        with Store.open(ontology=ontology) as store:
            yield Target(store, fresh=True)
        return
    if is_address(str(place)) or not _can_come(Path(place)):
        with Store.open(place, ontology=ontology) as store:
            yield Target(store, fresh=False)
        return
    loading = Path(f"{place}.loading")
    _drop(loading)
    try:
        with Store.open(loading, ontology=ontology) as store:
            yield Target(store, fresh=True)
            store.inner.flush()
            store.path = Path(place)
        # Opened once more it begins with a list of all its files, so that damage to that is found.
        Store.open(loading).close()
        try:
            os.replace(loading, place)
        except OSError as error:
            raise StoreError(f"{place}: the store can't be put there ({error.strerror}); name another --store") from error
        sync(str(Path(place).parent))
    finally:
        shutil.rmtree(loading, ignore_errors=True)


def _can_come(place: Path) -> bool:
    """True where a store can be made elsewhere and get its name at the end: nothing is there, or an empty directory of the same disk."""
    if place.is_symlink() or os.path.ismount(place):
        return False
    return not place.exists() or (place.is_dir() and not any(place.iterdir()))


def _drop(loading: Path) -> None:
    """Removes what an earlier build has left; refuses what another one is filling."""
    with suppress(DamageError):
        Store.open(loading).close()
    shutil.rmtree(loading)


@dataclass(slots=True)
class Build:
    """A build of some documents; `nquads` is where the graphs are written for other stores, in files of some documents each."""

    job: Job
    engine: Engine
    nquads: Folder | None = None
    size: int = DOCUMENTS
    watcher: Watcher = field(default_factory=Watcher)
    summary: Summary = field(default_factory=Summary)

    def run(self, documents: Iterable[Document], into: Target | None) -> Summary:
        """Builds, or goes on with what lies in the folder. Raises KgError, and KeyboardInterrupt once all that was under way is safe.

        Without a store only the files for other stores are written. What a store has from the same texts and pipeline is left alone.
        """
        start = monotonic()
        if self.nquads is not None and into is not None and not into.fresh:
            raise KgError(f"{into.store.path}: the store is there already, and --nquads writes what is built anew; name another --store, or none")
        if into is not None:
            self.job = replace(self.job, knowledge=background.renew(into.store, self.job.knowledge))
        if into is None or into.fresh:
            self._write(self._extracted(documents), None if into is None else into.store)
        else:
            self._add(documents, into.store)
        self.summary.seconds = monotonic() - start
        return self.summary

    # ---- reading

    def _extracted(self, documents: Iterable[Document], known: Callable[[Shard], bool] = lambda shard: False) -> list[Manifest]:
        ((_, version),) = self.engine.map(work.version, [self.job])
        shards = (shard for shard in cut(documents, finished(version), size=self.size) if not known(shard))
        with _stopping(self.watcher) as stopped:
            return extracted(self.job, shards, self.engine, done=self._count, stopped=stopped)

    def _count(self, manifest: Manifest) -> None:
        told, summary = manifest.told, self.summary
        summary.documents += told["documents"]
        summary.claims.update(told["claims"])
        summary.events += told["events"]
        summary.quotes += told["quotes"]
        summary.refused += refusals(manifest)
        self.watcher.advance(told["documents"] + len(told["refused"]))

    # ---- a new store, or files for others

    def _write(self, shards: list[Manifest], store: Store | None) -> None:
        folder, watcher = self.job.folder, self.watcher
        watcher.stage("who is who")
        joined = join(folder, shards, self.engine)
        watcher.stage("writing", len(shards))
        named = [Named(shard, {ident: joined.names[ident] for ident in shard.told["ids"] if ident in joined.names}) for shard in shards]
        written = {each.name: manifest for each in named if (manifest := folder.kept(each.name))}
        watcher.advance(len(written))
        for each, result in self.engine.map(partial(work.write, self.job), (each for each in named if each.name not in written)):
            written[each.name] = finished(result)
            watcher.advance()
        for shard in shards:
            self.summary.entities.update(work.lines(folder, shard, work.ENTITIES))
        results = [*joined.results, *(written[each.name] for each in named)]
        if self.nquads is not None:
            watcher.stage("copying", len(results))
            self._copy(results, self.nquads)
        if store is not None:
            watcher.stage("loading", len(results))
            texts_of = [(shard, work.TEXTS) for shard in shards if work.TEXTS in shard.parts]
            self._load(store, [(result, part) for result in results for part in (work.QUADS, work.REGISTRY)] + texts_of)

    def _load(self, store: Store, parts: list[tuple[Manifest, str]]) -> None:
        def chunks() -> Iterator[bytes]:
            for manifest, part in parts:
                yield self.job.folder.part(manifest, part)
                if part == work.QUADS:
                    self.watcher.advance()

        store.fill(chunks())

    def _copy(self, results: list[Manifest], nquads: Folder) -> None:
        for number, manifest in enumerate(results):
            nquads.write(f"{number:06}.{work.QUADS}", self.job.folder.packed(manifest, work.QUADS))
            self.watcher.advance()
        for name in nquads.names():  # of an earlier build that had more
            if (found := _NUMBERED.fullmatch(name)) and int(found[1]) >= len(results):
                nquads.remove(name)

    # ---- a store that is there

    def _add(self, documents: Iterable[Document], store: Store) -> None:
        stored = {each.id: each for each in store.documents()}
        ((_, version),) = self.engine.map(work.version, [self.job])

        def known(shard: Shard) -> bool:
            """True where the store has all documents of a shard."""
            if not all(same(stored.get(each.id), each, finished(version)) for each in shard.documents):
                return False
            if self.job.keep_text:
                for document in shard.documents:
                    texts.keep(store, document)
            self.summary.unchanged += len(shard.documents)
            self.watcher.advance(len(shard.documents))
            return True

        shards = self._extracted(documents, known)
        self.watcher.stage("storing", self.summary.documents)
        with garbage.rare():
            Identities(store).write(self._records(shards))
        for shard in shards:
            if work.TEXTS in shard.parts:
                store.change((), ox.parse(self.job.folder.part(shard, work.TEXTS), format=ox.RdfFormat.N_QUADS))
        copies.renew(store)

    def _records(self, shards: Iterable[Manifest]) -> Iterator[Extraction]:
        for shard in shards:
            for extraction in work.extractions(self.job.folder, shard):
                self.summary.entities.update(entity.id for entity in extraction.entities)
                yield extraction
                self.watcher.advance()


@contextmanager
def _stopping(watcher: Watcher) -> Iterator[Callable[[], bool]]:
    """Tells whether the build was asked to stop, by Ctrl-C or SIGTERM, and at the end lets that happen; asked twice it stops at once."""
    asked: list[int] = []

    def ask(number: int, frame: Any) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)
        watcher.stopping()

    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    before = {each: signal.signal(each, ask) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(asked)
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    if asked:
        signal.raise_signal(asked[0])
        raise KeyboardInterrupt  # where that signal does nothing
