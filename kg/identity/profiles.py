"""What articles tell about an entity that helps to know it again: names, class, countries, walks of life, whom it is named with."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from kg.identity.names import simplify
from kg.resources import words

# So many of each are kept: what is said most often is seen first.
MOST_NAMES = 60
MOST_COMPANY = 80


@dataclass(frozen=True, slots=True)
class Profile:
    """`countries` are ISO codes, `roles` walks of life ("politics"), `company` ids of the people and bodies of the same articles."""

    kind: str
    names: tuple[str, ...]
    countries: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    company: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()

    def __or__(self, other: "Profile") -> "Profile":
        """What both tell together; the class is that of the first."""
        return replace(
            self,
            names=tuple(dict.fromkeys((*self.names, *other.names)))[:MOST_NAMES],
            countries=self.countries | other.countries,
            roles=self.roles | other.roles,
            company=frozenset(sorted(self.company | other.company)[:MOST_COMPANY]),
            links=self.links | other.links,
        )


@lru_cache(1 << 14)
def walks(title: str) -> frozenset[str]:
    """The walks of life that an office or description tells: "Police Chief" -> force."""
    text = f" {simplify(title)} "
    return frozenset(walk for walk, roles in words("roles", "identity").items() if walk != "apart" and any(f" {role} " in text for role in roles))


@cache
def _apart() -> frozenset[tuple[str, str]]:
    walks_of_life = [walk for walk in words("roles", "identity") if walk != "apart"]
    pairs = set()
    for entry in words("roles", "identity")["apart"]:
        one = next(walk for walk in walks_of_life if entry.startswith(f"{walk} "))
        pairs |= {(one, entry.removeprefix(f"{one} ")), (entry.removeprefix(f"{one} "), one)}
    return frozenset(pairs)


def lives_apart(one: Iterable[str], other: Iterable[str]) -> bool:
    """True when no walk of one can be that of the other."""
    mine, theirs = set(one), set(other)
    return bool(mine and theirs) and all((a, b) in _apart() for a in mine for b in theirs)
