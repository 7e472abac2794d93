"""Who says what stands in quotation marks: the word of saying beside it, else whoever said the quotation before or after it."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract import speech
from kg.extract.quotation_marks import MARKS, Quoted
from kg.extract.speakers import antecedent, bearer, speaker, writer

_SENTENCE_END = frozenset([".", "?", "!", "…", "..."])
_DASHES = frozenset(["—", "–", "―", "-", "--"])
_NOMINAL = ("NOUN", "PROPN", "PRON")
_INSIDE_PHRASE = ("compound", "amod", "poss", "nmod", "appos", "det")
_SCARE_WORDS = 3
_REACH = 30
_NEAR = 6
_NEIGHBOURS = 50  # quotations before and behind one that bound its attribution


@dataclass(frozen=True, slots=True)
class Said:
    """A cue with its speaker, as far as known."""

    cue: Token | None
    speaker: Token | None
    colon: bool = False


def bounded(doc: Doc, span: Quoted, following: Doc | None) -> Quoted:
    """A quotation without its closing mark runs on when the next paragraph opens one; else it ends with its sentence."""
    if span.closed or span.end < len(doc) or (following is not None and len(following) and following[0].orth in MARKS):
        return span
    end = next((i for i in range(span.start, len(doc)) if doc[i].text in _SENTENCE_END), len(doc) - 1) + 1
    return Quoted(span.start, min(end, len(doc)), closed=True)


def said_of(doc: Doc, spans: Sequence[Quoted], cues: Sequence[Token], before: Said | None, open_before: bool) -> list[Said | None]:
    """Who says each of the quoted stretches; None for words in marks that nobody says."""
    said: list[Said | None] = []
    for n, span in enumerate(spans):
        low, high = _surroundings(doc, spans, n)
        said.append(_named_in_front(doc, span.start) or _said_beside(doc, span, low, high, cues))
    for n, span in enumerate(spans):
        if said[n] is None and _starts_sentence(doc, span):
            said[n] = _inherited(doc, spans, said, n, before, open_before)
    return said


def _named_in_front(doc: Doc, start: int) -> Said | None:
    """`"SMITH: I disagree"`: transcripts."""
    stop = next((i for i in range(start, min(start + 4, len(doc))) if doc[i].text == ":"), None)
    if stop is None or stop == start or not all(doc[i].is_upper for i in range(start, stop)):
        return None
    return Said(doc[stop], doc[stop - 1])


def _surroundings(doc: Doc, spans: Sequence[Quoted], n: int) -> tuple[int, int]:
    """Where the attribution of a quotation may stand: from the end of the one before to the start of the next, inside the one around it."""
    span, near = spans[n], spans[max(n - _NEIGHBOURS, 0) : n + _NEIGHBOURS]
    outer = [s for s in near if s.start < span.start and span.end <= s.end]
    low, high = (outer[-1].start, outer[-1].end) if outer else (0, len(doc))
    for other in near:
        if other.end < span.start and other.start >= low:
            low = max(low, other.end)
        if other.start > span.end and other.end <= high:
            high = min(high, other.start)
    return low, high


def _signed(doc: Doc, span: Quoted, high: int) -> Said | None:
    """`"It was a mistake." — Jane Smith`: the name after a dash, which ends the paragraph or comes before the next quotation."""
    dash = span.end + 1
    if dash + 1 >= len(doc) or doc[dash].text not in _DASHES or not doc[dash + 1].is_title:
        return None
    stop = next((i for i in range(dash + 1, high) if doc[i].pos_ != "PROPN"), high)
    if stop == dash + 1 or not (stop >= high or doc[stop].is_punct or doc[stop].is_space):
        return None
    return Said(doc[dash], doc[stop - 1])


def _said_beside(doc: Doc, span: Quoted, low: int, high: int, cues: Sequence[Token]) -> Said | None:
    words = sum(not t.is_punct for t in doc[span.start : span.end])
    if (signed := _signed(doc, span, high)) is not None:
        return signed
    introduced = _introduced(doc, span, low, cues)
    if (
        introduced is not None
        and introduced.colon
        and (followed := _followed(doc, span, high, cues))
        and followed.cue
        and followed.cue.i - span.end <= 1
    ):
        return followed  # `The body urged calm: "…," said its chief`
    if introduced is not None and (words > _SCARE_WORDS or doc[span.end - 1].text in _SENTENCE_END or doc[max(span.start - 2, 0)].text in (":", ",")):
        return introduced
    last, after = doc[span.end - 1], doc[span.end + 1] if span.end + 1 < len(doc) else None
    if after is not None and (
        last.text in (",", "?", "!", "—", "–", "…", "...") or after.text in (",", "—", "–") or last.text not in _SENTENCE_END or after.is_lower
    ):
        followed = _followed(doc, span, high, cues)
        if followed is not None and (words > _SCARE_WORDS or last.text in (",", "?", "!") or after.text == "," or followed.cue == after):
            return followed
    if words > _SCARE_WORDS:
        return _governed(doc, span)
    return None


def _introduced(doc: Doc, span: Quoted, low: int, cues: Sequence[Token]) -> Said | None:
    """`He said: "…"`, `"…," she added, "…"`, `The ministry released a statement: "…"`."""
    mark = span.start - 1
    start = _sentence_start(doc, mark, low)
    if mark > 0 and doc[mark - 1].text == ":":
        return _opened_by_colon(doc, start, mark, cues)
    nearest = next((c for c in reversed(cues) if start <= c.i < mark and c.pos_ == "VERB" and speech.is_say(c, "say", "quote")), None)
    return _said(doc, nearest, start, mark) if nearest is not None and _leads_up(doc, nearest, span) else None


def _opened_by_colon(doc: Doc, start: int, end: int, cues: Sequence[Token]) -> Said | None:
    nearest = next((c for c in reversed(cues) if start <= c.i < end and c.pos_ == "VERB" and speech.is_say(c, "say", "quote")), None)
    noun = next((doc[i] for i in range(end - 1, start - 1, -1) if speech.is_text_noun(doc[i])), None)
    if nearest is not None:
        said = _said(doc, nearest, start, end)
        return Said(said.cue, said.speaker, colon=True)
    return None if noun is None else Said(noun, writer(noun), colon=True)


def _sentence_start(doc: Doc, end: int, low: int) -> int:
    start = end
    while start > low and doc[start - 1].text not in _SENTENCE_END and end - start < _REACH:
        start -= 1
    return start


def _leads_up(doc: Doc, cue: Token, span: Quoted) -> bool:
    """True when nothing that is said stands between the cue and the opening mark."""
    between = doc[cue.i + 1 : span.start - 1]
    if not len(between) or between[-1].text == ",":
        return True
    if between[-1].lower_ in ("that", "as"):
        return len(between) <= _NEAR
    whole = doc[span.start].is_title and span.end - span.start > _SCARE_WORDS + 1
    return whole and not any(t.pos_ in ("VERB", "AUX", "SCONJ") for t in between)


def _followed(doc: Doc, span: Quoted, high: int, cues: Sequence[Token]) -> Said | None:
    """`"…," he said`, `"…," said Smith, the minister`."""
    start = span.end + 1
    stop = start
    while stop < high and doc[stop].text not in _SENTENCE_END and doc[stop].text not in (";", ":") and stop - start < _REACH:
        stop += 1
    cue = next((c for c in cues if start <= c.i < stop and c.pos_ == "VERB" and speech.is_say(c, "say", "quote", "believe")), None)
    if cue is not None and (_has_own_clause(cue, span) or (span.end - span.start <= _SCARE_WORDS + 1 and cue.i - start > _NEAR)):
        cue = None
    according = next((c for c in cues if start <= c.i < min(stop, start + 4) and c.lower_ == "according"), None)
    if according is not None and (cue is None or according.i < cue.i):
        return Said(according, speaker(according))
    return None if cue is None else _said(doc, cue, start, stop)


def _has_own_clause(cue: Token, span: Quoted) -> bool:
    """`On "Face the Day," the minister said that …`: what was said is elsewhere."""
    return any(c.dep_ == "ccomp" and c.left_edge.i > cue.i and c.left_edge.nbor(-1).orth not in MARKS for c in cue.children)


def _said(doc: Doc, cue: Token, low: int, high: int) -> Said:
    """The cue with its subject; where the parse puts the subject out of the attribution, the noun beside the cue."""
    own = next((c for c in cue.children if c.dep_ in ("nsubj", "nsubjpass") and low <= c.i < high), None)
    who = speaker(cue) if own is None else bearer(antecedent(own))
    if who is not None and speech.is_text_noun(who):
        who = writer(who) or who
    if who is not None and (own is not None or low <= who.i < high or cue.dep_ == "relcl"):
        return Said(cue, who)
    beside = next((t for t in doc[low : cue.i] if t.pos_ in _NOMINAL), None) or next((t for t in doc[cue.i + 1 : high] if t.pos_ in _NOMINAL), None)
    while beside is not None and beside.head.pos_ in _NOMINAL and low <= beside.head.i < high and beside.dep_ in _INSIDE_PHRASE:
        beside = beside.head
    return Said(cue, who if beside is None else bearer(beside))


def _governed(doc: Doc, span: Quoted) -> Said | None:
    """`called the deal "a gift to the enemy"`: the verb above the quotation, when it is a word of saying."""
    root = doc[span.start : span.end].root
    verb = root
    for _ in range(8):
        if verb.head == verb:
            return None
        verb = verb.head
        if verb.pos_ == "VERB" and not span.start <= verb.i < span.end:
            break
    if not span.start <= verb.i < span.end and speech.is_say(verb, "say", "quote", "object"):
        return Said(verb, speaker(verb))
    return None


def _starts_sentence(doc: Doc, span: Quoted) -> bool:
    before = span.start - 2
    return before < 0 or doc[before].text in _SENTENCE_END or doc[before].orth in MARKS or doc[before].is_space


def _inherited(doc: Doc, spans: Sequence[Quoted], said: Sequence[Said | None], n: int, before: Said | None, open_before: bool) -> Said | None:
    if n and said[n - 1] is not None:
        return said[n - 1]
    span = spans[n]
    if span.start > 1:
        return None
    if open_before and before is not None:
        return before
    if n + 1 < len(spans) and said[n + 1] is not None and spans[n + 1].start - span.end <= 3:
        return said[n + 1]
    if span.end + 2 >= len(doc) or doc[span.end - 1].text in _SENTENCE_END:
        return before or Said(None, None)
    return None


def announced(doc: Doc, cues: Sequence[Token]) -> Said | None:
    """Who speaks in the next paragraph, when this one ends in a colon: "The minister said:"."""
    end = len(doc) - 1
    while end >= 0 and doc[end].is_space:
        end -= 1
    if end < 1 or doc[end].text != ":":
        return None
    return _opened_by_colon(doc, _sentence_start(doc, end, 0), end, cues) or Said(None, None, colon=True)
