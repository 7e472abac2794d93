"""The graph of one document: the RDF form of an Extraction. The form is described in ontology/graph.ttl.

Every node has an IRI made from ids and offsets, so that the same record gives the same quads.
A span of the text is `<document>#char=START,END` (RFC 5147), a selector that claims, events, quotes and mentions share.
"""

from collections.abc import Iterator, Mapping, Sequence

import pyoxigraph as ox

from kg.graph import temporal
from kg.graph.terms import LABEL, TYPE, claim, decimal, document, english, entity, event, integer, iri, literal, node, term
from kg.iris import resource
from kg.model import Claim, Entity, Event, Extraction, Mention, Quote, Span

ROLES = {"agent": node("kg:agent"), "target": node("kg:target"), "instrument": node("kg:instrument"), "place": node("sem:hasPlace")}

CLAIM, EVENT, QUOTE, STATEMENT = node("kg:Claim"), node("sem:Event"), node("kg:Quote"), node("rdf:Statement")
SUBJECT, PREDICATE, OBJECT = node("rdf:subject"), node("rdf:predicate"), node("rdf:object")
MODALITY, CONFIDENCE, RULE, CUE = node("kg:modality"), node("kg:confidence"), node("kg:rule"), node("kg:cue")
TRIGGER, OF_EVENT, TITLE, PART_OF = node("kg:trigger"), node("kg:event"), node("kg:positionTitle"), node("sem:subEventOf")
SUBJECT_SPAN, OBJECT_SPAN, MENTION, MENTION_KIND = node("kg:subjectSpan"), node("kg:objectSpan"), node("kg:mention"), node("kg:mentionKind")
SPEAKER, DIRECT, POSITION, CONTENT_HASH = node("kg:speaker"), node("kg:direct"), node("kg:position"), node("kg:contentHash")
LENGTH, PIPELINE, PLACE, SIGNATURE = node("kg:length"), node("kg:pipelineVersion"), node("kg:placeInFile"), node("kg:textSignature")
ALIAS, SAME = node("skos:altLabel"), node("skos:exactMatch")
ATTRIBUTED, QUALIFIED, AGENT, DERIVED = (
    node("prov:wasAttributedTo"),
    node("prov:qualifiedAttribution"),
    node("prov:agent"),
    node("prov:wasDerivedFrom"),
)
TARGET, SELECTOR, SOURCE = node("oa:hasTarget"), node("oa:hasSelector"), node("oa:hasSource")
START, END, EXACT = node("oa:start"), node("oa:end"), node("oa:exact")
SPECIFIC, POSITION_SELECTOR, QUOTE_SELECTOR = node("oa:SpecificResource"), node("oa:TextPositionSelector"), node("oa:TextQuoteSelector")
ATTRIBUTION, DOCUMENT, ACTIVITY, USED = node("prov:Attribution"), node("foaf:Document"), node("prov:Activity"), node("prov:used")
GENERATED, ASSOCIATED, SOFTWARE = node("prov:wasGeneratedBy"), node("prov:wasAssociatedWith"), node("prov:SoftwareAgent")
PROGRAM = ox.NamedNode(resource("software", "kg"))
IDENTIFIER, NAME, ORIGIN, ISSUED = node("dcterms:identifier"), node("dcterms:title"), node("dcterms:source"), node("dcterms:issued")
CREATOR, REPLACED_BY = node("dcterms:creator"), node("dcterms:isReplacedBy")

Triples = Iterator[ox.Triple]


def quads(extraction: Extraction) -> Iterator[ox.Quad]:
    """The named graph of a document, without duplicates, in the order document, entities, claims, events, quotes."""
    name = document(extraction.id)
    for triple in dict.fromkeys(_triples(extraction, name)):
        yield ox.Quad(triple.subject, triple.predicate, triple.object, name)


def part(doc: ox.NamedNode, kind: str, *place: int) -> ox.NamedNode:
    """A node inside a document, by its offsets: `<document>#char=12,80`."""
    return ox.NamedNode(f"{doc.value}#{kind}={','.join(str(int(p)) for p in place)}")


def _triples(extraction: Extraction, doc: ox.NamedNode) -> Triples:
    own: Mapping[str, str] = extraction.document.get("vocabulary") or {}
    yield from _document(extraction, doc)
    for thing in extraction.entities:
        yield from _entity(thing, doc, own)
    for statement in extraction.claims:
        yield from _claim(statement, doc, own)
    for happening in extraction.events:
        yield from _event(happening, doc, own)
    for quote in extraction.quotes:
        yield from _quote(quote, doc)


