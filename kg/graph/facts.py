"""The facts table: claims with names in place of ids, from the store or straight from an extraction; the same rows either way."""

from collections.abc import Iterable
from dataclasses import dataclass

from kg.graph import names, records, temporal, vocabulary
from kg.graph.store import Store
from kg.graph.terms import document as document_node
from kg.model import Claim, Extraction, Modality, Time


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim as people read it. `sources` are names, outermost first; `start` and `end` are the offsets of the sentence.

    `subject` is None where the text does not say who; `object` is the literal of an attribute or else a name.
    """

    subject: str | None
    relation: str
    object: str | None
    modality: Modality
    sources: tuple[str, ...]
    sentence: str
    document: str
    start: int
    end: int
    confidence: float
    title: str | None
    time: str | None
    place: tuple[str, ...]
    instrument: tuple[str, ...]
    subject_id: str | None
    object_id: str | None
    source_ids: tuple[str, ...]
    claim: str
    event: str | None
    rule: str


def facts_of(extraction: Extraction) -> list[Fact]:
    """The facts of one document, in the order of the text."""
    called = {entity.id: entity.name for entity in extraction.entities}
    events = {event.id: event for event in extraction.events}
    found = []
    for claim in sorted(extraction.claims, key=_place):
        event = events.get(claim.event or "")
        roles = event.roles if event else {}
        found.append(
            Fact(
                subject=_name(claim.subject, called),
                relation=claim.relation,
                object=claim.value if claim.object is None else _name(claim.object, called),
                modality=claim.modality,
                sources=_names(claim.attributed_to, called),
                sentence=claim.evidence.text,
                document=extraction.id,
                start=claim.evidence.start,
                end=claim.evidence.end,
                confidence=claim.confidence,
                title=claim.title,
                time=_time(claim.time or (event.time if event else None)),
                place=_names(sorted(roles.get("place", ())), called),
                instrument=_names(sorted(roles.get("instrument", ())), called),
                subject_id=claim.subject,
                object_id=claim.object,
                source_ids=claim.attributed_to,
                claim=claim.id,
                event=claim.event,
                rule=claim.rule,
            )
        )
    return found


def facts(
    store: Store,
    *,
    entity: str | None = None,
    relation: str | None = None,
    modality: str | None = None,
    document: str | None = None,
    source: str | None = None,
    min_confidence: float = 0.0,
) -> list[Fact]:
    """The facts in the store, by document and in the order of the text.

    `entity` is a name, alias or id of the subject or object, `source` of who says so; `relation` brings the relations below it
    along; `document` is an id, or a part of an id or title.
    """
    about = None if entity is None else names.find(store, entity)
    said_by = None if source is None else {records.ident(node) for node in names.find(store, source)}
    ids = None if about is None else {records.ident(node) for node in about}
    relations = None if relation is None else vocabulary.below(store.inner, relation)
    graphs = None if document is None else {document_node(ident) for ident in documents(store, document)}
    return [
        fact
        for extraction in records.read_all(store, mentioning=about, names=graphs)
        for fact in facts_of(extraction)
        if (ids is None or fact.subject_id in ids or fact.object_id in ids)
        and (relations is None or fact.relation in relations)
        and (modality is None or fact.modality == modality)
        and (said_by is None or not said_by.isdisjoint(fact.source_ids))
        and fact.confidence >= min_confidence
    ]


def documents(store: Store, text: str) -> list[str]:
    """Ids of the documents that a text means: the id itself, or else a part of an id, title or source."""
    known = store.documents()
    exact = [document.id for document in known if document.id == text]
    wanted = names.fold(text)
    return exact or [d.id for d in known if any(wanted in names.fold(part) for part in (d.id, d.title or "", d.source or ""))]


def _place(claim: Claim) -> tuple[object, ...]:
    return claim.evidence, claim.trigger, claim.id


def _name(ident: str | None, called: dict[str, str]) -> str | None:
    return None if ident is None else called.get(ident, ident)


def _names(idents: Iterable[str], called: dict[str, str]) -> tuple[str, ...]:
    return tuple(called.get(ident, ident) for ident in idents)


def _time(time: Time | None) -> str | None:
    return None if time is None else (temporal.normal(time.value) if time.value else None) or time.text
