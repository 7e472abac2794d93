"""Which names of a document need no comparing: names that a rule would join always meet under a key, so that only those are asked about.

What a name asks for is not always what it is filed under: a short name asks for long ones that hold it, which do not ask for one another.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.extract.organizations import organization
from kg.identity.names import bare, core_tokens, fold, initials, nicknames, organization_tokens, person_tokens, sound_key, without_countries

Key = tuple[str, ...]
_LONGEST = 30  # letters of a word in which a typing error is looked for
_ENDS = 6  # words of a long name by which it is found at its beginning or end
_HEAD = re.compile(r" (?:of|for|to|on|against) ")


@dataclass(frozen=True, slots=True)
class Keys:
    """What a name is filed under, and what it asks for."""

    filed: frozenset[Key]
    asked: frozenset[Key]


Blocking = Callable[[str], Keys]


class Index:
    """The numbers of things by the keys of their names."""

    def __init__(self, blocking: Blocking) -> None:
        self._blocking = blocking
        self._by_key: dict[Key, set[int]] = {}

    def file(self, number: int, name: str) -> None:
        """Files a number under a name, beside others that it may have."""
        for key in self._blocking(name).filed:
            self._by_key.setdefault(key, set()).add(number)

    def find(self, name: str) -> list[int]:
        """The numbers of all things that may be called so, in order."""
        return sorted(set().union(*(self._by_key.get(key, ()) for key in self._blocking(name).asked)))


def alike(keys: Iterable[Key]) -> Keys:
    """Keys that mean the same both ways."""
    found = frozenset(keys)
    return Keys(found, found)


def person_keys(name: str) -> Keys:
    """Keys for `same_person`."""
    tokens = person_tokens(name)
    if not tokens:
        return alike(())
    core = core_tokens(tokens)
    own = {("joined", "".join(tokens)), ("sorted", *sorted(tokens))}
    parts = {("word", token) for token in core} | {("sound", sound_key(core[-1])), ("letters", *sorted(core[-1]))}
    parts |= {("nickname", group) for group in _nicknames(core[0])} if len(core) == 1 else set()
    lone, full = {("lone", *part) for part in parts}, {("full", *part) for part in parts}
    if len(tokens) == 1:
        return Keys(frozenset(own | lone), frozenset(own | lone | full))
    whole, ends = _ends(tokens, _ENDS), {each for size in range(2, min(len(tokens), _ENDS) + 1) for each in _ends(tokens, size)}
    filed, asked = full | _marked("whole", whole) | _marked("part", ends), lone | _marked("part", whole) | _marked("whole", ends)
    own.add(("core", *core))
    if len(core) == 1:
        filed, asked = filed | {("single", core[0])}, asked | {("single", core[0]), ("last", core[0])}
    else:
        own |= {("pair", core[0], other) for other in core[1:]} | set(_surnames(core))
        own |= {("core", *core[1:])} if len(core) > 2 else set()
        filed, asked = filed | {("last", core[-1])}, asked | {("single", core[-1])}
    return Keys(frozenset(own | filed), frozenset(own | asked))


def _ends(tokens: list[str], size: int) -> set[Key]:
    """The first and the last words."""
    return {("first", *tokens[:size]), ("behind", *tokens[-size:])}


def _marked(mark: str, keys: Iterable[Key]) -> set[Key]:
    return {(mark, *key) for key in keys}


def _surnames(core: list[str]) -> Iterator[Key]:
    """A surname and how it may be spelled, each with what given names that can be the same share."""
    given, surname = core[0], core[-1]
    spellings = {("=", surname), ("~", sound_key(surname)), *(("-", each) for each in _shortened(surname))}
    for shared in (("initial", given[0]), ("sound", sound_key(given)), *(("nickname", group) for group in _nicknames(given))):
        for spelling in spellings:
            yield "surname", *spelling, *shared


def _shortened(word: str) -> set[str]:
    """The word, and the word without each of its letters: what two words share that one letter tells apart."""
    return {word} | ({word[:n] + word[n + 1 :] for n in range(len(word))} if len(word) <= _LONGEST else set())


@cache
def _groups() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for number, group in enumerate(nicknames()):
        for name in group:
            found.setdefault(name, []).append(str(number))
    return found


def _nicknames(given: str) -> list[str]:
    return _groups().get(given, [])


def organization_keys(names: Iterable[str]) -> Blocking:
    """Keys for `same_organization` between these names: a name that is part of another asks for it by its rarest word."""
    names = list(names)
    often = Counter(token for name in names for token in set(organization_tokens(name)))

    def keys(name: str) -> Keys:
        known, tokens = organization(name), organization_tokens(name)
        own = {("name", fold(name)), *([("known", known.name)] if known else ())}
        if not tokens:
            return alike(own)
        own |= {("words", *sorted(tokens)), ("words", *sorted(organization_tokens(without_countries(name))))}
        rare = min(tokens, key=lambda token: (often[token], token))
        held = {*tokens, *organization_tokens(_HEAD.split(name)[0])}
        short, long = {_acronym(name)}, _initials(name)
        return Keys(
            frozenset(own | {("rare", rare)} | {("held", each) for each in held} | {("short", *a) for a in short} | {("long", *a) for a in long}),
            frozenset(own | {("held", rare)} | {("rare", each) for each in held} | {("long", *a) for a in short} | {("short", *a) for a in long}),
        )

    return cache(keys)


def begin_keys(name: str) -> Keys:
    """Keys for a name of another class of which the longer one is the whole: it asks by its first word, and as an acronym."""
    first = ("first", fold(name).split(" ", 1)[0])
    return Keys(frozenset({first, *_initials(name)}), frozenset({first, _acronym(name)}))


def _acronym(name: str) -> Key:
    """What a name is an acronym by, if it is one: see `acronym_of`."""
    return "acronym", bare(name).replace(".", "").replace("&", "").casefold()


def _initials(name: str) -> set[Key]:
    return {("acronym", each) for each in initials(name)}
