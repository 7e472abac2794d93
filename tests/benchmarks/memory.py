"""Whether the memory of `kg build` stays flat: what one process takes after each thousand of many articles.

    python tests/benchmarks/memory.py [--articles 20000]

Reuters' articles, and when they are used up the same again under other ids.
"""

import argparse
import gzip
import itertools
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT.parent / "shared" / "data" / "news_raw" / "reuters21578.jsonl.gz"


def lines() -> Iterator[str]:
    """Articles without end."""
    for turn in itertools.count():
        with gzip.open(ARTICLES, "rt", encoding="utf-8") as file:
            for line in file:
                article = json.loads(line)
                yield json.dumps({**article, "id": f"{turn}/{article['id']}"}) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    wanted = parser.parse_args()
    if not ARTICLES.is_file():
        sys.exit("skipped: the articles of ../shared/data/news_raw are not here")
    sys.path.insert(0, str(ROOT))
    from kg import pipeline, readers
    from kg.extract import Extractor
    from kg.graph.store import Store

    process = psutil.Process()
    done = itertools.count(1)

    def progress() -> None:
        if (number := next(done)) % 1000 == 0:
            memory = process.memory_full_info()
            print(f"{number:6} articles: {memory.uss / 1e6:6.0f} MB of its own", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        file.write_text("".join(itertools.islice(lines(), wanted.articles)), encoding="utf-8")
        with Store.open(Path(folder) / "store") as store:
            pipeline.build(readers.read(file), store, extractor=Extractor(), progress=progress)


if __name__ == "__main__":
    main()
