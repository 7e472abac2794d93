"""Input that was made to break the program: each gives documents or one line of error, the rest is read, and memory stays bounded."""

import gzip
import io
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import made
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import readers
from kg.errors import InputError
from kg.model import Document

VALID = {
    "csv": b'text,title\nOne two.,T\n"Three\nfour.",U\n',
    "docx": made.word(made.paragraph("Anna met Karl.")),
    "feed": made.RSS,
    "html": made.PAGE,
    "jsonl": b'{"text": "One."}\n{"text": "Two."}\n',
    "mail": made.MAIL,
    "parquet": made.parquet(text=["One.", "Two."]),
    "pdf": made.pdf(["Anna met Karl."]),
    "text": b"One two three.",
    "warc": gzip.decompress(made.crawl()),
    "zip": made.zipped({"a.txt": b"One.", "b.jsonl": b'{"text": "Two."}\n', "c.docx": made.word(made.paragraph("Words."))}),
}


def read(data: bytes, form: str | None = None, **options: int) -> tuple[list[Document], list[str]]:
    errors: list[InputError] = []
    documents = list(readers.read("-", stdin=io.BytesIO(data), on_error=errors.append, format=form, **options))  # type: ignore[arg-type]
    return documents, [str(error) for error in errors]


def check(documents: list[Document], errors: list[str]) -> None:
    assert documents or errors
    for error in errors:
        assert "\n" not in error, error
        assert error.startswith("standard input"), error
        assert len(error) < 1000, error
    for document in documents:
        document.text.encode("utf-8")
        "".join(filter(None, (document.id, document.title, document.source, document.author, document.place))).encode("utf-8")
        assert document.text.strip()
        assert document.id


def test_a_valid_file_of_every_format_is_there() -> None:
    assert sorted(VALID) == list(readers.formats())
    for form, data in VALID.items():
        assert read(data, form)[0], form


@settings(max_examples=150)
@given(form=st.sampled_from(sorted(VALID)), data=st.binary(max_size=200))
def test_any_bytes(form: str, data: bytes) -> None:
    check(*read(data, form))


@settings(max_examples=250)
@given(form=st.sampled_from(sorted(VALID)), data=st.data())
def test_valid_files_that_were_cut_and_changed(form: str, data: st.DataObject) -> None:
    whole = VALID[form]
    at = data.draw(st.integers(0, len(whole)))
    put = data.draw(
        st.binary(max_size=8) | st.sampled_from([b"\0", b"\xff\xff\xff\xff", b"\xed\xa0\x80", "\u202e".encode(), b"99999999999999999999"])
    )
    gone = data.draw(st.sampled_from([0, len(put), len(whole)]))
    check(*read(whole[:at] + put + whole[at + gone :], form))


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("feed", b"<rss><item><title>\xed\xa0\x80</title><description>Words \xed\xa0\x80\xff.</description></item></rss>"),
        ("feed", b'<?xml version="1.0" encoding="utf-7"?><rss><item><description>Words +2AA-.</description></item></rss>'),
        ("feed", b'<rss xmlns:a="h&#xD800;"><item><a:title>T &#xdfff;&#55296;&#0;</a:title><description>Words &#x0D83D;.</description></item></rss>'),
        ("csv", b'"a\nb",c\n1,2\n'),
        ("csv", b"a" * 5000 + b"\n1\n"),
        ("zip", made.zipped({"": b"x", "a.txt": b"Words."})),
        ("zip", made.zipped({"a.txt": b"x" * 3000}).replace(b"a.txt", b"b" * 5, 1)),
    ],
)
def test_what_fuzzing_found(form: str, data: bytes) -> None:
    check(*read(data, form))


