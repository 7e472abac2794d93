"""Web Annotation: each mention of an entity and the evidence of each claim as an annotation of the text, for annotation tools.

Targets are the documents as kg read them: offsets count characters of their text, and the quotation finds the same place in the page that
it came from. Where the text is kept beside the graph the quotation has the words around it.
"""

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

from kg.graph import records, texts, vocabulary
from kg.graph.facts import Fact, facts_of
from kg.graph.store import Store
from kg.graph.terms import claim, clean, document, entity, term
from kg.graph.triples import part
from kg.iris import resource
from kg.model import Entity, Extraction, Span

NAME = "webannotation"
SUFFIXES = (".anno.jsonld", ".anno.json")
MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
COLLECTION = resource("annotations", "all")
# Characters before and behind a quotation: enough to tell most places of the same words apart.
AROUND = 32

Json = dict[str, Any]


def write(store: Store, file: IO[bytes]) -> None:
    """Writes a collection with one page, an annotation a line: document by document the mentions, then the claims."""
    relations = vocabulary.labels(store.inner)
    lines = [_json(found) for extraction in records.read_all(store) for found in _annotations(store, extraction, relations)]
    head: Json = {"@context": CONTEXT, "id": COLLECTION, "type": "AnnotationCollection", "label": "Mentions and claims", "total": len(lines)}
    if not lines:
        file.write(_json(head) + b"\n")
        return
    page: Json = {"id": f"{COLLECTION}#page=1", "type": "AnnotationPage", "partOf": COLLECTION, "startIndex": 0}
    head["last"] = page["id"]
    file.write(_json(head)[:-1] + b',\n"first": ' + _json(page)[:-1] + b', "items": [\n')
    file.write(b",\n".join(lines) + b"\n]}}\n")


def _annotations(store: Store, extraction: Extraction, relations: Mapping[str, str]) -> Iterator[Json]:
    text = texts.kept(store, str(extraction.document.get("sha256")))
    places: dict[Span, list[Entity]] = {}
    for thing in extraction.entities:
        for mention in thing.mentions:
            places.setdefault(Span(mention.start, mention.end, mention.text), []).append(thing)
    for span, things in sorted(places.items(), key=lambda place: place[0]):
        yield _mention(extraction, span, things, text)
    for fact in facts_of(extraction):
        yield _evidence(extraction, fact, relations.get(fact.relation, fact.relation), text)


def _mention(extraction: Extraction, span: Span, things: list[Entity], text: str | None) -> Json:
    own = extraction.document.get("vocabulary") or {}
    body: list[Json] = []
    for thing in things:
        body.append({"type": "SpecificResource", "source": entity(thing.id).value, "purpose": "identifying"})
        body.append({"type": "SpecificResource", "source": term(thing.type, own).value, "purpose": "classifying"})
        body.append(_words(thing.name, "tagging"))
    ident = part(document(extraction.id), "annotation", span.start, span.end).value
    return {"id": ident, "type": "Annotation", "motivation": "identifying", "body": body, "target": _target(extraction, span, text)}


def _evidence(extraction: Extraction, fact: Fact, relation: str, text: str | None) -> Json:
    about = claim(fact.claim).value
    # In words that never leave out that it is denied or only possible, and who says so.
    told = f"{fact.modality}: {fact.subject or 'somebody'} {relation} {fact.object}" + (f" ({', '.join(fact.sources)})" if fact.sources else "")
    body = [
        {"type": "SpecificResource", "source": about, "purpose": "describing"},
        _words(fact.modality, "classifying"),
        _words(told, "commenting"),
    ]
    target = _target(extraction, Span(fact.start, fact.end, fact.sentence), text)
    return {"id": f"{about}#annotation", "type": "Annotation", "motivation": "describing", "body": body, "target": target}


def _words(text: str, purpose: str) -> Json:
    return {"type": "TextualBody", "value": clean(text), "format": "text/plain", "language": "en", "purpose": purpose}


def _target(extraction: Extraction, span: Span, text: str | None) -> Json:
    source: Json = {"id": document(extraction.id).value, "type": "Text"}
    if (origin := str(extraction.document.get("source") or "")).startswith(("http://", "https://")):
        source["dcterms:source"] = {"id": origin}
    quote: Json = {"type": "TextQuoteSelector", "exact": span.text}
    if text is not None:
        quote |= {"prefix": clean(text[max(0, span.start - AROUND) : span.start]), "suffix": clean(text[span.end : span.end + AROUND])}
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {"type": "SpecificResource", "source": source, "selector": [position, quote]}


def _json(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