def _document(extraction: Extraction, doc: ox.NamedNode) -> Triples:
    known = extraction.document
    yield ox.Triple(doc, TYPE, DOCUMENT)
    yield ox.Triple(doc, IDENTIFIER, literal(extraction.id))
    if title := known.get("title"):
        yield ox.Triple(doc, NAME, literal(str(title)))
    if author := known.get("author"):
        yield ox.Triple(doc, CREATOR, literal(str(author)))
    if source := known.get("source"):
        yield ox.Triple(doc, ORIGIN, _origin(str(source)))
    if place := known.get("place"):
        yield ox.Triple(doc, PLACE, literal(str(place)))
    if published := known.get("published"):
        yield ox.Triple(doc, ISSUED, temporal.literal(str(published)) or literal(str(published)))
    if sha256 := known.get("sha256"):
        yield ox.Triple(doc, CONTENT_HASH, literal(str(sha256)))
    if signature := known.get("signature"):
        yield ox.Triple(doc, SIGNATURE, literal(str(signature)))
    if (length := known.get("length")) is not None:
        yield ox.Triple(doc, LENGTH, integer(length))
    if version := known.get("pipeline"):
        activity = _activity(doc)
        yield ox.Triple(activity, TYPE, ACTIVITY)
        yield ox.Triple(activity, USED, doc)
        yield ox.Triple(activity, PIPELINE, literal(str(version)))
        yield ox.Triple(activity, ASSOCIATED, PROGRAM)
        yield ox.Triple(PROGRAM, TYPE, SOFTWARE)
        yield from _generated(extraction, doc)


def _activity(doc: ox.NamedNode) -> ox.NamedNode:
    """The reading of a document."""
    return ox.NamedNode(f"{doc.value}#extraction")


def _generated(extraction: Extraction, doc: ox.NamedNode) -> Triples:
    """What the reading found, all of it derived from the document."""
    claims, events = (claim(c.id) for c in extraction.claims), (event(e.id) for e in extraction.events)
    for found in (*claims, *events, *(_quoted(q, doc) for q in extraction.quotes)):
        yield ox.Triple(found, GENERATED, _activity(doc))


def _origin(source: str) -> ox.NamedNode | ox.Literal:
    """An address stays one; the path of a file is a string."""
    address = iri(source) if source.startswith(("http://", "https://")) else None
    return address or literal(source)


def _entity(thing: Entity, doc: ox.NamedNode, own: Mapping[str, str]) -> Triples:
    subject = entity(thing.id)
    yield ox.Triple(subject, TYPE, term(thing.type, own))
    yield ox.Triple(subject, LABEL, english(thing.name))
    for alias in thing.aliases:
        if alias != thing.name:
            yield ox.Triple(subject, ALIAS, english(alias))
    for link in thing.links:
        if address := iri(link):
            yield ox.Triple(subject, SAME, address)
    for mention in thing.mentions:
        yield from _span(subject, MENTION, mention, doc)
        yield ox.Triple(part(doc, "char", mention.start, mention.end), MENTION_KIND, literal(mention.kind))


def _claim(statement: Claim, doc: ox.NamedNode, own: Mapping[str, str]) -> Triples:
    subject, relation, object_ = _subject(statement), term(statement.relation, own), _object(statement)
    if statement.modality == "actual" and subject is not None and object_ is not None:
        yield ox.Triple(subject, relation, object_)
    about = claim(statement.id)
    yield ox.Triple(about, TYPE, CLAIM)
    yield ox.Triple(about, TYPE, STATEMENT)
    if subject is not None:
        yield ox.Triple(about, SUBJECT, subject)
    yield ox.Triple(about, PREDICATE, relation)
    if object_ is not None:
        yield ox.Triple(about, OBJECT, object_)
    yield ox.Triple(about, MODALITY, literal(statement.modality))
    yield from _attribution(about, statement.attributed_to)
    yield ox.Triple(about, DERIVED, doc)
    yield from _target(about, statement.evidence, doc)
    yield ox.Triple(about, CONFIDENCE, decimal(statement.confidence))
    yield ox.Triple(about, RULE, literal(statement.rule))
    yield from _span(about, TRIGGER, statement.trigger, doc)
    yield from _span(about, SUBJECT_SPAN, statement.subject_span, doc)
    yield from _span(about, OBJECT_SPAN, statement.object_span, doc)
    for cue in statement.cues:
        yield ox.Triple(about, CUE, literal(cue))
    if statement.title:
        yield ox.Triple(about, TITLE, english(statement.title))
    if statement.event is not None:
        yield ox.Triple(about, OF_EVENT, event(statement.event))
    if statement.time is not None:
        yield from temporal.triples(about, statement.time)


