"""Who says what: quotations in marks and in indirect speech, across paragraphs.

A quotation in marks takes its speaker from the word of saying beside it, else from the quotation before or after it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.extract import speech
from kg.extract.nlp import Paragraph
from kg.extract.quotation_marks import MARKS, Quoted, quoted

_SENTENCE_END = frozenset(". ? ! … ...".split())
_PARTNERS = frozenset("i we you let 's us it".split())
_NOMINAL = ("NOUN", "PROPN", "PRON")
_INSIDE_PHRASE = ("compound", "amod", "poss", "nmod", "appos", "det")
_SCARE_WORDS = 3
_REACH = 30
_NEAR = 6
_BLOCK_WORDS = 6
_SOURCE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Quotation:
    """Half-open token indices in one paragraph's doc, quotation marks left out.

    `speaker` is the head of the speaker's noun phrase and may stand in another paragraph; None when untold.
    `gap` is the attribution that interrupts an indirect quotation ("The bomb, officials said, killed three").
    """

    paragraph: int
    start: int
    end: int
    direct: bool
    cue: Token | None
    speaker: Token | None
    gap: tuple[int, int] | None = None

    def contains(self, index: int) -> bool:
        """Whether the token with that index is part of what is said."""
        return self.start <= index < self.end and not (self.gap is not None and self.gap[0] <= index < self.gap[1])


class Sources:
    """Answers who says a token."""

    def __init__(self, found: Sequence[Quotation]) -> None:
        self._by_paragraph: dict[int, list[Quotation]] = {}
        for quotation in sorted(found, key=lambda q: (q.paragraph, q.start, -q.end)):
            self._by_paragraph.setdefault(quotation.paragraph, []).append(quotation)

    def of(self, paragraph: int, index: int) -> tuple[Quotation, ...]:
        """The quotations that contain a token, outermost first."""
        return tuple(q for q in self._by_paragraph.get(paragraph, ()) if q.contains(index))


def sources(found: Sequence[Quotation], paragraph: int, token_index: int) -> tuple[Quotation, ...]:
    """The quotations that contain a token, outermost first. For many tokens build one `Sources`."""
    return Sources([q for q in found if q.paragraph == paragraph]).of(paragraph, token_index)


@dataclass(frozen=True, slots=True)
class _Said:
    """A cue with its speaker, as far as known."""

    cue: Token | None
    speaker: Token | None
    colon: bool = False


def quotations(paragraphs: Sequence[Paragraph]) -> list[Quotation]:
    """All quotations of a document in text order."""
    found: list[Quotation] = []
    before: _Said | None = None
    open_before = in_block = False
    for number, paragraph in enumerate(paragraphs):
        doc = paragraph.doc
        marks, cues = _scan(doc)
        spans = quoted(doc, marks)
        following = paragraphs[number + 1].doc if number + 1 < len(paragraphs) else None
        spans = [_bounded(doc, s, following) for s in spans]
        direct = _direct(number, doc, spans, cues, before, open_before)
        if not spans and (block := _block(number, doc, before, in_block, paragraph.headline)) is not None:
            direct = [block]
        in_block = bool(direct) and not spans
        indirect = [*_indirect(number, cues, direct), *_titled(number, paragraph)]
        direct = [q for q in direct if not _is_mixed(q, indirect)]
        indirect = [q for q in indirect if not _is_idle(q, direct)]
        here = sorted([*direct, *indirect], key=lambda q: (q.start, -q.end))
        found.extend(here)
        open_before = bool(spans) and not spans[-1].closed and spans[-1].end == len(doc)
        before = _announced(doc, cues) or _last_said(here)
    return found


def _scan(doc: Doc) -> tuple[list[Token], list[Token]]:
    """The one pass over all tokens: quotation marks and words of saying."""
    marks, cues = [], []
    lemmas = speech.cue_lemmas()
    for token in doc:
        if token.orth in MARKS:
            marks.append(token)
        elif token.lemma in lemmas and speech.is_cue(token):
            cues.append(token)
    return marks, cues


def _bounded(doc: Doc, span: Quoted, following: Doc | None) -> Quoted:
    """A quotation without its closing mark runs on when the next paragraph opens one; else it ends with its sentence."""
    if span.closed or span.end < len(doc) or (following is not None and len(following) and following[0].orth in MARKS):
        return span
    end = next((i for i in range(span.start, len(doc)) if doc[i].text in _SENTENCE_END), len(doc) - 1) + 1
    return Quoted(span.start, min(end, len(doc)), closed=True)


def _direct(number: int, doc: Doc, spans: Sequence[Quoted], cues: Sequence[Token], before: _Said | None, open_before: bool) -> list[Quotation]:
    said: list[_Said | None] = []
    for n, span in enumerate(spans):
        low, high = _surroundings(doc, spans, n)
        said.append(_named_in_front(doc, span.start) or _said_beside(doc, span, low, high, cues))
    for n, span in enumerate(spans):
        if said[n] is None and _starts_sentence(doc, span):
            said[n] = _inherited(doc, spans, said, n, before, open_before)
    return [Quotation(number, s.start, s.end, True, by.cue, by.speaker) for s, by in zip(spans, said, strict=True) if by is not None]


def _named_in_front(doc: Doc, start: int) -> _Said | None:
    """`"SMITH: I disagree"`: transcripts."""
    stop = next((i for i in range(start, min(start + 4, len(doc))) if doc[i].text == ":"), None)
    if stop is None or stop == start or not all(doc[i].is_upper for i in range(start, stop)):
        return None
    return _Said(doc[stop], doc[stop - 1])


def _surroundings(doc: Doc, spans: Sequence[Quoted], n: int) -> tuple[int, int]:
    """Where the attribution of a quotation may stand: from the end of the one before to the start of the next, inside the one around it."""
    span = spans[n]
    outer = [s for s in spans if s.start < span.start and span.end <= s.end]
    low, high = (outer[-1].start, outer[-1].end) if outer else (0, len(doc))
    for other in spans:
        if other.end < span.start and other.start >= low:
            low = max(low, other.end)
        if other.start > span.end and other.end <= high:
            high = min(high, other.start)
    return low, high


def _said_beside(doc: Doc, span: Quoted, low: int, high: int, cues: Sequence[Token]) -> _Said | None:
    words = sum(not t.is_punct for t in doc[span.start : span.end])
    introduced = _introduced(doc, span, low, cues)
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


def _introduced(doc: Doc, span: Quoted, low: int, cues: Sequence[Token]) -> _Said | None:
    """`He said: "…"`, `"…," she added, "…"`, `The ministry released a statement: "…"`."""
    mark = span.start - 1
    start = _sentence_start(doc, mark, low)
    if mark > 0 and doc[mark - 1].text == ":":
        return _opened_by_colon(doc, start, mark, cues)
    nearest = next((c for c in reversed(cues) if start <= c.i < mark and c.pos_ == "VERB" and speech.is_say(c, "say", "quote")), None)
    return _said(doc, nearest, start, mark) if nearest is not None and _leads_up(doc, nearest, span) else None


def _opened_by_colon(doc: Doc, start: int, end: int, cues: Sequence[Token]) -> _Said | None:
    nearest = next((c for c in reversed(cues) if start <= c.i < end and c.pos_ == "VERB" and speech.is_say(c, "say", "quote")), None)
    noun = next((doc[i] for i in range(end - 1, start - 1, -1) if speech.is_text_noun(doc[i])), None)
    if nearest is not None:
        said = _said(doc, nearest, start, end)
        return _Said(said.cue, said.speaker, colon=True)
    return None if noun is None else _Said(noun, _writer(noun), colon=True)


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


def _writer(noun: Token) -> Token | None:
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    verb = noun
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    return speech.subject(verb) if verb != noun else None


def _followed(doc: Doc, span: Quoted, high: int, cues: Sequence[Token]) -> _Said | None:
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
        return _Said(according, speech.speaker(according))
    return None if cue is None else _said(doc, cue, start, stop)


def _has_own_clause(cue: Token, span: Quoted) -> bool:
    """`On "Face the Day," the minister said that …`: what was said is elsewhere."""
    return any(c.dep_ == "ccomp" and c.left_edge.i > cue.i and c.left_edge.nbor(-1).orth not in MARKS for c in cue.children)


def _said(doc: Doc, cue: Token, low: int, high: int) -> _Said:
    """The cue with its subject; where the parse puts the subject out of the attribution, the noun beside the cue."""
    own = next((c for c in cue.children if c.dep_ in ("nsubj", "nsubjpass") and low <= c.i < high), None)
    who = speech.speaker(cue) if own is None else speech.antecedent(own)
    if who is not None and (own is not None or low <= who.i < high or cue.dep_ == "relcl"):
        return _Said(cue, who)
    beside = next((t for t in doc[low : cue.i] if t.pos_ in _NOMINAL), None) or next((t for t in doc[cue.i + 1 : high] if t.pos_ in _NOMINAL), None)
    while beside is not None and beside.head.pos_ in _NOMINAL and low <= beside.head.i < high and beside.dep_ in _INSIDE_PHRASE:
        beside = beside.head
    return _Said(cue, who if beside is None else beside)


def _governed(doc: Doc, span: Quoted) -> _Said | None:
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
        return _Said(verb, speech.speaker(verb))
    return None


def _starts_sentence(doc: Doc, span: Quoted) -> bool:
    before = span.start - 2
    return before < 0 or doc[before].text in _SENTENCE_END or doc[before].orth in MARKS or doc[before].is_space


def _inherited(doc: Doc, spans: Sequence[Quoted], said: Sequence[_Said | None], n: int, before: _Said | None, open_before: bool) -> _Said | None:
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
        return before or _Said(None, None)
    return None


def _is_idle(indirect: Quotation, direct: Sequence[Quotation]) -> bool:
    """True for "I told them that …" in marks: who speaks has been said already."""
    if indirect.speaker is not None and indirect.speaker.lower_ not in _PARTNERS:
        return False
    return any(q.start <= indirect.start and indirect.end <= q.end for q in direct)


def _announced(doc: Doc, cues: Sequence[Token]) -> _Said | None:
    """Who speaks in the next paragraph, when this one ends in a colon: "The minister said:"."""
    end = len(doc) - 1
    while end >= 0 and doc[end].is_space:
        end -= 1
    if end < 1 or doc[end].text != ":":
        return None
    return _opened_by_colon(doc, _sentence_start(doc, end, 0), end, cues) or _Said(None, None, colon=True)


def _block(number: int, doc: Doc, before: _Said | None, in_block: bool, headline: bool) -> Quotation | None:
    """A paragraph without marks that a colon at the end of the one before announced, and those after it in the first person."""
    if before is None or headline or before.speaker is None or len(doc) < _BLOCK_WORDS:
        return None
    if before.colon or (in_block and any(t.lower_ in ("i", "we", "my", "our", "me", "us") for t in doc)):
        return Quotation(number, 0, len(doc), True, before.cue, before.speaker)
    return None


def _titled(number: int, paragraph: Paragraph) -> Iterator[Quotation]:
    """Headlines that name the source before or after a colon: "Police: Two dead in fire", "Two dead in fire: police"."""
    if not paragraph.headline:
        return
    doc = paragraph.doc
    colon = next((t.i for t in doc if t.text == ":"), None)
    if colon is None or not 0 < colon < len(doc) - 1:
        return
    for (start, end), (first, last) in (((0, colon), (colon + 1, len(doc))), ((colon + 1, len(doc)), (0, colon))):
        source = doc[start:end]
        if (
            len(source) <= _SOURCE_WORDS
            and last - first > len(source)
            and _is_source(source)
            and any(t.pos_ in ("VERB", "AUX") for t in doc[first:last])
        ):
            yield Quotation(number, first, last, False, doc[colon], source.root)
            return


def _is_source(words: Span) -> bool:
    head = words.root
    if any(t.pos_ in ("VERB", "AUX", "PUNCT") for t in words):
        return False
    return speech.is_source_noun(head) or (head.pos_ == "PROPN" and head.ent_type_ in ("PERSON", "ORG"))


def _indirect(number: int, cues: Sequence[Token], direct: Sequence[Quotation]) -> Iterator[Quotation]:
    for cue in cues:
        own = [q for q in direct if q.cue is not None and q.cue.i == cue.i]
        for content in speech.contents(cue):
            if content.end - content.start < 2:
                continue
            if any(q.start <= content.head.i < q.end or 2 * _shared(q, content) > content.end - content.start for q in own):
                continue
            yield Quotation(number, content.start, content.end, False, cue, speech.speaker(cue), content.gap)


def _shared(quotation: Quotation, content: speech.Content) -> int:
    return max(0, min(quotation.end, content.end) - max(quotation.start, content.start))


def _is_mixed(direct: Quotation, indirect: Sequence[Quotation]) -> bool:
    """True for words in marks inside of indirect speech by the same cue or by none."""
    return any(q.start < direct.start and direct.end <= q.end and (direct.cue is None or q.cue is None or q.cue.i == direct.cue.i) for q in indirect)


def _last_said(here: Sequence[Quotation]) -> _Said | None:
    """Whom the next paragraph goes on quoting: the outermost of the last quotation here."""
    outer = [q for q in here if not any(o is not q and o.start <= q.start and q.end <= o.end for o in here)]
    return _Said(outer[-1].cue, outer[-1].speaker) if outer else None
