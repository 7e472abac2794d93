"""Facts of articles that no development set annotates, judged right or wrong by reading them: `judgements.jsonl`, offsets without any text.

A line: {"source", "id", "judgements": [[relation, subject, object, sentence, right], …]}; subject and object are [start, end] in the characters of
the article (subject null: the doer is not known), `sentence` is where the sentence begins in which the program looked.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_suffix(".jsonl")
Row = dict[str, Any]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reader says of one fact, by the whole article."""

    relation: str
    subject: Place | None
    object: Place
    sentence: int
    right: bool


def rows() -> list[Row]:
    """The judged articles with their texts, `judgements` in each."""
    judged = {(row["source"], row["id"]): row["judgements"] for row in map(json.loads, FILE.read_text(encoding="utf-8").splitlines())}
    found = []
    for source, load in SOURCES.items():
        wanted = {ident for name, ident in judged if name == source}
        for row in load() if wanted else ():
            if row["id"] in wanted:
                found.append({**row, "judgements": [_judgement(*values) for values in judged[source, row["id"]]]})
    return found


def _judgement(relation: str, subject: list[int] | None, object_: list[int], sentence: int, right: bool) -> Judgement:
    return Judgement(relation, None if subject is None else (subject[0], subject[1]), (object_[0], object_[1]), sentence, right)


def _raw(name: str) -> Callable[[], Iterator[Row]]:
    def load() -> Iterator[Row]:
        import common

        for row in common.read_jsonl(common.SHARED / "news_raw" / f"{name}.jsonl.gz"):
            published = row.get("date") if name == "wikinews" else None
            yield {"id": row["id"], "title": row["title"], "published": published, "text": row["text"]}

    return load


def _polnear() -> Iterator[Row]:
    import common

    for row in common.read_jsonl(common.SHARED / "polnear" / "train.jsonl.gz"):
        yield {"id": row["id"], "title": row["title"], "published": row["date"], "text": row["text"]}


def _muc4() -> Iterator[Row]:
    import common
    import muc4

    recase = muc4.recaser()
    for row in common.read_jsonl(common.SHARED / "muc4" / "grit-train.jsonl.gz"):
        yield {"id": row["id"], "text": recase(row["text"])}


def _ecbplus() -> Iterator[Row]:
    import common

    for row in common.read_jsonl(common.SHARED / "ecbplus" / "train.jsonl.gz"):
        yield {"id": row["id"], "text": common.detokenise(row["tokens"])[0]}


SOURCES: dict[str, Callable[[], Iterator[Row]]] = {
    "wikinews": _raw("wikinews"),
    "bbc2005": _raw("bbc2005"),
    "reuters21578": _raw("reuters21578"),
    "polnear": _polnear,
    "muc4": _muc4,
    "ecbplus": _ecbplus,
}
