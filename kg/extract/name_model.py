"""The name finder that the project trained itself: the stock one's network with other weights, see `models/names/README.md`."""

import hashlib
from functools import cache
from io import BytesIO

import numpy as np
from spacy.language import Language
from thinc.api import Model

from kg.resources import PACKAGE

FOLDER = PACKAGE / "extract" / "models" / "names"
_WEIGHTS = FOLDER / "weights.npz"


def install(nlp: Language) -> None:
    """Puts the trained weights into the pipeline's name finder and says so in its version."""
    stored = np.load(BytesIO(_bytes()))
    for (node, name), key in _parameters(nlp.get_pipe("ner").model):  # type: ignore[attr-defined]
        node.set_param(name, stored[key].astype(np.float32))
    nlp.meta["version"] = f"{nlp.meta['version']} names {hashlib.sha256(_bytes()).hexdigest()[:8]}"


def save(ner_model: "Model[object, object]") -> None:
    """Writes the weights of a trained name finder; two bytes a weight lose nothing that shows."""
    weights = {key: node.get_param(name).astype(np.float16) for (node, name), key in _parameters(ner_model)}
    np.savez_compressed(_WEIGHTS, **weights)


@cache
def _bytes() -> bytes:
    return _WEIGHTS.read_bytes()


def _parameters(model: "Model[object, object]") -> "list[tuple[tuple[Model[object, object], str], str]]":
    """Every parameter of the network with a key that names its place."""
    nodes = enumerate(model.walk())
    return [((node, name), f"{number}.{name}") for number, node in nodes for name in sorted(node.param_names) if node.has_param(name)]
