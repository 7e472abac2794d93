"""Names of people compared across articles, where only a full name tells who is meant.

A name is its tokens (titles and Arabic articles gone, transliterations brought to one spelling) and its number or generation
("XVI", "Jr."). Within a document the rules of `names` go further: there a surname is enough.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from kg.identity.names import fold, nicknamed, simplify, sound_key, strip_titles
from kg.resources import words

_CACHE = 1 << 16
_ASIDE = re.compile(r"\s*\([^)]*\)|\s*[\"“”].*?[\"“”]")
_INITIALS = re.compile(r"\b((?:[A-Z]\.\s?){2,})")
_GLUED = re.compile(r"\b(El|Al)(?=[A-Z][a-z])")
# Letters of Serbian and Croatian, by which their đ is told from that of Vietnamese.
_SLAVIC = re.compile("[ćčšžĆČŠŽ]")
_CLOSE = 0.7
_LEAST = 4
_LONG = 6


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name taken apart. `crown` is the title that a name of one word needs ("pope"), `generation` a number or "jr".

    `surname` is True when an article marks the last word as one ("al-Bashir").
    """

    tokens: tuple[str, ...]
    generation: str = ""
    crown: str = ""
    surname: bool = False

    @property
    def full(self) -> bool:
        """True when the name can tell who is meant: two words (no figures), or a crowned head with its number."""
        if any(any(c.isdigit() for c in token) for token in self.tokens):
            return False
        alone = self.crown in words("people", "identity")["alone"]
        return len(self.tokens) > 1 or bool(self.tokens and (alone or (self.generation and self.generation not in ("jr", "sr"))))


@lru_cache(_CACHE)
def person_name(text: str) -> PersonName:
    """The parts of a name as it stands in an article."""
    title, bare = strip_titles(_spaced(_ASIDE.sub("", text)))
    known = words("people", "identity")
    tokens = [token.strip("'\"") for token in fold(bare or title).replace(",", " ").replace(".", " ").split()]
    crowns = [t for t in fold(title).replace(",", " ").split() if t in known["crown"]]
    if not bare and crowns:
        tokens = [t for t in tokens if t not in known["crown"]]
    generation = ""
    while len(tokens) > 1 and tokens[-1] in known["numeral"] | words("titles")["suffix"]:
        generation = tokens[-1] if tokens[-1] in known["numeral"] else generation
        tokens.pop()
    joined = _join([token for token in tokens if token])
    kept = [t for i, t in enumerate(joined) if i == 0 or i == len(joined) - 1 or t not in known["article"]]
    surname = len(joined) > 2 and joined[-2] in known["article"]
    return PersonName(tuple(_spelling().get(t, t) for t in kept), generation, crowns[-1] if crowns and len(kept) == 1 else "", surname)


def _spaced(text: str) -> str:
    """ "J.K. Rowling" is "J. K. Rowling", "ElBaradei" is "El Baradei"; the Serbian "Đinđić" is "Djindjić"."""
    if _SLAVIC.search(text):
        text = text.replace("Đ", "Dj").replace("đ", "dj")
    return _GLUED.sub(r"\1 ", _INITIALS.sub(lambda found: " ".join(f"{c}." for c in found[1] if c.isalpha()) + " ", text))


def _join(tokens: Sequence[str]) -> list[str]:
    """Parts like "abdel" with the word behind them, articles between left out."""
    parts, articles = words("people", "identity")["joined"], words("people", "identity")["article"]
    found: list[str] = []
    prefix = ""
    for token in tokens:
        if token in parts:
            prefix = "abdul" if token.startswith("abd") else token
        elif prefix and token in articles:
            continue
        else:
            found.append(_servant(prefix + token))
            prefix = ""
    return [*found, prefix] if prefix else found


def _servant(token: str) -> str:
    """One spelling of names that begin with "servant of": Abdelaziz, Abdul Aziz."""
    return re.sub(r"^abd[aeiou]l(?=[a-z]{3})", "abdul", token)


@cache
def _spelling() -> dict[str, str]:
    return dict(entry.split("=", 1) for entry in words("people", "identity")["spelling"])


