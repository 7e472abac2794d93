"""Which words stand between quotation marks.

Only marks are judged here; who speaks, and whether anybody does, is for `quotes` to say.
"""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.strings import get_string_id
from spacy.tokens import Doc, Token


def _ids(marks: str) -> frozenset[int]:
    return frozenset(int(get_string_id(mark)) for mark in marks.split())


_OPENING = _ids("“ „ « ``")
_CLOSING = _ids("” »")
_STRAIGHT = _ids("\" ''")  # two apostrophes open as well as close
_SINGLE_OPENING = _ids("‘ ‛ `")
_SINGLE = _ids("' ’")
_BEFORE_OPENING = _OPENING | _STRAIGHT | _SINGLE_OPENING | _SINGLE | _ids("( [ { — – - -- / :")
MARKS = _OPENING | _CLOSING | _STRAIGHT | _SINGLE_OPENING | _SINGLE


@dataclass(frozen=True, slots=True)
class Quoted:
    """Half-open token indices between two marks; `closed` is False when the closing mark is missing."""

    start: int
    end: int
    closed: bool = True


def quoted(doc: Doc, marks: Sequence[Token]) -> list[Quoted]:
    """The stretches between quotation marks, by start; `marks` are the doc's tokens whose `orth` is in MARKS."""
    found = [*_double(doc, marks), *_single(doc, marks)]
    return sorted((q for q in found if q.start < q.end), key=lambda q: (q.start, -q.end))


def _double(doc: Doc, marks: Sequence[Token]) -> list[Quoted]:
    found: list[Quoted] = []
    start: int | None = None
    for mark in marks:
        opens = _opens(doc, mark, start is None)
        if opens is None:
            continue
        if start is not None:
            found.append(Quoted(start, mark.i, closed=not opens))
        start = mark.i + 1 if opens else None
    if start is not None:
        found.append(Quoted(start, len(doc), closed=False))
    return found


def _opens(doc: Doc, mark: Token, nothing_open: bool) -> bool | None:
    """Whether a double mark opens; None for a single mark and for a closing mark that closes nothing."""
    if mark.orth in _OPENING:
        return True
    if mark.orth in _CLOSING:
        return None if nothing_open else False
    if mark.orth not in _STRAIGHT:
        return None
    left, right = _loose_left(doc, mark), _loose_right(doc, mark)
    return left if left != right else nothing_open


def _single(doc: Doc, marks: Sequence[Token]) -> list[Quoted]:
    """Single quotes; an apostrophe opens nothing, and an opening without an end is an apostrophe too."""
    found: list[Quoted] = []
    end = -1
    closings = [m.i for m in marks if m.orth in _SINGLE and m.i and _ends_word(doc, m)]
    firm = [i for i in closings if doc[i].tag_ != "POS" or doc[i - 1].is_punct]
    for mark in marks:
        if mark.i <= end or not (mark.orth in _SINGLE_OPENING or (mark.orth in _SINGLE and _loose_left(doc, mark))) or _loose_right(doc, mark):
            continue
        # "the workers' union": a possessive closes only when nothing else does.
        closing = next((behind[0] for ends in (firm, closings) if (behind := ends[(at := bisect(ends, mark.i + 1)) : at + 1])), None)
        if closing is not None:
            end = closing
            found.append(Quoted(mark.i + 1, end))
    return found


def _loose_left(doc: Doc, mark: Token) -> bool:
    if mark.i == 0:
        return True
    before = doc[mark.i - 1]
    return bool(before.whitespace_) or before.orth in _BEFORE_OPENING or before.is_space


def _loose_right(doc: Doc, mark: Token) -> bool:
    return bool(mark.whitespace_) or mark.i + 1 == len(doc) or doc[mark.i + 1].is_space


def _ends_word(doc: Doc, mark: Token) -> bool:
    return not doc[mark.i - 1].whitespace_ and (_loose_right(doc, mark) or doc[mark.i + 1].is_punct)
