"""Are two entities of different articles one? Rules over names and context, each with its reason."""

from dataclasses import dataclass
from itertools import product
from typing import Literal

from kg.identity import places
from kg.identity.bodies import generic_facility, same_body, same_thing
from kg.identity.names import same_person
from kg.identity.people import person_name, same_name
from kg.identity.profiles import Profile, lives_apart

Answer = Literal["same", "different", "open"]
PLACES = frozenset(("Country", "Region", "City", "Place"))
BODIES = frozenset(("Organization", "MilitaryForce"))
# So many people that both articles name make a surname tell who is meant.
_COMPANY = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """`rule` names what decided ("person/spelling"), `names` are the two that were compared."""

    answer: Answer
    rule: str
    names: tuple[str, str] = ("", "")


NOTHING = Verdict("open", "nothing in common")


def match(one: Profile, other: Profile) -> Verdict:
    """Whether two entities are the same; "open" where a person would have to look."""
    if one.kind not in PLACES and one.links and other.links and one.links.isdisjoint(other.links):
        return Verdict("different", "known apart", (one.names[0], other.names[0]))
    if one.kind == "Person" and other.kind == "Person":
        return _people(one, other)
    if one.kind in BODIES and other.kind in BODIES:
        return _bodies(one, other)
    if one.kind in PLACES and other.kind in PLACES:
        return _places(one, other)
    return _things(one, other) if one.kind == other.kind else NOTHING


def _people(one: Profile, other: Profile) -> Verdict:
    found = next(((reason, a, b) for a, b in product(one.names, other.names) if (reason := same_name(a, b))), None)
    if found is None:
        if reason := _surname(one, other):
            return Verdict("same", f"person/{reason}", (one.names[0], other.names[0]))
        close = next(((reason, a, b) for a, b in product(one.names, other.names) if (reason := same_person(a, b))), None)
        return Verdict("open", f"person/{close[0]}", close[1:]) if close else NOTHING
    reason, a, b = found
    if _strangers(one, other):
        return Verdict("different", "person/namesakes", (a, b))
    return Verdict("same", f"person/{reason}", (a, b))


def _surname(one: Profile, other: Profile) -> str | None:
    """A surname never tells by itself who is meant: the articles must name the same other people, or the same country and walk of life."""
    long, short = (one, other) if person_name(one.names[0]).full else (other, one)
    if person_name(short.names[0]).full or not person_name(long.names[0]).full or same_person(long.names[0], short.names[0]) != "surname":
        return None
    if _strangers(one, other):
        return None
    if len(one.company & other.company) >= _COMPANY:
        return "surname and company"
    return "surname and office" if one.countries & other.countries and one.roles & other.roles else None


def _strangers(one: Profile, other: Profile) -> bool:
    """True when two people of one name have different countries or lives, and nobody in common."""
    if one.company & other.company:
        return False
    if one.roles & other.roles:
        return False  # an office told of another country is a mistake of reading more often than a namesake in the same office
    countries = bool(one.countries and other.countries) and one.countries.isdisjoint(other.countries)
    return countries or lives_apart(one.roles, other.roles)


def _bodies(one: Profile, other: Profile) -> Verdict:
    best = NOTHING
    for a, b in product(one.names, other.names):
        reason = same_body(a, b, one.countries, other.countries)
        if reason == "":
            return Verdict("different", "body/told apart", (a, b))
        if reason and best.answer != "same":
            best = Verdict("same", f"body/{reason}", (a, b))
    return best


def _places(one: Profile, other: Profile) -> Verdict:
    names = one.names[0], other.names[0]
    if one.links and other.links:
        same = bool(one.links & other.links)
        return Verdict("same" if same else "different", "place/GeoNames", names)
    if one.countries and other.countries and one.countries.isdisjoint(other.countries):
        return Verdict("different", "place/country", names)
    if bool(one.links) != bool(other.links) or (one.kind == "Country") != (other.kind == "Country"):
        return NOTHING
    return _named_alike(one, other, "place")


def _things(one: Profile, other: Profile) -> Verdict:
    if one.kind == "Facility":
        if one.countries and other.countries and one.countries.isdisjoint(other.countries):
            return Verdict("different", "facility/country", (one.names[0], other.names[0]))
        return NOTHING if any(generic_facility(name) for name in one.names) else _named_alike(one, other, "facility")
    return _named_alike(one, other, one.kind.lower())


def _named_alike(one: Profile, other: Profile, rule: str) -> Verdict:
    for a, b in product(one.names, other.names):
        reason = same_thing(a, b)
        if reason == "":
            return Verdict("different", f"{rule}/told apart", (a, b))
        if reason:
            return Verdict("same", f"{rule}/{reason}", (a, b))
    return NOTHING


def place_profile(kind: str, name: str, setting: places.Setting = places.NOWHERE) -> Profile:
    """The profile of a place, grounded in its setting."""
    found = places.ground(name, kind, setting)
    countries = frozenset([found.code]) if found and found.code else setting.within
    return Profile(kind, (name,), countries, links=frozenset([found.link] if found else []))
