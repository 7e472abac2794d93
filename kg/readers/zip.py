"""Zip: each member by the format of its own name, as in a folder; a Word file is one too."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO
from urllib.parse import quote

from kg.errors import InputError
from kg.model import Document
from kg.readers import docx, inputs, registry
from kg.readers.archive import BROKEN, check
from kg.readers.decoding import reason
from kg.readers.dispatch import documents
from kg.readers.source import Source
from kg.readers.streams import seekable

NAME = "zip"
SUFFIXES = (".zip",)
MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
OTHERS = {
    "xl/workbook.xml": "an Excel file",
    "ppt/presentation.xml": "a PowerPoint file",
    "META-INF/container.xml": "an EPUB book",
    "content.xml": "an OpenDocument file",
}


def read(stream: IO[bytes], source: Source) -> Iterator[Document]:
    """The documents of the members, sorted by name; hidden ones and those of other formats are left out, archives in the archive are refused."""
    with seekable(stream, source) as whole:
        try:
            archive = zipfile.ZipFile(whole)
        except BROKEN as error:
            raise source.error(f"can't be read as a zip file ({reason(error)})") from error
        with archive:
            yield from _documents(archive, whole, source)


def _documents(archive: zipfile.ZipFile, whole: IO[bytes], source: Source) -> Iterator[Document]:
    names = set(archive.namelist())
    if docx.BODY in names:
        whole.seek(0)
        yield from docx.read(whole, source)
        return
    if kind := next((kind for name, kind in OTHERS.items() if name in names), None):
        raise source.error(f"is {kind}, which kg does not read; save it as text, PDF or DOCX")
    if source.packed:
        raise source.error("is an archive in an archive; unpack it and read that")
    yield from _members(archive, source)


def _members(archive: zipfile.ZipFile, source: Source) -> Iterator[Document]:
    suffixes = registry.suffixes()
    # Of two members of one name the later counts, as for every program that unpacks.
    members = {member.filename: member for member in archive.infolist() if _is_article(member, suffixes)}
    if not members:
        raise source.error(f"no member of this archive ends in {', '.join(suffixes)} (or the same with .gz)")
    for name in sorted(members):
        try:
            yield from _member(archive, members[name], source)
        except InputError as error:
            source.report(error)


def _is_article(member: zipfile.ZipInfo, suffixes: tuple[str, ...]) -> bool:
    if not member.filename:  # which is_dir can't bear
        return False
    path = PurePosixPath(member.filename)
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts)
    return not member.is_dir() and not hidden and inputs.suffix(path) in suffixes


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: Source) -> Iterator[Document]:
    name = inputs.text(member.filename)
    here = replace(source.part(name, f"member={quote(name)}", source.id and f"{source.id}/{name}"), packed=True, found=True)
    check(member, here)
    try:
        with archive.open(member) as stream:
            yield from documents(stream, here, suffix=inputs.suffix(PurePosixPath(name)))
    except BROKEN as error:
        raise here.error(f"can't be read ({reason(error)})") from error
