"""How far a claim can be trusted: the entry's own prior, lowered for each step that may have gone wrong."""

from collections.abc import Iterator
from math import prod

from kg.extract.arguments import Argument
from kg.extract.selection import Draft

# Priors set by hand, for relations that the model does not know: a user's own and the rarest.
_CONSTRUCTION = {
    "active": 1.0,
    "passive": 1.0,
    "title": 1.0,
    "apposition": 0.95,
    "copula": 0.95,
    "as": 0.9,
    "relative clause": 0.9,
    "reduced relative": 0.9,
    "hyphenated participle": 1.0,
    "control": 0.85,
    "participle clause": 0.85,
    "conjunction": 0.85,
    "noun": 0.9,
    "light verb": 0.95,
    "responsible for": 0.9,
    "place, place": 0.95,
    "kind and name": 1.0,
    "name within a name": 0.9,
    "possessive": 0.9,
}
_MENTION = {"name": 1.0, "nominal": 0.9, "pronoun": 0.75}
_IMPLICIT = 0.7


def confidence(draft: Draft) -> float:
    """Between 0 and 1, two decimals: the model's probability where it knows the relation, else the product of the priors."""
    return draft.probability if draft.probability is not None else round(prod(value for _, value in priors(draft)), 2)


def priors(draft: Draft) -> Iterator[tuple[str, float]]:
    """What the confidence is the product of where the model doesn't know the relation, each with the name of what it is about."""
    yield "entry", draft.entry.confidence
    yield draft.predication.construction, _CONSTRUCTION.get(draft.predication.construction, 0.85)
    yield "subject", _mention(draft.subject)
    yield "object", _mention(draft.object)
    yield "implicit", _IMPLICIT if draft.implicit else 1.0


def _mention(argument: Argument | None) -> float:
    return 1.0 if argument is None else _MENTION[argument.markable.kind]
