"""Background knowledge of places in a graph of its own: what GeoNames tells of those that documents speak of, never as said by a document.

Coordinates of cities, the chain of what they lie in up to the country, ISO codes of countries.
"""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.extract import gazetteer
from kg.graph.store import Store
from kg.graph.terms import LABEL, TYPE, english, entity, literal, node, term
from kg.identity import places
from kg.identity.places import GEONAMES, Grounded
from kg.identity.resolve import place_id
from kg.iris import ID
from kg.model import Entity, Extraction

BACKGROUND = ox.NamedNode(f"{ID}graph/background")
LATITUDE, LONGITUDE, LOCATED_IN, COUNTRY_CODE = node("geo:lat"), node("geo:long"), node("kg:locatedIn"), node("kg:countryCode")
EXACT_MATCH, DECIMAL = node("skos:exactMatch"), node("xsd:decimal")


def add(store: Store, extractions: Iterable[Extraction]) -> None:
    """Adds what is known of the places that documents speak of."""
    found = {quad for extraction in extractions for thing in extraction.entities for quad in _quads(thing)}
    inner = store.inner
    store.change((), [quad for quad in sorted(found, key=str) if quad not in inner])


def clean(store: Store, old: Extraction) -> None:
    """Takes away what is known of the places of a document that is gone, unless another speaks of them or they contain one."""
    inner = store.inner
    level = [entity(thing.id) for thing in old.entities if _number(thing) is not None]
    while level:
        about = level.pop()
        spoken = any(q.graph_name != BACKGROUND for q in inner.quads_for_pattern(about, TYPE, None, None))
        contains = next(iter(inner.quads_for_pattern(None, LOCATED_IN, about, BACKGROUND)), None)
        told = list(inner.quads_for_pattern(about, None, None, BACKGROUND))
        if told and not spoken and contains is None:
            store.change(told, ())
            level += [q.object for q in told if q.predicate == LOCATED_IN and isinstance(q.object, ox.NamedNode)]


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
