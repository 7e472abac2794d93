"""Names of organisations compared across articles: lists of the well known, legal forms, spelling, countries, acronyms.

Countries decide: a name that only tells a kind ("Defence Ministry") means a body together with its country, and names with
different countries are never one. Short forms ("Safety Board") count within a document only.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from kg.extract import gazetteer
from kg.extract.organizations import Known, organization, organizations
from kg.identity.keys import key, organization_key
from kg.identity.names import acronym_of, bare, country_parts, fold, organization_tokens, simplify, sound_key
from kg.resources import words

_CACHE = 1 << 16
_NUMBER = re.compile(r"\d+")
_ROMAN = frozenset(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"))
_LONG_ACRONYM = 4
_CLOSE = 0.7
_UNIVERSITY = "university"


@dataclass(frozen=True, slots=True)
class BodyName:
    """A name taken apart: what is left without country and legal form, in order, and the ISO codes of the countries in it."""

    tokens: tuple[str, ...]
    countries: frozenset[str]
    generic: bool
    known: str | None

    @property
    def national(self) -> bool:
        """True for well-known names that bodies of other countries bear too: Labour Party, Security Council."""
        return bool(self.tokens) and self.tokens[-1] in words("bodies", "identity")["national"]

    @property
    def numbers(self) -> frozenset[str]:
        """The figures and numerals of the name."""
        return frozenset(t for token in self.tokens for t in (_NUMBER.findall(token) or ([token] if token in _ROMAN else [])))


@lru_cache(_CACHE)
def body_name(text: str) -> BodyName:
    """The parts of a name as it stands in an article."""
    known = organization(text)
    parts = country_parts(text)
    codes = frozenset(_code(country) for _, country in parts if country)
    bare = " ".join(word for word, country in parts if not country)
    tokens = _without_forms([token for token in organization_tokens(bare or text) if token], simplify(text.split()[-1]) if text.split() else "")
    return BodyName(tuple(tokens), codes, organization_key(bare or text) is None, known.name if known else None)


def national_body(text: str, home: str) -> Known | None:
    """The well-known body of a country, by its ISO code, that a name without a country means in articles that play there: Senate, Supreme Court."""
    first, _, rest = bare(text).partition(" ")
    name = rest if rest and simplify(first) in words("bodies", "identity")["leaning"] else text
    return _national_bodies().get((home, key(name))) if organization_key(name) is None else None


@cache
def _national_bodies() -> dict[tuple[str, str], Known]:
    """The well-known bodies of each country by what is left of their names without the country."""
    found: dict[tuple[str, str], Known] = {}
    for known in organizations():
        for name in known.names:
            told = body_name(name)
            rest = " ".join(word for word, country in country_parts(name) if not country).removesuffix(" of the").removesuffix(" of")
            if told.national and len(told.countries) == 1 and rest:
                found.setdefault((next(iter(told.countries)), key(rest)), known)
    return found


def _code(country: str) -> str:
    found = gazetteer.country(country)
    return (found.code or found.name) if found else country


def _without_forms(tokens: Sequence[str], last: str) -> list[str]:
    """The tokens without legal form and description behind; what is joined by a hyphen ("BY-SA") is none."""
    known = words("bodies", "identity")
    kept = [t for t in tokens if t != "affair"] or list(tokens)
    while len(kept) > 1 and kept[-1] in known["legal form"] and (kept[-1] == last.replace(".", "") or len(kept[-1]) > 2):
        kept.pop()
        if len(kept) > 2 and kept[-1] == "group":
            kept.pop()
    while len(kept) > 1 and kept[0] in ("fc", "afc"):
        kept.pop(0)
    for size in (2, 1):
        if len(kept) > size and " ".join(kept[-size:]) in known["description"] and organization_key(" ".join(kept[:-size])):
            return kept[:-size]
    return kept


@lru_cache(_CACHE)
def same_body(a: str, b: str, near_a: frozenset[str] = frozenset(), near_b: frozenset[str] = frozenset()) -> str | None:
    """Why two names may be one organisation's wherever they stand; None when they don't tell, "" when they can't be.

    `near_a` and `near_b` are the ISO codes of the countries that the articles place the bodies in.
    """
    one, other = body_name(a), body_name(b)
    homes = _home(one, near_a), _home(other, near_b)
    foreign = bool(homes[0] and homes[1]) and homes[0].isdisjoint(homes[1])
    if one.known and other.known:
        return "known name" if one.known == other.known and not (foreign and one.national and other.national) else ""
    if foreign:
        return ""
    if _acronym(a, b):
        return "acronym"
    if one.numbers != other.numbers or _opposed(one.tokens, other.tokens):
        return ""
    if (one.generic or other.generic) and not (homes[0] and homes[1]):
        return None
    if key(a) == key(b):
        return "same name"
    if (one.known or other.known) and not one.generic:
        if homes[0] != homes[1]:
            return None
        turned = sorted(one.tokens) == sorted(other.tokens) and _order_is_free(a, b, one.tokens)
        return "spelling" if _alike(one.tokens, other.tokens) else "word order" if turned else None
    if bool(one.countries) != bool(other.countries) and not (homes[0] and homes[1]):
        return None
    return _same_tokens(a, b, one, other)


def _home(name: BodyName, near: frozenset[str]) -> frozenset[str]:
    return name.countries or near


def _acronym(a: str, b: str) -> bool:
    """True for acronyms of four letters and more; shorter ones stand for too many."""
    pairs = ((a, b), (b, a))
    return any(len(short.replace(".", "").replace(" ", "")) >= _LONG_ACRONYM and acronym_of(short, long) for short, long in pairs)


def _alike(left: Sequence[str], right: Sequence[str]) -> bool:
    """The same words, one of a short name perhaps spelled by sound: Hezbollah, al-Shabaab."""
    if "".join(left) == "".join(right):
        return True
    if len(left) != len(right) or len(left) > 2:
        return False
    other = [(x, y) for x, y in zip(left, right, strict=True) if x != y]
    return len(other) == 1 and _sounds_same(*other[0])


def _same_tokens(a: str, b: str, one: BodyName, other: BodyName) -> str | None:
    left, right = one.tokens, other.tokens
    if not left or not right:
        return None
    if left == right:
        if len(left) == 1 and not one.countries and not _one_word(a, b):
            return None
        return "country" if one.countries != other.countries else "spelling"
    if sorted(left) == sorted(right):
        return "word order" if _order_is_free(a, b, left) else None
    return "spelling" if _alike(left, right) and (len(left) > 1 or _arabic(a, b)) else None


def _one_word(a: str, b: str) -> bool:
    """True when names of one word differ in legal form only, not in number: "Time" is not "Times"."""
    forms = words("bodies", "identity")["legal form"] | words("bodies", "identity")["description"]
    one, other = ([t for t in fold(name).replace(".", "").split() if t not in forms] for name in (a, b))
    return one == other or "".join(one) == "".join(other)


def _arabic(a: str, b: str) -> bool:
    return any(fold(name).startswith(("al ", "el ", "al-", "el-")) for name in (a, b))


def _order_is_free(a: str, b: str, tokens: Sequence[str]) -> bool:
    """Word order tells nothing of government bodies, and of universities outside the United States."""
    kinds = words("bodies", "identity")["kind of government"]
    if any(kind in " ".join(tokens) for kind in kinds):
        return True
    if _UNIVERSITY not in tokens:
        return False
    place = gazetteer.place(" ".join(word for word in re.split(r"\s+", a) if simplify(word) not in ("university", "of", "the")))
    return place is not None and place.code != "US"


def _opposed(left: Sequence[str], right: Sequence[str]) -> bool:
    """True when the names differ in a word that tells sister bodies apart."""
    words_apart = words("bodies", "identity")["opposite"]
    return bool((set(left) ^ set(right)) & words_apart)


def _sounds_same(a: str, b: str) -> bool:
    key_a = sound_key(a)
    return min(len(a), len(b)) > _LONG_ACRONYM and len(key_a) > 1 and key_a == sound_key(b) and OSA.normalized_similarity(a, b) >= _CLOSE


def same_thing(a: str, b: str) -> str | None:
    """Why two names of other things (events, works, weapons) may mean the same; "" when numbers or opposites tell them apart."""
    one, other = fold(a).split(), fold(b).split()
    if "".join(one) == "".join(other):
        return "same name"
    numbers = [frozenset(t for t in tokens if t.isdigit() or t in _ROMAN) for tokens in (one, other)]
    ordinals = [frozenset(_ORDINAL.get(t, t) for t in tokens if t in _ORDINAL or t in _ROMAN) for tokens in (one, other)]
    if ordinals[0] == ordinals[1] and ordinals[0] and {_ORDINAL.get(t, t) for t in one} == {_ORDINAL.get(t, t) for t in other}:
        return "numeral"
    if numbers[0] != numbers[1] or _opposed(one, other):
        return ""
    return "same name" if key(a) == key(b) else None


_ORDINAL = {"first": "i", "second": "ii", "third": "iii"}


@lru_cache(_CACHE)
def generic_facility(name: str) -> bool:
    """True when a name only tells what kind of building it is, perhaps with a country: City Hall, US Embassy."""
    kinds = words("bodies", "identity")["facility"]
    return all(token in kinds or token.isdigit() for word, country in country_parts(name) if not country for token in fold(word).split())
