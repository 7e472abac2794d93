"""PDF: the text of all pages. Read by pypdf, which comes with kg[inputs]; pages that are pictures have no text."""

import io
import logging
import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from kg.errors import InputError
from kg.model import Document, valid
from kg.readers.dates import iso
from kg.readers.decoding import read_all
from kg.readers.extras import needed
from kg.readers.source import Source

if TYPE_CHECKING:
    from pypdf import PdfReader

NAME = "pdf"
SUFFIXES = (".pdf",)
MAGIC = (b"%PDF",)
# A word that is divided at the end of a line; "Anglo-\nSaxon" keeps its hyphen.
_DIVIDED = re.compile(r"(?<=[a-z])[-\u00ad]\n(?=[a-z])")
# A line that ends amid a sentence.
_BROKEN = re.compile(r"(?<![.!?:”\"’)\n])\n(?!\n)")
_DAY = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


def read(stream: IO[bytes], source: Source) -> Iterator[Document]:
    """One document. Lines are joined to sentences, and what ends a page amid one goes on at the next; headers of pages stay in the text."""
    needed("pypdf", source)
    from pypdf import PdfReader

    data = read_all(stream, source)
    # What pypdf mends in passing is nobody's concern; what it can't mend is raised.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        file = PdfReader(io.BytesIO(data))
        if file.is_encrypted and not file.decrypt(""):
            raise source.error("is a PDF file with a password; save it without one")
        text = _text(file, source)
        known = {key: _line(value) for key, value in (file.metadata or {}).items()}
    except InputError:
        raise
    except Exception as error:  # pypdf raises whatever comes up on files that break the rules
        raise source.error(f"can't be read as PDF ({type(error).__name__})") from error
    if not text.strip():
        raise source.error("has no text, only pictures of it; recognise the text first (OCR)")
    yield Document(
        id=source.document_id(text),
        text=text,
        title=known.get("/Title"),
        published=_date(known.get("/CreationDate")),
        source=source.origin,
        author=known.get("/Author"),
        place=source.place,
    )


def _text(file: "PdfReader", source: Source) -> str:
    pages, size = [], 0
    for page in file.pages:
        # The commands that draw a page are packed, and reading them takes long: a small file may hold very many.
        drawn = page.get_contents()
        size += 0 if drawn is None else len(drawn.get_data())
        if size > source.limit:
            raise source.too_large()
        pages.append(page.extract_text().replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip())
    lines = "\n".join(line.strip() for line in "\n".join(filter(None, pages)).split("\n"))
    return valid(_BROKEN.sub(" ", _DIVIDED.sub("", lines))).strip() + "\n"


def _line(value: object) -> str | None:
    return valid(" ".join(str(value).split())) or None


def _date(value: str | None) -> str | None:
    """The day on which the file was made."""
    found = _DAY.match(value or "")
    return iso("-".join(found.groups())) if found else None
