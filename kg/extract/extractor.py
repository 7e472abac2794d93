"""From documents to Extractions. spaCy ends here."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain

from spacy.language import Language

import kg
from kg import ontology as ontologies
from kg.extract import coreference, frames, nlp
from kg.extract.arguments import Arguments
from kg.extract.claims import Drafter, Note, forget
from kg.extract.entities import Cluster, cluster_names
from kg.extract.lexicon import compile_lexicon
from kg.extract.mentions import Markable, names
from kg.extract.net import ranking
from kg.extract.net.candidates import Candidate, Net
from kg.extract.openers import without_openers
from kg.extract.quotes import quotations
from kg.extract.reading import Reading
from kg.extract.record import Recorder
from kg.extract.repeats import complete
from kg.extract.selection import Draft, select, settle
from kg.model import Document, Extraction
from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Catch:
    """All drafts of the frames, the net and what it caught, and the drafts that stay though their object is not told."""

    drafts: list[Draft]
    net: Net
    candidates: list[Candidate]
    bare: list[Draft]

    def settled(self, accepted: Sequence[Draft]) -> list[Draft]:
        """What becomes of it when these are accepted, in text order."""
        return sorted((*self.bare, *settle(accepted)), key=lambda d: d.key)


class Extractor:
    """Reads documents with one spaCy pipeline and one ontology; what it gives for one does not depend on those before.

    `model` names an installed English pipeline, or is a loaded one; without it the packaged one is used.
    """

    def __init__(self, ontology: Ontology | None = None, model: str | Language | None = None) -> None:
        self.ontology = ontology or ontologies.load()
        self.pipeline = nlp.load(model)
        self.lexicon = compile_lexicon(self.ontology)
        self.ranking = ranking.load()

    @property
    def version(self) -> str:
        """What the result depends on: kg, the spaCy pipeline, the ontology, the model that judges claims."""
        meta = self.pipeline.meta
        # Sets are written sorted: their own order differs from process to process.
        relations = json.dumps({name: asdict(relation) for name, relation in self.ontology.relations.items()}, sort_keys=True, default=sorted)
        lexicon = hashlib.sha256(relations.encode()).hexdigest()[:8]
        return f"kg {kg.__version__}, {meta['lang']}_{meta['name']} {meta['version']}, ontology {lexicon}, claims {self.ranking.version}"

    def extract(self, document: Document) -> Extraction:
        """What one document says."""
        return next(self.pipe([document]))

    def pipe(self, documents: Iterable[Document], batch_size: int = 128) -> Iterator[Extraction]:
        """What each document says, in order; `batch_size` is in paragraphs."""
        for document, paragraphs in nlp.parse(self.pipeline, documents, batch_size):
            yield self.read(document, paragraphs)

    def read(self, document: Document, paragraphs: list[nlp.Paragraph]) -> Extraction:
        """What a document says whose paragraphs are parsed already."""
        reading = self.understand(document, paragraphs)
        arguments = Arguments(reading)
        return Recorder(reading, arguments, self.ontology).extraction(self.drafts(reading, arguments))

    def understand(self, document: Document, paragraphs: list[nlp.Paragraph]) -> Reading:
        """The names, predicates and quotations of a document, and who is who."""
        met = [names(number, paragraph, self.lexicon.person_roles) for number, paragraph in enumerate(paragraphs)]
        found = complete(without_openers(met), paragraphs)
        clusters = cluster_names([name for each in found for name in each])
        at = [_by_token(each) for each in found]
        reading = Reading(
            document=document,
            paragraphs=paragraphs,
            names=at,
            predicates=[list(frames.find(p, here, self.lexicon)) for p, here in zip(paragraphs, at, strict=True)],
            quotations=quotations(paragraphs),
            clusters=clusters,
            referents=[{} for _ in paragraphs],
        )
        coreference.resolve(reading)
        return reading

    def drafts(self, reading: Reading, arguments: Arguments) -> list[Draft]:
        """What the frames said and the net caught, as far as the model believes it; it does not judge events whose object is not told."""
        catch = self.cast(reading, arguments)
        return catch.settled(self.ranking.accept(catch.net, catch.candidates))

    def cast(self, reading: Reading, arguments: Arguments, note: Note = forget) -> Catch:
        """What the frames said, and the net cast around it; `note` is told of the entries that say nothing."""
        drafts = Drafter(reading, arguments, self.lexicon, self.ontology, note).drafts()
        kept = select(drafts, self.ontology)
        net = Net(reading, arguments, self.ontology, self.ranking.open)
        return Catch(drafts, net, net.cast(drafts, kept), [d for d in kept if d.object is None])


def _by_token(found: Iterable[Markable]) -> dict[int, Markable]:
    """Token index -> the name that covers it; its type is that of its cluster, which has seen all mentions."""
    at: dict[int, Markable] = {}
    for name in found:
        for markable in chain([name], name.inner):
            if isinstance(markable.cluster, Cluster):
                markable.type = markable.cluster.type
        at.update(dict.fromkeys(range(name.start, name.end), name))
    return at
