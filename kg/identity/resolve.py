"""Gives entities ids that are the same in every document that speaks of them, as far as their names allow.

Places are grounded in the document's context and known by GeoNames, well-known organisations by the list of them, other things by
class family and folded name. What a name alone doesn't identify (a surname, "20 people", "the Defence Ministry") keeps to its document:
its id ends in the document's hash. What different documents call differently is joined later (`registry`).
"""

import hashlib
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import replace

from kg import ontology as ontologies
from kg.extract import gazetteer
from kg.extract.organizations import Known, organization
from kg.identity import keys, places
from kg.identity.bodies import body_name, national_body
from kg.identity.grounding import grounded, home, linked, stage
from kg.identity.places import Grounded
from kg.model import Claim, Entity, Event, Extraction, Quote
from kg.ontology import Ontology


def resolve(extraction: Extraction, ontology: Ontology | None = None) -> Extraction:
    """The extraction with its entities' ids, and all that refers to them, rewritten. Resolving twice changes nothing more.

    Two entities of one class with the same identifying name become one, unless a claim relates them or they link to different things.
    """
    known = ontology or ontologies.load()
    found = grounded(extraction)
    extraction = linked(extraction, found)
    naming = _Naming(extraction, known)
    played = stage(extraction)
    at = home(extraction, played)
    ids: dict[str, str] = {}
    taken: set[str] = set()
    bodies = {body.name for entity in extraction.entities if _in_full(entity) and (body := organization(entity.name))}
    shared = [(entity, _identity(entity, known, found.get(entity.id), played, at, bodies)) for entity in extraction.entities]
    # Shared ids are given first, so that no local one can take their place.
    for entity, ident in sorted(shared, key=lambda pair: pair[1] is None):
        ids[entity.id] = naming.id(entity, ident, taken)
        taken.add(ids[entity.id])
    return rewritten(extraction, ids)


def rewritten(extraction: Extraction, ids: Mapping[str, str]) -> Extraction:
    """The extraction with new ids of entities, those that come to be one merged; ids that are not given stay."""
    merged: dict[str, Entity] = {}
    for entity in extraction.entities:
        new = ids.get(entity.id, entity.id)
        merged[new] = merge(merged[new], entity) if new in merged else replace(entity, id=new)
    return replace(
        extraction,
        entities=tuple(merged.values()),
        claims=tuple(_claim(claim, ids) for claim in extraction.claims),
        events=tuple(_event(event, ids) for event in extraction.events),
        quotes=tuple(_quote(quote, ids) for quote in extraction.quotes),
    )


def _identity(
    entity: Entity, ontology: Ontology, place: Grounded | None, played: frozenset[str], at: str | None, bodies: Container[str]
) -> str | None:
    """The id across documents; None for what only its document identifies.

    `at` is the country at home in the document, `bodies` are the well-known ones that it names with their country.
    """
    if not entity.named:
        return None
    family = keys.family(ontology, entity.type)
    if place is not None:
        return f"{keys.folder(family)}/{_place_slug(place)}"
    if family == "Place" and (area := gazetteer.regional(entity.name) or gazetteer.place(entity.name)) and area.type == "Region":
        return f"{keys.folder(family)}/{keys.slug(area.name)}"
    if family == "Organization" and (body := organization(entity.name)):
        own = _in_full(entity) or body.name not in bodies  # a Senate beside "the U.S. Senate" is another's
        return f"{keys.folder(family)}/{keys.slug(body.name)}" if own and _at_home(entity, body, played) else None
    if family == "Organization" and at and (body := national_body(entity.name, at)):
        return f"{keys.folder(family)}/{keys.slug(body.name)}" if body.name not in bodies else None
    if family == "Country" and (state := gazetteer.government(entity.name)):
        return f"{keys.folder(family)}/{keys.slug(state.name)}"
    key = _KEYS.get(family, keys.key)(entity.name)
    return f"{keys.folder(family)}/{keys.slug(key)}" if key else None


