"""What each format takes for text, title, date, author, id and place."""

import gzip
import io
from datetime import datetime
from pathlib import Path

import made
import pytest

from kg import readers
from kg.errors import InputError
from kg.model import Document

WRITER = "A. Writer"


def read(name: str, data: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch, **options: str) -> tuple[list[Document], list[str]]:
    (folder / name).write_bytes(data)
    monkeypatch.chdir(folder)
    errors: list[InputError] = []
    documents = list(readers.read(name, on_error=errors.append, **options))  # type: ignore[arg-type]
    return documents, [str(error) for error in errors]


CASES = {
    "a.rss": (
        made.RSS,
        [
            Document(
                "https://news.example/1",
                "Anna Vogel met Karl Stein.\n\nThey spoke.\n",
                "Bridge & town",
                "2020-01-10T10:00:00+00:00",
                "https://news.example/1",
                WRITER,
                "a.rss#entry=1",
            ),
            Document("g-7", "Two.\n", source="a.rss", place="a.rss#entry=2"),
        ],
        ["a.rss, entry 3: has no text; fetch its page and read that"],
    ),
    "a.atom": (
        made.ATOM,
        [
            Document(
                "https://news.example/1",
                "One.\n\nTwo.\n",
                "Bridge",
                "2020-01-10T10:00:00+00:00",
                "https://news.example/1",
                WRITER,
                "a.atom#entry=1",
            )
        ],
        [],
    ),
    "a.eml": (
        made.MAIL,
        [Document("a.eml", "Köln was hit.", "Bridge shelled", "2020-01-10T10:00:00+00:00", "a.eml", "Anna Vögel <anna@news.example>")],
        [],
    ),
    "html.eml": (
        b"From: a\nSubject: b\nContent-Type: text/html; charset=nonsense\n\n<div>One.<br>Two.</div><style>x</style>\n",
        [Document("html.eml", "One.\n\nTwo.", "b", None, "html.eml", "a")],
        [],
    ),
    "attached.eml": (
        b"From: a\nSubject: b\nContent-Type: application/pdf\n\n%PDF\n",
        [],
        ["attached.eml: is an e-mail without text; save its attachment and read that"],
    ),
    "a.csv": (
        (
            'ID,Headline,Publish Date,Body,URL\n1,Fire,2020-01-08,"Two died,\nnear Zürich.",https://news.example/1\n'
            "2,,,,\n\n,,8 January 2020,Text here,\n"
        ).encode("utf-8-sig"),
        [
            Document("1", "Two died,\nnear Zürich.", "Fire", "2020-01-08", "https://news.example/1", place="a.csv#row=1"),
            Document("a.csv#4", "Text here", None, "2020-01-08", "a.csv", place="a.csv#row=4"),
        ],
        ['a.csv, row 2: "text" is missing or empty'],
    ),
    "a.tsv": (b"text\tdate\nA, b\t2020-01-01\n", [Document("a.tsv#1", "A, b", None, "2020-01-01", "a.tsv", place="a.tsv#row=1")], []),
    "semicolon.csv": (b"a;b\n1;2\n", [], ["semicolon.csv: no column holds the text (columns: a, b); name it with --text-column"]),
    "head.csv": (b"text\n", [], ["head.csv: has no rows"]),
    "a.parquet": (
        made.parquet(text=["One.", None, "Two."], date=[datetime(2020, 1, 8, 1, 2), None, None], id=[7, 8, None], more=[[1], [2], [3]]),
        [
            Document("7", "One.", None, "2020-01-08T01:02:00", "a.parquet", place="a.parquet#row=1"),
            Document("a.parquet#3", "Two.", source="a.parquet", place="a.parquet#row=3"),
        ],
        ['a.parquet, row 2: "text" is missing or empty'],
    ),
    "no.parquet": (made.parquet(a=["x"]), [], ["no.parquet: no column holds the text (columns: a); name it with --text-column"]),
    "a.docx": (
        made.word(
            made.paragraph("Anna met ", "Karl.")
            + "<w:p><w:ins><w:r><w:t>New</w:t></w:r></w:ins><w:del><w:r><w:delText>Old</w:delText></w:r></w:del>"
            + "<w:r><w:tab/><w:t>word</w:t></w:r></w:p>"
            + f"<w:p/><w:tbl><w:tr><w:tc>{made.paragraph('Cell')}</w:tc></w:tr></w:tbl>"
        ),
        [Document("a.docx", "Anna met Karl.\n\nNew\tword\n\nCell\n", "Bridge shelled", "2020-01-10", "a.docx", WRITER)],
        [],
    ),
    "blank.docx": (made.word("<w:p/>"), [], ["blank.docx: is a Word file without text"]),
    "a.pdf": (
        made.pdf(
            ["Anna Vogel met Karl in", "Zenda. The brid-", "ge fell.", "They spoke."], Title="Bridge", Author=WRITER, CreationDate="D:20200110100000Z"
        ),
        [Document("a.pdf", "Anna Vogel met Karl in Zenda. The bridge fell.\nThey spoke.\n", "Bridge", "2020-01-10", "a.pdf", WRITER)],
        [],
    ),
    "picture.pdf": (made.pdf([]), [], ["picture.pdf: has no text, only pictures of it; recognise the text first (OCR)"]),
}


