"""Names compared as news writers vary them: titles, short forms, acronyms, spellings.

The rules are for variants within one document. Every judgement gives its reason. Words for countries veto: the
defence departments of two countries are never one.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from kg.resources import PACKAGE, lines, words

_CACHE = 1 << 16
_MARKS = str.maketrans({"’": "'", "‘": "'", "ʻ": "'", "ʼ": "'", "`": "'", "´": "'", "-": " ", "‐": " ", "‑": " ", "–": " ", "\xa0": " "})
_PLAIN = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_LEADING = re.compile(r"^(?:the|this|that)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
_ACRONYM_DOTS = re.compile(r"\b(\w)\.(?=\w\b|\W|$)")
_PARENTHESIS = re.compile(r"\s*\([^)]*(?:\)|$)")
_QUOTED = re.compile(r"\s*[\"“”].*?[\"“”]|\s+'[^']+'(?=\s)")
_HYPHENED = re.compile(r"[A-Z][^\W\d_]+[-–][A-Z][^\W\d_]+")
# Letters that transliterations exchange; vowels, y, h and w fall away.
_SOUNDS = str.maketrans("qcgzvj", "kkksfs")
_CLOSE_SPELLING = 0.7
_LEAST_LETTERS = 4


def bare(text: str) -> str:
    """The text without a leading article and a possessive ending."""
    return _POSSESSIVE.sub("", _LEADING.sub("", text.strip()))


@lru_cache(_CACHE)
def simplify(text: str) -> str:
    """The text without case, accents, kinds of apostrophes and hyphens, doubled spaces."""
    text = text.translate(_MARKS)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(text.casefold().translate(_PLAIN).split())


@lru_cache(_CACHE)
def fold(name: str) -> str:
    """What spellings of one name share: `simplify` without article, possessive and the full stops of acronyms ("the U.S.'s" -> "us")."""
    return simplify(_ACRONYM_DOTS.sub(r"\1", bare(name)))


@lru_cache(_CACHE)
def strip_titles(name: str) -> tuple[str, str]:
    """(title, bare name): "US Defense Secretary Mark Esper" -> ("US Defense Secretary", "Mark Esper"). Both may be empty."""
    tokens = bare(name).split()
    end = 0
    for i in range(len(tokens)):
        if i >= end:
            end = _title_end(tokens, i, end)
    return " ".join(tokens[:end]), " ".join(tokens[end:])


def _title_end(tokens: Sequence[str], i: int, end: int) -> int:
    """Where the titles end when token `i` is one, else `end`."""
    word = _title_word(tokens[i])
    two = f"{word} {_title_word(tokens[i + 1])}" if i + 1 < len(tokens) else ""
    first = i == end
    if two and (two in _titles("title") or (two in _titles("leading") and first)) and (first or _opens(tokens[:i])):
        return i + 2
    if word in _titles("title") and (first or not tokens[i][0].isupper() or _opens(tokens[:i])):
        return _office_end(tokens, i + 1)
    # "King" alone and last is a name.
    return i + 1 if word in _titles("leading") and first and i + 1 < len(tokens) else end


def _office_end(tokens: Sequence[str], end: int) -> int:
    """Where "of State", "of Foreign Affairs" behind a title ends."""
    if end + 1 >= len(tokens) or tokens[end].lower() not in ("of", "for"):
        return end
    end += 2
    while end < len(tokens) and (_title_word(tokens[end]) in _titles("modifier") or tokens[end][0].islower()):
        end += 1
    return end


def _opens(tokens: Sequence[str]) -> bool:
    """True when the words before a title may belong to it: no given name among them ("Emergencies Minister", not "Mark Speaker")."""
    return all(simplify(token) not in words("given_names")["given name"] for token in tokens) and len(tokens) < 5


def _title_word(token: str) -> str:
    return token.rstrip(".,").replace(".", "").replace("’", "'").lower()


@cache
def _titles(section: str) -> frozenset[str]:
    return frozenset(_title_word(w) if " " not in w else w for w in words("titles")[section])


@lru_cache(_CACHE)
def acronym_of(short: str, long: str) -> bool:
    """True when `short` is made of the initials of `long`: IRGC, U.N., DoD, AFP (Agence France-Presse), USGS (US Geological Survey)."""
    letters = bare(short).replace(".", "").replace("&", "")
    if not (2 <= len(letters) <= 8 and letters.isalnum() and sum(c.isupper() for c in letters) * 2 > len(letters)):
        return False
    return letters.casefold() in initials(long)


def initials(name: str) -> set[str]:
    """Initials with and without small words and a leading country, an acronym among the words whole or by its first letter."""
    parts = [p for p in re.split(r"[\s\-–/]+", _PARENTHESIS.sub("", bare(name)).replace("’", "'")) if p[:1].isalnum() or p == "&"]
    small = words("name_parts")["small word"]
    found = set()
    full = [p for p in parts if p.lower() not in small]
    tailless = full[:-1] if full and full[-1].lower() in words("name_parts")["organization tail"] else full
    for chosen in (full, list(parts), full[1:] if full and _country(full[0]) else full, tailless):
        if len(chosen) > 1:
            found.add("".join(p[0] for p in chosen).casefold())
            found.add("".join(p.replace(".", "") if _is_acronym(p) else p[0] for p in chosen).casefold())
    return found


def _is_acronym(word: str) -> bool:
    return word.replace(".", "").isupper() and 1 < len(word.replace(".", "")) <= 5


@lru_cache(_CACHE)
def same_person(a: str, b: str) -> str | None:
    """Why two names may be one person's within a document: "same name", "spelling", "surname", "initials", …; None when they are not."""
    one, other = person_tokens(a), person_tokens(b)
    if not one or not other or (min(len(one), len(other)) > 1 and _generation(a) != _generation(b)):
        return None
    if 1 in (len(one), len(other)) and one != other and (_pair(a) or _pair(b)):
        return None
    if len({each[-1] in words("name_parts")["named after"] for each in (one, other)}) > 1:
        return None
    if one == other:
        return "same name"
    if "".join(one) == "".join(other) or sorted(one) == sorted(other):
        return "spelling"
    long, short = (one, other) if len(one) >= len(other) else (other, one)
    if len(short) == 1:
        return _lone_name(long, short[0])
    if core_tokens(long) == core_tokens(short):
        return "spelling"
    if len(long) > len(short) and (long[: len(short)] == short or long[-len(short) :] == short):
        return "short form"
    return _full_names(long, short)


