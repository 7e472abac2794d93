"""Which language a text is in: kg reads English and would misread others."""

import re

from kg.resources import words

ENGLISH = "en"
# What the detector takes English for: Nigerian Pidgin, Scots, and "no language", of figures.
_ALIKE = frozenset((ENGLISH, "pcm", "sco", "zxx"))
_WORD = re.compile(r"[^\W\d_]+")
# Of running English text at least so many words are function words; the detector is asked about what has fewer: tables, lists, other languages.
_SHARE = 0.15
# With fewer letters the detector guesses.
_LETTERS = 50
_SAMPLE = 10_000


def language(text: str) -> str:
    """The code of the language ("en", "de"); texts that are too short to tell count as English."""
    found = _WORD.findall(text[:_SAMPLE].casefold())
    known = words("english", "readers")["function"]
    if sum(word in known for word in found) >= _SHARE * len(found) or sum(map(len, found)) < _LETTERS:
        return ENGLISH
    from py3langid import langid

    code, _ = langid.classify(" ".join(found))
    return ENGLISH if code in _ALIKE else str(code)
