"""The shards of a build read by many workers; what is done already is left alone, what is lost is done again."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from kg.errors import StoreError
from kg.extract.limits import Refusal
from kg.scale import work
from kg.scale.engine import Engine, Lost
from kg.scale.folder import Manifest
from kg.scale.shards import Shard
from kg.scale.work import Job

# So often may workers end without a document that could be blamed.
_PATIENCE = 3


def extracted(job: Job, shards: Iterable[Shard], engine: Engine, *, done: Callable[[Manifest], None], stopped: Callable[[], bool]) -> list[Manifest]:
    """The manifests of the shards, in their order; tells `done` of each, and begins no more once `stopped` says so.

    A shard whose worker ended is read again, a document at a time; over whom a worker ends then, that document is refused.
    """
    found: dict[str, Manifest | None] = {}
    lost: list[Shard] = []

    def finish(shard: Shard, result: Manifest | Lost) -> None:
        if isinstance(result, Lost):
            lost.append(shard)
        else:
            found[shard.name] = result
            done(result)

    def missing() -> Iterator[Shard]:
        for shard in shards:
            if stopped():
                return
            if (known := _known(job, shard)) is None:
                found[shard.name] = None
                yield shard
            else:
                finish(shard, known)

    for shard, result in engine.map(partial(work.extract, job), missing()):
        finish(shard, result)
    for shard in lost:
        if (manifest := _again(job, shard, engine, stopped)) is not None:
            finish(shard, manifest)
    return [manifest for manifest in found.values() if manifest is not None]


def _again(job: Job, shard: Shard, engine: Engine, stopped: Callable[[], bool]) -> Manifest | None:
    """Reads a shard that was lost, with no other beside it, whose end could be taken for its own; None when it was asked to stop."""
    shard, blameless = shard.again(None), 0
    while not stopped():
        job.folder.remove(work.at(shard))
        ((_, result),) = engine.map(partial(work.extract, job), [shard])
        if not isinstance(result, Lost):
            return result
        ended = None if result.apart else work.ended_at(job.folder, shard)
        blameless += ended is None or ended in shard.deadly
        if blameless > _PATIENCE:
            raise StoreError("workers end before they have read anything; see that there is memory for them, or start fewer with --workers")
        shard = shard.again(ended)
    return None


def refusals(manifest: Manifest) -> list[Refusal]:
    """The documents of a shard that could not be worked through."""
    return [Refusal(*each) for each in manifest.told["refused"]]


def _known(job: Job, shard: Shard) -> Manifest | None:
    """What is there of a shard already, if it is whole and as it would be made now."""
    found = job.folder.kept(shard.name)
    if found is None or (job.keep_text and work.TEXTS not in found.parts):
        return None
    return None if found.told["refused"] and found.told["limits"] != job.limits else found
