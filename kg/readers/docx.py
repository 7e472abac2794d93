"""Word (.docx): the text of the paragraphs, without what was struck out; title, author and date as the file states them."""

import zipfile
from collections.abc import Iterator
from typing import IO, Any

from kg.model import Document, valid
from kg.readers.archive import BROKEN, unpack
from kg.readers.dates import iso
from kg.readers.decoding import reason
from kg.readers.source import Source
from kg.readers.streams import seekable
from kg.readers.xml import name, root

NAME = "docx"
SUFFIXES = (".docx",)
BODY, PROPERTIES = "word/document.xml", "docProps/core.xml"
# Text boxes stand in the file twice, for new and old programs.
_LEFT_OUT = frozenset(("p", "del", "moveFrom", "instrText", "Fallback", "pPr", "rPr"))
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read(stream: IO[bytes], source: Source) -> Iterator[Document]:
    """One document, paragraphs parted by empty lines. A Word file is a zip file with XML in it; nothing else of it is unpacked."""
    try:
        with seekable(stream, source) as whole, zipfile.ZipFile(whole) as archive:
            names = archive.namelist()
            if BODY not in names:
                raise source.error("is no Word file (.docx)")
            body = root(unpack(archive, archive.getinfo(BODY), source), source)
            known = root(unpack(archive, archive.getinfo(PROPERTIES), source), source) if PROPERTIES in names else ()
    except BROKEN as error:
        raise source.error(f"can't be read as a Word file ({reason(error)})") from error
    text = valid("\n\n".join(filter(str.strip, map(_paragraph, _paragraphs(body))))).strip()
    if not text:
        raise source.error("is a Word file without text")
    stated = {name(node): " ".join((node.text or "").split()) or None for node in known}
    date = stated.get("created") or stated.get("modified")
    yield Document(
        id=source.document_id(text + "\n"),
        text=text + "\n",
        title=stated.get("title"),
        published=iso(date[:10]) if date else None,
        source=source.origin,
        author=stated.get("creator"),
        place=source.place,
    )


def _paragraphs(body: Any) -> Iterator[Any]:
    """All paragraphs, in tables and boxes too."""
    return (node for node in body.iter("{*}p") if not any(name(above) == "Fallback" for above in node.iterancestors()))


def _paragraph(paragraph: Any) -> str:
    """The words of a paragraph; those of a text box in it are a paragraph of their own."""
    words: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        kind = name(node)
        if kind == "t":
            words.append(node.text or "")
        elif kind in _BREAKS:
            words.append(_BREAKS[kind])
        elif kind not in _LEFT_OUT:
            stack += reversed(node)
    return "".join(words).strip()
