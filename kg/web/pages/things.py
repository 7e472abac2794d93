"""Pages of things with an id: an entity, a claim, an event, a document; and of any other IRI.

Relations, classes and counts have their names as ids, and beside them the `label` that people read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import pyoxigraph as ox

from kg.errors import RequestError
from kg.graph import names, records, terms, texts, vocabulary
from kg.graph.answers import readable
from kg.graph.description import description
from kg.graph.facts import Fact, facts_of
from kg.graph.show import Happening, happening, show
from kg.graph.store import Store
from kg.graph.terms import TYPE, Term
from kg.graph.triples import ISSUED, NAME
from kg.iris import ID
from kg.model import Extraction, Span
from kg.web import links
from kg.web.article import key, marked
from kg.web.exchange import Ask, Reply
from kg.web.pages import happenings, places
from kg.web.representation import reply

Labels = Mapping[str, str]
_HEAD = {"title": NAME, "published": ISSUED}


def entity(store: Store, ask: Ask) -> Reply:
    """Everything about an entity; the page of one that was found to be another leads there."""
    node = terms.entity(ask.ident)
    now = names.current(store, node)
    if now != node:
        return Reply(b"", status=308, headers=(("Location", links.local(now.value)),))
    profile = show(store, node)[0]
    if not profile.documents:
        raise RequestError(404, f"no document speaks of an entity {ask.ident}")
    labels = vocabulary.labels(store.inner)
    told = {"facts": _facts(profile.facts, labels), "says": _facts(profile.says, labels), "events": _happenings(profile.events, labels)}
    data = {"iri": node.value, **asdict(profile), **told}
    heads = {each: _head(store, each) for each in profile.documents}
    # The date of the article stands for a time that isn't told.
    held = [{**fact, "time": fact["time"] or (heads[fact["document"]]["published"] or "")[:10]} for fact in told["facts"] if fact["title"]]
    shown = {"roles": _roles(held), "heads": heads, "labels": labels, "placed": places.is_placed(store, profile.id)}
    return reply(ask, "entity.html", data, lambda: description(store, node), **shown)


def _roles(held: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Offices that somebody holds, by the first day that is told: each once, with that sentence, the last day, and how often it is told."""
    found: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for fact in sorted(held, key=lambda fact: (fact["time"], fact["document"], fact["start"])):
        what = tuple(str(fact[name]) for name in ("subject_id", "relation", "object_id", "modality"))
        found.setdefault((*what, fact["title"].casefold()), []).append(fact)
    return [_role(told) for told in found.values()]


def _role(told: list[dict[str, Any]]) -> dict[str, Any]:
    first, last = told[0], told[-1]
    days = first["time"] if first["time"] == last["time"] else f"{first['time']} – {last['time']}"
    return {**first, "time": days, "title": first["title"] if len(told) == 1 else f"{first['title']} ×{len(told)}"}


def _head(store: Store, ident: str) -> dict[str, str | None]:
    """Title and date of a document."""
    node = terms.document(ident)
    quads = {name: next(iter(store.inner.quads_for_pattern(node, predicate, None, node)), None) for name, predicate in _HEAD.items()}
    return {name: None if quad is None else quad.object.value for name, quad in quads.items()}  # type: ignore[union-attr]


def _facts(found: Iterable[Fact], labels: Labels) -> list[dict[str, Any]]:
    return [{**asdict(fact), "label": labels.get(fact.relation, fact.relation)} for fact in found]


def _happenings(found: Iterable[Happening], labels: Labels) -> list[dict[str, Any]]:
    return [{**asdict(each), "label": labels.get(each.type, each.type)} for each in found]


def document(store: Store, ask: Ask) -> Reply:
    """What a document says, drawn on its text where the text was kept. As RDF it is the graph of the document."""
    node = terms.document(ask.ident)
    extraction = records.read(store, ask.ident)
    if extraction is None:
        raise RequestError(404, f"no document {ask.ident}")
    text = texts.kept(store, str(extraction.document.get("sha256")))
    labels = vocabulary.labels(store.inner)
    data = {
        "iri": node.value,
        "document": dict(extraction.document),
        "facts": _facts(facts_of(extraction), labels),
        "entities": [{"id": e.id, "type": e.type, "name": e.name, "mentions": len(e.mentions)} for e in _often(extraction)],
        "events": _happenings((happening(event, extraction) for event in extraction.events), labels),
    }
    shown = {"drawn": None if text is None else marked(text, extraction, labels, links.page), "kinds": key(extraction), "labels": labels}
    return reply(ask, "document.html", data, lambda: _graph(store, node), **shown)


def _graph(store: Store, name: ox.NamedNode) -> Iterable[ox.Triple]:
    return (quad.triple for quad in store.inner.quads_for_pattern(None, None, None, name))


def _often(extraction: Extraction) -> list[Any]:
    return sorted(extraction.entities, key=lambda each: (-len(each.mentions), each.id))


