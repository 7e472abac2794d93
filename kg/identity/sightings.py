"""Sightings: what single documents tell of entities, in an order that doesn't depend on when they were read.

Earlier publication comes first, documents without a date last, then the id decides. Whoever reads the same documents sees the same
things in the same order.
"""

from dataclasses import dataclass

from kg.extract.organizations import organization
from kg.identity.bodies import body_name, generic_facility
from kg.identity.context import profiles
from kg.identity.matching import BODIES, PLACES
from kg.identity.people import person_name
from kg.identity.profiles import Profile
from kg.model import Extraction

Order = tuple[str, str, str]
Key = tuple[str, str]
# Sorts behind every date.
_UNDATED = "~"


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a document tells of one entity: `ident` is the id that the name gives it, `local` what marks ids of this text only."""

    document: str
    published: str
    ident: str
    local: str
    profile: Profile
    named: bool = True

    @property
    def own(self) -> str:
        """The id where another has the name already."""
        return f"{self.ident}-{self.local}"

    @property
    def key(self) -> Key:
        """Where it stands."""
        return self.document, self.ident

    @property
    def order(self) -> Order:
        """Its place among all sightings."""
        return self.published or _UNDATED, self.document, self.ident

    @property
    def compared(self) -> bool:
        """True for what other documents may call otherwise: people by name, bodies of no list, buildings and places of no map."""
        name = self.profile.names[0]
        if not self.named:
            return False
        if self.profile.kind == "Person":
            return person_name(name).full or (len(person_name(name).tokens) == 1 and name[:1].isupper())
        if self.local and self.ident.endswith(f"-{self.local}"):
            return False
        if self.profile.kind in BODIES:
            return organization(name) is None or body_name(name).national
        if self.profile.kind in PLACES:
            return not self.profile.links and self.profile.kind != "Country"
        return self.profile.kind == "Facility" and not generic_facility(name)


def sightings(extraction: Extraction) -> list[Sighting]:
    """One for each entity of a resolved document, in order."""
    known = profiles(extraction)
    local = str(extraction.document.get("sha256") or "")[:8]
    published = str(extraction.document.get("published") or "")
    found = []
    for entity in extraction.entities:
        profile = known.get(entity.id)
        told = profile or Profile(entity.type, (entity.name, *entity.aliases))
        found.append(Sighting(extraction.id, published, entity.id, local, told, named=profile is not None))
    return sorted(found, key=lambda each: each.order)
