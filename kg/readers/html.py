"""HTML pages: the main text without navigation, comments and captions of tables; title, author and date as the page states them."""

import re
from collections.abc import Iterator
from typing import IO, Any

from kg.model import Document, valid
from kg.readers.dates import iso
from kg.readers.decoding import decode_declared, read_all
from kg.readers.source import Source

NAME = "html"
SUFFIXES = (".html", ".htm", ".xhtml")
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
# A fixed bound: by default dates are compared with today's, and the same page would be read differently tomorrow.
DATES = {"original_date": True, "extensive_search": False, "max_date": "2200-01-01"}


def read(stream: IO[bytes], source: Source) -> Iterator[Document]:
    """One document: paragraphs are parted by empty lines. Raises InputError when the page has no main text."""
    page = decode_declared(read_all(stream, source), CHARSET, source)
    if not page.strip():
        raise source.error("is empty")
    found = _extracted(page, source)
    text = valid(found.text or "") if found else ""
    if found is None or not text.strip():
        raise source.error("has no article text; save the text itself and read that")
    text = re.sub(r"\n+", "\n\n", text.strip()) + "\n"
    yield Document(
        id=source.document_id(text),
        text=text,
        title=_line(found.title),
        published=iso(found.date),
        source=_line(found.url) or source.origin,
        author=_line(found.author),
        place=source.place,
    )


def _extracted(page: str, source: Source) -> Any:
    """trafilatura's own Document, or None. The library is imported only when a page comes."""
    from trafilatura import bare_extraction

    try:
        return bare_extraction(page, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=dict(DATES))
    except Exception as error:  # lxml and trafilatura raise many kinds on hostile markup; the page is then unreadable, whatever the kind
        raise source.error(f"can't be read as HTML ({type(error).__name__})") from error


def _line(value: object) -> str | None:
    return valid(" ".join(value.split())) or None if isinstance(value, str) else None
