"""How fast a store is filled, beside pyoxigraph alone, and how long questions take at 10⁴ to 10⁷ quads.

    python tests/benchmarks/stores.py [--quads 10000000] [--articles 400]

The graphs of some articles of Reuters are made once and repeated; in each copy documents, claims, events, people and bodies are others,
places and what is said the same. The largest store needs about 1.5 GB on the disk. A question's time is the median of several tries.
"""

import argparse
import json
import re
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, islice
from pathlib import Path
from time import perf_counter

import pyoxigraph as ox
from memory import ARTICLES, ROOT, lines

# What is another thing in another copy of the articles.
OWN = re.compile(rb"(/id/(?:document|claim|event|entity/(?:person|organization|company|group))/[^>#@]+)")
TRIES = 5
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PREFIX = "PREFIX kg: <https://w3id.org/kg-news/ontology#> "


def repeated(base: list[bytes]) -> Iterator[bytes]:
    """The statements, copy by copy, without end."""
    yield from base
    for number in count(1):
        for line in base:
            yield OWN.sub(rb"\1-%d" % number, line)


def timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def middle(work: Callable[[], object]) -> str:
    work()
    took = statistics.median(timed(work) for _ in range(TRIES))
    return f"{took * 1000:.1f} ms" if took < 1 else f"{took:.1f} s"


def loading(folder: Path, base: list[bytes], records: list[str], size: int) -> Iterator[tuple[str, float]]:
    """Ways to fill a store, with quads a second."""
    from kg.graph.identities import Identities
    from kg.graph.store import Store
    from kg.model import Extraction

    file = folder / "some.nq"
    file.write_bytes(b"".join(islice(repeated(base), size)))
    yield "pyoxigraph, bulk_load of a file", size / timed(lambda: ox.Store(str(folder / "a")).bulk_load(path=str(file)))
    data = file.read_bytes().splitlines(keepends=True)
    shards = [b"".join(data[start : start + 30_000]) for start in range(0, len(data), 30_000)]

    with Store.open(folder / "b") as store:
        yield "kg build --workers, its last stage", size / timed(partial(store.fill, shards))
    quads = list(ox.parse(file.read_bytes(), format=ox.RdfFormat.N_QUADS))
    plain = ox.Store(str(folder / "c"))
    yield (
        "pyoxigraph, extend with 40,000 quads at a time",
        size / timed(lambda: [plain.extend(quads[at : at + 40_000]) for at in range(0, size, 40_000)]),
    )
    told = [Extraction.from_json(json.loads(record)) for record in records]
    with Store.open(folder / "d") as store:
        took = timed(lambda: Identities(store).write(told))
        yield "kg load of records: graphs made, identity judged", len(list(store.quads())) / took


def asked(place: Path) -> dict[str, str]:
    """The times of questions."""
    from kg.graph.facts import facts
    from kg.graph.show import show
    from kg.graph.store import Store

    with Store.open(place, read_only=True) as store:
        told = next(quad for quad in store.inner.quads_for_pattern(None, ox.NamedNode(RDF + "object"), None) if isinstance(quad.object, ox.NamedNode))
        claim, entity = told.subject, told.object
        about = str(entity.value).removeprefix("https://w3id.org/kg-news/id/entity/")  # type: ignore[union-attr]

        def select(query: str) -> Callable[[], object]:
            return lambda: list(store.inner.query(PREFIX + query, use_default_graph_as_union=True))  # type: ignore[arg-type]

        found = {
            "all about a claim": middle(select(f"SELECT * {{ {claim} ?p ?o }}")),
            "a hundred acquisitions with their sentences": middle(
                select("SELECT * { ?c <" + RDF + "predicate> kg:acquired ; <http://www.w3.org/ns/oa#hasTarget> ?t } LIMIT 100")
            ),
            "`kg facts` of an entity by its id": middle(lambda: facts(store, entity=about)),
            "`kg show` of an entity by its name": middle(lambda: show(store, "Japan")),
            "claims counted by modality": middle(select("SELECT ?m (COUNT(*) AS ?n) { ?c kg:modality ?m } GROUP BY ?m")),
        }
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quads", type=int, default=10_000_000)
    parser.add_argument("--articles", type=int, default=400)
    wanted = parser.parse_args()
    if not ARTICLES.is_file():
        sys.exit("skipped: the articles of ../shared/data/news_raw are not here")
    sys.path.insert(0, str(ROOT))
    from kg import pipeline, readers
    from kg.extract import Extractor
    from kg.graph.store import Store
    from kg.model import Extraction

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "articles.jsonl").write_text("".join(islice(lines(), wanted.articles)), encoding="utf-8")
        records = [json.dumps(each.to_json()) for each in pipeline.records(readers.read(folder / "articles.jsonl"), extractor=Extractor())]
        with Store.open() as store:
            pipeline.load((Extraction.from_json(json.loads(record)) for record in records), store)
            # Document by document, so that a part of it is whole documents but one.
            base = (ox.serialize(store.quads(), format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
        print(f"{len(base) / wanted.articles:.0f} quads an article\n")
        print("| filling a store | quads/s |\n|---|--:|")
        for way, rate in loading(folder, base, records, min(1_000_000, wanted.quads)):
            print(f"| {way} | {rate:,.0f} |", flush=True)
        table: dict[str, dict[int, str]] = {}
        sizes = [size for size in (10_000, 100_000, 1_000_000, 10_000_000) if size <= wanted.quads]
        for size in sizes:
            with Store.open(folder / f"s{size}") as store:
                took = timed(partial(store.fill, islice(repeated(base), size)))
            table.setdefault("loaded in", {})[size] = f"{took:.1f} s"
            table.setdefault("on the disk", {})[size] = f"{sum(path.stat().st_size for path in (folder / f's{size}').iterdir()) / 1e6:,.0f} MB"
            for question, told in asked(folder / f"s{size}").items():
                table.setdefault(question, {})[size] = told
        print("\n| quads | " + " | ".join(f"{size:,}" for size in sizes) + " |\n|---|" + "--:|" * len(sizes))
        for question, by_size in table.items():
            print(f"| {question} | " + " | ".join(by_size[size] for size in sizes) + " |")


if __name__ == "__main__":
    main()
