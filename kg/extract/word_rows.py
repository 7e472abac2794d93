"""Remembers what spaCy's networks make of a word by itself, before they look at its neighbours.

The first layers (embedding by hashes, mixing, normalization) see only the word's form: a third of the network's work, done again for each
"the". Here it is done once for each form. The rows are the same, to the last bit.
"""

from collections.abc import Callable, Iterator
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model

# So many forms are kept for each network, 33 MB: a bound that a million articles would reach.
_KEPT = 50_000

Rows = npt.NDArray[np.float32]
Features = npt.NDArray[np.uint64]
Embedding = Model[list[Doc], list[Rows]]


def install(nlp: Language) -> None:
    """Lets the networks of the packaged pipeline remember. It can't be written to a disk then; after training they begin anew."""
    for _, component in nlp.components:
        if isinstance(network := getattr(component, "model", None), Model):
            for node in list(network.walk()):
                node.layers[:] = [_remembering(layer) if _is_embedding(layer) else layer for layer in node.layers]


def _is_embedding(layer: Model[Any, Any]) -> bool:
    names = [each.name.partition("(")[0] for each in layer.layers]
    return names == ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]


def _remembering(embedding: Embedding) -> Embedding:
    return Model("kg_word_rows", _forward, layers=[embedding], attrs={"known": Known(embedding)})


def _forward(model: Embedding, docs: list[Doc], is_train: bool) -> tuple[list[Rows], Callable[..., Any]]:
    embedding: Any = model.layers[0]
    if is_train:
        model.attrs["known"].forget()
        trained: tuple[list[Rows], Callable[..., Any]] = embedding(docs, is_train)
        return trained
    return list(model.attrs["known"].rows(embedding.layers[0].predict(docs))), _nothing_learnt


def _nothing_learnt(*_: Any) -> list[Doc]:
    return []


class Known:
    """The rows of the forms that came."""

    def __init__(self, embedding: Any) -> None:
        self._layers = embedding.layers[1:]
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Drops the rows, as where the weights change."""
        self._places: dict[bytes, int] = {}
        self._rows: Rows = np.zeros((0, 0), dtype=np.float32)

    def rows(self, features: list[Features]) -> Iterator[Rows]:
        """For each document the rows of its words."""
        every = np.ascontiguousarray(np.concatenate(features))
        # What a word is to the network, as bytes: a key.
        keys: list[bytes] = every.view(f"V{every.shape[1] * every.itemsize}").ravel().tolist()
        with self._lock:
            if len(self._places) > _KEPT:
                self.forget()
            new: dict[bytes, int] = {key: number for number, key in enumerate(keys) if key not in self._places}
            if new:
                self._learn(new, every[list(new.values())])
            found = self._rows[[self._places[key] for key in keys]]
        start = 0
        for each in features:
            yield found[start : start + len(each)]
            start += len(each)

    def _learn(self, new: dict[bytes, int], features: Features) -> None:
        made: Any = [features]
        for layer in self._layers:
            made = layer.predict(made)
        start, stop = len(self._places), len(self._places) + len(new)
        if stop > len(self._rows):
            grown = np.zeros((max(stop, 2 * len(self._rows)), made[0].shape[1]), dtype=np.float32)
            grown[:start] = self._rows[:start] if start else 0
            self._rows = grown
        self._rows[start:stop] = made[0]
        self._places.update(zip(new, range(start, stop), strict=True))
