"""What workers do with a shard: read its documents, and write what they say under the ids of entities."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from typing import Any

import pyoxigraph as ox

from kg import garbage, pipeline
from kg.extract.limits import SECONDS, Refusal, origin
from kg.graph import background, copies, identities, texts
from kg.graph.changes import Changes
from kg.graph.store import Store, quads_of
from kg.identity.knowledge import Knowledge
from kg.model import Document, Extraction
from kg.ontology import Ontology
from kg.scale import blocks
from kg.scale.folder import Folder, Manifest
from kg.scale.shards import Shard

RECORDS, SIGHTINGS, ENTITIES = "records.jsonl.gz", "sightings.jsonl.gz", "entities.jsonl.gz"
COPIES, TEXTS = "copies.jsonl.gz", "texts.nq.gz"
# What a written shard has: the graphs that exports bring along, and what belongs to the registry.
QUADS, REGISTRY = "nq.gz", "registry.nq.gz"
_ENDED = "ends the process that reads it: it takes too much memory, or does not let itself be interrupted"


@dataclass(frozen=True)
class Job:
    """What all who work at a build must know. `memory` is the limit of a worker in MB; it is told here, and set where workers are made."""

    folder: Folder
    ontology: Ontology
    model: str | None = None
    min_confidence: float = 0.0
    knowledge: Knowledge | None = None
    keep_text: bool = False
    seconds: float = SECONDS
    memory: int | None = None

    @property
    def limits(self) -> list[float | None]:
        """The limits for a document: a refusal holds for them only."""
        return [self.seconds, self.memory]


# The extractor of this process, with what it was made of.
_made: list[tuple[Ontology, str | None, pipeline.Extracting]] = []


def _extractor(job: Job) -> pipeline.Extracting:
    """Made once a process."""
    if not _made or _made[0][:2] != (job.ontology, job.model):
        from kg.extract import Extractor

        _made[:] = [(job.ontology, job.model, Extractor(job.ontology, job.model))]
    return _made[0][2]


def version(job: Job) -> str:
    """What, besides the texts, decides the result."""
    return pipeline.pipeline_version(_extractor(job), job.min_confidence, job.knowledge)


def extract(job: Job, shard: Shard) -> Manifest:
    """Reads a shard's documents and keeps what they say, in the order of the documents, with what identity and copies are judged by."""
    refused: list[Refusal] = []
    with garbage.rare():
        found = list(_extractions(job, shard, refused.append))
    there = {each.id for each in found}
    return keep(job, shard.name, found, refused, version(job), [each for each in shard.documents if each.id in there])


def keep(
    job: Job, name: str, found: Sequence[Extraction], refused: Sequence[Refusal] = (), made_by: str = "", documents: Iterable[Document] = ()
) -> Manifest:
    """Keeps the records of a shard, and of its documents the texts if they are wanted."""
    parts = {
        RECORDS: json_lines(each.to_json() for each in found),
        SIGHTINGS: json_lines(blocks.line(each) for extraction in found for each in identities.told(extraction) if each.compared),
        ENTITIES: json_lines(sorted({entity.id for each in found for entity in each.entities})),
        COPIES: json_lines(asdict(text) for extraction in found if (text := copies.told(extraction))),
    }
    if job.keep_text:
        parts[TEXTS] = nquads(texts.quad(document.sha256, document.text) for document in documents)
    told = {
        "pipeline": made_by,
        "documents": len(found),
        "ids": [each.id for each in found],
        "claims": dict(sorted(Counter(claim.modality for each in found for claim in each.claims).items())),
        "events": sum(len(each.events) for each in found),
        "quotes": sum(len(each.quotes) for each in found),
        "refused": [list(astuple(each)) for each in refused],
        "limits": job.limits,
    }
    return job.folder.keep(name, parts, told)


def _extractions(job: Job, shard: Shard, refuse: Callable[[Refusal], None]) -> Iterator[Extraction]:
    documents = []
    for document in shard.documents:
        if document.id in shard.deadly:
            refuse(Refusal(document.id, origin(document), _ENDED))
        else:
            documents.append(document)

    def one_by_one() -> Iterator[Document]:
        for document in documents:
            job.folder.write(at(shard), document.id.encode("utf-8", "surrogatepass"))
            yield document

    batches = ([document] for document in one_by_one()) if shard.alone else [documents]
    for batch in batches:
        yield from pipeline.records(
            batch,
            extractor=_extractor(job),
            min_confidence=job.min_confidence,
            knowledge=job.knowledge,
            refuse=refuse,
            seconds=job.seconds,
            deadly=True,
        )
    if shard.alone:
        job.folder.remove(at(shard))


def at(shard: Shard) -> str:
    """The file beside a shard with the id of the document that is being read, when each is read by itself."""
    return f"{shard.name}.at"


def ended_at(folder: Folder, shard: Shard) -> str | None:
    """The id of the document over which a process ended; None when that is not known."""
    found = folder.read(at(shard)) if shard.alone else None
    return None if found is None else found.decode("utf-8", "surrogatepass")


def extractions(folder: Folder, manifest: Manifest) -> Iterator[Extraction]:
    """The records of a shard. Raises StoreError when it is damaged."""
    return (Extraction.from_json(json.loads(line)) for line in folder.part(manifest, RECORDS).splitlines())


def packed_lines(folder: Folder, manifest: Manifest, part: str) -> Iterator[bytes]:
    """The lines of a part as they stand there: a fifth of what they take as objects. Raises StoreError when it is damaged."""
    return iter(folder.part(manifest, part).splitlines())


def lines(folder: Folder, manifest: Manifest, part: str) -> Iterator[Any]:
    """What stands in the lines of a part. Raises StoreError when it is damaged."""
    return map(json.loads, folder.part(manifest, part).splitlines())


@dataclass(frozen=True, slots=True)
class Named:
    """A shard to be written: for each document what its entities are called, where that is not what it calls them by itself."""

    manifest: Manifest
    names: Mapping[str, Mapping[str, str]]

    @property
    def name(self) -> str:
        """The name of the result."""
        told = json.dumps([self.manifest.name, self.manifest.parts, self.names], sort_keys=True)
        found = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:20]
        return f"quads/{found[:2]}/{found}"


def write(job: Job, shard: Named) -> Manifest:
    """Makes N-Quads of a shard: the graphs of its documents, what is known of their places beside, and what was read where two became one."""
    with garbage.rare(), Store.open() as beside:  # for the knowledge base
        background.renew(beside, job.knowledge)
        quads: list[ox.Quad] = []
        kept: list[ox.Quad] = []
        done = []
        for extraction in extractions(job.folder, shard.manifest):
            named = identities.under_entities(extraction, shard.names.get(extraction.id, {}))
            if len(named.entities) < len(extraction.entities):
                kept.append(identities.as_read(extraction))
            quads += quads_of(named)
            done.append(named)
        quads += background.told(Changes(beside), done)
    parts = {QUADS: nquads(quads), REGISTRY: nquads(kept)}
    return job.folder.keep(shard.name, parts, {"quads": len(quads)})


def json_lines(objects: Iterable[Any]) -> bytes:
    """Objects as JSON, one a line."""
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects).encode("utf-8", "surrogatepass")


def nquads(quads: Iterable[ox.Quad]) -> bytes:
    """Quads as N-Quads, in their order."""
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
