"""Proof of the graph: sources are read again, each quotation is compared with the text at its offsets, each claim is extracted again.

A source is the text kept beside the graph, the file that a document came from, or inputs that are named. What the document says is
checked against the text that is found, changed or not, so that a change tells which claims fell.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Postfix, Prefix

from kg.graph import records
from kg.graph.facts import Fact, facts_of
from kg.graph.shapes import checks
from kg.graph.sources import ADVICE, Inputs, Read, Sources, places
from kg.graph.store import Store
from kg.graph.terms import clean
from kg.model import Document, Extraction, Span
from kg.ontology import NET, Ontology

Problem = Literal["source changed", "source missing", "other words", "no such rule", "rule is silent", "graph"]
# Characters that are shown before and after what differs.
_AROUND = 20
Extract = Callable[[Iterable[Document]], Iterable[Extraction]]


@dataclass(frozen=True, slots=True)
class Failure:
    """What is not as the graph says: of a document, or of something it says (`what`: a fact or the words of a span)."""

    document: str
    problem: Problem
    what: str = ""
    detail: str = ""
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What was proved and what failed. `moved` are (document, where its text was found); `silent` rules were looked for where `extracted`."""

    documents: int
    proved: int
    claims: int
    extracted: bool
    moved: tuple[tuple[str, str], ...]
    failures: tuple[Failure, ...]

    @property
    def holds(self) -> bool:
        """True when nothing failed."""
        return not self.failures


def verify(store: Store, *, read: Read, inputs: Iterable[Document] = (), ontology: Ontology | None = None, extract: Extract | None = None) -> Report:
    """Checks every document. `read` gives the documents of a path; with `extract` the texts are read again by the extractor too.

    `inputs` are documents to look into for sources, before the places that documents name. `ontology` is that of the extractor.
    """
    known = store.documents()
    named = Inputs(known, inputs)
    sources = Sources(store, read, named)
    failures: list[Failure] = []
    moved: list[tuple[str, str]] = []
    proved = claims = 0
    for stored in sorted(known, key=lambda each: (places(each), each.id)):
        extraction = records.read(store, stored.id)
        if extraction is None:
            continue
        claims += len(extraction.claims)
        source = sources.find(stored)
        found = list(_rules(extraction, ontology)) if ontology else []
        if source is None:
            found.append(Failure(stored.id, "source missing", detail=f"{stored.source or 'no place is known'}; {ADVICE}"))
        else:
            if source.place:
                moved.append((stored.id, source.place))
            document = Document(stored.id, source.text, stored.title, stored.published, stored.source)
            changed = document.sha256 != stored.sha256
            if changed:
                found.append(Failure(stored.id, "source changed", detail=stored.source or ""))
            found += _words(extraction, source.text)
            if extract is not None and not changed:
                found += _silent(extraction, extract([document]))
        proved += not found
        failures += found
    failures += (Failure("", "graph", violation.node, str(violation)) for violation in checks(store))
    order = sorted(failures, key=lambda f: (f.document, f.problem, f.what, f.detail))
    return Report(len(known), proved, claims, extract is not None, tuple(sorted(moved)), tuple(order))


def _words(extraction: Extraction, text: str) -> Iterator[Failure]:
    """Spans at whose offsets the text has other words."""
    facts = {fact.claim: fact for fact in facts_of(extraction)}
    for claim in extraction.claims:
        wrong = [span for span in (claim.evidence, claim.subject_span, claim.object_span, claim.trigger) if span and not _stands(span, text)]
        if wrong:
            yield Failure(extraction.id, "other words", told(facts[claim.id]), _detail(wrong[0], text), claim.id)
    rest = [(each.trigger, "event") for each in extraction.events]
    rest += [(span, "event") for each in extraction.events for span in (each.evidence, *each.mentions) if span]
    rest += [(Span(quote.start, quote.end, quote.text), "quotation") for quote in extraction.quotes]
    rest += [(Span(m.start, m.end, m.text), "mention") for entity in extraction.entities for m in entity.mentions]
    for span, kind in dict.fromkeys(rest):
        if not _stands(span, text):
            yield Failure(extraction.id, "other words", kind, _detail(span, text))


def _stands(span: Span, text: str) -> bool:
    return clean(text[span.start : span.end]) == span.text


def _detail(span: Span, text: str) -> str:
    """What is there instead, and where the words stand now."""
    at = clean(text).find(span.text)
    where = f"; they stand at {at}" if at >= 0 else ""
    there, told = _apart(clean(text[span.start : span.end]), span.text)
    return f"{span.start}–{span.end} is {there!r}, not {told!r}{where}"


def _apart(one: str, other: str) -> tuple[str, str]:
    """Two texts from a little before the first character in which they differ to a little after the last."""
    begin = Prefix.similarity(one, other)
    end = min(Postfix.similarity(one, other), min(len(one), len(other)) - begin)
    start, rest = max(begin - _AROUND, 0), max(end - _AROUND, 0)
    before, after = ("…" if start else ""), ("…" if rest else "")
    return f"{before}{one[start : len(one) - rest]}{after}", f"{before}{other[start : len(other) - rest]}{after}"


def _rules(extraction: Extraction, ontology: Ontology) -> Iterator[Failure]:
    """Claims of a relation, or a frame of it, that the ontology no longer has."""
    facts = {fact.claim: fact for fact in facts_of(extraction)}
    for claim in extraction.claims:
        relation = ontology.relations.get(claim.relation)
        frame = claim.rule.split("/")[1] if claim.rule.count("/") > 1 else ""
        if relation is None or frame not in {NET, *(trigger.frame for trigger in relation.triggers)}:
            yield Failure(extraction.id, "no such rule", told(facts[claim.id]), claim.rule, claim.id)


def _silent(extraction: Extraction, again: Iterable[Extraction]) -> Iterator[Failure]:
    """Claims that the extractor doesn't find any more in the same text."""
    found = {claim.id for each in again for claim in each.claims}
    facts = {fact.claim: fact for fact in facts_of(extraction)}
    for claim in extraction.claims:
        if claim.id not in found:
            yield Failure(extraction.id, "rule is silent", told(facts[claim.id]), claim.rule, claim.id)


def told(fact: Fact) -> str:
    """A fact in a few words."""
    modality = "" if fact.modality == "actual" else f" ({fact.modality})"
    return f"{fact.subject or '?'} {fact.relation} {fact.object or '?'}{modality}"
