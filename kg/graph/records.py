"""Extractions read back from the store: the inverse of `triples`, so that whatever shows the graph works on one kind of value.

Entities, claims, events and quotes come sorted by where they stand in the text. A time that is a span of days comes back as "FIRST/LAST".
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

import pyoxigraph as ox

from kg.graph import temporal
from kg.graph import triples as form
from kg.graph.store import Store
from kg.graph.terms import LABEL, TYPE, Term
from kg.graph.terms import document as document_node
from kg.graph.terms import entity as entity_node
from kg.graph.terms import event as event_node
from kg.iris import ID, KG, PREFIXES, local
from kg.model import Claim, Entity, Event, Extraction, Mention, Quote, Span, Time

ENTITY, EVENT, DOCUMENT = f"{ID}entity/", f"{ID}event/", f"{ID}document/"
# How claims, events and quotations are about an entity; an event is attributed as a claim is.
_ABOUT = {form.CLAIM: (form.SUBJECT, form.OBJECT, form.ATTRIBUTED), form.EVENT: tuple(form.ROLES.values()), form.QUOTE: (form.SPEAKER,)}
_COUNTS = {KG + "deathCount": "deathCount", KG + "injuredCount": "injuredCount", KG + "groupSize": "groupSize"}


def read(store: Store, document_id: str) -> Extraction | None:
    """What the store holds of a document; None when it holds nothing."""
    name = document_node(document_id)
    return _Graph(store, name).extraction() if store.inner.contains_named_graph(name) else None


def read_all(store: Store, *, mentioning: Iterable[ox.NamedNode] | None = None, names: Container[ox.NamedNode] | None = None) -> Iterator[Extraction]:
    """All documents, sorted by IRI; with `mentioning` only those that speak of one of these entities, with `names` those of these graphs."""
    speaking = None
    if mentioning is not None:
        speaking = {q.graph_name for entity in mentioning for q in store.inner.quads_for_pattern(entity, TYPE, None, None)}
    for name in store.graphs():
        if (speaking is None or name in speaking) and (names is None or name in names):
            yield _Graph(store, name).extraction()


def read_about(store: Store, entity: ox.NamedNode) -> Iterator[Extraction]:
    """What each document that speaks of an entity says of it, sorted by IRI.

    That is the entity itself, the claims about it or by it with their events, the events that it takes part in, what it is quoted with, and
    the names of whoever else they speak of; nothing else is read.
    """
    inner = store.inner
    things: dict[Any, dict[ox.NamedNode, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for kind, predicates in _ABOUT.items():
        for predicate in predicates:
            for quad in inner.quads_for_pattern(None, predicate, entity, None):
                things[quad.graph_name][kind].add(quad.subject)
    speaking = {q.graph_name.value: q.graph_name for q in inner.quads_for_pattern(entity, TYPE, None, None)}  # type: ignore[union-attr]
    for address, name in sorted(speaking.items()):
        if address.startswith(DOCUMENT):
            # Asking a server for each thing would take longer than for all.
            graph = _Part(store, name) if isinstance(inner, ox.Store) else _Graph(store, name)  # type: ignore[arg-type]
            yield graph.about(entity, things[name])


def ident(node: Any) -> str:
    """The id that the IRI of a node was made from."""
    return iri_ident(str(node.value))


def iri_ident(iri: str) -> str:
    """The id that an IRI was made from."""
    path = iri.removeprefix(ID).split("/", 1)[-1]
    return unquote_to_bytes(path).decode("utf-8", "surrogatepass") if "%" in path else path


class _Graph:
    """The statements of one named graph by subject and predicate."""

    def __init__(self, store: Store, name: ox.NamedNode) -> None:
        self.name = name
        self.values: dict[tuple[Term, ox.NamedNode], list[Any]] = defaultdict(list)
        self.instances: dict[Term, list[Any]] = defaultdict(list)
        for quad in store.inner.quads_for_pattern(None, None, None, name):
            self.values[quad.subject, quad.predicate].append(quad.object)
            if quad.predicate == TYPE:
                self.instances[quad.object].append(quad.subject)

    def all(self, subject: Term, predicate: ox.NamedNode) -> list[Any]:
        return self.values.get((subject, predicate), [])

    def one(self, subject: Term, predicate: ox.NamedNode) -> Any:
        return next(iter(self.all(subject, predicate)), None)

    def text(self, subject: Term, predicate: ox.NamedNode) -> str | None:
        value = self.one(subject, predicate)
        return None if value is None else str(value.value)

    def texts(self, subject: Term, predicate: ox.NamedNode) -> tuple[str, ...]:
        return tuple(sorted(str(value.value) for value in self.all(subject, predicate)))

    def idents(self, subject: Term, predicate: ox.NamedNode) -> tuple[str, ...]:
        return tuple(sorted(ident(value) for value in self.all(subject, predicate)))

    def extraction(self) -> Extraction:
        entities = (node for (node, predicate) in list(self.values) if predicate == LABEL and str(node).startswith(f"<{ENTITY}"))
        return _sorted(
            self.document(),
            (self.entity(e) for e in entities),
            (self.claim(c) for c in self.instances[form.CLAIM]),
            (self.event(v) for v in self.instances[form.EVENT]),
            (self.quote(q) for q in self.instances[form.QUOTE]),
        )

    def about(self, entity: ox.NamedNode, things: Mapping[ox.NamedNode, Iterable[Any]]) -> Extraction:
        """What is said of an entity in these claims, events and quotations."""
        claims = [self.claim(node) for node in things.get(form.CLAIM, ()) if form.CLAIM in self.all(node, TYPE)]
        told = {event_node(claim.event) for claim in claims if claim.event is not None}
        events = [self.event(node) for node in {*things.get(form.EVENT, ()), *told} if form.EVENT in self.all(node, TYPE)]
        named = {end for c in claims for end in (c.subject, c.object, *c.attributed_to) if end is not None}
        named |= {end for v in events for filled in v.roles.values() for end in filled}
        others = [Entity(each, self.kind(node), self.text(node, LABEL) or each) for each in named if (node := entity_node(each)) != entity]
        quotes = [self.quote(node) for node in things.get(form.QUOTE, ())]
        return _sorted(self.head(), [self.entity(entity), *others], claims, events, quotes)

    def head(self) -> dict[str, Any]:
        length = self.text(self.name, form.LENGTH)
        found: dict[str, Any] = {
            "id": self.text(self.name, form.IDENTIFIER),
            "source": self.text(self.name, form.ORIGIN),
            "title": self.text(self.name, form.NAME),
            "author": self.text(self.name, form.CREATOR),
            "published": self.text(self.name, form.ISSUED),
            "sha256": self.text(self.name, form.CONTENT_HASH),
            "length": None if length is None else int(length),
        }
        for key, predicate in (("place", form.PLACE), ("signature", form.SIGNATURE)):
            if (told := self.text(self.name, predicate)) is not None:
                found[key] = told
        return found

    def document(self) -> dict[str, Any]:
        activity = next(iter(self.instances[form.ACTIVITY]), None)
        found = self.head()
        own = {local(iri): iri for iri in self.terms() if not iri.startswith((KG, PREFIXES["sem"]))}
        found |= {"vocabulary": dict(sorted(own.items()))} if own else {}
        return found if activity is None else {**found, "pipeline": self.text(activity, form.PIPELINE)}

    def terms(self) -> Iterator[str]:
        """IRIs of the relations of claims, and of the classes of entities and events."""
        for node in self.instances[form.CLAIM]:
            yield self.text(node, form.PREDICATE) or KG
        for node, predicate in self.values:
            if predicate == TYPE and str(node).startswith((f"<{ENTITY}", f"<{EVENT}")):
                yield from (str(kind.value) for kind in self.all(node, TYPE))

    def entity(self, node: Term) -> Entity:
        return Entity(
            id=ident(node),
            type=self.kind(node),
            name=self.text(node, LABEL) or "",
            aliases=self.texts(node, form.ALIAS),
            links=self.texts(node, form.SAME),
            mentions=tuple(sorted(self.mention(span) for span in self.all(node, form.MENTION))),
        )

    def kind(self, node: Term) -> str:
        return local(self.text(node, TYPE) or "")

    def mention(self, target: Term) -> Mention:
        span = self.span(target)
        return Mention(span.start, span.end, span.text, self.text(target, form.MENTION_KIND) or "name")  # type: ignore[arg-type]

    def claim(self, node: Term) -> Claim:
        subject, object_, event = (self.one(node, p) for p in (form.SUBJECT, form.OBJECT, form.OF_EVENT))
        literal = isinstance(object_, ox.Literal)
        return Claim(
            id=ident(node),
            subject=None if subject is None else ident(subject),
            relation=local(self.text(node, form.PREDICATE) or ""),
            object=None if object_ is None or literal else ident(object_),
            modality=self.text(node, form.MODALITY) or "possible",  # type: ignore[arg-type]
            attributed_to=self.sources(node),
            evidence=self.span(self.one(node, form.TARGET)),
            subject_span=self.optional_span(node, form.SUBJECT_SPAN),
            object_span=self.optional_span(node, form.OBJECT_SPAN),
            trigger=self.span(self.one(node, form.TRIGGER)),
            confidence=float(self.text(node, form.CONFIDENCE) or 0),
            rule=self.text(node, form.RULE) or "",
            event=None if event is None else ident(event),
            value=object_.value if literal else None,
            title=self.text(node, form.TITLE),
            time=self.time(node),
            cues=self.texts(node, form.CUE),
        )

    def event(self, node: Term) -> Event:
        kinds = [local(kind.value) for kind in self.all(node, TYPE) if kind != form.EVENT]
        counts = {name: self.text(node, ox.NamedNode(predicate)) for predicate, name in _COUNTS.items()}
        return Event(
            id=ident(node),
            type=min(kinds, default="Event"),
            trigger=self.span(self.one(node, form.TRIGGER)),
            roles={role: found for role, predicate in form.ROLES.items() if (found := self.idents(node, predicate))},
            modality=self.text(node, form.MODALITY) or "possible",  # type: ignore[arg-type]
            attributed_to=self.sources(node),
            time=self.time(node),
            counts={name: int(number) for name, number in counts.items() if number is not None},
            evidence=self.optional_span(node, form.TARGET),
            mentions=tuple(sorted(self.span(span) for span in self.all(node, form.MENTION))),
            part_of=next(iter(self.idents(node, form.PART_OF)), None),
        )

    def quote(self, node: Term) -> Quote:
        span, speaker = self.span(self.one(node, form.TARGET)), self.one(node, form.SPEAKER)
        return Quote(span.start, span.end, span.text, self.text(node, form.DIRECT) == "true", None if speaker is None else ident(speaker))

    def sources(self, node: Term) -> tuple[str, ...]:
        """Outermost first."""
        steps = sorted((int(self.text(s, form.POSITION) or 0), ident(self.one(s, form.AGENT))) for s in self.all(node, form.QUALIFIED))
        return tuple(source for _, source in steps) or self.idents(node, form.ATTRIBUTED)

    def time(self, node: Term) -> Time | None:
        if (text := self.text(node, temporal.TEXT)) is None:
            return None
        first, last = self.text(node, temporal.EARLIEST), self.text(node, temporal.LATEST)
        between = f"{first or '..'}/{last or '..'}" if first or last else None
        return Time(text, self.text(node, temporal.STAMP) or between)

    def span(self, node: Any) -> Span:
        """Of a selector, or of a target that has one."""
        selector = self.one(node, form.SELECTOR) or node
        return Span(int(self.text(selector, form.START) or 0), int(self.text(selector, form.END) or 0), self.text(selector, form.EXACT) or "")

    def optional_span(self, node: Term, predicate: ox.NamedNode) -> Span | None:
        target = self.one(node, predicate)
        return None if target is None else self.span(target)


class _Part(_Graph):
    """The same, looked up when asked for: for a few things of a long document."""

    def __init__(self, store: Store, name: ox.NamedNode) -> None:
        self.name = name
        self.values = defaultdict(list)
        self.inner = store.inner
        self.known: set[Term] = set()

    def all(self, subject: Term, predicate: ox.NamedNode) -> list[Any]:
        if subject not in self.known:
            self.known.add(subject)
            for quad in self.inner.quads_for_pattern(subject, None, None, self.name):
                self.values[subject, quad.predicate].append(quad.object)
        return super().all(subject, predicate)


def _sorted(
    document: dict[str, Any], entities: Iterable[Entity], claims: Iterable[Claim], events: Iterable[Event], quotes: Iterable[Quote]
) -> Extraction:
    """In the order of the text."""
    return Extraction(
        document=document,
        entities=tuple(sorted(entities, key=lambda e: (e.mentions[:1], e.id))),
        claims=tuple(sorted(claims, key=lambda c: (c.evidence, c.trigger, c.id))),
        events=tuple(sorted(events, key=lambda v: (v.trigger, v.id))),
        quotes=tuple(sorted(quotes, key=lambda q: (q.start, q.end))),
    )