@pytest.mark.parametrize("name", CASES)
def test_what_a_format_tells_of_its_articles(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, documents, errors = CASES[name]
    assert read(name, data, tmp_path, monkeypatch) == (documents, errors)


@pytest.mark.parametrize("name", ["a.rss", "a.atom", "a.eml", "a.parquet", "a.docx", "a.pdf"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_format_is_known_by_its_content_on_standard_input(name: str, pack: "type[bytes]") -> None:
    data, documents, errors = CASES[name]
    failed: list[InputError] = []
    found = list(readers.read("-", stdin=io.BytesIO(pack(data)), on_error=failed.append))
    assert [(d.text, d.title, d.published, d.place) for d in found] == [(d.text, d.title, d.published, None) for d in documents]
    assert len(failed) == len(errors)


def test_the_column_of_the_text_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ((document,), _) = read("a.csv", b"text;Lead Text\nx;Words\n", tmp_path, monkeypatch, text_column="lead text")
    assert document.text == "Words"


def test_a_table_without_articles_is_an_error_only_where_it_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "b.zip").write_bytes(made.zipped({"x.csv": b"a,b\n1,2\n", "y.txt": b"More."}))
    (tmp_path / "c.parquet").write_bytes(made.parquet(a=["x"]))
    assert "no column holds the text" in read("names.csv", b"a,b\n1,2\n", tmp_path, monkeypatch)[1][0]
    assert [d.id for d in readers.read(tmp_path)] == ["a.txt", "b.zip/y.txt"]


def test_a_missing_package_is_told_with_the_extra_that_brings_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.readers.extras.find_spec", lambda name: None)
    assert read("a.pdf", CASES["a.pdf"][0], tmp_path, monkeypatch)[1] == [
        "a.pdf: needs a package that is not installed; run: pip install 'kg[inputs]'"
    ]


def test_pages_of_a_crawl_are_known_by_their_addresses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents, errors = read("crawl.warc.gz", made.crawl(), tmp_path, monkeypatch)
    assert [d.id for d in documents] == [d.source for d in documents] == [f"https://news.example/{number}" for number in (1, 2, 3, 4)]
    assert [d.place for d in documents] == [f"crawl.warc.gz#record={number}" for number in (3, 4, 5, 6)]
    assert {d.published for d in documents} == {"2020-01-10"}
    assert [town in d.text for d, town in zip(documents, ("Zenda", "Strelsau", "Hentzau", "Tarlenheim"), strict=True)] == [True] * 4
    assert len(errors) == 1
    assert errors[0].startswith(
        "crawl.warc.gz: 1 of 5 pages can't be read; the first is crawl.warc.gz, record 9 (https://news.example/empty): has no"
    )


def test_members_of_a_zip_file_are_read_by_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    members = {
        "b/y.txt": b"Y",
        "a.jsonl": b'{"text": "J"}\n',
        "c.docx": made.word(made.paragraph("Words.")),
        "d.txt.gz": gzip.compress(b"Packed."),
        "é #1.txt": b"E",
        ".hidden.txt": b"no",
        "__MACOSX/b.txt": b"no",
        "e.png": b"no",
    }
    documents, errors = read("a.zip", made.zipped(members), tmp_path, monkeypatch)
    assert errors == []
    assert {d.source for d in documents} == {"a.zip"}
    assert [(d.id, d.text.strip(), d.place) for d in documents] == [
        ("a.zip/a.jsonl#1", "J", "a.zip#member=a.jsonl&line=1"),
        ("a.zip/b/y.txt", "Y", "a.zip#member=b/y.txt"),
        ("a.zip/c.docx", "Words.", "a.zip#member=c.docx"),
        ("a.zip/d.txt.gz", "Packed.", "a.zip#member=d.txt.gz"),
        ("a.zip/é #1.txt", "E", "a.zip#member=%C3%A9%20%231.txt"),
    ]


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"a.png": b"x"}, "no member of this archive ends in"),
        ({"xl/workbook.xml": b"x"}, "is an Excel file, which kg does not read"),
        ({"inner.zip": made.zipped({"a.txt": b"x"})}, "a.zip, inner.zip: is an archive in an archive"),
        ({"../a.txt": b"x"}, "a.zip, ../a.txt: has a name that leads out of the archive"),
        ({"/etc/a.txt": b"x"}, "leads out of the archive"),
        ({"C:\\a.txt": b"x"}, "leads out of the archive"),
        ({"a\\..\\..\\b.txt": b"x"}, "leads out of the archive"),
        ({"bomb.txt": b"0" * 3_000_000}, "unpacks to 3 MB, over 200 times its size, as a zip bomb does"),
    ],
)
def test_what_is_wrong_with_a_zip_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, members: dict[str, bytes], message: str) -> None:
    documents, errors = read("a.zip", made.zipped(members), tmp_path, monkeypatch)  # type: ignore[arg-type]
    assert documents == []
    assert len(errors) == 1
    assert message in errors[0]