def claim(store: Store, ask: Ask) -> Reply:
    """A claim with its sentence, in which the words that prove it are marked."""
    node = terms.claim(ask.ident)
    extraction = _told(store, node, "claim", ask.ident)
    found = next(each for each in extraction.claims if each.id == ask.ident)
    fact = next(each for each in facts_of(extraction) if each.claim == ask.ident)
    spans = {"subject": found.subject_span, "trigger": found.trigger, "object": found.object_span}
    labels = vocabulary.labels(store.inner)
    (told,) = _facts([fact], labels)
    data = {"iri": node.value, **told, "cues": list(found.cues), "spans": {k: asdict(v) for k, v in spans.items() if v}}
    shown = _parts(found.evidence, {name: span for name, span in spans.items() if span})
    event = _called(extraction, found.event, labels)
    return reply(ask, "claim.html", data, lambda: description(store, node), parts=shown, event_name=event)


def _parts(sentence: Span, spans: dict[str, Span]) -> list[tuple[str, str]]:
    """The sentence cut where spans begin and end: (name of the span or "", words)."""
    parts, at = [], sentence.start
    for name, span in sorted(spans.items(), key=lambda item: (item[1].start, item[1].end)):
        if at <= span.start < span.end <= sentence.end:
            parts += [("", sentence.text[at - sentence.start : span.start - sentence.start]), (name, span.text)]
            at = span.end
    return [(name, words) for name, words in (*parts, ("", sentence.text[at - sentence.start :])) if words]


def event(store: Store, ask: Ask) -> Reply:
    """An event with who took part, and the claims made of it."""
    node = terms.event(ask.ident)
    extraction = _told(store, node, "event", ask.ident)
    found = next(each for each in extraction.events if each.id == ask.ident)
    called = {each.id: each.name for each in extraction.entities}
    labels = vocabulary.labels(store.inner)
    (told,) = _happenings([happening(found, extraction)], labels)
    data = {
        "iri": node.value,
        "id": found.id,
        **told,
        "participants": [{"role": role, "id": i, "name": called.get(i, i)} for role, filled in found.roles.items() for i in filled],
        "sources": [{"id": i, "name": called.get(i, i)} for i in found.attributed_to],
        "part_of": found.part_of,
        "facts": _facts((fact for fact in facts_of(extraction) if fact.event == found.id), labels),
    }
    whole = _called(extraction, found.part_of, labels)
    return reply(ask, "event.html", data, lambda: description(store, node), labels=labels, whole_name=whole)


def _called(extraction: Extraction, ident: str | None, labels: Labels) -> str | None:
    """The kind and time of an event, by which people know it; its id where the document has no such event."""
    for event in extraction.events:
        if event.id == ident:
            told = happening(event, extraction)
            return ", ".join(filter(None, (labels.get(told.type, told.type), told.time)))
    return ident


def _told(store: Store, node: ox.NamedNode, kind: str, ident: str) -> Extraction:
    """What the document says that the claim or event is of. Raises RequestError 404."""
    for quad in store.inner.quads_for_pattern(node, TYPE, None, None):
        if names.spoken(quad):
            extraction = next(iter(records.read_all(store, names={quad.graph_name})), None)  # type: ignore[arg-type]
            if extraction is not None:
                return extraction
    raise RequestError(404, f"no {kind} {ident}")


def resource(store: Store, ask: Ask) -> Reply:
    """Any IRI: the page of what has one, else its triples."""
    iri = ask.one("iri")
    kind, _, rest = iri.removeprefix(ID).partition("/")
    pages = {"entity": entity, "claim": claim, "event": event, "incident": happenings.incident, "document": document}
    try:
        node = ox.NamedNode(iri)
    except ValueError as error:
        raise RequestError(400, f"iri: not an IRI: {iri}") from error
    if iri.startswith(ID) and kind in pages and "#" not in rest:
        return pages[kind](store, Ask(records.ident(node), ask.parameters, ask.accept, ask.size, ask.path))
    said = sorted({(q.predicate, q.object) for q in store.inner.quads_for_pattern(node, None, None, None)}, key=str)
    of = sorted({(q.subject, q.predicate) for q in store.inner.quads_for_pattern(None, None, node, None)}, key=str)
    # Terms of other vocabularies stand in answers though the store may say nothing of them.
    if not said and not of and iri.startswith(ID):
        raise RequestError(404, f"nothing is known of {iri}")
    data = {
        "iri": iri,
        "said": [{"predicate": predicate.value, "value": readable(value), "iri": _address(value)} for predicate, value in said],
        "of": [{"subject": readable(subject), "iri": _address(subject), "predicate": predicate.value} for subject, predicate in of],
    }
    return reply(ask, "resource.html", data, lambda: description(store, node))


def _address(term: Term) -> str | None:
    return term.value if isinstance(term, ox.NamedNode) else None
