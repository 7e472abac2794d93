"""What each stage of a build by workers costs: time, processor time, memory and disk, and what that is for a million articles.

    python tests/benchmarks/stages.py [--articles 13500] [--workers 2] [--engine processes]

Reuters' articles, and when they are used up the same again under other ids. Printed too: what hangs together by names, since the largest
part bounds how far "who is who" can be shared out.
"""

import argparse
import sys
import tempfile
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from time import monotonic

import psutil
from interrupted import Memory
from memory import ARTICLES, ROOT, lines

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a stage begins: seconds on the clock, and of processor time by this process and by its workers."""

    name: str
    clock: float
    here: float
    workers: float


def now(name: str) -> Moment:
    """What was used up to now; workers must still be there."""
    process = psutil.Process()
    used = [each.cpu_times() for each in process.children(recursive=True)]
    own = process.cpu_times()
    return Moment(name, monotonic(), own.user + own.system, sum(each.user + each.system for each in used))


def size(place: Path) -> int:
    """Bytes of all files below."""
    return sum(path.stat().st_size for path in place.rglob("*") if path.is_file())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=13_500)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--engine", choices=("processes", "ray"), default="processes")
    wanted = parser.parse_args()
    if not ARTICLES.is_file():
        sys.exit("skipped: the articles of ../shared/data/news_raw are not here")
    sys.path.insert(0, str(ROOT))
    from kg import ontology, readers
    from kg.scale import blocks, work
    from kg.scale.build import Build, target
    from kg.scale.cluster import Cluster
    from kg.scale.folder import Folder
    from kg.scale.processes import Processes
    from kg.scale.watcher import Watcher

    moments: list[Moment] = []

    class Clock(Watcher):
        def stage(self, name: str, total: int | None = None) -> None:
            moments.append(now(name))

    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "articles.jsonl").write_text("".join(islice(lines(), wanted.articles)), encoding="utf-8")
        engine = Processes(wanted.workers) if wanted.engine == "processes" else Cluster(workers=wanted.workers)
        memory = Memory(psutil.Process())
        shards, store = Folder(str(root / "shards")), root / "store"
        moments.append(now("reading"))
        with target(store) as into:
            build = Build(work.Job(shards, ontology.load()), engine, watcher=Clock())
            summary = build.run(readers.read(root / "articles.jsonl"), into)
            moments.append(now("end"))
            quads = sum(1 for _ in into.store.quads())
        engine.close()
        claims = sum(summary.claims.values())
        print(f"{summary.documents} documents, {len(summary.entities)} entities, {claims} claims, {summary.events} events, {quads} quads")
        print(f"{summary.seconds:.0f} s with {wanted.workers} workers, at most {memory.peak:.0f} MB in all processes")
        share = MILLION / summary.documents
        print("\n| stage | s | processor s, the process that was started | processor s, workers | hours of a core a million articles |")
        print("|---|--:|--:|--:|--:|")
        for begun, ended in pairwise(moments):
            here, workers = ended.here - begun.here, ended.workers - begun.workers
            print(f"| {begun.name} | {ended.clock - begun.clock:.0f} | {here:.0f} | {workers:.0f} | {(here + workers) * share / 3600:.1f} |")
        print("\n| on the disk | MB | GB a million articles |\n|---|--:|--:|")
        for what, place in (("articles as JSONL", root / "articles.jsonl"), ("shards", root / "shards"), ("store", store)):
            taken = place.stat().st_size if place.is_file() else size(place)
            print(f"| {what} | {taken / 1e6:.0f} | {taken * share / 1e9:.1f} |")
        found = [manifest for path in sorted((root / "shards").rglob("extracted/**/*.manifest.json")) if (manifest := shards.kept(_name(root, path)))]
        parts = blocks.parts(line for manifest in found for line in work.packed_lines(shards, manifest, work.SIGHTINGS))
        sightings, held = sum(map(len, parts)), sum(len(line) for part in parts for line in part)
        print(f"\n{sightings} sightings in {len(parts)} parts; the largest: {', '.join(str(len(part)) for part in parts[:5])}")
        print(f"held by the process that was started to see what hangs together: {held / 1e6:.0f} MB, {held * share / 1e9:.1f} GB a million articles")
        print(f"the curve of memory, all processes: {', '.join(f'{second:.0f} s {taken:.0f} MB' for second, taken in memory.tenths())}")


def _name(root: Path, path: Path) -> str:
    return str(path.relative_to(root / "shards")).removesuffix(".manifest.json")


if __name__ == "__main__":
    main()
