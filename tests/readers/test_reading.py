"""Inputs become documents: which files, which ids, which errors."""

import gzip
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import readers
from kg.errors import FormatError, InputError
from kg.model import Document


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def read_all(*given_inputs: str | Path, **options: object) -> tuple[list[Document], list[str]]:
    errors: list[InputError] = []
    documents = list(readers.read(*given_inputs, on_error=errors.append, **options))  # type: ignore[arg-type]
    return documents, [str(error) for error in errors]


def article(**fields: object) -> bytes:
    return json.dumps({"id": "a", "text": "Something happened.", **fields}).encode() + b"\n"


def test_the_formats_are_the_agreed_ones() -> None:
    assert list(readers.formats()) == ["csv", "docx", "feed", "html", "jsonl", "mail", "parquet", "pdf", "text", "warc", "zip"]


def test_a_folder_is_read_recursively_in_order_with_ids_relative_to_it(tmp_path: Path) -> None:
    write(
        tmp_path, {"b.txt": b"B", "a/z.txt": b"Z", "a/y.TXT": b"Y", "c.txt.gz": gzip.compress(b"C", mtime=0), "skip.png": b"1", ".hidden/h.txt": b"H"}
    )
    documents, errors = read_all(tmp_path)
    assert [(d.id, d.text) for d in documents] == [("a/y.TXT", "Y"), ("a/z.txt", "Z"), ("b.txt", "B"), ("c.txt.gz", "C")]
    assert errors == []


def test_ids_of_single_files_do_not_tell_where_they_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"news/b.txt": b"B"})
    monkeypatch.chdir(tmp_path)
    assert read_all("news/b.txt")[0][0].id == "news/b.txt"
    assert read_all("./news/b.txt")[0][0].id == "news/b.txt"
    assert read_all(tmp_path / "news" / "b.txt")[0][0].id == "b.txt"
    assert read_all("news/../news/b.txt")[0][0].id == "b.txt"


def test_a_glob_is_sorted_and_a_file_named_twice_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"2.txt": b"two", "1.txt": b"one", "1.md": b"no"})
    monkeypatch.chdir(tmp_path)
    assert [d.id for d in read_all("*.txt", "1.txt", tmp_path)[0]] == ["1.txt", "2.txt", "1.md"]


def test_links_that_lead_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"secret.txt": b"secret", "in/a.txt": b"A"})
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert [d.id for d in read_all(tmp_path / "in")[0]] == ["a.txt"]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \r\n\t", "is empty"),
        ("blank.html", b"", "is empty"),
        ("blank.jsonl", b"\n\n", "is empty"),
        ("zeros.txt", b"abc\0\1\2\0\0", "is binary, not text"),
        ("photo.txt", b"\xff\xd8\xff\xe0....", "is an image, which kg does not read; it reads csv, docx, feed, html"),
        ("cut.txt.gz", gzip.compress(b"some text " * 500, mtime=0)[:30], "can't be read"),
        ("page.html", b"<html><body></body></html>", "has no article text"),
        ("articles.json", b'[\n{"id": 1}\n]', "JSON is read as JSONL only"),
    ],
)
def test_an_unusable_file_is_reported_by_name_and_the_others_are_read(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    write(tmp_path, {name: data, "good.txt": b"Good."})
    documents, errors = read_all(tmp_path / name, tmp_path / "good.txt")
    assert [d.text for d in documents] == ["Good."]
    assert len(errors) == 1
    assert errors[0].startswith(str(tmp_path / name)), errors
    assert message in errors[0]
    assert "\n" not in errors[0]


@pytest.mark.parametrize("missing", ["nothing.txt", "*.nothing", "https://news.example/a", "nul\0l"])
def test_an_input_that_is_not_there_is_an_error(missing: str) -> None:
    documents, errors = read_all(missing)
    assert (documents, len(errors)) == ([], 1)


def test_a_folder_without_articles_is_an_error_that_lists_the_suffixes(tmp_path: Path) -> None:
    assert ".txt" in read_all(write(tmp_path, {"a.png": b"1"}))[1][0]


def test_an_error_raises_when_nobody_asked_to_be_told() -> None:
    with pytest.raises(InputError, match="no such file"):
        list(readers.read("nothing.txt"))


def test_a_document_above_the_limit_is_refused_and_a_line_alone(tmp_path: Path) -> None:
    lines = article(id="1") + article(id="2", text="x" * 900) + article(id="3")
    write(tmp_path, {"big.txt": b"x" * 1000, "lines.jsonl": lines, "bomb.txt.gz": gzip.compress(b"0" * 10_000_000, mtime=0)})
    documents, errors = read_all(tmp_path, limit=500)
    assert [d.id for d in documents] == ["1", "3"]
    assert len(errors) == 3
    assert "lines.jsonl, line 2: larger than" in errors[2]


def test_a_bad_line_is_reported_with_its_number(tmp_path: Path) -> None:
    bad = [b"nope", b"[1]", b'{"id": 1}', b'{"id": 1, "text": " "}', b'{"id": 1, "text": 5}', b"[" * 100_000, b"1" * 5000]
    data = article(id="first") + b"\n".join(bad) + b"\n" + article(id="last")
    documents, errors = read_all(write(tmp_path, {"a.jsonl": data}) / "a.jsonl")
    assert [d.id for d in documents] == ["first", "last"]
    assert [error.split(": ")[0].rpartition(" ")[2] for error in errors] == [str(n) for n in range(2, 2 + len(bad))]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, Document("a", "Something happened.", source="x.jsonl")),
        ({"id": 17}, Document("17", "Something happened.", source="x.jsonl")),
        ({"id": None}, Document("x.jsonl#1", "Something happened.", source="x.jsonl")),
        ({"id": "", "url": "https://n.example/1"}, Document("https://n.example/1", "Something happened.", source="https://n.example/1")),
        ({"title": "T", "date": "2020-01-08"}, Document("a", "Something happened.", "T", "2020-01-08", "x.jsonl")),
        ({"published": "once", "date": "8 January 2020"}, Document("a", "Something happened.", None, "2020-01-08", "x.jsonl")),
        ({"published": 1578441600, "title": 5, "author": "A. Writer"}, Document("a", "Something happened.", source="x.jsonl", author="A. Writer")),
        ({"text": "One\r\nTwo\r"}, Document("a", "One\r\nTwo\r", source="x.jsonl")),
        ({"text": "half \ud83d emoji"}, Document("a", "half � emoji", source="x.jsonl")),
    ],
)
def test_fields_of_jsonl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fields: dict[str, object], expected: Document) -> None:
    monkeypatch.chdir(write(tmp_path, {"x.jsonl": article(**fields)}))
    assert read_all("x.jsonl") == ([replace(expected, place="x.jsonl#line=1")], [])


