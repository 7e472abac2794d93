"""The frozen values that the stages hand to each other.

Document -> Extraction(entities, claims, events, quotes). An Extraction is the one record of what a document says;
`to_json` and `from_json` give its fixed JSON form. All offsets are half-open character offsets into `Document.text`.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kg.errors import RecordError

Modality = Literal["actual", "negated", "possible"]
MentionKind = Literal["name", "nominal", "pronoun"]
Granularity = Literal["minute", "hour", "day", "week", "month", "season", "year", "decade", "interval", "unknown"]
ROLES = ("agent", "target", "instrument", "place")
_SURROGATE = re.compile("[\ud800-\udfff]")


def valid(text: str) -> str:
    """Lone surrogates, which no encoding can write, become U+FFFD; the length stays."""
    return _SURROGATE.sub("\ufffd", text) if _SURROGATE.search(text) else text


@dataclass(frozen=True, slots=True)
class Document:
    """A text with what is known about it. `published` is an ISO date or date-time, or None.

    `place` tells where in which file the text stands, if it is not a whole file ("crawl.warc.gz#record=7"). All of it can be
    written in any encoding: see `valid`.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    source: str | None = None
    author: str | None = None
    place: str | None = None

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if (given := getattr(self, name)) is not None and (clean := valid(given)) is not given:
                object.__setattr__(self, name, clean)

    @property
    def sha256(self) -> str:
        """Hash of the text in UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character range; `text` is what stands there."""

    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """Words of the text that stand for an entity."""

    start: int
    end: int
    text: str
    kind: MentionKind = "name"


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something; `type` is the local name of an entity class, `links` are IRIs of the same thing elsewhere."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()

    @property
    def named(self) -> bool:
        """True when the text calls it by a name at least once."""
        return any(m.kind == "name" for m in self.mentions)


