"""Options of inputs as people use them: the column of the text, other languages, addresses."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app

GERMAN = "Zwei Menschen sind am Freitag bei Zenda ums Leben gekommen, als ein Bus in einen Fluss stürzte, teilte die Polizei mit."


def test_what_is_left_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)
    (tmp_path / "a.csv").write_text(f"id;lead;text\n1;Iran attacked Iraq.;short\n2;{GERMAN};\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["build", "a.csv", "https://news.example/", "--text-column", "lead"])
    assert result.exit_code == 1
    assert result.stdout.startswith("1 document, 1 not readable, 2 entities, 1 claim (1 actual")
    told = result.stderr.splitlines()
    assert told == [
        "kg: https://news.example/: kg works offline; allow it to fetch pages with --allow-network, or save the page to a file and read that",
        "left out 1 in other languages (de 1); --any-language reads them as if they were English",
    ]