@lru_cache(_CACHE)
def same_name(a: str, b: str) -> str | None:
    """Why two names may be one person's wherever they stand: "same name", "spelling", "middle names", …; None when they don't tell."""
    one, other = person_name(a), person_name(b)
    if not (one.full and other.full) or one.generation != other.generation:
        return None
    if one.crown != other.crown and not one.generation:
        return None
    if one.tokens == other.tokens:
        return "same name"
    if "".join(one.tokens) == "".join(other.tokens):
        return "spelling"
    if not all(token.isascii() for token in (*one.tokens, *other.tokens)):
        return None
    long, short = (one.tokens, other.tokens) if len(one.tokens) >= len(other.tokens) else (other.tokens, one.tokens)
    if len(short) < 2:
        return None
    if len(long) == len(short):
        return _same_length(long, short)
    return _shorter(long, short, marked=one.surname or other.surname)


def _same_length(one: Sequence[str], other: Sequence[str]) -> str | None:
    pairs = list(zip(one, other, strict=True))
    how = [_token(a, b, first=i == 0, foreign=not _english(one[0]) and not _english(other[0])) for i, (a, b) in enumerate(pairs)]
    if all(how):
        told = sum(h != "initial" for h in how)
        return None if told < 2 or how[-1] == "initial" else "spelling" if set(how) <= {"same", "spelling"} else "given name"
    turned = sorted(one) == sorted(other) and len(one) in (2, 3) and (one[0] == other[-1] or one[-1] == other[0])
    return "name order" if turned and not all(_given(t) for t in one) else None


def _shorter(long: Sequence[str], short: Sequence[str], *, marked: bool) -> str | None:
    """One name leaves something out: middle names, a second surname behind, a first name before two others."""
    foreign = not _english(long[0]) and not _english(short[0])
    # "Ali Hassan" is a chain of given names, of which others begin alike.
    chain = foreign and not marked and all(_given(token) for token in short)
    ends = _token(long[0], short[0], first=True, foreign=foreign), _token(long[-1], short[-1], first=False, foreign=foreign)
    if all(ends) and "initial" not in ends and _in_order(long[1:-1], short[1:-1]) and not chain:
        return "middle names"
    size = len(short)
    if list(long[:size]) == list(short) and foreign and not _eastern(long[0]):
        whole = not set(short).isdisjoint(words("people", "identity")["patronymic"])
        if whole or (not _given(short[-1]) and len(short[-1]) >= _LEAST):
            return "second surname"
    if list(long[-size:]) == list(short):
        arabic_chain = size > 2 and _given(short[0])
        if not chain and not arabic_chain and not _eastern(long[0]):
            return "first name left out"
    return None


def _in_order(long: Sequence[str], short: Sequence[str]) -> bool:
    """True when the middle names of the shorter name stand in the longer one, whole or as initials; "W." is not "H. W."."""
    if short and all(len(token) == 1 for token in (*long, *short)):
        return list(long) == list(short)
    rest = iter(long)
    return all(any(token == other or (1 in (len(token), len(other)) and token[0] == other[0]) for other in rest) for token in short)


def _token(a: str, b: str, *, first: bool, foreign: bool) -> str | None:
    """How two parts of names agree. Spellings vary in names from other scripts; "Smith" and "Smyth" are two families."""
    if a == b:
        return "same"
    if 1 in (len(a), len(b)):
        return "initial" if a[0] == b[0] else None
    if first and nicknamed(a, b):
        return "nickname"
    if first and (_english(a) or _english(b)):
        return None
    return "spelling" if foreign and _sounds_same(a, b) else None


def _sounds_same(a: str, b: str) -> bool:
    shortest = min(len(a), len(b))
    if shortest < _LEAST or sound_key(a) != sound_key(b) or (len(sound_key(a)) < 2 and shortest < _LONG):
        return False
    return OSA.normalized_similarity(a, b) >= _CLOSE and {_gender(a), _gender(b)} != {"masculine", "feminine"}


def _gender(token: str) -> str:
    known = words("genders")
    return next((g for g in ("masculine", "feminine") if token in known[f"{g} name"]), "")


def _given(token: str) -> bool:
    known = words("genders")
    return token in known["masculine name"] or token in known["feminine name"] or token in words("given_names")["given name"]


@lru_cache(_CACHE)
def _english(token: str) -> bool:
    """True for given names of the English-speaking world, whose bearers' surnames have one spelling."""
    return simplify(token) in words("english", "identity")["given name"]


def _eastern(token: str) -> bool:
    """True for surnames that stand before the given name."""
    return token in words("name_parts")["surname first"]
