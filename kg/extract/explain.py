"""Why a sentence says what it says, for people: its parse and names, how each claim came about, and what stopped the words that say nothing."""

from collections.abc import Iterator, Mapping

from spacy.tokens import Span as Tokens

from kg.explanation import Entry, Found, Party, Sentence, Source, Told, Word
from kg.extract.arguments import Argument
from kg.extract.entities import Cluster
from kg.extract.extractor import Extractor
from kg.extract.mentions import Markable
from kg.extract.quotes import Quotation
from kg.extract.refusals import Refusals
from kg.extract.selection import Draft
from kg.extract.trace import Judged, Trace, trace
from kg.extract.weighing import unweighed, way, weighing
from kg.model import Claim, Document, Mention


def explain(extractor: Extractor, document: Document) -> list[Sentence]:
    """The sentences of a document, each explained."""
    traced = trace(extractor, document)
    claims = traced.claims()
    refusals = Refusals(traced)
    found = []
    for number, paragraph in enumerate(traced.reading.paragraphs):
        for sent in paragraph.doc.sents:
            if not sent.text.strip():
                continue
            span = traced.reading.sentence(number, sent[0])
            here = claims.get((number, sent.start), [])
            told = tuple(_told(traced, *each) for each in here)
            refused = tuple(refusals.of(number, sent, [(draft, judged) for _, draft, judged in here]))
            found.append(
                Sentence(span.text, span.start, span.end, tuple(_words(traced, number, sent)), tuple(_found(traced, number, sent)), told, refused)
            )
    return found


def _words(traced: Trace, paragraph: int, sent: Tokens) -> Iterator[Word]:
    for token in sent:
        span = traced.reading.span(paragraph, token.i, token.i + 1)
        yield Word(span.text, token.lemma_, token.pos_, token.dep_, token.head.i - sent.start, span.start, span.end)


def _found(traced: Trace, paragraph: int, sent: Tokens) -> Iterator[Found]:
    """The names, and what pronouns and descriptions stand for, in text order."""
    names: Mapping[int, Markable] = traced.reading.names[paragraph]
    referents = traced.reading.referents[paragraph]
    for i in range(sent.start, sent.end):
        markable = names.get(i) or referents.get(i)
        if markable is None or (i in names and markable.start != max(i, sent.start)) or not isinstance(markable.cluster, Cluster):
            continue
        span = traced.reading.span(paragraph, markable.start, markable.end)
        cluster = markable.cluster
        yield Found(" ".join(cluster.name.split()), cluster.type, span.text, markable.kind, span.start, span.end, markable.label)


def _told(traced: Trace, claim: Claim, draft: Draft, judged: Judged | None) -> Told:
    entry = draft.entry
    return Told(
        claim=claim.id,
        relation=claim.relation,
        subject=None if draft.subject is None else _party(traced, draft, draft.subject, entry.domain),
        object=None if draft.object is None else _party(traced, draft, draft.object, entry.range),
        modality=claim.modality,
        cues=claim.cues,
        sources=tuple(_source(traced, q) for q in traced.recorder.said_in(draft)),
        trigger=claim.trigger,
        sentence=claim.evidence,
        confidence=claim.confidence,
        rule=claim.rule,
        entry=Entry.of(entry),
        construction=draft.predication.construction,
        weighing=unweighed(draft) if judged is None else weighing(traced.extractor.ranking, judged),
    )


def _party(traced: Trace, draft: Draft, argument: Argument, wanted: frozenset[str]) -> Party:
    markable, cluster = argument.markable, argument.cluster
    here = markable if markable.paragraph == draft.paragraph and markable.head.sent == draft.predication.trigger.sent else None
    before = [markable] if here is None else sorted((m for m in cluster.markables if _place(m) <= _place(here)), key=_place)
    return Party(
        name=" ".join(cluster.name.split()),
        type=cluster.type,
        here=None if here is None else _mention(traced, here),
        wanted=tuple(sorted(wanted)),
        fits=traced.ontology.is_a(cluster.type, wanted),
        way="" if here is None else way(traced.catch.net.tree(draft.paragraph), draft.predication.trigger.i, here.head.i),
        chain=tuple(dict.fromkeys(_mention(traced, m) for m in before)),
    )


def _place(markable: Markable) -> tuple[int, int]:
    return markable.paragraph, markable.start


def _mention(traced: Trace, markable: Markable) -> Mention:
    span = traced.reading.span(markable.paragraph, markable.start, markable.end)
    return Mention(span.start, span.end, span.text, markable.kind)


def _source(traced: Trace, quotation: Quotation) -> Source:
    speaker = traced.recorder.speaker(quotation)
    cue = "" if quotation.cue is None else quotation.cue.text
    return Source("somebody" if speaker is None else " ".join(speaker.cluster.name.split()), cue, quotation.direct)