def person_tokens(name: str) -> list[str]:
    """The folded words of a person's name without titles and generation."""
    title, stem = strip_titles(_QUOTED.sub("", _PARENTHESIS.sub("", name)))
    tokens = fold(stem or title).replace(".", " ").replace(",", " ").split()
    kept = [t.strip("'\"") for t in tokens]
    while len(kept) > 1 and kept[-1] in words("titles")["suffix"]:
        kept.pop()
    return [t for t in kept if t]


def _generation(name: str) -> str:
    """ "Jr." and "Sr." tell father and son apart."""
    last = _title_word(name.split()[-1])
    return last if last in ("jr", "sr") else ""


def _pair(name: str) -> bool:
    """ "Trump-Biden" is two people, or one surname of two: neither is called by half of it."""
    return bool(_HYPHENED.fullmatch(bare(name)))


def core_tokens(tokens: Sequence[str]) -> list[str]:
    """The tokens without particles, unless nothing else is left; the first of two may be a given name: "Ben", "Ed"."""
    given = tokens[:1] if len(tokens) == 2 and tokens[0] in words("given_names")["given name"] else []
    return [*given, *(t for t in tokens[len(given) :] if t not in words("name_parts")["particle"])] or list(tokens)


def _lone_name(long: Sequence[str], token: str) -> str | None:
    core = core_tokens(long)
    if len(core) == 1:
        return _given_names(core[0], token) if _sounds_same(core[0], token) or _swapped(core[0], token) or nicknamed(core[0], token) else None
    if core[-1] == token:
        return "surname"
    if core[0] == token:
        return "surname" if token in words("name_parts")["surname first"] else "given name"
    if len(core) > 2 and token in core[1:-1]:
        return "one of the names"
    return "surname, spelling" if _sounds_same(core[-1], token) or _swapped(core[-1], token) else None


