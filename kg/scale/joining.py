"""Who is who in all documents of a build: what hangs together is judged together, in parallel, and the judgements are put together.

Block, compare, merge: the handles of the sightings tell what hangs together (`kg.scale.blocks`), each part goes through a registry of
its own in the order of all sightings, and what the registries say is numbered in that order. So it is what one registry would have said.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import copies, sightings
from kg.graph import registry as stored
from kg.identity.copies import Text
from kg.identity.judgements import Judgement
from kg.identity.replay import OrderedRegistry
from kg.identity.sightings import Order
from kg.scale import blocks, work
from kg.scale.engine import Engine, Lost
from kg.scale.folder import Folder, Manifest
from kg.scale.work import QUADS, REGISTRY

NAMES, JUDGEMENTS = "names.jsonl.gz", "judgements.jsonl.gz"
# Shares of the work for each worker: the last ones to be done are small.
_SHARES = 4
# Ids of entities in documents by the ids that these give them, where they differ.
Names = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Joined:
    """What is known of all documents together: what entities are called in each, and the results with the registry and the copies."""

    names: Names
    results: list[Manifest]


def join(folder: Folder, manifests: Iterable[Manifest], engine: Engine) -> Joined:
    """Judges who is who in all shards. Raises StoreError when one is damaged, or when workers end."""
    shards = list(manifests)
    parts = blocks.parts(line for manifest in shards for line in work.packed_lines(folder, manifest, work.SIGHTINGS))
    shares = blocks.bins(parts, engine.workers * _SHARES)
    results = [finished(result) for _, result in engine.map(partial(compare, folder), shares)]
    names: Names = {}
    made: list[tuple[Order, int, Judgement]] = []
    for result in results:
        for document, told in work.lines(folder, result, NAMES):
            names.setdefault(document, {}).update(told)
        made += [(tuple(order), at, _judgement(told)) for at, (order, told) in enumerate(work.lines(folder, result, JUDGEMENTS))]
    latest = max((tuple(result.told["latest"]) for result in results), default=None)
    texts = (Text(**told) for manifest in shards for told in work.lines(folder, manifest, work.COPIES))
    return Joined(names, [*sorted(results, key=lambda each: each.name), _whole(folder, made, latest, copies.quads(texts))])


def finished(result: Any) -> Any:
    """A result; StoreError for one that was lost: here no document can be blamed."""
    if isinstance(result, Lost):
        raise StoreError(
            "a worker ended over no document of its own; give workers more memory (--memory), or start fewer, and run the same build again"
        )
    return result


def compare(folder: Folder, lines: list[bytes]) -> Manifest:
    """Takes the sightings of some parts through a registry, in order, and keeps what it says."""
    told = sorted((sightings.from_json(json.loads(each)["sighting"]) for each in lines), key=lambda each: each.order)
    registry = OrderedRegistry()
    made: list[tuple[Order, dict[str, Any]]] = []
    for sighting in told:
        known = len(registry.made)
        registry.learn([sighting])
        made += [(sighting.order, asdict(judgement)) for judgement in registry.made[known:]]
    quads = list(stored.quads(registry))
    parts = {
        NAMES: work.json_lines(sorted(_names(registry).items())),
        JUDGEMENTS: work.json_lines(made),
        QUADS: work.nquads(sorted((quad for quad in quads if quad.graph_name == stored.REDIRECTS), key=str)),
        REGISTRY: work.nquads(sorted((quad for quad in quads if quad.graph_name != stored.REDIRECTS), key=str)),
    }
    return folder.keep(_name(parts), parts, {"sightings": len(told), "latest": registry.latest})


def _name(parts: dict[str, bytes]) -> str:
    found = hashlib.sha256(b"\n".join(parts.values())).hexdigest()[:20]
    return f"joined/{found}"


def _names(registry: OrderedRegistry) -> Names:
    found: Names = {}
    for sighting, _, member in registry.placed.values():
        if member is not None and (entity := registry.entity(member)) != sighting.ident:
            found.setdefault(sighting.document, {})[sighting.ident] = entity
    return found


def _whole(folder: Folder, made: list[tuple[Order, int, Judgement]], latest: Order | None, copied: set[ox.Quad]) -> Manifest:
    """What is said of all documents at once: judgements with their numbers, and copies."""
    ordered = [judgement for _, _, judgement in sorted(made, key=lambda each: each[:2])]
    quads = [quad for number, judgement in enumerate(ordered, 1) for quad in stored.judgement_quads(replace(judgement, number=number))]
    if latest is not None:
        quads += [quad for quad in stored.last_quads(len(ordered), latest) if ordered or quad.predicate != stored.NUMBER]
    parts = {QUADS: work.nquads(sorted(copied, key=str)), REGISTRY: work.nquads(sorted(quads, key=str))}
    return folder.keep(_name(parts), parts, {"judgements": len(ordered), "copies": len(copied)})


def _judgement(told: dict[str, Any]) -> Judgement:
    return Judgement(**told | {name: tuple(told[name]) for name in ("one_names", "other_names")})
