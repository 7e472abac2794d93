"""The frozen values of `kg why`: how a claim was read, and what stopped the words that make none. Offsets are those of the document."""

from dataclasses import dataclass, field

from kg.model import Claim, Extraction, Mention, Modality, Span
from kg.ontology import NET, Ontology, Relation, Trigger


@dataclass(frozen=True, slots=True)
class Word:
    """A token of a sentence; `head` is the index, within the sentence, of the word that it hangs on by `label`; the root hangs on itself."""

    text: str
    lemma: str
    pos: str
    label: str
    head: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """A mention of somebody or something; `label` is what the name finder took a name for."""

    name: str
    type: str
    text: str
    kind: str
    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the lexicon. `words` are empty where the construction alone carries the meaning, classes where all are allowed."""

    relation: str
    frame: str
    words: tuple[str, ...]
    subject_slot: str
    object_slot: str
    prepositions: tuple[str, ...]
    object_nouns: tuple[str, ...]
    subject_classes: tuple[str, ...]
    object_classes: tuple[str, ...]
    modality: Modality
    confidence: float

    @classmethod
    def of(cls, trigger: Trigger) -> "Entry":
        """The entry as people read it."""
        return cls(
            relation=trigger.relation,
            frame=trigger.frame,
            words=trigger.lemmas,
            subject_slot=trigger.subject_slot,
            object_slot=trigger.object_slot,
            prepositions=trigger.prepositions,
            object_nouns=tuple(sorted(trigger.object_nouns)),
            subject_classes=tuple(sorted(trigger.domain)),
            object_classes=tuple(sorted(trigger.range)),
            modality=trigger.modality,
            confidence=trigger.confidence,
        )


@dataclass(frozen=True, slots=True)
class Party:
    """The subject or object of a claim: its mention there, the way to it from the word in the parse, and its mentions up to that one (`chain`).

    `wanted` are the classes that the entry allows; empty allows all. `here` is None where the sentence doesn't tell it: `chain` is then where
    it was taken from.
    """

    name: str
    type: str
    here: Mention | None
    wanted: tuple[str, ...]
    fits: bool
    way: str = ""
    chain: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so, and the word that tells it."""

    speaker: str
    cue: str = ""
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Factor:
    """A part of a confidence: what speaks for (above 0) or against, with the feature that weighs most; or a prior, all of which are multiplied."""

    name: str
    value: float
    feature: str = ""


@dataclass(frozen=True, slots=True)
class Weighing:
    """How the model judged a pair; `threshold` is what it asks.

    Both are None where it leaves the relation to the frames: `factors` are then the priors of the frames.
    """

    subject: str | None
    object: str
    probability: float | None
    threshold: float | None
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A claim and how it came about. `entry` is None when the ontology no longer has it; `construction` and `weighing` need the text."""

    claim: str
    relation: str
    subject: Party | None
    object: Party | None
    modality: Modality
    cues: tuple[str, ...]
    sources: tuple[Source, ...]
    trigger: Span
    sentence: Span
    confidence: float
    rule: str
    entry: Entry | None
    construction: str = ""
    weighing: Weighing | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a word is no claim of a relation: the first condition that failed (`hurdle`), in words, and what would have to change.

    `relation` and `frame` are empty for words that the lexicon doesn't have. `weighed` are the pairs that the model looked at, the likeliest first.
    """

    word: str
    start: int
    end: int
    relation: str
    frame: str
    hurdle: str
    reason: str
    advice: str
    weighed: tuple[Weighing, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its parse, whom it names, what it tells and what it doesn't."""

    text: str
    start: int
    end: int
    words: tuple[Word, ...] = ()
    found: tuple[Found, ...] = ()
    told: tuple[Told, ...] = ()
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """A stored claim explained; `missing` says why the sentence could not be read again, "" when it was."""

    document: str
    told: Told
    sentence: Sentence = field(default_factory=lambda: Sentence("", 0, 0))
    missing: str = ""


def of_record(extraction: Extraction, claim: Claim, ontology: Ontology) -> Told:
    """What a record by itself tells of how a claim came about."""
    relation = ontology.relations.get(claim.relation)
    trigger = entry_of(relation, claim.rule) if relation else None
    terms = trigger or relation
    called = {entity.id: entity.name for entity in extraction.entities}
    return Told(
        claim=claim.id,
        relation=claim.relation,
        subject=_party(extraction, claim.subject, claim.subject_span, terms.domain if terms else frozenset(), ontology),
        object=_party(extraction, claim.object, claim.object_span, terms.range if terms else frozenset(), ontology),
        modality=claim.modality,
        cues=claim.cues,
        sources=tuple(Source(called.get(ident, ident)) for ident in claim.attributed_to),
        trigger=claim.trigger,
        sentence=claim.evidence,
        confidence=claim.confidence,
        rule=claim.rule,
        entry=Entry.of(trigger) if trigger else None,
    )


def entry_of(relation: Relation, rule: str) -> Trigger | None:
    """The entry of a rule "relation/frame/lemma": that of the frame with the word, for what the net caught one with the word; else None."""
    _, frame, lemma = (*rule.split("/", 2), "", "")[:3]
    there = [trigger for trigger in relation.triggers if trigger.frame == frame or frame == NET]
    exact = [trigger for trigger in there if lemma in trigger.lemmas]
    first = [trigger for trigger in there if not trigger.lemmas or any(lemma in words.replace("-", " ").split() for words in trigger.lemmas)]
    return next(iter((*exact, *first)), None)


def _party(extraction: Extraction, ident: str | None, span: Span | None, wanted: frozenset[str], ontology: Ontology) -> Party | None:
    if ident is None:
        return None
    entity = extraction.entity(ident)
    here = next((m for m in entity.mentions if span and (m.start, m.end) == (span.start, span.end)), None)
    before = tuple(m for m in entity.mentions if here is None or m <= here)
    return Party(entity.name, entity.type, here, tuple(sorted(wanted)), ontology.is_a(entity.type, wanted), chain=before)
