"""Pages of identity: why an entity is one, pairs that may be one, to be judged, and what people have decided, to be taken back."""

from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError, RequestError
from kg.graph import judging, names, vocabulary
from kg.graph.candidates import Candidate, Pair, Side, candidate, ranked
from kg.graph.description import description
from kg.graph.identities import Identities
from kg.graph.registry import judgement_node
from kg.graph.sightings import REGISTRY
from kg.graph.store import Store
from kg.graph.terms import entity
from kg.identity.judgements import Judgement
from kg.identity.places import country_place
from kg.web.exchange import Ask, Reply
from kg.web.remembered import remembered
from kg.web.representation import reply


def candidates(store: Store, ask: Ask) -> Reply:
    """One pair (`offset=` how many are passed over), the likeliest first; `judged=` the number of the judgement that was just made."""
    pairs = remembered(store, _ranked)
    identities = Identities(store)
    offset = min(_number(ask.one("offset")), len(pairs))
    found = candidate(identities, pairs[offset]) if offset < len(pairs) else None
    judged = [each for each in judging.judgements(identities) if str(each.number) == ask.one("judged")]
    data = {"offset": offset, "pairs": len(pairs), "candidate": found and _candidate(store, found)}
    return reply(ask, "candidates.html", data, lambda: _said(store, found), judged=judged)


def _ranked(store: Store) -> list[Pair]:
    return ranked(Identities(store))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _candidate(store: Store, found: Candidate) -> dict[str, Any]:
    sides, labels = (found.one, found.other), vocabulary.labels(store.inner)
    return {
        "sides": [_side(side, labels) for side in sides],
        "rule": found.rule,
        "shared": [{"id": ident, "name": _name(store, ident)} for ident in found.shared],
        "score": found.score,
    }


def _side(side: Side, labels: dict[str, str]) -> dict[str, Any]:
    profile = side.profile
    return {
        "id": side.id,
        "type": labels.get(profile.kind, profile.kind),
        "names": list(profile.names),
        "countries": sorted(place.name if (place := country_place(code)) else code for code in profile.countries),
        "walks_of_life": sorted(profile.roles),
        "links": sorted(profile.links),
        "documents": side.documents,
        "sentences": [asdict(each) for each in side.sentences],
    }


def _name(store: Store, ident: str) -> str:
    """The name that most documents use."""
    node = names.current(store, entity(ident))
    return names.preferred(store, node).get(node, ident)


def _said(store: Store, found: Candidate | None) -> Iterator[ox.Triple]:
    """What the graph says of both."""
    for side in (found.one, found.other) if found else ():
        node = names.current(store, entity(side.id))
        yield from (quad.triple for quad in store.inner.quads_for_pattern(node, None, None, None))


def judgements(store: Store, ask: Ask) -> Reply:
    """What people have decided, in order."""
    found = judging.judgements(Identities(store))
    data = {"judgements": [asdict(each) for each in found]}
    return reply(ask, "judgements.html", data, lambda: _recorded(store, found))


def _recorded(store: Store, found: list[Judgement]) -> Iterator[ox.Triple]:
    for each in found:
        yield from (quad.triple for quad in store.inner.quads_for_pattern(judgement_node(each), None, None, REGISTRY))


def why(store: Store, ask: Ask) -> Reply:
    """Why an entity (`entity=` its id) is one: what each document calls it, every mention, and the rules and judgements that joined them."""
    ident = ask.one("entity")
    node = names.current(store, entity(ident))
    try:
        (found,) = judging.why(Identities(store), node.value)
    except QueryError as error:
        raise RequestError(404, f"entity: no document speaks of {ident!r}; give the id of an entity, as its page shows it") from error
    sightings = [{"part": part.id, **asdict(each)} for part in found.parts for each in part.sightings]
    data = {
        "iri": node.value,
        "id": found.id,
        "name": found.name,
        "parts": [part.id for part in found.parts],
        "judgements": [asdict(each) for each in found.judgements],
        "sightings": sightings,
    }
    return reply(ask, "why.html", data, lambda: chain(description(store, node), _recorded(store, list(found.judgements))))
