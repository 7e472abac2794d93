"""Cuts a text into the paragraphs that are parsed apart, so that a headline or caption never runs into a sentence.

Site furniture ("Please enter your comment!", "Credit: PA") is left out, datelines stand apart, hard-wrapped lines are joined.
Everything keeps its offsets: a piece is `text[start:end]` with line breaks and control characters read as spaces.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kg import resources

_BLOCK = re.compile(r"\S(?:.*?\S)?(?=\s*?\n[^\S\n]*\n|\s*\Z)", re.DOTALL)
_LINE = re.compile(r"[^\n]+")
# "BAGHDAD (AP) — ", "LONDON, March 3 (Reuters) - ", "PARIS – "
_DATELINE = re.compile(
    r"(?P<dateline>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+)*(?:, [A-Z]\w+\.?)*(?:, \w+ \d{1,2})?(?: ?\([^)\n]{2,30}\))?) ?(?:--?|–|—) ?(?=[A-Z\"“'‘])"
)
_INDENT = ("   ", "\t")
_SMALL_WORD = re.compile(r"(?:a|an|and|as|at|but|by|for|from|in|into|is|of|on|or|over|the|to|up|via|vs?|with)\Z", re.IGNORECASE)
_SENTENCE_END = (".", "!", "?", ":", ";", "”", '"', "…")
_WRAP_WIDTH = (40, 100)
_LONGEST_TITLE = 25
_LONGEST = 10_000
_STOP = re.compile(r".*[.!?…][\"”’')\]]*(?=\s)", re.DOTALL)
_SPACE = re.compile(r".*\S(?=\s)", re.DOTALL)
_BREAK = re.compile(r"[\x00-\x1f\x7f\x85\u00a0\u2028\u2029]")  # a line break, or a command to some terminal
_LAST_LATIN = "\u024f"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph before parsing. `headline` marks lines that are no sentences: titles, captions, section heads, datelines."""

    start: int
    text: str
    headline: bool


def pieces(text: str) -> Iterator[Piece]:
    """The paragraphs of a text in order; one of more than 10,000 characters is cut, since the work and its memory grow with its length."""
    for start, end in (part for paragraph in _paragraphs(text) for part in _parts(text, *paragraph)):
        tail = _furniture_tail(text[start:end])
        end = end if tail is None else start + tail
        body = text[start:end].rstrip()
        if not body or _furniture().match(body) or is_foreign(body):
            continue
        if found := _DATELINE.match(body):
            yield Piece(start, found["dateline"], headline=True)
            start, body = start + found.end(), body[found.end() :]
        yield Piece(start, _BREAK.sub(" ", body), tail is not None or _is_headline(body))


def is_foreign(text: str) -> bool:
    """True where most letters are of another script than Latin: an original beside its translation."""
    letters = [c for c in text if c.isalpha()]
    return 2 * sum(c > _LAST_LATIN for c in letters) > len(letters)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    for lines in _blocks(text):
        wrapped = _is_wrapped([text[s:e] for s, e in lines])
        start, end = lines[0]
        for line, following in pairwise(lines):
            if wrapped or (end - start > _WRAP_WIDTH[0] and _continues(text[slice(*line)], text[slice(*following)])):
                end = following[1]
            else:
                yield start, end
                start, end = following
        yield start, end


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """The lines that belong together: between blank lines, or in wire copy from one indented line to the next."""
    for block in _BLOCK.finditer(text):
        lines: list[tuple[int, int]] = []
        for found in _LINE.finditer(block[0]):
            if lines and found[0].startswith(_INDENT):
                yield lines
                lines = []
            blank = len(found[0]) - len(found[0].lstrip(" \t"))
            lines.append((block.start() + found.start() + blank, block.start() + found.end()))
        yield lines


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph in parts of bounded length, cut behind a sentence where one ends, else at white space, else anywhere."""
    while end - start > _LONGEST:
        later, last = start + _LONGEST // 2, start + _LONGEST
        found = _STOP.match(text, later, last) or _SPACE.match(text, later, last)
        stop = found.end() if found else last
        yield start, stop
        start = stop
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _is_wrapped(lines: list[str]) -> bool:
    """True when a block was broken at a fixed width: every line but the last about as long as the longest.

    The first may be short where the sentence goes on in the second: a dateline stood before it.
    """
    if len(lines) < 2:
        return False
    width = max(map(len, lines))
    inner = lines[1:-1] if len(lines) > 2 and lines[1][:1].islower() else lines[:-1]
    return _WRAP_WIDTH[0] <= width <= _WRAP_WIDTH[1] and all(len(line.rstrip()) > width * 0.7 for line in inner)


def _continues(line: str, following: str) -> bool:
    """True when the next line goes on with the sentence of this one."""
    return not line.rstrip().endswith(_SENTENCE_END) and following.lstrip()[:1].islower()


def _is_headline(body: str) -> bool:
    words = body.split()
    return len(words) <= _LONGEST_TITLE and not body.rstrip("\"”’')").endswith((".", "!", "?", ":", ",", "…"))


def is_title_case(text: str) -> bool:
    """True for a headline in Title Case, whose capitals tell nothing about names."""
    words = [w for w in re.findall(r"[^\W\d_][\w’'-]*", text) if not _SMALL_WORD.match(w)]
    return len(words) > 3 and sum(w[0].isupper() for w in words) >= 0.85 * len(words)


@cache
def _patterns() -> dict[str, frozenset[str]]:
    return resources.words("furniture")


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(sorted(_patterns()["paragraph"])) + ")", re.IGNORECASE)


@cache
def _tail() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(sorted(_patterns()["tail"])) + r")[^.\n]{0,60}\.?\s*\Z", re.IGNORECASE)


def _furniture_tail(paragraph: str) -> int | None:
    """Where a credit at the end of a caption begins; None when there is none."""
    found = _tail().search(paragraph)
    return found.start() if found and found.start() else None
