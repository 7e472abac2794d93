"""Edges of ties: one for each claim, or one for all that tells the same tie; in order of their ends and keys.

Ties are let go as their edges are made, so that of half a million not both are held.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any

from kg.graph import corroboration
from kg.graph.corroboration import Belief
from kg.graph.facts import Fact
from kg.network.ties import Tie

Edge = tuple[str, str, str, dict[str, Any]]
Beliefs = Mapping[str, Belief]


def of_claims(ties: Iterable[Tie], beliefs: Beliefs) -> Iterator[Edge]:
    """An edge a tie, with the claim's id as key."""
    for source, target, key, tie in _taken([(tie.source, tie.target, _key_of(tie), tie) for tie in ties]):
        of_fact = _told(tie.told.fact, beliefs) if tie.told else {}
        yield source, target, key, _present({**of_fact, **_of(tie), "weight": 1.0 if tie.weight is None else tie.weight})


def _taken(rows: list[tuple[str, str, str, Any]]) -> Iterator[tuple[str, str, str, Any]]:
    """The rows in order, out of the list."""
    rows.sort(key=itemgetter(0, 1, 2))
    rows.reverse()
    while rows:
        yield rows.pop()


def _key_of(tie: Tie) -> str:
    return tie.told.fact.claim if tie.told else _key(tie.source, tie.target, tie.relation, tie.modality, tie.document)


def _of(tie: Tie) -> dict[str, Any]:
    return {
        "relation": tie.relation,
        "modality": tie.modality,
        "confidence": tie.confidence,
        "document": tie.document,
        "published": tie.published,
        "start": tie.start,
        "end": tie.end,
        "reported": [tie.published[:10]] if tie.published else None,
        "sign": tie.sign,
        "via": [tie.via] if tie.via else None,
        **dict(tie.more),
    }


def _told(fact: Fact, beliefs: Beliefs) -> dict[str, Any]:
    return {
        "sources": list(fact.sources),
        "sentence": fact.sentence,
        "time": fact.time,
        "place": list(fact.place),
        "instrument": list(fact.instrument),
        "title": fact.title,
        "event": fact.event,
        "rule": fact.rule,
        **_believed(beliefs.get(fact.claim)),
    }


def _believed(belief: Belief | None) -> dict[str, Any]:
    return {"belief": belief.degree, "supporting": len(belief.supporting), "opposing": len(belief.opposing)} if belief else {}


def merged(ties: Iterable[Tie], beliefs: Beliefs, *, directed: bool) -> Iterator[Edge]:
    """An edge for all ties that have the same ends, relation and modality.

    The weight is what the query says, summed; else the number of different ?via; else of independent voices, or of documents.
    The sentence and what belongs to it are those of the most certain claim.
    """
    both_ways = corroboration.symmetric()
    groups: dict[tuple[str, str, str, str], list[Tie]] = defaultdict(list)
    for tie in ties:
        ends = (tie.source, tie.target) if directed and tie.relation not in both_ways else tuple(sorted((tie.source, tie.target)))
        groups[ends[0], ends[1], tie.relation, tie.modality or ""].append(tie)
    rows = [(ends[0], ends[1], _key(*ends), group) for ends, group in groups.items()]
    groups.clear()
    for source, target, key, group in _taken(rows):
        yield source, target, key, _present(_all(group, beliefs))


def _all(group: list[Tie], beliefs: Beliefs) -> dict[str, Any]:
    claims = {tie.told.fact.claim: tie for tie in group if tie.told}
    best = min(claims.values(), key=_order, default=group[0])
    of_fact = _told(best.told.fact, beliefs) if best.told else {}
    told = [tie.told for tie in claims.values() if tie.told]
    documents = sorted({tie.document for tie in group if tie.document})
    return {
        **of_fact,
        **_of(best),
        "confidence": max((tie.confidence for tie in group if tie.confidence is not None), default=None),
        "sources": sorted({source for each in told for source in each.fact.sources}),
        "place": sorted({place for each in told for place in each.fact.place}),
        "instrument": sorted({thing for each in told for thing in each.fact.instrument}),
        "documents": documents,
        "claims": sorted(claims),
        "published": min((tie.published for tie in group if tie.published), default=None),
        "start": min((tie.start for tie in group if tie.start), default=None),
        "end": max((tie.end for tie in group if tie.end), default=None),
        "reported": sorted({tie.published[:10] for tie in group if tie.published}),
        "via": sorted({tie.via for tie in group if tie.via}),
        "weight": _weight(group, documents),
    }


def _weight(group: list[Tie], documents: list[str]) -> float:
    if given := [tie.weight for tie in group if tie.weight is not None]:
        return max(0.0, sum(given))
    if via := {tie.via for tie in group if tie.via}:
        return float(len(via))
    told = [(tie.told.fact, tie.told.publisher) for tie in group if tie.told]
    return float(len(corroboration.voices(told)) if told else max(1, len(documents)))


def _order(tie: Tie) -> tuple[Any, ...]:
    """The most certain first, of those what was published first."""
    assert tie.told is not None
    return -(tie.confidence or 0), tie.published or "~", tie.told.fact.document, tie.told.fact.start, tie.told.fact.claim


def _key(*parts: str | None) -> str:
    return "t-" + hashlib.sha256("\x1f".join(part or "" for part in parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _present(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Absent is missing, never None or an empty list."""
    return {name: value for name, value in attributes.items() if value is not None and value != []}
