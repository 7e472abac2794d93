"""What a given name, a title or a role noun tells: that somebody is a person, a man or a woman."""

from functools import cache, lru_cache
from typing import Literal

from kg.identity.names import simplify, strip_titles
from kg.resources import words

Gender = Literal["masculine", "feminine"]
_GENDERS: tuple[Gender, ...] = ("masculine", "feminine")


@lru_cache(1 << 14)
def of_name(name: str) -> Gender | None:
    """The gender that the title or the given name of a person tells."""
    title, bare = strip_titles(name)
    for word in title.split():
        if gender := of_role(word):
            return gender
    first = (simplify(bare).split() or [""])[0]
    return next((g for g in _GENDERS if first in _words(f"{g} name")), None)


@lru_cache(1 << 14)
def is_given_name(word: str) -> bool:
    """True for a name that only men or only women bear."""
    return any(simplify(word) in _words(f"{g} name") for g in _GENDERS)


@cache
def of_role(word: str) -> Gender | None:
    """The gender that a title or role noun tells: "Mrs.", "spokesman", "widow"."""
    word = word.lower().rstrip(".")
    return next((g for g in _GENDERS if word in _words(f"{g} title")), None)


def _words(section: str) -> frozenset[str]:
    return words("genders")[section]
