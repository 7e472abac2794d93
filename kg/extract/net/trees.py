"""A paragraph's parse as plain lists, which are quicker to walk than tokens, and the paths in it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

_LONGEST = 60  # steps up a tree; more is a parser's muddle
_LONGEST_LABEL = 8
ENDLESS = 99


@dataclass(frozen=True, slots=True)
class Way:
    """The way from one word to another: over `up`, the last of which hangs on word `top`, and down again over `down`."""

    up: tuple[int, ...]
    top: int
    down: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.up) + len(self.down)


class Tree:
    """Heads, labels, parts of speech, lemmas and sentences (by their first token) of a paragraph by token index."""

    def __init__(self, doc: Doc) -> None:
        rows = doc.to_array(["HEAD", "DEP", "POS", "LEMMA"])
        string = doc.vocab.strings
        offsets: list[int] = rows[:, 0].astype(np.int64).tolist()
        self.doc = doc
        self.heads = [i + offset for i, offset in enumerate(offsets)]
        self.deps = [string[key] for key in rows[:, 1].tolist()]
        self.pos = [string[key] for key in rows[:, 2].tolist()]
        self.lemmas = [string[key].lower() for key in rows[:, 3].tolist()]
        self.sentences = [sent.start for sent in doc.sents for _ in range(sent.start, sent.end)]
        self._above: dict[int, list[int]] = {}
        self._ways: dict[tuple[int, int], Way | None] = {}
        self._labels: dict[tuple[int, int], str] = {}

    def above(self, i: int) -> Sequence[int]:
        """The word and everything it hangs on, nearest first."""
        found = self._above.get(i)
        if found is None:
            found = [i]
            while self.heads[found[-1]] != found[-1] and len(found) < _LONGEST:
                found.append(self.heads[found[-1]])
            self._above[i] = found
        return found

    def way(self, i: int, j: int) -> Way | None:
        """The way between two words; None when they are of different sentences."""
        if (i, j) not in self._ways:
            self._ways[i, j] = self._find(i, j)
        return self._ways[i, j]

    def on(self, i: int, j: int) -> set[int]:
        """The words on the way between two, themselves included."""
        way = self.way(i, j)
        return {i, j} if way is None else {i, j, way.top, *way.up, *way.down}

    def steps(self, i: int, j: int) -> int:
        """How long the way is; ENDLESS between sentences."""
        way = self.way(i, j)
        return ENDLESS if way is None else len(way)

    def steps_to(self, on: set[int], i: int) -> int:
        """Steps up from a word until a way is met; ENDLESS when it is not."""
        return next((steps for steps, word in enumerate(self.above(i)) if word in on), ENDLESS)

    def _find(self, i: int, j: int) -> Way | None:
        mine, other = self.above(i), self.above(j)
        steps = {word: n for n, word in enumerate(other)}
        for n, word in enumerate(mine):
            if word in steps:
                return Way(tuple(mine[:n]), word, tuple(reversed(other[: steps[word]])))
        return None

    def label(self, i: int, j: int) -> str:
        """The way from i to j in words: "nsubj<kill>prep:in>pobj" without its top ("nsubj<>prep:in>pobj"); prepositions are named."""
        if (i, j) not in self._labels:
            way = self.way(i, j)
            self._labels[i, j] = "none" if way is None else self.write(way)
        return self._labels[i, j]

    def write(self, way: Way, skip: tuple[str, ...] = ()) -> str:
        """A way as text; edges whose label is in `skip` are left out."""
        up = [self.edge(i) for i in way.up if self.deps[i] not in skip]
        down = [self.edge(i) for i in way.down if self.deps[i] not in skip]
        return "<".join(up) + "<>" + ">".join(down) if len(up) + len(down) < _LONGEST_LABEL else "long"

    def edge(self, i: int) -> str:
        """The label above a word, with the word where it is a preposition."""
        dep = self.deps[i]
        return f"{dep}:{self.lemmas[i]}" if dep in ("prep", "agent", "dative") and self.pos[i] in ("ADP", "SCONJ") else dep
