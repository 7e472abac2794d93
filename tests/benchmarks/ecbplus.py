"""Coreference across documents on ECB+: entities and events, over the annotated mentions, MUC, B-cubed, CEAFe and their mean (CoNLL F1).

    python tests/benchmarks/ecbplus.py --data ../shared/data/ecbplus/dev.jsonl.gz [--records RECORDS.jsonl]

An annotated mention has the cluster of the entity or event that was read where it stands; one that was not read is by itself, so that
all figures are over the same mentions. Three ways of joining documents are compared: none, ids made of names, and the registry with
incidents. Topics are put together, as in the data; `--records` are those of `kg extract` over the texts this program makes.
"""

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import networkx as nx

from kg.graph.incidents import reports
from kg.identity.incidents import incidents
from kg.identity.registry import Registry
from kg.identity.resolve import resolve, rewritten
from kg.model import Document, Extraction

Clusters = Mapping[object, object]


def text_of(row: dict) -> tuple[str, list[tuple[int, int]]]:
    """The text, a line for each sentence, and the offsets of each token."""
    parts, places, at = [], [(0, 0)] * len(row["tokens"]), 0
    for start, end in row["sentences"]:
        for n in range(start, end):
            places[n] = (at, at + len(row["tokens"][n]))
            at += len(row["tokens"][n]) + 1
        parts.append(" ".join(row["tokens"][start:end]))
    return "\n".join(parts), places


def gold_of(row: dict, kind: str) -> Iterator[tuple[object, str, list[int]]]:
    """(mention, cluster, tokens) of the checked sentences; clusters within a document are its own."""
    checked = {n for number in row["validated_sentences"] for n in range(*row["sentences"][number])}
    for mention in row["mentions"]:
        is_event = "ACTION" in mention["type"]
        if mention["type"].startswith("TIME") or is_event != (kind == "events") or not set(mention["tokens"]) <= checked:
            continue
        cluster = mention["cluster"] or f"single {mention['id']}"
        own = not mention["cluster"] or cluster.startswith("INTRA")
        yield (row["id"], mention["id"]), f"{row['id']} {cluster}" if own else f"{row['topic']} {cluster}", mention["tokens"]


def read_at(spans: Iterable[tuple[int, int, str]], start: int, end: int) -> str | None:
    """The cluster of the mention that best covers a stretch of text; it must share more than half with it."""
    best = max(((min(end, e) - max(start, s)) / (max(end, e) - min(start, s)), c) for s, e, c in [*spans, (-2, -1, "")])
    return best[1] if best[0] > 0.5 else None


def response(rows: list[dict], kind: str, clusters: list[list[tuple[int, int, str]]]) -> dict[object, object]:
    found: dict[object, object] = {}
    for row, spans in zip(rows, clusters, strict=True):
        places = text_of(row)[1]
        for mention, _, tokens in gold_of(row, kind):
            at = read_at(spans, places[tokens[0]][0], places[tokens[-1]][1])
            found[mention] = (row["topic"], at) if at else mention
    return found


# ---- measures, each as (numerator, denominator) of precision and of recall


def _sets(clusters: Clusters) -> dict[object, set[object]]:
    found: dict[object, set[object]] = defaultdict(set)
    for mention, cluster in clusters.items():
        found[cluster].add(mention)
    return found


def muc(key: Clusters, other: Clusters) -> tuple[float, float]:
    right = total = 0
    for members in _sets(key).values():
        right += len(members) - len({other[m] for m in members})
        total += len(members) - 1
    return right, total


def b_cubed(key: Clusters, other: Clusters) -> tuple[float, float]:
    right = sum(n * n / len(members) for members in _sets(key).values() for n in Counter(other[m] for m in members).values())
    return right, len(key)


def ceaf(key: Clusters, other: Clusters) -> float:
    """The similarity of the best one-to-one alignment of entities."""
    graph, mine, theirs = nx.Graph(), _sets(key), _sets(other)
    for cluster, members in mine.items():
        for found, shared in Counter(other[m] for m in members).items():
            graph.add_edge(("key", cluster), ("other", found), weight=2 * shared / (len(members) + len(theirs[found])))
    return sum(graph.edges[edge]["weight"] for edge in nx.max_weight_matching(graph))


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def scores(key: Clusters, found: Clusters) -> dict[str, tuple[float, float, float]]:
    result = {}
    for name, measure in (("MUC", muc), ("B-cubed", b_cubed)):
        (right_r, all_r), (right_p, all_p) = measure(key, found), measure(found, key)
        precision, recall = (right_p / all_p if all_p else 0.0), (right_r / all_r if all_r else 0.0)
        result[name] = precision, recall, f1(precision, recall)
    aligned = ceaf(key, found)
    precision, recall = aligned / len(_sets(found)), aligned / len(_sets(key))
    result["CEAFe"] = precision, recall, f1(precision, recall)
    precision, recall, mean = (sum(column) / len(result) for column in zip(*result.values(), strict=True))
    result["CoNLL"] = precision, recall, mean  # of each the mean, so that the last is not the F1 of the first two
    return result


# ---- the product


def joined(records: list[Extraction]) -> list[Extraction]:
    """The records under the ids that the registry gives in the end."""
    registry = Registry()
    placed = [registry.place(record) for record in records]
    return [rewritten(r, {ident: registry.entity(member) for ident, member in p.items()}) for r, p in zip(records, placed, strict=True)]


def entity_spans(records: list[Extraction], alone: bool) -> list[list[tuple[int, int, str]]]:
    return [[(m.start, m.end, f"{r.id} {e.id}" if alone else e.id) for e in r.entities for m in e.mentions] for r in records]


def event_spans(records: list[Extraction], join: bool) -> list[list[tuple[int, int, str]]]:
    home = {}
    if join:
        told = [report for record in records for report in reports(record)]
        home = {report.event: incident.id for incident in incidents(told) for report in incident.reports}
    return [[(v.trigger.start, v.trigger.end, home.get(v.id, v.id)) for v in r.events] for r in records]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--records", type=Path)
    given = options.parse_args()
    with gzip.open(given.data, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    if given.records:
        read = [Extraction.from_json(json.loads(line)) for line in given.records.read_text(encoding="utf-8").splitlines()]
    else:
        from kg.extract import Extractor

        read = list(Extractor().pipe(Document(row["id"], text_of(row)[0]) for row in rows))
    by_names = [resolve(record) for record in read]
    by_registry = joined(by_names)
    ways = {
        "entities": (
            ("alone", entity_spans(by_names, True)),
            ("names", entity_spans(by_names, False)),
            ("registry", entity_spans(by_registry, False)),
        ),
        "events": (("alone", event_spans(by_names, False)), ("incidents", event_spans(by_registry, True))),
    }
    for kind, compared in ways.items():
        key = {mention: cluster for row in rows for mention, cluster, _ in gold_of(row, kind)}
        print(f"{kind}: {len(key)} mentions in {len(set(key.values()))} clusters")
        baseline = {mention: mention for mention in key}
        for name, spans in (("singletons", None), *compared):
            found = baseline if spans is None else response(rows, kind, spans)
            read_ = sum(found[m] != m for m in key)
            row = scores(key, found)
            print(f"  {name:11} read {read_:5}", *(f"{n} {100 * p:.1f} {100 * r:.1f} {100 * f:.1f}" for n, (p, r, f) in row.items()), sep="  ")


if __name__ == "__main__":
    main()
