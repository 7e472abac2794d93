"""The same articles give the same bytes: built in several orders, and with a tenth of them retracted and read again.

    python tests/benchmarks/order.py [--data ../shared/data/news_raw/wikinews.jsonl.gz] [--orders 5] [--batch 100]

The articles are read once; every fact of the first graph is proved by its source. "Differ" counts the lines of canonical N-Quads that
only one of the two graphs has. Ends with status 1 when a line differs or a fact isn't proved.
"""

import argparse
import random
import sys
import time
from pathlib import Path

from kg.extract import Extractor
from kg.graph.identities import Identities
from kg.graph.store import Store
from kg.graph.verify import verify
from kg.model import Extraction
from kg.pipeline import records
from kg.readers import read

NEWS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "news_raw" / "wikinews.jsonl.gz"


def built(extractions: list[Extraction], batch: int) -> Identities:
    identities = Identities(Store.open())
    identities.write(extractions, batch=batch)
    return identities


def differ(one: list[bytes], other: list[bytes]) -> int:
    return len(set(one) ^ set(other))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--data", type=Path, default=NEWS)
    options.add_argument("--orders", type=int, default=5)
    options.add_argument("--batch", type=int, default=100, help="so many articles are written together")
    given = options.parse_args()
    if not given.data.exists():
        print(f"{given.data}: no such file; name articles with --data", file=sys.stderr)
        return 0
    documents = list(read(given.data))
    articles = list(records(documents, extractor=Extractor()))
    identities = built(articles, given.batch)
    store, first = identities.store, identities.store.nquads()
    proved = verify(store, read=read, inputs=documents)
    print(f"{len(articles)} articles, {len(first)} lines, {len(proved.failures)} facts not proved")
    wrong = len(proved.failures)
    for seed in range(given.orders):
        shuffled = random.Random(seed).sample(articles, len(articles))
        began = time.process_time()
        found = differ(first, built(shuffled, given.batch).store.nquads())
        each = 1000 * (time.process_time() - began) / len(articles)
        print(f"order {seed + 1}: {found} differ, {each:.1f} ms of processor time an article", flush=True)
        wrong += found
    for seed in range(given.orders):
        some = random.Random(seed).sample(articles, max(1, len(articles) // 10))
        for article in some:
            identities.retract(article.id)
        identities.write(random.Random(seed + 1).sample(some, len(some)), batch=given.batch)
        found = differ(first, store.nquads())
        print(f"{len(some)} taken back and read again: {found} differ", flush=True)
        wrong += found
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
