"""Articles that are copies of one text, as syndicated reports are, cut and edited or not: found by their signatures.

Signatures are cut into bands; texts that agree in a band are compared (Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", 3.4).
Within a band each is compared with two others at most, so that the cost of an article hardly grows with the number of articles.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.extract.signature import SIZE, numbers
from kg.identity.judgements import Groups

# Of the shorter text so many runs of words stand in the longer one; and both have so many in common.
_CONTAINED, _ALIKE = 0.7, 0.25
# 32 bands: of texts with half of their runs in common 99 % agree in one, with a quarter 40 %.
_BAND = 3
_BLOCK = 10_000


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """A text as its signature tells of it; texts are sorted by date, then id."""

    published: str
    document: str
    length: int
    signature: str


def originals(texts: Sequence[Text]) -> dict[str, str]:
    """For each document that is a copy, the first of its group by date of publication, then id."""
    ordered = sorted(texts)
    if not ordered:
        return {}
    found = np.stack([numbers(text.signature) for text in ordered])
    lengths = np.array([max(text.length, 1) for text in ordered], dtype=np.float64)
    groups = Groups()
    for start in range(0, SIZE, _BAND):
        for one, other in _alike(found, lengths, found[:, start : start + _BAND]):
            groups.join(ordered[one].document, ordered[other].document)
    members: dict[str, list[str]] = {}
    for text in ordered:
        members.setdefault(groups.root(text.document), []).append(text.document)
    return {copy: group[0] for group in members.values() for copy in group[1:]}


def _alike(found: npt.NDArray[np.uint16], lengths: npt.NDArray[np.float64], band: npt.NDArray[np.uint16]) -> list[tuple[int, int]]:
    """Pairs of copies among the texts that agree in a band, each with the one before it and the first of all."""
    keys = (band.astype(np.uint64) << np.arange(0, 16 * _BAND, 16, dtype=np.uint64)).sum(axis=1, dtype=np.uint64)
    order = np.argsort(keys, kind="stable")
    again = np.concatenate(([False], keys[order][1:] == keys[order][:-1]))
    first = order[np.maximum.accumulate(np.where(again, 0, np.arange(len(order))))]
    here = np.flatnonzero(again)
    pairs = np.unique(np.concatenate((np.stack((order[here - 1], order[here])), np.stack((first[here], order[here]))), axis=1), axis=1)
    return [pair for at in range(0, pairs.shape[1], _BLOCK) for pair in _copies(found, lengths, pairs[:, at : at + _BLOCK])]


def _copies(found: npt.NDArray[np.uint16], lengths: npt.NDArray[np.float64], pairs: npt.NDArray[np.intp]) -> list[tuple[int, int]]:
    one, other = pairs
    alike = (found[one] == found[other]).mean(axis=1)
    longer = np.maximum(lengths[one], lengths[other]) / np.minimum(lengths[one], lengths[other])
    # What both have in common, by the size of the shorter.
    contained = alike / (1 + alike) * (1 + longer)
    hits = (alike >= _ALIKE) & (contained >= _CONTAINED)
    return list(zip(one[hits].tolist(), other[hits].tolist(), strict=True))
