"""Files of all input formats, made here."""

import gzip
import io
import zipfile
import zlib

PARAGRAPH = "The army of Ruritania shelled the bridge at Zenda on Friday."
PAGE = f"<html><head><title>Bridge shelled</title></head><body><article><p>{f'{PARAGRAPH} ' * 20}</p></article></body></html>".encode()
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PROPERTIES = """<p:coreProperties xmlns:p="p" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">
<dc:title>Bridge  shelled</dc:title><dc:creator>A. Writer</dc:creator><t:created>2020-01-10T10:00:00Z</t:created></p:coreProperties>"""
MAIL = (
    b"From: =?utf-8?q?Anna_V=C3=B6gel?= <anna@news.example>\r\nDate: Fri, 10 Jan 2020 10:00:00 +0000\r\nSubject: Bridge\r\n shelled\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=q\r\n\r\n"
    b"--q\r\nContent-Type: text/html\r\n\r\n<p>Other words</p>\r\n"
    b"--q\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nK=F6ln was hit.\r\n--q--\r\n"
)
RSS = b"""<?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>News</title>
<item><title>Bridge &amp; town</title><link> https://news.example/1 </link>
<pubDate>Fri, 10 Jan 2020 10:00:00 GMT</pubDate><dc:creator>A. Writer</dc:creator>
<description>Short.</description>
<content:encoded><![CDATA[<p>Anna <b>Vogel</b> met Karl&nbsp;Stein.<script>x()</script></p><p>They spoke.</p>]]></content:encoded></item>
<item><guid>g-7</guid><description>&lt;p&gt;Two.&lt;/p&gt;</description></item><item><title>Nothing</title></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Bridge</title><id>urn:1</id><updated>2020-01-10T10:00:00Z</updated>
<link rel="self" href="https://news.example/self"/><link href="https://news.example/1"/><author><name>A. Writer</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content></entry></feed>"""


def answer(body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = "") -> bytes:
    """What a server sends."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body


def record(block: bytes, address: str = "", kind: str = "response", length: int | str | None = None) -> bytes:
    """A record of a web archive."""
    size = len(block) if length is None else length
    lines = ("WARC/1.0", f"WARC-Type: {kind}", "WARC-Date: 2020-01-10T12:00:00Z", f"WARC-Target-URI: {address}", f"Content-Length: {size}", "", "")
    return "\r\n".join(lines).encode() + block + b"\r\n\r\n"


def chunked(body: bytes) -> bytes:
    """A body in chunks, as servers send them."""
    half = len(body) // 2
    return b"".join(b"%x;x=1\r\n%s\r\n" % (len(part), part) for part in (body[:half], body[half:])) + b"0\r\n\r\n"


def crawl() -> bytes:
    """A web archive of four articles, a page without one, and what is no article."""
    page = [PAGE.replace(b"Zenda", name) for name in (b"Zenda", b"Strelsau", b"Hentzau", b"Tarlenheim")]
    records = (
        record(b"software: test", kind="warcinfo"),
        record(b"GET / HTTP/1.1\r\n\r\n", "https://news.example/1", "request"),
        record(answer(page[0]), "https://news.example/1"),
        record(answer(gzip.compress(page[1], mtime=0), more="Content-Encoding: gzip\r\n"), "https://news.example/2"),
        record(answer(chunked(page[2]), more="Transfer-Encoding: chunked\r\n"), "https://news.example/3"),
        record(answer(page[3], more="Transfer-Encoding: chunked\r\n"), "https://news.example/4"),
        record(answer(b"\x89PNG", "image/png"), "https://news.example/p.png"),
        record(answer(PAGE, status="404 Not Found"), "https://news.example/gone"),
        record(answer(b"<html><body></body></html>"), "https://news.example/empty"),
    )
    return b"".join(gzip.compress(each, mtime=0) for each in records)


def zipped(members: dict[str, bytes | str]) -> bytes:
    """A zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def word(body: str, **more: str) -> bytes:
    """A Word file with these elements in its body."""
    text = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": "<x/>", "word/document.xml": text, "docProps/core.xml": PROPERTIES, **more})


def paragraph(*runs: str) -> str:
    """A paragraph of a Word file."""
    return f"<w:p>{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def pdf(lines: list[str], *, packed: bool = False, **known: str) -> bytes:
    """A PDF file of one page, by the book."""
    text = "BT /F1 12 Tf 72 720 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    drawn = zlib.compress(text.encode()).decode("latin-1") if packed else text
    stated = " ".join(f"/{name} ({value})" for name, value in known.items())
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} {'/Filter /FlateDecode ' * packed}>>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< {stated} >>",
    )
    data, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{each}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    return data + f"xref\n0 7\n0000000000 65535 f \n{table}trailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n{len(data)}\n%%EOF\n".encode()


def parquet(**columns: list[object]) -> bytes:
    """A Parquet file."""
    import pyarrow
    from pyarrow import parquet as files

    file = io.BytesIO()
    files.write_table(pyarrow.table(columns), file)
    return file.getvalue()
