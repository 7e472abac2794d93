"""The name finder that the project trained itself: the stock one's network with other weights, see `models/names/README.md`."""

import hashlib
from io import BytesIO
from typing import Any

import numpy as np
from spacy.language import Language
from thinc.api import Model

from kg.resources import PACKAGE

_WEIGHTS = PACKAGE / "extract" / "models" / "names" / "weights.npz"


def install(nlp: Language) -> None:
    """Puts the trained weights into the pipeline's name finder and says so in its version."""
    packed = _WEIGHTS.read_bytes()
    ner: Any = nlp.get_pipe("ner")
    with np.load(BytesIO(packed)) as stored:
        for key, (node, name) in _parameters(ner.model).items():
            node.set_param(name, stored[key].astype("float32"))
    nlp.meta["version"] = f"{nlp.meta['version']} names {hashlib.sha256(packed).hexdigest()[:8]}"


def save(model: Model[Any, Any]) -> None:
    """Writes the weights of a trained name finder, two bytes each: what is lost shows in no result."""
    weights: dict[str, Any] = {key: node.get_param(name).astype("float16") for key, (node, name) in _parameters(model).items()}
    np.savez_compressed(_WEIGHTS, **weights)


def _parameters(model: Model[Any, Any]) -> dict[str, tuple[Model[Any, Any], str]]:
    """Every parameter of the network by its place in it."""
    nodes = enumerate(model.walk())
    return {f"{number}.{name}": (node, name) for number, node in nodes for name in sorted(node.param_names) if node.has_param(name)}
