"""The profile of each named entity of a document: what the document tells that helps to know it again elsewhere."""

from collections import defaultdict
from collections.abc import Mapping

from kg.extract import gazetteer
from kg.identity.bodies import same_body
from kg.identity.matching import BODIES, PLACES
from kg.identity.names import acronym_of, strip_titles
from kg.identity.people import person_name, same_name
from kg.identity.profiles import Profile, walks
from kg.model import Claim, Entity, Extraction

_PERSON_OF = frozenset(("citizenOf", "headOfState", "headOfGovernment", "ministerOf"))
_BODY_OF = frozenset(("basedIn", "partOf", "subsidiaryOf"))
_PLACE_OF = frozenset(("locatedIn", "capitalOf"))
# So many people of one article are remembered as company.
_COMPANY = 12
_SURE = 0.7


def profiles(extraction: Extraction) -> dict[str, Profile]:
    """Profiles by id of the entities that are named, or known by a link."""
    named = {entity.id: entity for entity in extraction.entities if entity.named or entity.links}
    told: dict[str, set[str]] = defaultdict(set)
    titles: dict[str, set[str]] = defaultdict(set)
    for claim in extraction.claims:
        if claim.modality == "actual" and claim.subject and claim.subject in named and claim.confidence >= _SURE:
            told[claim.subject] |= _countries(claim, named)
            titles[claim.subject].update(filter(None, [claim.title]))
    people = sorted(ident for ident, entity in named.items() if entity.type == "Person" and person_name(entity.name).full)
    return {ident: _profile(entity, told[ident], titles[ident], [p for p in people if p != ident]) for ident, entity in named.items()}


def _profile(entity: Entity, countries: set[str], titles: set[str], people: list[str]) -> Profile:
    roles = frozenset(walk for title in (*titles, *_titles(entity)) for walk in walks(title))
    company = frozenset(people[:_COMPANY]) if entity.type in {"Person", *BODIES} else frozenset()
    return Profile(entity.type, _names(entity), frozenset(countries), roles, company, frozenset(entity.links))


def _titles(entity: Entity) -> set[str]:
    return {strip_titles(m.text)[0] for m in entity.mentions if m.kind == "name"} if entity.type == "Person" else set()


def _names(entity: Entity) -> tuple[str, ...]:
    """The name, and those of its other names that mean it outside the document too: no surnames, no "the ministry"."""
    others = dict.fromkeys(m.text for m in entity.mentions if m.kind == "name" and m.text != entity.name)
    if entity.type == "Person":
        return (entity.name, *(other for other in others if same_name(entity.name, other)))
    if entity.type in BODIES:
        return (entity.name, *(other for other in others if same_body(entity.name, other) or acronym_of(other, entity.name)))
    return (entity.name,)


def _countries(claim: Claim, named: Mapping[str, Entity]) -> set[str]:
    """ISO codes of the country that a claim gives its subject."""
    subject, object_ = named.get(claim.subject or ""), named.get(claim.object or "")
    if subject is None or object_ is None:
        return set()
    relations = _PERSON_OF if subject.type == "Person" else _BODY_OF if subject.type in BODIES else _PLACE_OF
    if claim.relation not in relations:
        return set()
    if object_.type == "Country":
        found = gazetteer.country(object_.name)
        return {found.code or found.name} if found else set()
    place = gazetteer.place(object_.name) if object_.type in PLACES and object_.links else None
    return {place.code} if place and place.code else set()
