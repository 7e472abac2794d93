"""Turns what was read into the record: entities, claims, events and quotes with ids that are hashes of their content."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from kg.extract.arguments import Argument, Arguments
from kg.extract.confidence import confidence
from kg.extract.entities import Cluster
from kg.extract.happenings import Happening, Happenings
from kg.extract.mentions import Markable
from kg.extract.modality import Judgement, judge
from kg.extract.quotes import Quotation, Sources
from kg.extract.reading import Reading
from kg.extract.selection import Draft
from kg.extract.signature import signature
from kg.model import ROLES, Claim, Document, Entity, Event, Extraction, Mention, Quote, Span, Time, document_json, text_order
from kg.ontology import Ontology


def _told(document: Document) -> dict[str, Any]:
    """What is known of the document, and the signature of its text, if that is long enough for one."""
    made = signature(document.text)
    return document_json(document) | ({} if made is None else {"signature": made})


def _hash(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:12]


class Recorder:
    """Builds the Extraction of one document."""

    def __init__(self, reading: Reading, arguments: Arguments, ontology: Ontology) -> None:
        self._reading, self._arguments, self._ontology = reading, arguments, ontology
        self._homes = {id(p.doc): n for n, p in enumerate(reading.paragraphs)}
        self._sources = Sources(reading.quotations)
        self._ids: dict[int, str] = {}
        self.made: dict[str, Draft] = {}  # claims and what they were made of, for explanations

    def extraction(self, drafts: Sequence[Draft]) -> Extraction:
        """The record of the drafts."""
        quotes = self._quotes()
        happenings = Happenings(self._reading, self._arguments, self._ontology, drafts)
        events = {id(h): self._event(h) for h in happenings.all}
        for happening in happenings.all:
            if happening.whole is not None:
                events[id(happening)] = replace(events[id(happening)], part_of=events[id(happening.whole)].id)
        claims: dict[str, Claim] = {}
        told = [(t.drafts, t.judgement, events[id(h)]) for h in happenings.all for t in h.tellings]
        for group, judgement, event in [*told, *(([d], judge(d.predication.trigger), None) for d in happenings.lasting)]:
            for draft in group:
                if draft.object is not None:
                    claim = self._claim(draft, judgement, event)
                    if claims.setdefault(claim.id, claim) is claim:
                        self.made[claim.id] = draft
        used = {i for c in claims.values() for i in (c.subject, c.object, *c.attributed_to)}
        used |= {i for v in events.values() for filled in (*v.roles.values(), v.attributed_to) for i in filled} | {q.speaker for q in quotes}
        entities = tuple(self._entities(used))
        terms = {e.type for e in entities} | {c.relation for c in claims.values()} | {v.type for v in events.values()}
        own = {name: iri for name, iri in self._ontology.own.items() if name in terms}
        return Extraction(
            document=_told(self._reading.document) | ({"vocabulary": own} if own else {}),
            entities=entities,
            claims=tuple(sorted(claims.values(), key=text_order)),
            events=tuple(sorted(events.values(), key=lambda v: (v.trigger.start, v.type, v.id))),
            quotes=tuple(sorted(quotes, key=lambda q: (q.start, q.end))),
        )

    def _claim(self, draft: Draft, judgement: Judgement, event: Event | None) -> Claim:
        assert draft.object is not None
        subject = None if draft.subject is None else self._id(draft.subject.cluster)
        object_ = self._id(draft.object.cluster)
        trigger = self._trigger(draft)
        return Claim(
            id="c-" + _hash(self._reading.document.id, subject, draft.entry.relation, object_, trigger.start, trigger.end),
            subject=subject,
            relation=draft.entry.relation,
            object=object_,
            modality=draft.modality(judgement.modality),
            attributed_to=self._attribution(draft),
            evidence=self._reading.sentence(draft.paragraph, draft.predication.trigger),
            subject_span=self._span(draft.subject),
            object_span=self._span(draft.object),
            trigger=trigger,
            confidence=confidence(draft),
            rule=f"{draft.entry.relation}/{draft.entry.frame}/{draft.predication.lemma}",
            event=None if event is None else event.id,
            title=trigger.text if draft.entry.predicate == "role" else None,
            time=None if event else self._time(draft),
            cues=tuple(t.text for t in judgement.cues),
        )

    def _event(self, happening: Happening) -> Event:
        first = happening.best
        trigger = self._trigger(first.drafts[0])
        sources = [self._attribution(t.drafts[0]) for t in happening.tellings]
        return Event(
            id="v-" + _hash(self._reading.document.id, happening.kind, trigger.start, trigger.end),
            type=happening.kind,
            trigger=trigger,
            roles={role: tuple(self._id(a.cluster) for a in found) for role in ROLES if (found := happening.arguments(role))},
            modality=first.modality,
            attributed_to=() if () in sources else sources[0],
            time=happening.time,
            counts=happening.counts,
            evidence=self._reading.sentence(first.paragraph, first.trigger),
            mentions=tuple(sorted(self._trigger(t.drafts[0]) for t in happening.tellings if t is not first)),
        )

    def _time(self, draft: Draft) -> Time | None:
        """Offices that are over: "former", "ex-"."""
        if draft.entry.predicate != "role":
            return None
        doc, first = draft.predication.trigger.doc, max(draft.predication.first, 0)
        for token in doc[max(first - 3, 0) : first]:
            if token.lower_ in ("former", "ex", "late", "then", "outgoing", "formerly"):
                return Time(token.text)
        return None

    def _trigger(self, draft: Draft) -> Span:
        trigger = draft.predication.trigger
        first = trigger.i if draft.predication.first < 0 else draft.predication.first
        return self._reading.span(draft.paragraph, first, trigger.i + 1)

    def _span(self, argument: Argument | None) -> Span | None:
        return None if argument is None else self._reading.span(argument.markable.paragraph, argument.markable.start, argument.markable.end)

    def _attribution(self, draft: Draft) -> tuple[str, ...]:
        """Who says so, outermost first."""
        found = (self.speaker(q) for q in self.said_in(draft))
        return tuple(dict.fromkeys(self._id(s.cluster) for s in found if s is not None))

    def said_in(self, draft: Draft) -> tuple[Quotation, ...]:
        """The words of others that hold a draft. What a name or title presupposes ("Mosul, Iraq") is the article's own, but in direct speech."""
        chain = self._sources.of(draft.paragraph, draft.predication.trigger.i)
        if draft.entry.predicate in ("structure", "role") and draft.predication.construction != "copula":
            return tuple(q for q in chain if q.direct)
        return chain

    def speaker(self, quotation: Quotation) -> Argument | None:
        """Who says it, None where that is not told."""
        if quotation.speaker is None:
            return None
        return self._arguments.speaker(self._homes[id(quotation.speaker.doc)], quotation.speaker)

    def _quotes(self) -> list[Quote]:
        found = []
        for quotation in self._reading.quotations:
            span = self._reading.span(quotation.paragraph, quotation.start, quotation.end)
            speaker = self.speaker(quotation)
            found.append(Quote(span.start, span.end, span.text, quotation.direct, None if speaker is None else self._id(speaker.cluster)))
        return found

    def _id(self, cluster: Cluster) -> str:
        if id(cluster) not in self._ids:
            first = min(cluster.markables, key=lambda m: (m.paragraph, m.start))
            where = self._reading.span(first.paragraph, first.start, first.end)
            self._ids[id(cluster)] = "e-" + _hash(self._reading.document.id, cluster.type, cluster.name, where.start, where.end)
        return self._ids[id(cluster)]

    def _entities(self, used: set[str | None]) -> Iterable[Entity]:
        """Everything named, and the unnamed that takes part in something, by first mention."""
        clusters = [*self._reading.clusters, *self._reading.participants]
        found = [self._entity(c) for c in clusters if c.markables and (c.named or self._id(c) in used)]
        return sorted(found, key=lambda e: (e.mentions[0].start, e.mentions[0].end, e.id))

    def _entity(self, cluster: Cluster) -> Entity:
        mentions = sorted({self._mention(m) for m in cluster.markables})
        names = dict.fromkeys(m.text for m in mentions if m.kind == "name")
        name = " ".join(cluster.name.split())
        country = cluster.country
        return Entity(
            id=self._id(cluster),
            type=cluster.type,
            name=name,
            aliases=tuple(n for n in names if n != name),
            links=(f"https://sws.geonames.org/{country.geonames}/",) if country is not None and country.geonames else (),
            mentions=tuple(mentions),
        )

    def _mention(self, markable: Markable) -> Mention:
        span = self._reading.span(markable.paragraph, markable.start, markable.end)
        return Mention(span.start, span.end, span.text, markable.kind)
