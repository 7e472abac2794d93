"""A set of articles built whole by several workers, with time and memory; then again, killed at random moments and resumed: the bytes must agree.

    python tests/benchmarks/interrupted.py [--articles N] [--workers 2] [--kills 10] [--seed 1] [--engine processes]

By default the 13,500 articles of Reuters. Killed is the process that the user started, with SIGKILL; its workers must end with it.
"""

import argparse
import gzip
import hashlib
import random
import subprocess
import sys
import tempfile
import threading
from itertools import islice
from pathlib import Path
from time import monotonic, sleep

import psutil

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT.parent / "shared" / "data" / "news_raw" / "reuters21578.jsonl.gz"


class Memory:
    """The most that a process and its children took together, in MB: what each has alone, and its share of what they have in common."""

    def __init__(self, process: psutil.Process) -> None:
        self.peak = 0.0
        self.curve: list[tuple[float, float]] = []
        self._process, self._start = process, monotonic()
        threading.Thread(target=self._watch, daemon=True).start()

    def tenths(self) -> list[tuple[float, float]]:
        """Seconds, and MB taken then, after each tenth of the time."""
        return [self.curve[len(self.curve) * share // 10 - 1] for share in range(1, 11)]

    def _watch(self) -> None:
        while self._process.is_running() and self._process.status() != psutil.STATUS_ZOMBIE:
            taken = 0
            for each in [self._process, *self._process.children(recursive=True)]:
                try:
                    taken += each.memory_full_info().pss
                except psutil.Error:
                    continue
            self.curve.append((monotonic() - self._start, taken / 1e6))
            self.peak = max(self.peak, taken / 1e6)
            sleep(1)


def begin(file: Path, store: Path, workers: int, engine: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kg", "build", str(file), "--store", str(store), "--workers", str(workers), "--engine", engine]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def digest(place: Path) -> str:
    """A hash of all quads of a store, those of the registry too."""
    from kg.graph.store import Store

    with Store.open(place, read_only=True) as store:
        return hashlib.sha256("\n".join(sorted(map(str, store.inner))).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", default="processes")
    wanted = parser.parse_args()
    if not ARTICLES.is_file():
        sys.exit("skipped: the articles of ../shared/data/news_raw are not here")
    sys.path.insert(0, str(ROOT))
    chance = random.Random(wanted.seed)
    with tempfile.TemporaryDirectory() as folder:
        file, whole, killed = (Path(folder) / name for name in ("articles.jsonl", "whole", "killed"))
        with gzip.open(ARTICLES, "rb") as lines:
            file.write_bytes(b"".join(islice(lines, wanted.articles)))
        start = monotonic()
        process = begin(file, whole, wanted.workers, wanted.engine)
        memory = Memory(psutil.Process(process.pid))
        print(process.communicate()[0].strip())
        took = monotonic() - start
        print(f"whole: {took:.0f} s, at most {memory.peak:.0f} MB in all processes", flush=True)
        for second, taken in memory.tenths():
            print(f"  after {second:4.0f} s: {taken:5.0f} MB")
        wanted_digest = digest(whole)
        for number in range(1, wanted.kills + 1):
            process = begin(file, killed, wanted.workers, wanted.engine)
            wait = chance.uniform(0, 2 * took / wanted.kills)
            try:
                process.wait(wait)
            except subprocess.TimeoutExpired:
                process.kill()
                print(
                    f"kill {number:2} after {wait:5.1f} s: {len(list(Path(f'{killed}.shards').rglob('*.manifest.json')))} results are there",
                    flush=True,
                )
            process.communicate()
            if process.returncode == 0:
                print("the build was done before the last kill")
                break
        else:
            print(begin(file, killed, wanted.workers, wanted.engine).communicate()[0].strip())
        same = digest(killed) == wanted_digest
        left = sorted(path.name for path in Path(folder).iterdir())
        print(f"all quads {'the same' if same else 'NOT the same'}; left in the folder: {', '.join(left)}")
    sys.exit(not same)


if __name__ == "__main__":
    main()
