"""A document read as always, with everything in between kept, so that it can be explained."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.extract import nlp
from kg.extract.arguments import Arguments
from kg.extract.claims import Hurdle
from kg.extract.extractor import Catch, Extractor
from kg.extract.frames import Predication
from kg.extract.net import ranking
from kg.extract.net.candidates import Candidate
from kg.extract.net.features import Described, describe
from kg.extract.net.ranking import Verdict
from kg.extract.reading import Reading
from kg.extract.record import Recorder
from kg.extract.selection import Draft
from kg.model import Claim, Document, Extraction
from kg.ontology import Ontology, Trigger

Key = tuple[int | str | None, ...]


@dataclass(frozen=True, slots=True)
class Stopped:
    """An entry that made no claim, and at what it failed."""

    paragraph: int
    predication: Predication
    entry: Trigger
    hurdle: Hurdle


@dataclass(eq=False, slots=True)
class Judged:
    """A candidate with what the model thought of it, and the drafts that it stands for."""

    candidate: Candidate
    described: Described
    verdict: Verdict
    drafts: Sequence[Draft]
    stays: bool = False


@dataclass(frozen=True)
class Trace:
    """What was in the extractor's hands while it read one document."""

    extractor: Extractor
    reading: Reading
    catch: Catch
    stopped: Sequence[Stopped]
    judged: Sequence[Judged]
    recorder: Recorder
    extraction: Extraction
    made: Mapping[str, tuple[Draft, Judged | None]] = field(default_factory=dict)

    @property
    def ontology(self) -> Ontology:
        """The ontology of the extractor."""
        return self.extractor.ontology

    def claims(self) -> Mapping[tuple[int, int], list[tuple[Claim, Draft, Judged | None]]]:
        """The claims with the drafts that made them, by paragraph and the first token of the sentence of their word."""
        found: dict[tuple[int, int], list[tuple[Claim, Draft, Judged | None]]] = defaultdict(list)
        for claim in self.extraction.claims:
            draft, judged = self.made[claim.id]
            found[draft.sentence].append((claim, draft, judged))
        return found


def trace(extractor: Extractor, document: Document) -> Trace:
    """Reads one document; its extraction is the same as that of `extract`."""
    ((_, paragraphs),) = nlp.parse(extractor.pipeline, [document])
    reading = extractor.understand(document, paragraphs)
    arguments = Arguments(reading)
    stopped: list[Stopped] = []
    catch = extractor.cast(reading, arguments, lambda *what: stopped.append(Stopped(*what)))
    judged = []
    for candidate, described in zip(catch.candidates, describe(catch.net, catch.candidates), strict=True):
        verdict = extractor.ranking.judge(catch.net, candidate, described)
        judged.append(Judged(candidate, described, verdict, ranking.standing_for(catch.net, candidate, verdict)))
    kept = catch.settled([draft for each in judged if each.verdict.accepted for draft in each.drafts])
    ids = {id(draft) for draft in kept}
    recorder = Recorder(reading, arguments, extractor.ontology)
    extraction = recorder.extraction(kept)
    by_key: dict[Key, Judged] = {}
    for each in judged:
        each.stays = any(id(draft) in ids for draft in each.drafts)
        for draft in each.drafts if each.stays else ():
            by_key.setdefault(_key(draft), each)
            by_key[*_key(draft), draft.pair[0]] = each
    made = {claim: (draft, by_key.get((*_key(draft), draft.pair[0])) or by_key.get(_key(draft))) for claim, draft in recorder.made.items()}
    return Trace(extractor, reading, catch, stopped, judged, recorder, extraction, made)


def _key(draft: Draft) -> Key:
    """What stays the same of a draft when its subject is found elsewhere."""
    return (*draft.key, draft.entry.relation, draft.pair[1])
