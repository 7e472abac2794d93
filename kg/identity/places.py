"""Places by name and context: countries and regions of the gazetteer, cities of 15,000 people and more from GeoNames (CC BY 4.0).

Of several places of one name the text decides (what it says the place lies in, then the countries it speaks of), then size;
where nothing decides there is no answer. Facilities are never grounded.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from kg.extract import cities, gazetteer
from kg.identity.names import bare, simplify

GEONAMES = "https://sws.geonames.org/"
# A place in a country that the article speaks of is meant rather than one up to so many times as big elsewhere.
_NEARER = 10
# Without any support in the article, a place must be so many times as big as the next of its name, or this big.
_DOMINANT = 4
_FAMOUS = 500_000
# A place known by another of its names only ("Bala") needs so many people to count without support.
_KNOWN = 100_000
# As in the gazetteer: a city's main name counts more than an alternate one.
_MAIN = 5
_CAPITAL = re.compile(r",? D\.? ?C\.?$")


@dataclass(frozen=True, slots=True)
class Grounded:
    """A place with its GeoNames id; `code` is the ISO 3166 code of its country, `state` that of a US state."""

    name: str
    type: str
    code: str
    geonames: int
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    state: str = ""
    main: bool = True

    @property
    def link(self) -> str:
        """Its IRI at GeoNames."""
        return f"{GEONAMES}{self.geonames}/"

    def holds(self, inner: "Grounded") -> bool:
        """True when another place lies in this country or state."""
        return inner.code == self.code and self.state in ("", inner.state) and inner.geonames != self.geonames

    @property
    def weight(self) -> float:
        """Size among places of one name."""
        return self.population * (_MAIN if self.main else 1)


@dataclass(frozen=True, slots=True)
class Setting:
    """What an article tells of where it plays.

    `within` and `states` are codes of what contains the place, `inside` names and classes of what lies in it, `nearby` says how often
    it speaks of which country.
    """

    within: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    inside: tuple[tuple[str, str], ...] = ()
    nearby: Mapping[str, int] | None = None

    def near(self, place: Grounded) -> int:
        """How often the article speaks of the place's country."""
        return (self.nearby or {}).get(place.code, 0)


NOWHERE = Setting()


def ground(name: str, kind: str, setting: Setting = NOWHERE) -> Grounded | None:
    """The place that a name means in an article; None where it is unknown or undecided."""
    if kind == "Facility":
        return None
    found = candidates(name, kind)
    if setting.within:
        found = [place for place in found if place.code in setting.within]
    if setting.states:
        found = [place for place in found if place.state in setting.states] or found
    if not found:
        return None
    areas = [place for place in found if place.type != "City"]
    if areas and kind != "City":
        return _area(areas, kind, setting)
    towns = [place for place in found if place.type == "City"]
    return _city(towns, setting) if towns else None


def _area(found: Sequence[Grounded], kind: str, setting: Setting) -> Grounded:
    """Of a country and a state of one name (Georgia) the one that holds what is said to lie in it, or else the one the article lies
    nearer to; the class that was read decides a tie.
    """

    def score(place: Grounded) -> tuple[int, int, bool]:
        held = sum(any(map(place.holds, candidates(*inner))) for inner in setting.inside)
        around = sum((setting.nearby or {}).get(code, 0) for code in neighbours(place.code)) if place.type == "Country" else 0
        return held, 2 * setting.near(place) + around, place.type == kind

    return max(found, key=score)


def _city(found: Sequence[Grounded], setting: Setting) -> Grounded | None:
    ranked = sorted(found, key=lambda place: (-place.weight, place.geonames))
    best = ranked[0]
    if setting.within or setting.states:
        return best
    near = [place for place in ranked if setting.near(place)]
    if near and (near[0] is best or near[0].population * _NEARER >= best.population):
        return near[0]
    if not best.main and best.population < _KNOWN:
        return None
    others = max((place.weight for place in ranked[1:]), default=0)
    return best if best.population >= _FAMOUS or best.weight >= _DOMINANT * others else None


def is_country_and_region(name: str) -> bool:
    """True for the name of a country that a region has too."""
    return len(_areas(name)) > 1


def candidates(name: str, kind: str) -> list[Grounded]:
    """All places of that name that fit the class; the gazetteer's own first."""
    found = [] if kind == "City" else list(_areas(name))
    if kind in ("Country", "Region"):
        return found or list(_areas(f"{name} State") if kind == "Region" else ())  # New York, told apart from the city
    known = gazetteer.place(name)
    named = [_grounded(city) for city in cities.table().named(simplify(_city_name(name)))]
    if known and known.type == "City" and known.geonames and known.geonames not in {place.geonames for place in named}:
        named.insert(0, Grounded(known.name, "City", known.code, known.geonames, known.latitude, known.longitude, known.population))
    return found + named


def _grounded(city: cities.City) -> Grounded:
    return Grounded(city.name, "City", *city[1:])


@lru_cache(1 << 14)
def _areas(name: str) -> tuple[Grounded, ...]:
    """Countries and regions of that name: Georgia is both."""
    found = []
    if (country := gazetteer.country(name)) and country.geonames:
        found.append(Grounded(country.name, country.type, country.code, country.geonames))
    region = gazetteer.region(name) or gazetteer.place(name)
    if region and region.geonames and region.type == "Region":
        found.append(Grounded(region.name, region.type, region.code, region.geonames, state=_state(region.geonames)))
    return tuple(found)


def _city_name(name: str) -> str:
    """ "Mosul" of "the city of Mosul", "Washington" of "Washington, D.C."."""
    stem = _CAPITAL.sub("", bare(name))
    head, of, rest = stem.partition(" of ")
    return rest if of and head.split()[-1].lower() in ("city", "town", "village") else stem


@cache
def _by_number() -> dict[int, cities.City]:
    return {city.geonames: city for city in cities.table().cities}


def by_number(geonames: int) -> Grounded | None:
    """The city with that GeoNames id."""
    found = _by_number().get(geonames)
    return None if found is None else _grounded(found)


@cache
def _state_rows() -> dict[str, dict[str, Any]]:
    states: dict[str, dict[str, Any]] = cities.geonames().get_us_states()
    return states


@cache
def _country_rows() -> dict[str, dict[str, Any]]:
    countries: dict[str, dict[str, Any]] = cities.geonames().get_countries()
    return countries


@cache
def _states() -> dict[int, str]:
    return {state["geonameid"]: code for code, state in _state_rows().items()}


def _state(geonames: int) -> str:
    return _states().get(geonames, "")


@cache
def state_place(code: str) -> Grounded | None:
    """The US state of that code."""
    for state in _state_rows().values():
        if state["code"] == code:
            return Grounded(state["name"], "Region", "US", state["geonameid"], state=code)
    return None


@cache
def country_place(code: str) -> Grounded | None:
    """The country of that ISO code, with the name that GeoNames has where the gazetteer has none."""
    country = _country_rows().get(code)
    if country is None:
        return None
    known = gazetteer.country(country["name"])
    return Grounded(known.name if known else country["name"], "Country", code, country["geonameid"])


@cache
def neighbours(code: str) -> tuple[str, ...]:
    """ISO codes of the countries that border on one."""
    country = _country_rows().get(code)
    return tuple(filter(None, country["neighbours"].split(","))) if country else ()