def _full_names(long: Sequence[str], short: Sequence[str]) -> str | None:
    """Two names of two and more words: one surname, and given names that can be the same."""
    one, other = core_tokens(long), core_tokens(short)
    if len(one) < 2 or len(other) < 2:
        return "surname" if len(other) == 1 and one[-1] == other[0] else None
    if one[0] == other[0] and other[-1] in one[1:]:
        return "middle names" if _middles_agree(one[1:-1], other[1:-1]) else None
    if one[-1] == other[-1]:
        given = _given_names(one[0], other[0])
        if given is None and one[1:] == other and len(other) > 1:
            given = "short form"
        return given if given and _middles_agree(one[1:-1], other[1:-1]) else None
    if _sounds_same(one[-1], other[-1]) or _typo(one[-1], other[-1]):
        given = "spelling" if one[0] == other[0] else _given_names(one[0], other[0])
        return "spelling" if given and given != "initials" else None
    return None


def _given_names(a: str, b: str) -> str | None:
    if len(a) == 1 or len(b) == 1:
        return "initials" if a[0] == b[0] else None
    if nicknamed(a, b):
        return "nickname"
    return "spelling" if _sounds_same(a, b) or _typo(a, b) else None


@lru_cache(_CACHE)
def nicknamed(a: str, b: str) -> bool:
    """True when two given names are forms of one: Bill, William."""
    return any(a in group and b in group for group in nicknames())


def _middles_agree(a: Sequence[str], b: Sequence[str]) -> bool:
    """Middle names must not contradict: "T" fits "Thomas", "W" doesn't fit "H W"; one name may leave them out."""
    if not a or not b:
        return True
    full = {x for x in a if len(x) > 1} & set(b)
    return bool(full) or _sounds_same(a[0], b[0]) or (a[0][0] == b[0][0] and 1 in (len(a[0]), len(b[0])))


@lru_cache(_CACHE)
def nickname_group(name: str) -> str:
    """The first of the forms of a given name, the name itself where it has none."""
    return next((min(group) for group in nicknames() if name in group), name)


@cache
def nicknames() -> tuple[frozenset[str], ...]:
    """The forms of each given name that has several."""
    path = PACKAGE / "extract" / "words" / "nicknames.txt"
    return tuple(frozenset(part.strip() for part in line.split(";")) for line in lines(path))


@lru_cache(_CACHE)
def sound_key(word: str) -> str:
    """Consonants as transliterations vary them: Soleimani and Suleimani, Gaddafi and Qaddafi, Yevgeny and Evgeny share one."""
    text = simplify(word).replace("'", "")
    for old, new in (
        ("ph", "f"),
        ("kh", "k"),
        ("gh", "g"),
        ("dh", "d"),
        ("th", "t"),
        ("sch", "s"),
        ("sh", "s"),
        ("ch", "s"),
        ("tz", "s"),
        ("ck", "k"),
        ("x", "ks"),
    ):
        text = text.replace(old, new)
    text = text.translate(_SOUNDS)
    kept = [c for i, c in enumerate(text) if c not in "aeiouyhw" and (i == 0 or text[i - 1] != c)]
    return "".join(kept)


def _sounds_same(a: str, b: str) -> bool:
    if a == b:
        return True
    return min(len(a), len(b)) >= _LEAST_LETTERS and sound_key(a) == sound_key(b) and OSA.normalized_similarity(a, b) >= _CLOSE_SPELLING


def _typo(a: str, b: str) -> bool:
    """One letter changed, added, left out or swapped in a word of five letters and more; the first stays."""
    return min(len(a), len(b)) > _LEAST_LETTERS and a[0] == b[0] and OSA.distance(a, b, score_cutoff=1) <= 1


def _swapped(a: str, b: str) -> bool:
    """Two letters changed places: Chirac, Chriac."""
    return sorted(a) == sorted(b) and _typo(a, b)


@lru_cache(_CACHE)
def same_organization(a: str, b: str) -> str | None:
    """Why two names may be one organisation's within a document: "alias", "acronym", "short form", …; None when they are not."""
    if fold(a) == fold(b):
        return "same name"
    one, other = _known(a), _known(b)
    if one and one == other:
        return "alias"
    countries = _countries_in(a), _countries_in(b)
    if countries[0] and countries[1] and not countries[0] & countries[1]:
        return None
    left, right = organization_tokens(a), organization_tokens(b)
    if not left or not right:
        return None
    if one and other:
        return "country" if _differ_by_country(a, b, left, right) else None
    if acronym_of(a, b) or acronym_of(b, a):
        return "acronym"
    if sorted(left) == sorted(right):
        return "word order" if left != right else "spelling"
    if _differ_by_country(a, b, left, right):
        return "country"
    if len(left) < len(right):
        a, b, left, right, one, other = b, a, right, left, other, one
    return _short_form(a, left, right, other is not None)


