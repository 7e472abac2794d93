"""kg verify as people use it: real articles, built, proved, changed, moved, and read from a stream."""

import gzip
import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app

TEXT = "Iran attacked Iraq on Monday. Mark Esper visited Jordan. “We will stay,” Esper said."


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)
    (tmp_path / "one.txt").write_text(TEXT)
    (tmp_path / "two.txt").write_text("Iraq attacked Jordan.")
    return tmp_path


def kg(*words: str, status: int = 0, input: str | None = None) -> str:
    result = CliRunner().invoke(app, list(words), env={"COLUMNS": "250"}, input=input)
    assert result.exit_code == status, result.output
    return result.output


def test_what_was_built_is_proved_and_a_changed_character_is_told(place: Path) -> None:
    kg("build", "one.txt", "two.txt")
    assert kg("verify").startswith("2 of 2 documents proved, ")
    (place / "one.txt").write_text(TEXT.replace("attacked", "attacket"))
    report = json.loads(kg("verify", "--quick", "--format", "json", status=1))
    told = [(f["problem"], f["what"]) for f in report["failures"] if f["claim"]]
    assert told == [("other words", "Iran attacked Iraq")]
    assert "1 of 2 documents proved" in kg("verify", "--quick", status=1)


def test_sources_that_moved(place: Path) -> None:
    kg("build", "one.txt", "two.txt")
    (place / "old").mkdir()
    (place / "one.txt").rename(place / "old" / "renamed.txt")
    assert "source missing" in kg("verify", "--quick", status=1)
    assert "one.txt: its source is now old/renamed.txt\n2 of 2 documents proved" in kg("verify", "old", "--quick")


def test_parts_of_archives_and_tables_are_proved_where_they_stand(place: Path) -> None:
    page = f"<html><body><article>{'<p>Iran attacked Iraq on Monday.</p>' * 5}</article></body></html>"
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}"
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/1\r\nContent-Length: {len(answer)}\r\n\r\n"
    with gzip.open(place / "crawl.warc.gz", "wt", newline="") as file:
        file.write(f"{head}{answer}\r\n\r\n")
    with zipfile.ZipFile(place / "articles.zip", "w") as archive:
        archive.writestr("a\x1b.txt", "Iraq attacked Jordan.")
        archive.writestr("../out.txt", "Iraq attacked Jordan.")
        archive.writestr("table.csv", f'text,url\n"{TEXT}",https://news.example/2\n')
    told = kg("build", "crawl.warc.gz", "articles.zip", status=1)
    assert "articles.zip, ../out.txt: has a name that leads out of the archive" in told
    assert "3 documents, 1 not readable" in told
    assert kg("verify").startswith("3 of 3 documents proved, ")
    (place / "crawl.warc.gz").rename(place / "else.warc.gz")
    assert "source missing" in kg("verify", "--quick", status=1)


def test_a_stream_is_proved_by_the_text_that_was_kept(place: Path) -> None:
    line = json.dumps({"id": "wire/1", "text": TEXT, "published": "2020-01-08"})
    kg("build", "-", input=line)
    assert "keep texts with kg build --keep-text" in " ".join(kg("verify", "--quick", status=1).split())
    assert "1 unchanged" in kg("build", "-", "--keep-text", input=line)
    assert "1 of 1 document proved" in kg("verify")
    kg("build", "-", "--keep-text", input=line.replace("Monday", "Sunday"))
    assert "1 of 1 document proved" in kg("verify")
    kg("retract", "wire/1")
    assert kg("query", "ASK { ?text kg:compressedText ?packed }") == "no\n"
