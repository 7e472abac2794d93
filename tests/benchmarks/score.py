"""How right the program is: runs the scorers of ../shared/score on the development data and writes scorecard.md and scorecard.json.

    python tests/benchmarks/score.py [--only gold conll04 …] [--dry]

Each figure stands beside its change against the card in the last commit. Sets that are not run keep their old rows.
"""

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SCORERS = ROOT.parent / "shared" / "score"
CARD, TABLE = HERE / "scorecard.json", HERE / "scorecard.md"
Row = dict[str, Any]


def run(only: list[str]) -> list[Row]:
    """All rows of the scorers, the main ones and the rest."""
    command = [sys.executable, str(SCORERS / "all.py"), "--split", "dev", *(["--only", *only] if only else [])]
    program = {"KG": shlex.join([sys.executable, "-m", "kg"]), "PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryDirectory() as folder:
        # The scorers leave their figures in the temporary folder, which other runs share.
        subprocess.run(command, cwd=ROOT, env={**os.environ, **program, "TMPDIR": folder}, check=True)
        rows: list[Row] = json.loads((Path(folder) / "kg-score" / "summary.json").read_text())
    return rows


def committed() -> dict[tuple[str, str], Row]:
    """The rows of the card in the last commit, by set and metric."""
    shown = subprocess.run(["git", "show", f"HEAD:{CARD.relative_to(ROOT).as_posix()}"], cwd=ROOT, capture_output=True, text=True)
    return {key(row): row for row in json.loads(shown.stdout)} if shown.returncode == 0 else {}


def key(row: Row) -> tuple[str, str]:
    return row["set"], row["metric"]


def table(rows: list[Row], before: dict[tuple[str, str], Row]) -> str:
    """The main rows in Markdown."""
    lines = ["| data set | metric | P | R | F1 | change | n |", "|---|---|--:|--:|--:|--:|--:|"]
    for row in rows:
        if row["main"]:
            cells = (
                row["set"],
                row["metric"].replace("|", "/"),
                *(percent(row[c]) for c in ("p", "r", "f1")),
                change(row, before.get(key(row))),
                row["n"],
            )
            lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def percent(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.1f}"


def change(row: Row, old: Row | None) -> str:
    if old is None or row["f1"] is None or old["f1"] is None:
        return "new" if old is None else ""
    points = 100 * (row["f1"] - old["f1"])
    return "=" if abs(points) < 0.05 else f"{points:+.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", default=[], help="names of scorers")
    parser.add_argument("--dry", action="store_true", help="print the table, write nothing")
    wanted = parser.parse_args()
    if not SCORERS.is_dir():
        sys.exit("skipped: the scorers of ../shared/score are not here")
    before = committed()
    found = {key(row): row for row in run(wanted.only)}
    measured = {row["set"] for row in found.values()}
    kept = json.loads(CARD.read_text()) if CARD.exists() else []
    rows = sorted([*(row for row in kept if row["set"] not in measured), *found.values()], key=lambda row: row["set"])
    print("\n" + table([row for row in rows if row["set"] in measured], before))
    if not wanted.dry:
        CARD.write_text(json.dumps(rows, indent=1) + "\n")
        intro = "Development data, `python tests/benchmarks/score.py`. Change: points of F1 against the card before this one."
        TABLE.write_text(f"# Scorecard\n\n{intro}\n\n{table(rows, before)}\n")


if __name__ == "__main__":
    main()