@dataclass(frozen=True, slots=True)
class Time:
    """A time as said, and as an ISO 8601 value of the given granularity where it can be resolved."""

    text: str
    value: str | None = None
    granularity: Granularity = "unknown"


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that a document makes, with its proof.

    `subject` is None where the text gives no agent. `object` is None only for attributes, whose literal is `value`.
    `attributed_to` holds entity ids, outermost source first; empty when the article says it in its own voice.
    `rule` is "relation/frame/lemma"; `title` is the office as said ("chief spokesman"); `time` is for relations that
    last (an event carries its own).
    """

    id: str
    subject: str | None
    relation: str
    object: str | None
    modality: Modality
    attributed_to: tuple[str, ...]
    evidence: Span
    subject_span: Span | None
    object_span: Span | None
    trigger: Span
    confidence: float
    rule: str
    event: str | None = None
    value: str | None = None
    title: str | None = None
    time: Time | None = None
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A happening, however often the text tells of it.

    `roles` maps "agent", "target", "instrument", "place" to entity ids; `counts` "deathCount", "injuredCount" to numbers. `trigger` is
    the mention that says most, `mentions` are the triggers of the others; `part_of` is the id of the event in which it happened.
    """

    id: str
    type: str
    trigger: Span
    roles: Mapping[str, tuple[str, ...]]
    modality: Modality
    attributed_to: tuple[str, ...] = ()
    time: Time | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    evidence: Span | None = None
    mentions: tuple[Span, ...] = ()
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody is reported to have said; `speaker` is an entity id, or None when the text does not tell."""

    start: int
    end: int
    text: str
    direct: bool
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document says.

    `document` holds what `document_json` gives, and under "vocabulary" the IRIs of relations and classes of a user's own ontology.
    """

    document: Mapping[str, Any]
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = ()
    quotes: tuple[Quote, ...] = ()

    @property
    def id(self) -> str:
        """The document's id."""
        return str(self.document["id"])

    def entity(self, ident: str) -> Entity:
        """The entity with that id; KeyError when there is none."""
        for entity in self.entities:
            if entity.id == ident:
                return entity
        raise KeyError(ident)

    def to_json(self) -> dict[str, Any]:
        """The JSON form: plain dicts and lists, fixed key order.

        Claims of events whose agent the text does not tell stand apart under "agentless": readers of "claims" find a subject
        and an object in each, and the event tells that something happened to somebody. Each further mention of an event is a row of its own
        in "events" with the id of the event as "mention_of"; who took part stands at the event.
        """
        known, agentless = ([_claim_json(c) for c in self.claims if (c.subject is None) is missing] for missing in (False, True))
        return {
            "document": dict(self.document),
            "entities": [_entity_json(e) for e in self.entities],
            "claims": known,
            "agentless": agentless,
            "events": [row for v in self.events for row in _event_json(v)],
            "quotes": [{"speaker": q.speaker, "start": q.start, "end": q.end, "text": q.text, "direct": q.direct} for q in self.quotes],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Extraction":
        """Reads the JSON form. Raises RecordError when a field is missing or of the wrong kind."""
        try:
            return cls(
                document=dict(data["document"]),
                entities=tuple(_entity(e) for e in data["entities"]),
                claims=tuple(sorted((_claim(c) for c in (*data["claims"], *data.get("agentless", ()))), key=text_order)),
                events=tuple(_events(data["events"])),
                quotes=tuple(Quote(q["start"], q["end"], q["text"], q["direct"], q["speaker"]) for q in data["quotes"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise RecordError(f"not an Extraction record: {type(error).__name__} {error}") from error


def text_order(claim: Claim) -> tuple[int, int, str, str]:
    """Sorts claims as their sentences and triggers stand in the text."""
    return claim.evidence.start, claim.trigger.start, claim.relation, claim.id


def document_json(document: Document) -> dict[str, Any]:
    """The "document" part of a record: what is known of the text, without the text."""
    known = {
        "id": document.id,
        "source": document.source,
        "title": document.title,
        "author": document.author,
        "published": document.published,
        "sha256": document.sha256,
        "length": len(document.text),
    }
    return known if document.place is None else {**known, "place": document.place}


def _span_json(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"start": span.start, "end": span.end, "text": span.text}


def _time_json(time: Time | None) -> dict[str, Any] | None:
    return None if time is None else {"text": time.text, "value": time.value, "granularity": time.granularity}


def _entity_json(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "type": entity.type,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "links": list(entity.links),
        "mentions": [{"start": m.start, "end": m.end, "text": m.text, "kind": m.kind} for m in entity.mentions],
    }


def _claim_json(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "subject": claim.subject,
        "relation": claim.relation,
        "object": claim.object,
        "modality": claim.modality,
        "attributed_to": list(claim.attributed_to),
        "evidence": _span_json(claim.evidence),
        "subject_span": _span_json(claim.subject_span),
        "object_span": _span_json(claim.object_span),
        "trigger": _span_json(claim.trigger),
        "event": claim.event,
        "confidence": claim.confidence,
        "rule": claim.rule,
        "value": claim.value,
        "title": claim.title,
        "time": _time_json(claim.time),
        "cues": list(claim.cues),
    }


def _event_json(event: Event) -> Iterator[dict[str, Any]]:
    row = {
        "id": event.id,
        "type": event.type,
        "trigger": _span_json(event.trigger),
        "roles": {role: list(event.roles.get(role, ())) for role in ROLES},
        "time": _time_json(event.time),
        "modality": event.modality,
        "attributed_to": list(event.attributed_to),
        "counts": dict(sorted(event.counts.items())),
        "evidence": _span_json(event.evidence),
        "part_of": event.part_of,
        "mention_of": None,
    }
    yield row
    nobody: dict[str, Any] = {"roles": {role: [] for role in ROLES}, "time": None, "counts": {}, "evidence": None, "part_of": None}
    for number, trigger in enumerate(event.mentions, 1):
        yield {**row, **nobody, "id": f"{event.id}.{number}", "trigger": _span_json(trigger), "mention_of": event.id}


def _span(data: Mapping[str, Any] | None) -> Span | None:
    return None if data is None else Span(data["start"], data["end"], data.get("text", ""))


def _required_span(data: Mapping[str, Any]) -> Span:
    return Span(data["start"], data["end"], data["text"])


def _time(data: Mapping[str, Any] | None) -> Time | None:
    return None if data is None else Time(data["text"], data["value"], data.get("granularity", "unknown"))


def _entity(data: Mapping[str, Any]) -> Entity:
    mentions = tuple(Mention(m["start"], m["end"], m["text"], m["kind"]) for m in data["mentions"])
    return Entity(data["id"], data["type"], data["name"], tuple(data["aliases"]), tuple(data["links"]), mentions)


def _claim(data: Mapping[str, Any]) -> Claim:
    return Claim(
        id=data["id"],
        subject=data["subject"],
        relation=data["relation"],
        object=data["object"],
        modality=data["modality"],
        attributed_to=tuple(data["attributed_to"]),
        evidence=_required_span(data["evidence"]),
        subject_span=_span(data["subject_span"]),
        object_span=_span(data["object_span"]),
        trigger=_required_span(data["trigger"]),
        event=data["event"],
        confidence=data["confidence"],
        rule=data["rule"],
        value=data.get("value"),
        title=data.get("title"),
        time=_time(data.get("time")),
        cues=tuple(data.get("cues", ())),
    )


def _events(rows: Iterable[Mapping[str, Any]]) -> Iterator[Event]:
    """Events with the mentions that follow them in rows of their own."""
    mentions: dict[str, list[Span]] = defaultdict(list)
    events = []
    for row in rows:
        if (of := row.get("mention_of")) is not None:
            mentions[of].append(_required_span(row["trigger"]))
        else:
            events.append(row)
    for row in events:
        yield Event(
            id=row["id"],
            type=row["type"],
            trigger=_required_span(row["trigger"]),
            roles={role: tuple(filled) for role, filled in row["roles"].items() if filled},
            modality=row["modality"],
            attributed_to=tuple(row["attributed_to"]),
            time=_time(row["time"]),
            counts=dict(row.get("counts", {})),
            evidence=_span(row.get("evidence")),
            mentions=tuple(mentions[row["id"]]),
            part_of=row.get("part_of"),
        )
