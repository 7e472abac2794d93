"""How right the program is: runs the scorers of ../shared/score on the development data and writes the card.

    python tests/benchmarks/score.py [--only gold conll04 …] [--dry]

Each figure stands beside its change against the card in the last commit; sets that are not run keep their old rows. Files beside this one:
`scorecard.json` (all rows), `scorecard.md` (tables of sets, relations and frames), `reliability.svg` (what a confidence is worth).
"""

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from judged import SETS, SHARED, Judged, articles, judge, rates
from reliability import picture

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SCORERS = SHARED / "score"
CARD, TABLE, PICTURE = HERE / "scorecard.json", HERE / "scorecard.md", HERE / "reliability.svg"
KEPT = "kept out"
RELATION, FRAME = "relation: ", "frame: "
LEARNED = (
    f'Names and claims are judged by models that learned from gold and conflict; "{KEPT}" are the articles that they did not see '
    "(ids that end in 3 or 7), and those rows are the ones to believe."
)
FEWEST = 3  # facts of a frame for a line of its own
Row = dict[str, Any]
Key = tuple[str, str]


def run(only: Sequence[str], folder: Path) -> list[Row]:
    """All rows of the scorers, the main ones and the rest; `folder` gets what they leave behind."""
    command = [sys.executable, str(SCORERS / "all.py"), "--split", "dev", *(["--only", *only] if only else [])]
    program = {"KG": shlex.join([sys.executable, "-m", "kg"]), "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)}
    subprocess.run(command, cwd=ROOT, env={**os.environ, **program}, check=True)
    rows: list[Row] = json.loads((folder / "kg-score" / "summary.json").read_text())
    return rows


def records(name: str, folder: Path) -> dict[str, Row] | None:
    """The records of a set by document, as the scorers left them; None when it was not run."""
    for given in folder.glob(f"kg-score/*/{name}.jsonl"):
        lines = (given.parent / "records.jsonl").read_text(encoding="utf-8").splitlines()
        return {row["document"]["id"]: row for row in map(json.loads, lines)}
    return None


def annotated(name: str, found: dict[str, Row], facts: list[Judged]) -> Iterator[Row]:
    """More rows of a hand-annotated set: the articles kept out of all learning, relations and frames."""
    import common
    import gold

    aside = [article for article in articles(name) if article["id"] in {f.document for f in facts if f.kept_out}]
    for row in common.evaluate(gold, aside, [found[article["id"]] for article in aside]).rows:
        yield {**row, "set": f"{name}, {KEPT}"}
    for relation, group in grouped(facts, lambda f: f.relation):
        counts = rates(group)
        yield {"set": name, "metric": RELATION + relation, **figures(counts.precision, counts.recall, counts.f1, counts.asked)}
    for frame, group in grouped((f for f in facts if f.stated), lambda f: f.frame):
        counts = rates(group)
        yield {"set": name, "metric": FRAME + frame, **figures(counts.precision, None, counts.precision, counts.stated)}


def grouped(facts: Iterable[Judged], by: Any) -> list[tuple[str, list[Judged]]]:
    """Facts by a key, the largest group first."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for fact in facts:
        groups[by(fact)].append(fact)
    return sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))


def figures(precision: float | None, recall: float | None, f1: float, n: int) -> Row:
    return {"p": precision, "r": recall, "f1": f1, "n": n, "main": False}


def committed() -> dict[Key, Row]:
    """The rows of the card in the last commit, by set and metric."""
    shown = subprocess.run(["git", "show", f"HEAD:{CARD.relative_to(ROOT).as_posix()}"], cwd=ROOT, capture_output=True, text=True)
    return {key(row): row for row in json.loads(shown.stdout)} if shown.returncode == 0 else {}


def key(row: Row) -> Key:
    return row["set"], row["metric"]


def table(rows: Iterable[Row], before: dict[Key, Row], first: str = "metric") -> str:
    """Rows in Markdown."""
    lines = [f"| data set | {first} | P | R | F1 | change | n |", "|---|---|--:|--:|--:|--:|--:|"]
    for row in rows:
        name = row["metric"].removeprefix(RELATION).replace("|", "/")
        cells = (row["set"], name, *(percent(row[c]) for c in ("p", "r", "f1")), change(row, before.get(key(row))), row["n"])
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def frames(rows: Iterable[Row], before: dict[Key, Row]) -> str:
    """The frames in Markdown, the most used first."""
    lines = ["| data set | frame | right % | change | claims |", "|---|---|--:|--:|--:|"]
    for row in sorted(rows, key=lambda row: (row["set"], -row["n"], row["metric"])):
        if row["n"] >= FEWEST:
            cells = (row["set"], row["metric"].removeprefix(FRAME), percent(row["p"]), change(row, before.get(key(row))), row["n"])
            lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def percent(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.1f}"


def change(row: Row, old: Row | None) -> str:
    if old is None or row["f1"] is None or old["f1"] is None:
        return "new" if old is None else ""
    points = 100 * (row["f1"] - old["f1"])
    return "=" if abs(points) < 0.05 else f"{points:+.1f}"


def card(rows: Sequence[Row], before: dict[Key, Row]) -> str:
    """The whole card in Markdown."""
    relations = sorted((r for r in rows if r["metric"].startswith(RELATION)), key=lambda r: (r["set"], -r["n"]))
    rest = [r for r in rows if not r["main"] and not r["metric"].startswith((RELATION, FRAME)) and KEPT not in r["set"]]
    return "\n\n".join(
        (
            "# Scorecard",
            "Development data, `python tests/benchmarks/score.py`. Change: points of F1 against the card before this one.",
            f"{LEARNED} Single errors: `python tests/benchmarks/errors.py`.",
            table((r for r in rows if r["main"]), before),
            "## What a confidence is worth",
            f"Facts of gold and conflict, {KEPT}: the confidence they were given, and how many of them are right.",
            f"![Share of right facts by confidence]({PICTURE.name})",
            "## Relations",
            table(relations, before, "relation"),
            "## Frames",
            "How many of the facts that a frame states are right; `Net` are claims that no frame reads.",
            frames((r for r in rows if r["metric"].startswith(FRAME)), before),
            "## Other rows",
            table(rest, before),
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", default=[], help="names of scorers")
    parser.add_argument("--dry", action="store_true", help="print the table, write nothing")
    wanted = parser.parse_args()
    if not SCORERS.is_dir():
        sys.exit("skipped: the scorers of ../shared/score are not here")
    before = committed()
    facts: list[Judged] = []
    with tempfile.TemporaryDirectory() as folder:  # the scorers leave their figures in the temporary folder, which other runs share
        found = {key(row): row for row in run(wanted.only, Path(folder))}
        for name in SETS:
            if (extracted := records(name, Path(folder))) is not None:
                judged = list(judge(name, articles(name), extracted))
                facts += judged
                found.update((key(row), row) for row in annotated(name, extracted, judged))
    measured = {row["set"] for row in found.values()}
    kept = json.loads(CARD.read_text()) if CARD.exists() else []
    rows = sorted([*(row for row in kept if row["set"] not in measured), *found.values()], key=lambda row: row["set"])
    print("\n" + table([row for row in rows if row["set"] in measured and row["main"]], before))
    if not wanted.dry:
        CARD.write_text(json.dumps(rows, indent=1) + "\n")
        TABLE.write_text(card(rows, before) + "\n")
        if {fact.source for fact in facts} == set(SETS):
            PICTURE.write_text(picture((f.confidence, f.right) for f in facts if f.stated and f.kept_out), encoding="utf-8")


if __name__ == "__main__":
    main()