@pytest.mark.parametrize("form", sorted(VALID))
def test_a_file_that_breaks_off(form: str) -> None:
    for part in (1, 3, 7):
        check(*read(VALID[form][: len(VALID[form]) * part // 8], form))
        check(*read(gzip.compress(VALID[form])[: 20 + part], form))


@pytest.mark.parametrize("form", sorted(VALID))
def test_a_gzip_bomb_and_one_long_line_stay_within_bounds(form: str) -> None:
    begin = {"parquet": b"PAR1", "pdf": b"%PDF-1.4\n", "zip": b"PK\3\4", "docx": b"PK\3\4", "warc": b"WARC/1.0\r\n", "csv": b"text\n"}.get(form, b"")
    packer = zlib.compressobj(9, wbits=31)
    block = b" " * (1 << 20) if form in ("jsonl", "mail") else b"0" * (1 << 20)
    bomb = packer.compress(begin) + b"".join(packer.compress(block) for _ in range(50)) + packer.flush()
    tracemalloc.start()
    try:
        documents, errors = read(bomb, form, limit=1_000_000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert documents == []
    assert len(errors) == 1
    assert peak < 25_000_000, f"{form} held {peak} bytes"


def nested(depth: int) -> bytes:
    return b"<html><body>" + b"<div>" * depth + b"<p>" + made.PARAGRAPH.encode() * 20 + b"</p>" + b"</div>" * depth + b"</body></html>"


@pytest.mark.parametrize(
    ("form", "wrap"),
    [
        ("html", bytes),
        ("feed", lambda page: b"<rss><item><description><![CDATA[" + page + b"]]></description></item></rss>"),
        ("feed", lambda page: b"<rss><item><description>" + page + b"</description></item></rss>"),
        ("mail", lambda page: b"From: a\nSubject: b\nContent-Type: text/html\n\n" + page),
        ("docx", lambda page: made.word("<w:p>" * 20_000)),
        ("jsonl", lambda page: b"[" * 100_000),
    ],
)
def test_markup_nested_too_deeply(form: str, wrap: Callable[[bytes], bytes]) -> None:
    check(*read(wrap(nested(20_000)), form))


LAUGHS = b'<!DOCTYPE r [<!ENTITY a "ha">' + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)) + b"]>"


@pytest.mark.parametrize(
    "doctype", [LAUGHS, b'<!DOCTYPE r [<!ENTITY j SYSTEM "PATH">]>', b'<!DOCTYPE r SYSTEM "PATH">'], ids=["laughs", "file", "dtd"]
)
@pytest.mark.parametrize("form", ["feed", "docx"])
def test_entities_are_not_filled_in(tmp_path: Path, doctype: bytes, form: str) -> None:
    (tmp_path / "secret").write_text("SECRET")
    head = doctype.replace(b"PATH", str(tmp_path / "secret").encode())
    if form == "feed":
        data = head + b"<rss><item><title>&j;</title><description>Words &j;.</description></item></rss>"
    else:
        body = head + f'<w:document xmlns:w="{made.WORD}"><w:p><w:r><w:t>Words &j;.</w:t></w:r></w:p></w:document>'.encode()
        data = made.zipped({"word/document.xml": body})
    documents, errors = read(data, form)
    check(documents, errors)
    assert not any("SECRET" in f"{d.text}{d.title}" or "haha" in d.text for d in documents)


def test_a_pdf_file_that_unpacks_to_more_than_a_document_may_hold() -> None:
    documents, errors = read(made.pdf(["a"] * 5000, packed=True), limit=20_000)
    assert documents == []
    assert "larger than" in errors[0]


@pytest.mark.parametrize("size", [0, 1 << 31, (1 << 32) - 2])
def test_a_zip_file_that_lies_about_the_size_of_a_member(size: int) -> None:
    whole = bytearray(made.zipped({"a.txt": b"0" * 900_000}))
    at = whole.find(b"PK\1\2")
    whole[at + 24 : at + 28] = struct.pack("<I", size)
    check(*read(bytes(whole), "zip"))


def test_members_of_one_name_and_a_thousand_members() -> None:
    assert len(read(made.zipped({f"{number}.txt": f"Text {number}." for number in range(1000)}), "zip")[0]) == 1000
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "One.")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.txt", "Two.")
    assert [d.text for d in read(file.getvalue(), "zip")[0]] == ["Two."]


@pytest.mark.parametrize(
    "data",
    [
        made.record(b"", length=-1),
        made.record(b"", length=10**15),
        made.record(b"", length=10**30),
        made.record(b"", length="1e5"),
        made.record(made.answer(b"%x\r\n" % 2**40 + made.PAGE, more="Transfer-Encoding: chunked\r\n"), "https://n.example/"),
        made.record(made.answer(b"-1\r\n" + made.PAGE, more="Transfer-Encoding: chunked\r\n"), "https://n.example/"),
        made.record(made.answer(gzip.compress(b"0" * 30_000_000)), "https://n.example/"),
        made.record(b"HTTP/1.1 200\r\n" + b"A: b\r\n" * 100_000 + b"\r\n", "https://n.example/"),
        b"WARC/1.0\r\n" + b"A: b\r\n" * 100_000,
        b"WARC/1.0\r\nContent-Length: 0\r\n\r\n" + b"\r\n" * 100_000,
    ],
    ids=range(10),
)
def test_web_archives_that_lie(data: bytes) -> None:
    good = made.record(made.answer(made.PAGE), "https://news.example/good")
    documents, errors = read(good + data, "warc")
    check(documents, errors)
    assert [d.id for d in documents][:1] == ["https://news.example/good"]
