"""The parse of sentences as an SVG: words in a row, what hangs on what as arcs over them, names and the words of claims in colour."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from kg.cli.tables import shown
from kg.web.article import hues

if TYPE_CHECKING:
    from kg.explanation import Party, Sentence, Word

_CHARACTER, _GAP, _MARGIN = 8.4, 14.0, 20.0  # widths; the letters are of one width
_LEVEL, _ROW, _LINE = 20.0, 68.0, 18.0  # heights of an arc, of the words with what stands below them, of a line of text
_SPREAD, _CORNER = 4.0, 6.0
_LEFT_OUT = ("punct", "")
_STYLE = (
    "text{font:14px ui-monospace,'DejaVu Sans Mono',monospace;fill:#222} .small{font-size:10px;fill:#666} .arc{fill:none;stroke:#999}"
    " .subject{stroke:#1667c1;stroke-width:2} .object{stroke:#1a8a44;stroke-width:2} .word{fill:#fff3d6;stroke:#c77700;stroke-width:2}"
    " .label{text-anchor:middle;font-size:10px;fill:#444;stroke:#fff;stroke-width:3px;paint-order:stroke}"
    " .cue{fill:none;stroke:#c02020;stroke-dasharray:3 2}"
)

Edge = tuple[int, int]  # dependant and head


def drawing(sentences: Sequence["Sentence"]) -> str:
    """A whole SVG, one sentence below the other; everything that comes from the text is escaped."""
    parts: list[str] = []
    width, y = 0.0, _MARGIN
    for sentence in sentences:
        drawn = _Drawing(sentence)
        parts.append(f'<g transform="translate(0 {y:.0f})">{"".join(drawn.parts())}</g>')
        width, y = max(width, drawn.width), y + drawn.height + _MARGIN
    size = f'width="{width:.0f}" height="{y:.0f}" viewBox="0 0 {width:.0f} {y:.0f}"'
    tip = 'id="tip" markerUnits="userSpaceOnUse" markerWidth="7" markerHeight="6" refX="3.5" refY="5" orient="0"'
    arrow = f'<marker {tip}><path d="M0 0L7 0L3.5 6z" fill="#777"/></marker>'
    head = f'<style>{_STYLE}</style><defs>{arrow}</defs><rect width="100%" height="100%" fill="#fff"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{head}{"".join(parts)}</svg>\n'


class _Drawing:
    """One sentence: where its words stand and how high its arcs go."""

    def __init__(self, sentence: "Sentence") -> None:
        self.sentence, self.words = sentence, sentence.words
        self.left: list[float] = []
        x = _MARGIN
        for word in self.words:
            self.left.append(x)
            # The label of an arc or a part of speech may be wider than the word.
            x += max(len(shown(word.text)) * _CHARACTER, len(word.pos) * 6.2) + _GAP if word.text.strip() else 0.0
        self.edges = [(n, w.head) for n, w in enumerate(self.words) if w.head != n and w.label not in _LEFT_OUT and w.text.strip()]
        self.levels = _levels(self.edges)
        self.base = (max(self.levels.values(), default=0) + 1) * _LEVEL
        self.notes = [f"{_name(t.subject)} {t.relation} {_name(t.object)} ({t.modality}, {t.confidence:.2f})" for t in sentence.told]
        self.notes += [] if self.notes else [f"no claim: “{r.word}” {r.relation or '…'}: {r.reason}" for r in sentence.refusals]
        self.width = max(x, *(len(note) * _CHARACTER + 2 * _MARGIN for note in self.notes), 2 * _MARGIN)
        self.height = self.base + _ROW + len(self.notes) * _LINE

    def parts(self) -> Iterator[str]:
        """The elements, those behind others first."""
        yield from self._boxes()
        colours = self._colours()
        starts = self._starts()
        for edge in sorted(self.edges, key=lambda e: (e in colours, e)):
            yield self._arc(edge, starts[edge], colours.get(edge, ""))
        for n, word in enumerate(self.words):
            if word.text.strip():
                yield _text(self.left[n], self.base + 20, shown(word.text))
                yield _text(self.left[n], self.base + 34, word.pos, "small")
        for line, note in enumerate(self.notes):
            yield _text(_MARGIN, self.base + _ROW + 12 + line * _LINE, shown(note))

    def _middle(self, n: int) -> float:
        return self.left[n] + len(shown(self.words[n].text)) * _CHARACTER / 2

    def _starts(self) -> dict[Edge, float]:
        """Where arcs leave their heads: side by side, the farthest dependant innermost, so that none crosses its neighbour."""
        starts: dict[Edge, float] = {}
        for head in {h for _, h in self.edges}:
            for side in (-1, 1):
                there = sorted((e for e in self.edges if e[1] == head and (e[0] - head) * side > 0), key=lambda e: -abs(e[0] - head))
                starts |= {edge: self._middle(head) + side * _SPREAD * (rank + 1) for rank, edge in enumerate(there)}
        return starts

    def _arc(self, edge: Edge, start: float, colour: str) -> str:
        end = self._middle(edge[0])
        top = self.base - self.levels[edge] * _LEVEL
        turn = _CORNER if end > start else -_CORNER
        path = f"M{start:.1f} {self.base:.1f}V{top + _CORNER:.1f}Q{start:.1f} {top:.1f} {start + turn:.1f} {top:.1f}"
        path += f"H{end - turn:.1f}Q{end:.1f} {top:.1f} {end:.1f} {top + _CORNER:.1f}V{self.base:.1f}"
        label = _text((start + end) / 2, top + 3.5, self.words[edge[0]].label, "label")
        return f'<path class="{f"arc {colour}".strip()}" marker-end="url(#tip)" d="{path}"/>{label}'

    def _boxes(self) -> Iterator[str]:
        """Names, words of claims and cues behind their words."""
        mentions = {(found.start, found.end): (found.type, found.kind) for found in self.sentence.found}
        parties = (party for told in self.sentence.told for party in (told.subject, told.object) if party and party.here)
        for party in parties:
            if party.here and not any(start <= party.here.start and party.here.end <= end for start, end in mentions):
                mentions[party.here.start, party.here.end] = (party.type, party.here.kind)
        for (start, end), (kind, how) in sorted(mentions.items()):
            hue = hues().get(kind, 0)
            style = f'fill="hsl({hue},70%,88%)" stroke="hsl({hue},60%,45%)"' + (' stroke-dasharray="2 2"' if how != "name" else "")
            yield from self._box(start, end, style, kind)
        for told in self.sentence.told:
            worded = told.entry is None or told.entry.words
            yield from self._box(told.trigger.start, told.trigger.end, 'class="word"', told.relation if worded else "", 1)
        for told in self.sentence.told:
            for n, word in enumerate(self.words):
                if word.text in told.cues:
                    yield from self._box(self.words[n].start, self.words[n].end, 'class="cue"', "")

    def _box(self, start: int, end: int, style: str, name: str, row: int = 0) -> Iterator[str]:
        there = [n for n, word in enumerate(self.words) if start <= word.start < end and word.text.strip()]
        if there:
            left = self.left[there[0]] - 3
            width = self.left[there[-1]] + len(shown(self.words[there[-1]].text)) * _CHARACTER + 3 - left
            yield f'<rect x="{left:.1f}" y="{self.base + 5:.1f}" width="{width:.1f}" height="20" rx="3" {style}/>'
            yield _text(left + 3, self.base + 46 + row * 12, name, "small")

    def _colours(self) -> dict[Edge, str]:
        """The arcs on the way from the word of a claim to its subject and object."""
        colours: dict[Edge, str] = {}
        for told in self.sentence.told:
            at = self._head(told.trigger.start, told.trigger.end)
            for side, party in (("object", told.object), ("subject", told.subject)):
                if party is not None and party.here is not None and at is not None:
                    there = self._head(party.here.start, party.here.end)
                    colours |= dict.fromkeys(_way(self.words, at, there), side) if there is not None else {}
        return colours

    def _head(self, start: int, end: int) -> int | None:
        """The word of a phrase that hangs on something outside."""
        inside = [n for n, word in enumerate(self.words) if start <= word.start < end]
        return next((n for n in inside if self.words[n].head not in inside or self.words[n].head == n), None)


def _levels(edges: Iterable[Edge]) -> dict[Edge, int]:
    """How high each arc goes: over all that lie below it or that it crosses."""
    levels: dict[Edge, int] = {}
    for edge in sorted(edges, key=lambda e: (abs(e[0] - e[1]), min(e))):
        first, last = sorted(edge)
        levels[edge] = 1 + max((level for other, level in levels.items() if min(other) < last and max(other) > first), default=0)
    return levels


def _way(words: Sequence["Word"], start: int, end: int) -> Iterator[Edge]:
    """The edges between two words of one tree."""
    above = [_above(words, n) for n in (start, end)]
    shared = set(above[0]) & set(above[1])
    for chain in above:
        for n in chain:
            if n in shared:
                break
            yield n, words[n].head


def _above(words: Sequence["Word"], n: int) -> list[int]:
    found = [n]
    while words[found[-1]].head != found[-1] and len(found) <= len(words):
        found.append(words[found[-1]].head)
    return found


def _name(party: "Party | None") -> str:
    return party.name if party else "?"


def _text(x: float, y: float, text: str, kind: str = "") -> str:
    from kg.graph.terms import clean

    style = f' class="{kind}"' if kind else ""
    return f'<text{style} x="{x:.1f}" y="{y:.1f}" xml:space="preserve">{escape(clean(text))}</text>'
