"""The codes of event classes in PLOVER and CAMEO, as ontology/alignments.ttl has them."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from kg import resources
from kg.iris import KG, local


@dataclass(frozen=True, slots=True)
class Codes:
    """PLOVER's event, mode and quad class, CAMEO's code; empty where there is none."""

    event: str = ""
    mode: str = ""
    quad: str = ""
    cameo: str = ""


@cache
def codes() -> defaultdict[str, Codes]:
    """The codes by class of event; a class without any, such as a user's own, has empty ones."""
    told: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in ox.parse(path=str(resources.folder("ontology") / "alignments.ttl"), format=ox.RdfFormat.TURTLE):
        if quad.predicate.value.startswith(KG) and isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            told[local(quad.subject.value)].setdefault(local(quad.predicate.value), quad.object.value)
    return defaultdict(Codes, {name: _codes(found) for name, found in told.items()})


def _codes(told: dict[str, str]) -> Codes:
    return Codes(told.get("ploverEvent", ""), told.get("ploverMode", ""), told.get("quadClass", ""), told.get("cameoCode", ""))
