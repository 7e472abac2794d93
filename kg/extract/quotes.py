"""Who says what: quotations in marks and in indirect speech, across paragraphs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.extract import speech
from kg.extract.direct_speech import Said, announced, bounded, said_of
from kg.extract.indirect_speech import Content, contents
from kg.extract.nlp import Paragraph
from kg.extract.quotation_marks import MARKS, quoted
from kg.extract.speakers import speaker

_PARTNERS = frozenset(["i", "we", "you", "let", "'s", "us", "it"])
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


def quotations(paragraphs: Sequence[Paragraph]) -> list[Quotation]:
    """All quotations of a document in text order."""
    found: list[Quotation] = []
    before: Said | None = None
    open_before = in_block = False
    for number, paragraph in enumerate(paragraphs):
        doc = paragraph.doc
        marks, cues = _scan(doc)
        if paragraph.headline and not marks:  # a caption between two paragraphs of one speech ends nothing
            found.extend([*_indirect(number, cues, []), *_titled(number, paragraph)])
            continue
        spans = quoted(doc, marks)
        following = paragraphs[number + 1].doc if number + 1 < len(paragraphs) else None
        spans = [bounded(doc, s, following) for s in spans]
        said = said_of(doc, spans, cues, before, open_before)
        direct = [Quotation(number, s.start, s.end, True, by.cue, by.speaker) for s, by in zip(spans, said, strict=True) if by is not None]
        if not spans and (block := _block(number, doc, before, in_block, paragraph.headline)) is not None:
            direct = [block]
        in_block = bool(direct) and not spans
        indirect = [*_indirect(number, cues, direct), *_titled(number, paragraph)]
        direct = [q for q in direct if not _is_mixed(q, indirect)]
        indirect = [q for q in indirect if not _is_idle(q, direct)]
        here = _distinct([*direct, *indirect])
        found.extend(here)
        open_before = bool(spans) and not spans[-1].closed and spans[-1].end == len(doc)
        before = announced(doc, cues) or _last_said(here)
    return found


def _distinct(found: Sequence[Quotation]) -> list[Quotation]:
    """In text order, the same words once: in marks before unmarked, and said from outside before "…, X said, …" within them."""
    best: dict[tuple[int, int], Quotation] = {}
    for quotation in sorted(found, key=lambda q: (q.start, -q.end, not q.direct, q.gap is not None)):
        best.setdefault((quotation.start, quotation.end), quotation)
    return list(best.values())


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


def _is_idle(indirect: Quotation, direct: Sequence[Quotation]) -> bool:
    """True for "I told them that …" in marks: who speaks has been said already."""
    if indirect.speaker is not None and indirect.speaker.lower_ not in _PARTNERS:
        return False
    return any(q.start <= indirect.start and indirect.end <= q.end for q in direct)


def _block(number: int, doc: Doc, before: Said | None, in_block: bool, headline: bool) -> Quotation | None:
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
        for content in contents(cue):
            if content.end - content.start < 2:
                continue
            if any(q.start <= content.head.i < q.end or 2 * _shared(q, content) > content.end - content.start for q in own):
                continue
            yield Quotation(number, content.start, content.end, False, cue, speaker(cue), content.gap)


def _shared(quotation: Quotation, content: Content) -> int:
    return max(0, min(quotation.end, content.end) - max(quotation.start, content.start))


def _is_mixed(direct: Quotation, indirect: Sequence[Quotation]) -> bool:
    """True for words in marks inside of indirect speech by the same cue or by none."""
    return any(q.start < direct.start and direct.end <= q.end and (direct.cue is None or q.cue is None or q.cue.i == direct.cue.i) for q in indirect)


def _last_said(here: Sequence[Quotation]) -> Said | None:
    """Whom the next paragraph goes on quoting: the outermost of the last quotation here."""
    outer = [q for q in here if not any(o is not q and o.start <= q.start and q.end <= o.end for o in here)]
    return Said(outer[-1].cue, outer[-1].speaker) if outer else None