def _at_home(entity: Entity, body: Known, played: frozenset[str]) -> bool:
    """False for "Congress" or "House of Representatives" without a country in a document that plays elsewhere than in theirs."""
    if not body_name(entity.name).national or _in_full(entity):
        return True
    homes = frozenset(code for name in body.names for code in body_name(name).countries)
    return not homes or not played or not homes.isdisjoint(played)


def _in_full(entity: Entity) -> bool:
    """True when one of the names tells the country: "U.S. Senate"."""
    return any(body_name(m.text).countries for m in entity.mentions if m.kind == "name")


def place_id(place: Grounded) -> str:
    """The id of a grounded place."""
    return f"{'country' if place.type == 'Country' else 'place'}/{_place_slug(place)}"


def _place_slug(place: Grounded) -> str:
    """The name of a place, with its number where the bare name means another: Cambridge in Massachusetts."""
    usual = places.ground(place.name, place.type)
    slug = keys.slug(place.name)
    return slug if usual and usual.geonames == place.geonames else f"{slug}-{place.geonames}"


_KEYS: Mapping[str, Callable[[str], str | None]] = {"Person": keys.person_key, "Organization": keys.organization_key}


class _Naming:
    """Ids within one document: each goes to one entity."""

    def __init__(self, extraction: Extraction, ontology: Ontology) -> None:
        text = str(extraction.document.get("sha256") or hashlib.sha256(extraction.id.encode("utf-8", "surrogatepass")).hexdigest())
        self.ontology, self.hash = ontology, text[:8]
        self.related = {frozenset((c.subject, c.object)) for c in extraction.claims if c.subject and c.object}
        self.members: dict[str, list[Entity]] = {}

    def id(self, entity: Entity, identity: str | None, taken: Container[str]) -> str:
        if identity is not None:
            # "New York, New York": the name is that of another entity, so the class has to tell them apart.
            for candidate in (identity, f"{keys.folder(entity.type)}/{identity.partition('/')[2]}"):
                members = self.members.setdefault(candidate, [])
                if all(self._same(member, entity) for member in members):
                    members.append(entity)
                    return candidate
        return self._local(entity, taken)

    def _same(self, one: Entity, other: Entity) -> bool:
        apart = one.links and other.links and set(one.links).isdisjoint(other.links)
        return one.type == other.type and not apart and frozenset((one.id, other.id)) not in self.related

    def _local(self, entity: Entity, taken: Container[str]) -> str:
        stem = f"{keys.folder(keys.family(self.ontology, entity.type))}/{keys.slug(entity.name)}-{self.hash}".replace("/-", "/")
        number, found = 1, stem
        while found in taken:
            number += 1
            found = f"{stem}-{number}"
        return found


def merge(one: Entity, other: Entity) -> Entity:
    """One entity with the names and mentions of both."""
    return replace(
        one,
        aliases=_unique((*one.aliases, other.name, *other.aliases), without=one.name),
        links=_unique((*one.links, *other.links)),
        mentions=tuple(sorted({*one.mentions, *other.mentions})),
    )


def _unique(items: Iterable[str], without: str | None = None) -> tuple[str, ...]:
    return tuple(item for item in dict.fromkeys(items) if item != without)


def _claim(claim: Claim, ids: Mapping[str, str]) -> Claim:
    subject, object_ = (None if end is None else ids.get(end, end) for end in (claim.subject, claim.object))
    return replace(claim, subject=subject, object=object_, attributed_to=_all(claim.attributed_to, ids))


def _event(event: Event, ids: Mapping[str, str]) -> Event:
    roles = {role: _all(filled, ids) for role, filled in event.roles.items()}
    return replace(event, roles=roles, attributed_to=_all(event.attributed_to, ids))


def _quote(quote: Quote, ids: Mapping[str, str]) -> Quote:
    return quote if quote.speaker is None else replace(quote, speaker=ids.get(quote.speaker, quote.speaker))


def _all(found: Iterable[str], ids: Mapping[str, str]) -> tuple[str, ...]:
    return _unique(ids.get(ident, ident) for ident in found)
