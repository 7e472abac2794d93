"""What documents tell of members, in the store: a node for each sighting, which names member and document and holds the rest as JSON."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from kg.graph.changes import Changes
from kg.graph.records import ident as ident_of_node
from kg.graph.terms import document as document_node
from kg.graph.terms import literal, node
from kg.identity.profiles import Profile
from kg.identity.sightings import Sighting
from kg.iris import ID, resource

REGISTRY = ox.NamedNode(f"{ID}graph/registry")
SIGHTING_OF, SIGHTED_IN, FEATURES = node("kg:sightingOf"), node("kg:sightedIn"), node("kg:features")
_SETS = ("countries", "roles", "company", "links")


def ident_of(address: str) -> str:
    """The id in the IRI of a member or an entity."""
    return ident_of_node(ox.NamedNode(address)) if address else ""


def member_node(ident: str) -> ox.NamedNode:
    """The node of a member in the registry; not that of the entity, so that questions about entities don't meet it."""
    return ox.NamedNode(resource("member", ident))


def sighting_node(sighting: Sighting) -> ox.NamedNode:
    """The node of what a document tells of an entity."""
    return ox.NamedNode(resource("sighting", f"{sighting.ident}@{sighting.document}"))


def quads(sighting: Sighting, member: str) -> Iterator[ox.Quad]:
    """A sighting that is one of this member."""
    about = sighting_node(sighting)
    yield ox.Quad(about, SIGHTING_OF, member_node(member), REGISTRY)
    yield ox.Quad(about, SIGHTED_IN, document_node(sighting.document), REGISTRY)
    yield ox.Quad(about, FEATURES, literal(json.dumps(to_json(sighting))), REGISTRY)


def of_member(there: Changes, ident: str) -> list[Sighting]:
    """What documents tell of a member."""
    return [_sighting(there, q.subject) for q in there.quads_for_pattern(None, SIGHTING_OF, member_node(ident), REGISTRY)]


def in_document(there: Changes, name: ox.NamedNode) -> dict[Sighting, str]:
    """What a document tells, with the members that it tells it of."""
    found = {}
    for about in [q.subject for q in there.quads_for_pattern(None, SIGHTED_IN, name, REGISTRY)]:
        member = next(iter(there.quads_for_pattern(about, SIGHTING_OF, None, REGISTRY))).object
        found[_sighting(there, about)] = ident_of_node(member)
    return dict(sorted(found.items(), key=lambda pair: pair[0].order))


def _sighting(there: Changes, about: Any) -> Sighting:
    return from_json(json.loads(next(iter(there.quads_for_pattern(about, FEATURES, None, REGISTRY))).object.value))  # type: ignore[union-attr]


def to_json(sighting: Sighting) -> dict[str, Any]:
    """A sighting as JSON."""
    told: dict[str, Any] = {name: getattr(sighting, name) for name in ("document", "published", "ident", "local")}
    return _features(sighting.profile) | told | ({} if sighting.named else {"named": False})


def from_json(told: Mapping[str, Any]) -> Sighting:
    """The sighting in such an object."""
    return Sighting(told["document"], told["published"], told["ident"], told["local"], profile(told), told.get("named", True))


def features(told: Profile, **more: Any) -> ox.Literal:
    """A profile, and whatever else, as JSON."""
    return literal(json.dumps(_features(told) | more))


def _features(told: Profile) -> dict[str, Any]:
    sets = {name: sorted(value) for name in _SETS if (value := getattr(told, name))}
    return {"kind": told.kind, "names": list(told.names), **sets}


def profile(data: Mapping[str, Any]) -> Profile:
    """The profile in such an object."""
    sets = {name: frozenset(data.get(name, ())) for name in _SETS}
    return Profile(data["kind"], tuple(data["names"]), **sets)