def _differ_by_country(a: str, b: str, left: Sequence[str], right: Sequence[str]) -> bool:
    """True when only one of them names the country: "US Defense Department", "Defence Department", but "CNN Philippines" is not CNN."""
    if len(left) == len(right):
        return False
    long, short = (a, right) if len(left) > len(right) else (b, left)
    without = without_countries(long)
    behind = bool(without) and fold(long).split()[-1] not in fold(without).split() and " of " not in long
    return not behind and bool(without) and sorted(organization_tokens(without)) == sorted(short)


def _short_form(name: str, long: Sequence[str], short: Sequence[str], known: bool) -> str | None:
    """A part of the longer name: without its tail, or without what stands before ("Safety Board"), unless it is itself well known."""
    tail, size = _tail_words(), len(short)
    if list(long[:size]) == list(short) and all(t in tail for t in long[size:]):
        return "short form"
    if known:
        return None
    head = organization_tokens(re.split(r" (?:of|for|to|on|against) ", name)[0])
    named = size < len(long) and list(long[:size]) == list(short) and not any(t in tail or _country(t.capitalize()) for t in short)
    if named and long[size] in tail and head[-1:] == [long[size]]:
        return "short form"  # "Scripps" of "Scripps Institution of Oceanography", not "Acme" of "Acme Enterprise Server"
    if len(head) < len(long) and list(head[-size:]) == list(short):
        return "head"
    if size == 1:
        return "short form" if long[-1] == short[0] and not _country(short[0].capitalize()) else None
    if any(list(long[i : i + size]) == list(short) for i in range(1, len(long) - size + 1)):
        return "short form"
    rest = iter(long)
    return "some of the words" if long[-1] == short[-1] and all(token in rest for token in short) else None


@cache
def _tail_words() -> frozenset[str]:
    return frozenset(_singular(word) for word in words("name_parts")["organization tail"])


def organization_tokens(name: str) -> list[str]:
    """Folded content words in one spelling and number."""
    small, spelling = words("name_parts")["small word"], _spellings()
    tokens = fold(_PARENTHESIS.sub("", name)).replace(",", " ").replace("'s ", " ").split()
    return [_singular(spelling.get(t.strip(".'"), t.strip(".'"))) for t in tokens if t not in small]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > _LEAST_LETTERS and word.endswith("s") and not word.endswith("ss") else word


@cache
def _spellings() -> dict[str, str]:
    return dict(entry.split("=", 1) for entry in words("name_parts")["spelling"])


# The gazetteer and the list of organisations are above this module; they are asked for only when names are compared.
def _country(word: str) -> str | None:
    from kg.extract.gazetteer import country, demonym

    found = country(word) or demonym(word)
    return found.name if found else None


def _known(name: str) -> str | None:
    from kg.extract.organizations import organization

    found = organization(name)
    return found.name if found else None


@lru_cache(_CACHE)
def _countries_in(name: str) -> frozenset[str]:
    """The countries that words of the name name."""
    return frozenset(country for _, country in country_parts(name) if country)


def without_countries(name: str) -> str:
    """The words of the name that name no country."""
    return " ".join(word for word, country in country_parts(name) if not country)


def country_parts(name: str) -> list[tuple[str, str | None]]:
    """The words of the name, those that name a country joined ("North Korean") and with it."""
    tokens = [_POSSESSIVE.sub("", t.strip(",()")) for t in bare(name).split()]
    parts: list[tuple[str, str | None]] = []
    i = 0
    while i < len(tokens):
        length, country = next(
            ((n, found) for n in (3, 2, 1) if i + n <= len(tokens) and (found := _country(" ".join(tokens[i : i + n])))), (1, None)
        )
        parts.append((" ".join(tokens[i : i + length]), country))
        i += length
    return parts