def _subject(statement: Claim) -> ox.NamedNode | None:
    return None if statement.subject is None else entity(statement.subject)


def _object(statement: Claim) -> ox.NamedNode | ox.Literal | None:
    if statement.object is not None:
        return entity(statement.object)
    return None if statement.value is None else _value(statement.relation, statement.value)


def _value(relation: str, value: str) -> ox.Literal:
    """An attribute: a date where the relation is one ("birthDate"), a number where only digits stand, else a string."""
    if relation.endswith("Date") and (stamp := temporal.literal(value)):
        return stamp
    return integer(int(value)) if value.isascii() and value.isdigit() and len(value) < 19 else literal(value)


def _event(happening: Event, doc: ox.NamedNode, own: Mapping[str, str]) -> Triples:
    about = event(happening.id)
    yield ox.Triple(about, TYPE, term(happening.type, own))
    yield ox.Triple(about, TYPE, EVENT)
    for role, predicate in ROLES.items():
        for ident in happening.roles.get(role, ()):
            yield ox.Triple(about, predicate, entity(ident))
    if happening.time is not None:
        yield from temporal.triples(about, happening.time)
    for count, number in sorted(happening.counts.items()):
        yield ox.Triple(about, term(count), integer(number))
    yield ox.Triple(about, MODALITY, literal(happening.modality))
    yield from _attribution(about, happening.attributed_to)
    yield ox.Triple(about, DERIVED, doc)
    yield from _span(about, TRIGGER, happening.trigger, doc)
    for mention in happening.mentions:
        yield from _span(about, MENTION, mention, doc)
    if happening.part_of is not None:
        yield ox.Triple(about, PART_OF, event(happening.part_of))
    yield from _target(about, happening.evidence, doc)


def _quote(quote: Quote, doc: ox.NamedNode) -> Triples:
    about = _quoted(quote, doc)
    yield ox.Triple(about, TYPE, QUOTE)
    if quote.speaker is not None:
        yield ox.Triple(about, SPEAKER, entity(quote.speaker))
    yield ox.Triple(about, DIRECT, ox.Literal(bool(quote.direct)))
    yield ox.Triple(about, DERIVED, doc)
    yield from _target(about, Span(quote.start, quote.end, quote.text), doc)


def _quoted(quote: Quote, doc: ox.NamedNode) -> ox.NamedNode:
    return part(doc, "quotation", quote.start, quote.end)


def _attribution(about: ox.NamedNode, sources: Sequence[str]) -> Triples:
    """Each source; where one reports what another says, their order too (1 is the outermost)."""
    for ident in sources:
        yield ox.Triple(about, ATTRIBUTED, entity(ident))
    if len(sources) < 2:
        return
    for position, ident in enumerate(sources, 1):
        step = ox.NamedNode(f"{about.value}#source={position}")
        yield ox.Triple(about, QUALIFIED, step)
        yield ox.Triple(step, TYPE, ATTRIBUTION)
        yield ox.Triple(step, AGENT, entity(ident))
        yield ox.Triple(step, POSITION, integer(position))


def _target(about: ox.NamedNode, span: Span | None, doc: ox.NamedNode) -> Triples:
    """The sentence that proves something, as the target of a Web Annotation."""
    if span is None:
        return
    target = part(doc, "target", span.start, span.end)
    yield ox.Triple(about, TARGET, target)
    yield ox.Triple(target, TYPE, SPECIFIC)
    yield ox.Triple(target, SOURCE, doc)
    yield from _span(target, SELECTOR, span, doc)


def _span(about: ox.NamedNode, predicate: ox.NamedNode, span: Span | Mention | None, doc: ox.NamedNode) -> Triples:
    if span is None:
        return
    selector = part(doc, "char", span.start, span.end)
    yield ox.Triple(about, predicate, selector)
    yield ox.Triple(selector, TYPE, POSITION_SELECTOR)
    yield ox.Triple(selector, TYPE, QUOTE_SELECTOR)
    yield ox.Triple(selector, START, integer(span.start))
    yield ox.Triple(selector, END, integer(span.end))
    yield ox.Triple(selector, EXACT, literal(span.text))
