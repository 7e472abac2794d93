"""How fast inputs become documents: the pace of the one process that reads them for all workers.

    python tests/benchmarks/reading.py [--articles 1000]

The same articles in each form; pages have a menu, a footer and links around the article, as those of the web do.
"""

import argparse
import gzip
import json
import sys
import tempfile
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path
from time import process_time
from typing import Any

from throughput import NEWS, ROOT, articles

Article = dict[str, Any]


def page(article: Article) -> bytes:
    """A page of a news site."""
    links = "".join(f'<li><a href="/section/{number}">Section {number}</a></li>' for number in range(40))
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in article["text"].split("\n") if paragraph.strip())
    title = escape(article.get("title") or "News")
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{title}</title><script>{'var a = 1;' * 200}</script></head>"
        f"<body><nav><ul>{links}</ul></nav><main><article><h1>{title}</h1>{text}</article></main><footer><ul>{links}</ul></footer></body></html>"
    ).encode()


def jsonl(news: list[Article], file: Path) -> None:
    """A line an article."""
    file.write_text("".join(json.dumps(article) + "\n" for article in news), encoding="utf-8")


def zipped(news: list[Article], file: Path) -> None:
    """A page an article."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, article in enumerate(news):
            archive.writestr(f"{number}.html", page(article))


def warc(news: list[Article], file: Path) -> None:
    """A record a page, each compressed, as crawls are."""
    with file.open("wb") as archive:
        for number, article in enumerate(news):
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(article)
            head = ("WARC/1.0", "WARC-Type: response", "WARC-Date: 2020-01-10T12:00:00Z", f"WARC-Target-URI: https://news.example/{number}")
            lines = "\r\n".join((*head, f"Content-Length: {len(block)}", "", ""))
            archive.write(gzip.compress(lines.encode() + block + b"\r\n\r\n"))


FORMS: dict[str, Callable[[list[Article], Path], None]] = {"a.jsonl": jsonl, "a.zip": zipped, "a.warc.gz": warc}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    wanted = parser.parse_args()
    if not NEWS.is_dir():
        sys.exit("skipped: the articles of ../shared/data/news_raw are not here")
    sys.path.insert(0, str(ROOT))
    from kg import readers

    news = articles(wanted.articles)
    print("| input | documents | a second of processor time |\n|---|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for name, write in FORMS.items():
            file = Path(folder) / name
            write(news[:10], file)
            list(readers.read(file))  # what is loaded once
            write(news, file)
            start = process_time()
            found = sum(1 for _ in readers.read(file))
            print(f"| {name.partition('.')[2]} | {found} | {found / (process_time() - start):,.0f} |", flush=True)


if __name__ == "__main__":
    main()