@pytest.mark.parametrize(
    ("data", "ident", "text"),
    [
        (article(), "a", "Something happened."),
        (gzip.compress(article(), mtime=0), "a", "Something happened."),
        (b'{"text": "' + b"long " * 2000 + b'"}', None, "long " * 2000),
        (b"{curly} brackets begin a text", None, "{curly} brackets begin a text"),
        (b"Plain words.", "stdin-0e8d2b9a3a0f", "Plain words."),
        (
            b"<!doctype html><html><body><article><p>" + b"It rained in Bergen. " * 20 + b"</p></article></body></html>",
            None,
            "It rained in Bergen. " * 20,
        ),
    ],
)
def test_standard_input_is_sniffed(data: bytes, ident: str | None, text: str) -> None:
    documents, errors = read_all("-", stdin=io.BytesIO(data))
    assert errors == []
    assert documents[0].text.strip() == text.strip()
    assert ident is None or documents[0].id.startswith(ident[:6])


def test_ids_of_standard_input_follow_the_content() -> None:
    first, same, other = (read_all("-", stdin=io.BytesIO(data))[0][0].id for data in (b"One.", b"One.", b"Two."))
    assert first == same != other


def test_the_format_can_be_given_and_an_unknown_one_lists_the_choices() -> None:
    assert read_all("-", stdin=io.BytesIO(article()), format="text")[0][0].text == article().decode()
    with pytest.raises(FormatError, match="html, jsonl, mail"):
        readers.read("-", format="odt")


def test_two_documents_with_one_id_are_reported_and_a_repeated_one_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, {"a.jsonl": article() + article() + article(text="Something else.")})
    documents, errors = read_all(tmp_path)
    assert len(documents) == 1
    assert len(errors) == 1
    assert "another document has the id 'a'" in errors[0]


def test_a_given_date_is_for_documents_without_one(tmp_path: Path) -> None:
    write(tmp_path, {"a.jsonl": article(id="1") + article(id="2", published="2019-05-01")})
    assert [d.published for d in read_all(tmp_path, published="2020-01-08")[0]] == ["2020-01-08", "2019-05-01"]


@given(
    data=st.one_of(st.binary(max_size=300), st.text(max_size=100).map(lambda t: t.encode("utf-16", "surrogatepass"))),
    form=st.sampled_from(["text", "jsonl", None]),
)
def test_any_bytes_give_documents_or_errors(data: bytes, form: str | None) -> None:
    documents, errors = read_all("-", stdin=io.BytesIO(data), format=form)
    assert documents or errors, data
    for document in documents:
        document.text.encode("utf-8")
        assert document.text.strip()
        assert document.id


@given(st.text(max_size=200))
def test_any_page_gives_documents_or_errors(body: str) -> None:
    page = f"<html><body><article><p>{body}</p></article></body></html>".encode("utf-8", "surrogatepass")
    documents, errors = read_all("-", stdin=io.BytesIO(page), format="html")
    assert bool(documents) != bool(errors)


@given(
    st.dictionaries(
        st.sampled_from(["id", "title", "published", "date", "url", "author"]),
        st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists),
    )
)
def test_any_fields_beside_a_text_are_read(fields: dict[str, object]) -> None:
    line = json.dumps({**fields, "text": "Something happened."}).encode()
    documents, errors = read_all("-", stdin=io.BytesIO(line), format="jsonl")
    assert [d.text for d in documents] == ["Something happened."], errors
