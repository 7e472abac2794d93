"""Reads names off the scores of spaCy's name finder, all paragraphs at once.

spaCy's own decoder asks at each word for each of dozens of moves whether it is valid, and takes Python's lock to ask: twice the time of
the network behind it. What a move scores depends on the word, the first word of the name that is open, and the word before; so outside of
names one product of matrices scores all words, and names that are open grow together, a word a step. The names are the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import minibatch

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.intp]
# What a move's scores rest on: the word, the first word of the open name, the word before within it.
_WORD, _FIRST, _BEFORE = range(3)


def install(nlp: Language) -> None:
    """Puts the decoder in place of "ner", which stays, disabled, as the keeper of the network."""
    nlp.add_pipe("kg_names", after="ner")
    nlp.disable_pipe("ner")


@Language.factory("kg_names", assigns=["doc.ents", "token.ent_iob", "token.ent_type"])
def make(nlp: Language, name: str) -> "NameDecoder":
    """Takes the network of the pipeline's own name finder."""
    return NameDecoder(nlp.get_pipe("ner"))


@dataclass(frozen=True, slots=True)
class Words:
    """What decides, beside the scores, which moves are valid; flags are one a word of all paragraphs."""

    spaces: Flags
    # Nothing goes on after these: the last words of paragraphs and of sentences.
    last: Flags

    @classmethod
    def of(cls, docs: Sequence[Doc]) -> "Words":
        flags = [np.asarray(doc.to_array(["IS_SPACE", "SENT_START"])).reshape(-1, 2) for doc in docs]
        # A sentence starts where the parser says 1; "not" is -1, stored without a sign.
        last = np.concatenate([np.append(each[1:, 1] == 1, True) for each in flags if len(each)])
        return cls(np.concatenate([each[:, 0] for each in flags]).astype(bool), last)


class NameDecoder:
    """A component of the pipeline that sets the names of documents."""

    def __init__(self, ner: Any) -> None:
        self.ner = ner
        moves: list[str] = [ner.moves.get_class_name(number) for number in range(ner.moves.n_moves)]
        self.labels = [move.partition("-")[2] for move in moves]
        self.begins = np.array([move.startswith("B-") for move in moves])
        self.units = np.array([move.startswith("U-") and len(move) > 2 for move in moves])
        self.out = np.array([move == "O" for move in moves])
        numbers = {move: number for number, move in enumerate(moves)}
        # Number of the move that begins a name -> of those that go on with it, and that end it.
        self.going_on, self.ending = (
            np.array([numbers[kind + move[2:]] if move.startswith("B-") else 0 for move in moves], dtype=np.intp) for kind in ("I-", "L-")
        )

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """The documents with their names, in order."""
        batches: Iterator[list[Doc]] = minibatch(docs, size=batch_size)  # type: ignore[no-untyped-call]
        for batch in batches:
            self._find(batch)
            yield from batch

    def _find(self, docs: list[Doc]) -> None:
        if any(len(doc) and doc.has_annotation("ENT_IOB") for doc in docs):  # names that someone else has set bind the stock decoder
            self.ner.set_annotations(docs, self.ner.predict(docs))
            return
        if any(len(doc) for doc in docs):
            start, moves, ends = 0, *self.decode(docs)
            for doc in docs:
                stop = start + len(doc)
                _annotate(doc, moves[start:stop], ends[start:stop] - start, self.labels)
                start = stop

    def decode(self, docs: Sequence[Doc]) -> tuple[Indices, Indices]:
        """For each word of all documents the best move where no name is open, and where the name ends that it begins, else 0."""
        model, words = self.ner.model, Words.of(docs)
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        cached: Floats = lower.predict(model.get_ref("tok2vec").predict(docs))
        absent, cached, bias = cached[0], cached[1:], lower.get_param("b")
        weights, base, ops = upper.get_param("W"), upper.get_param("b"), upper.ops

        def scores(features: Floats) -> Floats:
            hidden: Floats = (features + bias).max(axis=-1)
            scored: Floats = ops.gemm(hidden, weights, trans2=True) + base
            return scored

        outside = scores(cached[:, _WORD] + absent[_FIRST] + absent[_BEFORE])
        invalid = ~(self.begins | self.units | self.out)[None] | (words.spaces[:, None] & ~self.out) | (words.last[:, None] & self.begins)
        moves = np.where(invalid, -np.inf, outside).argmax(axis=1)
        ends = np.where(self.units[moves], np.arange(1, len(moves) + 1), 0)
        first = np.flatnonzero(self.begins[moves])
        here = first + 1
        while len(first):
            inside = scores(cached[here, _WORD] + cached[first, _FIRST] + cached[here - 1, _BEFORE])
            rows, begun = np.arange(len(first)), moves[first]
            ended = words.last[here] | (inside[rows, self.ending[begun]] > inside[rows, self.going_on[begun]])
            ends[first[ended]] = here[ended] + 1
            first, here = first[~ended], here[~ended] + 1
        return moves, ends


def _annotate(doc: Doc, moves: Indices, ends: Indices, labels: Sequence[str]) -> None:
    """Sets the names: each begins where none is open."""
    names: list[Span] = []
    for start in np.flatnonzero(ends > 0).tolist():
        if not names or start >= names[-1].end:
            names.append(Span(doc, start, int(ends[start]), label=labels[moves[start]]))
    doc.set_ents(names, default="outside")
