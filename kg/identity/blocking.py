"""Blocking keys: entities that may be the same share one, so that each is compared with few others."""

from collections.abc import Iterator
from itertools import combinations

from kg.identity.bodies import body_name
from kg.identity.keys import key
from kg.identity.matching import BODIES, PLACES
from kg.identity.names import bare, nickname_group, sound_key
from kg.identity.people import person_name
from kg.identity.profiles import Profile

_LEAST_ACRONYM = 3
_LEAST_SURNAME = 4


def blocking_keys(profile: Profile) -> frozenset[str]:
    """The keys of an entity: sounds of two names of a person and of the surname, words or acronym of a body, the name of anything else."""
    return frozenset(found for name in profile.names for found in _keys(profile.kind, name))


def _keys(kind: str, name: str) -> Iterator[str]:
    if kind == "Person":
        yield from _person(name)
    elif kind in BODIES:
        yield from _body(name)
    else:
        folder = "place" if kind in PLACES else kind.lower()
        yield f"{folder} {key(name).replace(' ', '')}"


def _person(name: str) -> Iterator[str]:
    parts = person_name(name)
    sounds = sorted({sound_key(nickname_group(token)) or token for token in parts.tokens if len(token) > 1})
    if parts.crown or len(sounds) == 1:
        yield f"person {parts.crown} {' '.join(sounds)} {parts.generation}"
        return
    if not parts.generation and len(last := parts.tokens[-1]) >= _LEAST_SURNAME:
        yield f"person  {sound_key(nickname_group(last)) or last} "
    for one, other in combinations(sounds, 2):
        yield f"person {one} {other}"


def _body(name: str) -> Iterator[str]:
    parts = body_name(name)
    yield f"body {' '.join(sorted(parts.tokens))}"
    if parts.known:
        yield f"known {parts.known}"
    if len(parts.tokens) <= 2:
        yield f"body {' '.join(sound_key(token) or token for token in sorted(parts.tokens))}"
    letters = bare(name).replace(".", "")
    if letters.isupper() and letters.isalnum() and len(letters) >= _LEAST_ACRONYM:
        yield f"acronym {letters.casefold()}"
    elif len(parts.tokens) >= _LEAST_ACRONYM:
        yield f"acronym {''.join(token[0] for token in parts.tokens)}"
