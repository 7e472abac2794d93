"""Places of one document grounded in its own context: what it says they lie in, and which countries it speaks of."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.extract import gazetteer
from kg.extract.organizations import organization
from kg.identity import places
from kg.identity.bodies import body_name
from kg.identity.matching import BODIES, PLACES
from kg.identity.places import Grounded, Setting
from kg.model import Entity, Extraction

_WITHIN = frozenset(("locatedIn", "capitalOf"))
# Containers of containers that are followed: a quarter, its city, its province, its country.
_DEPTH = 4
_STAGE = 3
_ISO = 2  # letters of a country's code


def grounded(extraction: Extraction) -> dict[str, Grounded]:
    """The places of a document that are known, by entity id."""
    named = {entity.id: entity for entity in extraction.entities if entity.named and entity.type in PLACES and not _foreign(entity)}
    containers = _containers(extraction, named)
    certain = {ident: code for ident, entity in named.items() if (code := _certain(entity))}
    weight = Counter[str]()
    for ident, code in certain.items():
        weight[code] += len(named[ident].mentions)
    found: dict[str, Grounded] = {}
    # What has the name of a country and of a region comes first: what lies in it depends on which it is.
    for ident, entity in sorted(named.items(), key=lambda item: not places.is_country_and_region(item[1].name)):
        nearby = weight - Counter({certain[ident]: len(entity.mentions)}) if ident in certain else weight
        within = list(_above(ident, containers))
        codes = frozenset(code for upper in within if (code := _country_of(named[upper], found.get(upper))))
        states = frozenset(state for upper in within if (state := _state_of(named[upper], found.get(upper))))
        inside = tuple((named[lower].name, named[lower].type) for lower in sorted(containers) if ident in containers[lower])
        if place := places.ground(entity.name, entity.type, Setting(codes, states, inside, nearby)):
            found[ident] = place
    return found


def stage(extraction: Extraction) -> frozenset[str]:
    """ISO codes of the countries that a document plays in: the one it speaks of most, and those it speaks of a third as often."""
    weight = Counter[str]()
    for entity in extraction.entities:
        if entity.named and entity.type in PLACES and (code := _certain(entity)):
            weight[code] += len(entity.mentions)
        elif entity.named and entity.type in BODIES:
            weight.update(code for m in entity.mentions if m.kind == "name" for code in body_name(m.text).countries)
    most = max(weight.values(), default=0)
    return frozenset(code for code, number in weight.items() if number * _STAGE >= most)


def home(extraction: Extraction, played: frozenset[str]) -> str | None:
    """The ISO code of the country whose Senate or Supreme Court a document means without naming it; None where it may be another's.

    It is the one country that the document plays in, or of those the one whose well-known bodies it names. A province or a country
    without a code of its own (Scotland) that it speaks of as often has such bodies too.
    """
    codes = frozenset(code for code in played if len(code) == _ISO)
    if len(codes) > 1:
        named = [body for e in extraction.entities if e.type in BODIES and (body := organization(e.name)) and body_name(body.name).national]
        codes &= {code for body in named for name in body.names for code in body_name(name).countries}
    if len(codes) != 1:
        return None
    (code,) = codes
    weight = Counter[str]()
    for entity in extraction.entities:
        if entity.named and entity.type in PLACES and (of := _certain(entity)) and (of == code or len(of) != _ISO):
            weight["" if of == code and entity.type == "Country" else entity.id] += len(entity.mentions)
    return code if weight[""] > max((n for ident, n in weight.items() if ident), default=0) else None


def linked(extraction: Extraction, found: Mapping[str, Grounded]) -> Extraction:
    """The extraction with the links of grounded places; a country that is a state of that name becomes a region and the other way round."""
    return replace(extraction, entities=tuple(_linked(entity, found.get(entity.id)) for entity in extraction.entities))


def _foreign(entity: Entity) -> bool:
    """True for a place that somebody else has grounded already."""
    return any(not link.startswith(places.GEONAMES) for link in entity.links)


def _linked(entity: Entity, place: Grounded | None) -> Entity:
    if place is None:
        keep = entity.type == "Country" or entity.type not in PLACES or _foreign(entity)
        return entity if keep else replace(entity, links=())
    kind = place.type if {place.type, entity.type} == {"Country", "Region"} else entity.type
    return replace(entity, type=kind, links=(place.link,))


def _containers(extraction: Extraction, named: Mapping[str, Entity]) -> dict[str, list[str]]:
    """What the document says that each place lies in."""
    found: dict[str, list[str]] = {}
    for claim in extraction.claims:
        inner, outer = claim.subject, claim.object
        if inner and outer and claim.relation in _WITHIN and claim.modality == "actual" and {inner, outer} <= named.keys():
            found.setdefault(inner, []).append(outer)
    return found


def _above(ident: str, containers: Mapping[str, list[str]]) -> Iterator[str]:
    seen, level = {ident}, [ident]
    for _ in range(_DEPTH):
        level = [upper for lower in level for upper in containers.get(lower, ()) if upper not in seen]
        seen.update(level)
        yield from level


def _certain(entity: Entity) -> str | None:
    """The code of a country or region that its name alone tells."""
    if gazetteer.ambiguous(entity.name):
        return None
    return _country_of(entity) if entity.type in ("Country", "Region") else None


def _country_of(entity: Entity, place: Grounded | None = None) -> str | None:
    """The code of the country that an area is or lies in, grounded as that place."""
    if place is not None and place.type != "City":
        return place.code
    if country := gazetteer.country(entity.name):
        return None if gazetteer.ambiguous(entity.name) and entity.type != "Country" else country.code
    region = gazetteer.region(entity.name) or gazetteer.place(entity.name)
    return region.code or None if region and (region.type == "Region" or entity.type != "City") else None


def _state_of(entity: Entity, place: Grounded | None) -> str | None:
    """The code of the US state that an area is, grounded as that place."""
    if place is not None and place.type != "City":
        return place.state
    return next((place.state for place in places.candidates(entity.name, "Region") if place.state and place.type == "Region"), None)
