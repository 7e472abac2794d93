"""Shards: some documents that are read together, named by what they are and by what reads them."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from kg.model import Document

# Enough that handing over costs nothing, and not much to lose with a process.
DOCUMENTS = 64
CHARACTERS = 500_000


@dataclass(frozen=True, slots=True)
class Shard:
    """Documents in the order of the inputs; `alone` when each is to be read by itself, `deadly` are the ids of those that ended processes."""

    name: str
    documents: tuple[Document, ...]
    alone: bool = False
    deadly: frozenset[str] = frozenset()

    def again(self, ended: str | None) -> "Shard":
        """The shard for another try, after a process ended over it, or over one of its documents."""
        return replace(self, alone=True, deadly=self.deadly | ({ended} if ended else set()))


def cut(documents: Iterable[Document], version: str, *, size: int = DOCUMENTS) -> Iterator[Shard]:
    """The documents in shards; the same documents, in the same order, for the same version give shards of the same names."""
    pending: list[Document] = []
    characters = 0
    for document in documents:
        if pending and (len(pending) >= size or characters + len(document.text) > CHARACTERS):
            yield _shard(pending, version)
            pending, characters = [], 0
        pending.append(document)
        characters += len(document.text)
    if pending:
        yield _shard(pending, version)


def _shard(documents: list[Document], version: str) -> Shard:
    told = [{**asdict(replace(document, text="")), "sha256": document.sha256} for document in documents]
    name = hashlib.sha256(json.dumps([version, told], sort_keys=True).encode()).hexdigest()[:20]
    return Shard(f"extracted/{name[:2]}/{name}", tuple(documents))
