"""kg diff as people use it: lines, JSON, exit status."""

import json
from dataclasses import replace
from pathlib import Path

import toy
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.graph.store import Store


def kg(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_lines_json_and_the_exit_status(tmp_path: Path) -> None:
    first, second = toy.extractions()
    other = replace(first, claims=(replace(first.claims[0], modality="possible"), *first.claims[2:]))
    for name, extractions in (("one", [first, second]), ("other", [other])):
        with Store.open(tmp_path / name) as store:
            store.replace_all(extractions)
    assert kg("diff", tmp_path / "one", tmp_path / "one").exit_code == 0
    result = kg("diff", tmp_path / "one", tmp_path / "other")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "- document b"
    assert lines[1].startswith("~ Black Guard attacked Zenda Bridge (possible)  [a 0–")
    assert lines[2] == "    modality: actual → possible"
    assert lines[3].startswith("- Black Guard killed Otto Hahnel  [a ")
    assert result.stderr == "6 gone, 0 new, 1 changed, 7 the same\n"
    data = json.loads(kg("diff", tmp_path / "one", tmp_path / "other", "--format", "json").stdout)
    assert data["documents_gone"] == ["b"]
    assert data["same"] == 7
