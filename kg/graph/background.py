"""Background knowledge of what documents speak of, in a graph of its own, never as said by a document.

From GeoNames the coordinates of cities, the chain of what they lie in up to the country, ISO codes of countries; from a user's own
knowledge base names, descriptions and offices, about the IRIs of its entries, which entities match exactly.
"""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.extract import gazetteer
from kg.graph import knowledge
from kg.graph.changes import Changes
from kg.graph.store import Store
from kg.graph.terms import BACKGROUND, LABEL, LATITUDE, LOCATED_IN, LONGITUDE, TYPE, Term, english, entity, iri, literal, node, term
from kg.identity import places
from kg.identity.knowledge import Knowledge
from kg.identity.places import GEONAMES, Grounded
from kg.identity.resolve import place_id
from kg.model import Entity, Extraction

COUNTRY_CODE = node("kg:countryCode")
EXACT_MATCH, DECIMAL = node("skos:exactMatch"), node("xsd:decimal")


def add(changes: Changes, extractions: Iterable[Extraction]) -> None:
    """Adds what is known of what documents speak of."""
    changes.swap((), [quad for quad in told(changes, extractions) if quad not in changes.store.inner])


def told(there: Changes, extractions: Iterable[Extraction]) -> list[ox.Quad]:
    """What is known of what documents speak of, sorted; of the store only its knowledge base is asked."""
    things = [thing for extraction in extractions for thing in extraction.entities if thing.links]
    found = {quad for thing in things for quad in _quads(thing)}
    if there.store.inner.contains_named_graph(knowledge.KNOWLEDGE):
        found |= {quad for entry in _entries(things) for quad in _known(there, entry)}
    return sorted(found, key=str)


def clean(changes: Changes, old: Extraction) -> None:
    """Takes away what is known of what a document that goes spoke of, unless another speaks of it or it contains such a place."""
    for entry in _entries(old.entities):
        if not _matched(changes, entry):
            changes.swap(_known(changes, entry), ())
    level = [entity(thing.id) for thing in old.entities if _number(thing) is not None]
    while level:
        about = level.pop()
        spoken = any(q.graph_name != BACKGROUND for q in changes.quads_for_pattern(about, TYPE, None, None))
        told = list(changes.quads_for_pattern(about, None, None, BACKGROUND))
        if told and not spoken and not changes.has(None, LOCATED_IN, about, BACKGROUND):
            changes.swap(told, ())
            level += [q.object for q in told if q.predicate == LOCATED_IN and isinstance(q.object, ox.NamedNode)]


def renew(store: Store, known: Knowledge | None) -> Knowledge | None:
    """The knowledge base that holds: the given one, which the store remembers from now on, else the one that it remembers, if any."""
    if known is not None:
        inner = store.inner
        there, wanted = set(inner.quads_for_pattern(None, None, None, knowledge.KNOWLEDGE)), set(knowledge.quads(known))
        if there != wanted:
            told = {copy for copy in map(_copy, there) if copy in inner}
            with Changes(store) as changes:
                changes.swap(there - wanted, wanted - there)
                matched = {quad.object for quad in inner.quads_for_pattern(None, EXACT_MATCH, None, None) if quad.graph_name != BACKGROUND}
                tells = {quad for entry in matched for quad in _known(changes, entry)}
                changes.swap(told - tells, tells - told)
    return knowledge.recall(store)


def _entries(things: Iterable[Entity]) -> set[ox.NamedNode]:
    """What entities match, GeoNames left out."""
    return {found for thing in things for link in thing.links if not link.startswith(GEONAMES) and (found := iri(link))}


def _matched(changes: Changes, entry: ox.NamedNode) -> bool:
    return any(quad.graph_name != BACKGROUND for quad in changes.quads_for_pattern(None, EXACT_MATCH, entry, None))


def _known(changes: Changes, entry: Term) -> set[ox.Quad]:
    return set(map(_copy, knowledge.about(changes, entry)))


def _copy(quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object, BACKGROUND)


def _number(thing: Entity) -> int | None:
    """The GeoNames id of a place."""
    numbers = (link.removeprefix(GEONAMES).rstrip("/") for link in thing.links if link.startswith(GEONAMES))
    return next((int(number) for number in numbers if number.isdigit()), None)


def _quads(thing: Entity) -> Iterator[ox.Quad]:
    number = _number(thing)
    if number is None:
        return
    place = places.by_number(number) or _area(thing, number)
    if place is not None:
        yield from _told(entity(thing.id), place)


def _area(thing: Entity, number: int) -> Grounded | None:
    return next((place for place in places.candidates(thing.name, thing.type) if place.geonames == number), None)


def _told(about: ox.NamedNode, place: Grounded) -> Iterator[ox.Quad]:
    """Statements about a place, and about what it lies in."""
    if place.latitude is not None and place.longitude is not None:
        yield ox.Quad(about, LATITUDE, _decimal(place.latitude), BACKGROUND)
        yield ox.Quad(about, LONGITUDE, _decimal(place.longitude), BACKGROUND)
    if place.type == "Country":
        if place.code:
            yield ox.Quad(about, COUNTRY_CODE, literal(place.code), BACKGROUND)
        return
    outer = _outer(place)
    if outer is None or outer.geonames == place.geonames:
        return
    around = entity(place_id(outer))
    yield ox.Quad(about, LOCATED_IN, around, BACKGROUND)
    yield ox.Quad(around, TYPE, term(outer.type), BACKGROUND)
    yield ox.Quad(around, LABEL, english(outer.name), BACKGROUND)
    yield ox.Quad(around, EXACT_MATCH, ox.NamedNode(outer.link), BACKGROUND)
    yield from _told(around, outer)


def _outer(place: Grounded) -> Grounded | None:
    """The US state of a city, or else the country."""
    state = places.state_place(place.state) if place.state and place.type == "City" else None
    if state is not None:
        return state
    country = places.country_place(place.code)
    known = gazetteer.country(country.name) if country else None
    return None if country is None or (known and known.type != "Country") else country


def _decimal(number: float) -> ox.Literal:
    rounded = f"{number:.5f}".rstrip("0").rstrip(".")
    return ox.Literal("0" if rounded == "-0" else rounded, datatype=DECIMAL)
