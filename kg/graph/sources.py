"""Where the text of a stored document is to be had: kept beside the graph, in the file that it came from, or in inputs that are named."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.errors import KgError
from kg.graph import texts
from kg.graph.store import Store, StoredDocument
from kg.model import Document

ADVICE = "name where it lies, or keep texts with kg build --keep-text"

Read = Callable[[str], Iterable[Document]]  # the documents of a path


@dataclass(frozen=True, slots=True)
class Source:
    """The text that was found for a document; `place` is set where it is not the place that the document names."""

    text: str
    place: str | None = None


def places(stored: StoredDocument) -> list[str]:
    """Where the text of a document may be read again: the file that holds it, the address or path that it names."""
    file = (stored.place or "").rpartition("#")[0]
    return list(dict.fromkeys(filter(None, (file, stored.source))))


class Inputs:
    """Documents that were named, by id and by hash; only texts that the store can mean are held."""

    def __init__(self, known: list[StoredDocument], documents: Iterable[Document]) -> None:
        ids, hashes = {each.id for each in known}, {each.sha256 for each in known}
        self.by_id: dict[str, Document] = {}
        self.by_hash: dict[str, Document] = {}
        for document in documents:
            if document.id in ids:
                self.by_id[document.id] = document
            if document.sha256 in hashes:
                self.by_hash[document.sha256] = document


class Sources:
    """Where texts are looked for. Documents come sorted by `places`, so one file is held at a time."""

    def __init__(self, store: Store, read: Read, named: Inputs) -> None:
        self.store, self.read, self.named = store, read, named
        self.place: str | None = None
        self.there: list[Document] = []

    def find(self, stored: StoredDocument) -> Source | None:
        """The text of a document, the same one if it is anywhere, else the one that has taken its place."""
        sha256 = stored.sha256 or ""
        if stored.id in self.named.by_id:
            document = self.named.by_id[stored.id]
            return Source(document.text)
        if (same := self.named.by_hash.get(sha256)) is not None:
            return Source(same.text, same.source or same.id)
        there = next(filter(None, map(self._there, places(stored))), [])
        exact = next((each for each in there if each.sha256 == sha256), None)
        if exact is not None:
            return Source(exact.text)
        if (text := texts.kept(self.store, sha256)) is not None and not there:
            return Source(text)
        # A file with one article is that article, whatever its id; of several, the one with the id.
        instead = there[0] if len(there) == 1 else next((each for each in there if each.id == stored.id), None)
        return None if instead is None else Source(instead.text)

    def _there(self, place: str) -> list[Document]:
        if place != self.place:
            try:
                self.place, self.there = place, list(self.read(place))
            except KgError:
                self.there = []
        return self.there
