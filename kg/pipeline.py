"""The main job: documents in, graphs of what they say in the store."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any, Protocol

from kg import garbage
from kg.extract.limits import SECONDS, Refusal, guarded, raise_refusal
from kg.graph import background, copies, temporal, texts
from kg.graph.identities import Identities, OnError
from kg.graph.store import Store, StoredDocument
from kg.identity.knowledge import Knowledge
from kg.identity.knowledge import known as known_to
from kg.identity.resolve import resolve
from kg.model import Document, Extraction
from kg.ontology import Ontology

# One transaction: at most so much work is done again after an interruption.
BATCH = 100


class Extracting(Protocol):
    """What the pipeline needs of `kg.extract.Extractor`."""

    ontology: Ontology

    @property
    def version(self) -> str:
        """What, besides the text, decides the result."""

    def pipe(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One extraction a document, in order."""


@dataclass(slots=True)
class Summary:
    """What a build did. `documents` were extracted and stored, `unchanged` were there already, `refused` could not be worked through.

    `claims` are counted by modality.
    """

    documents: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    entities: set[str] = field(default_factory=set)
    claims: Counter[str] = field(default_factory=Counter)
    events: int = 0
    quotes: int = 0
    seconds: float = 0.0

    def add(self, extraction: Extraction) -> None:
        """Counts one extraction; an entity of several documents counts once."""
        self.documents += 1
        self.entities.update(entity.id for entity in extraction.entities)
        self.claims.update(claim.modality for claim in extraction.claims)
        self.events += len(extraction.events)
        self.quotes += len(extraction.quotes)


def build(
    documents: Iterable[Document],
    store: Store,
    *,
    extractor: Extracting,
    min_confidence: float = 0.0,
    knowledge: Knowledge | None = None,
    keep_text: bool = False,
    progress: Callable[[], None] = lambda: None,
    refuse: Callable[[Refusal], None] = raise_refusal,
    seconds: float = SECONDS,
    batch: int = BATCH,
) -> Summary:
    """Extracts, resolves and stores; calls `progress` once a document. What the store has from the same text and pipeline is left alone.

    Documents that can't be worked through go to `refuse`, as for `records`; what the store has of them stays.
    With `keep_text` the texts are kept beside the graph. Every batch is one transaction, so an interrupted build goes on where it stopped.
    The store remembers the knowledge base; without one, the one that it remembers counts.
    """
    start = monotonic()
    knowledge = background.renew(store, knowledge)
    summary = Summary()
    known = {document.id: document for document in store.documents()}
    kept: dict[str, str] = {}
    version = pipeline_version(extractor, min_confidence, knowledge)

    def news() -> Iterator[Document]:
        for document in documents:
            if same(known.get(document.id), document, version):
                if keep_text:
                    texts.keep(store, document)
                summary.unchanged += 1
                progress()
            else:
                if keep_text:
                    kept[document.sha256] = document.text
                yield document

    def refused(refusal: Refusal) -> None:
        summary.refused.append(refusal)
        progress()
        refuse(refusal)

    def counted() -> Iterator[Extraction]:
        options: dict[str, Any] = {"min_confidence": min_confidence, "knowledge": knowledge, "seconds": seconds}
        for extraction in records(news(), extractor=extractor, refuse=refused, **options):
            summary.add(extraction)
            progress()
            yield extraction

    with garbage.rare():
        Identities(store).write(counted(), batch=batch, kept=kept)
        copies.renew(store)
    summary.seconds = monotonic() - start
    return summary


def records(
    documents: Iterable[Document],
    *,
    extractor: Extracting,
    min_confidence: float = 0.0,
    knowledge: Knowledge | None = None,
    refuse: Callable[[Refusal], None] = raise_refusal,
    seconds: float = SECONDS,
    deadly: bool = False,
) -> Iterator[Extraction]:
    """The resolved extractions of documents, in order, each with the version of the pipeline that made it.

    Documents that take more than so many seconds of processor time, or break the extraction, go to `refuse`, which raises by default;
    see `kg.extract.limits.guarded`.
    """
    version = pipeline_version(extractor, min_confidence, knowledge)

    def extract(documents: Iterable[Document]) -> Iterator[Extraction]:
        for extraction in extractor.pipe(documents):
            resolved = resolve(extraction, extractor.ontology)
            resolved = resolved if knowledge is None else known_to(resolved, knowledge)
            claims = tuple(claim for claim in resolved.claims if claim.confidence >= min_confidence)
            yield replace(resolved, document={**resolved.document, "pipeline": version}, claims=claims)

    return guarded(extract, documents, refuse, seconds=seconds, deadly=deadly)


def load(extractions: Iterable[Extraction], store: Store, *, knowledge: Knowledge | None = None, on_error: OnError | None = None) -> int:
    """Stores extractions that were made before, as `build` would have; returns how many changed. Malformed ones go to `on_error`."""
    base = background.renew(store, knowledge)
    with garbage.rare():
        changed = Identities(store).write(extractions if base is None else _informed(extractions, base), on_error=on_error)
        copies.renew(store)
    return changed


def _informed(extractions: Iterable[Extraction], knowledge: Knowledge) -> Iterator[Extraction]:
    """The extractions with what the base knows, and with the version of both."""
    for extraction in extractions:
        version = str(extraction.document.get("pipeline") or "")
        told = {"pipeline": _with_base(version, knowledge)} if version else {}
        yield replace(known_to(extraction, knowledge), document={**extraction.document, **told})


def pipeline_version(extractor: Extracting, min_confidence: float = 0.0, knowledge: Knowledge | None = None) -> str:
    """What, besides the text, decides the result."""
    version = f"{extractor.version}, confidence {min_confidence:g}" if min_confidence else extractor.version
    return version if knowledge is None else _with_base(version, knowledge)


def _with_base(version: str, knowledge: Knowledge) -> str:
    return f"{version}, knowledge {knowledge.version}"


def same(stored: StoredDocument | None, document: Document, version: str) -> bool:
    """True when extracting again would give what is stored. An address may be stored in another spelling, so it isn't compared."""
    if stored is None or (stored.sha256, stored.pipeline) != (document.sha256, version):
        return False
    published = document.published and temporal.normal(document.published)
    if (stored.title, stored.published) != (document.title, published):
        return False
    return stored.source == document.source or "://" in (document.source or "")
