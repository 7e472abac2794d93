"""The input formats: found because their modules lie in this folder, chosen by name, suffix or content."""

import importlib
import json
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import IO, Protocol, cast

from kg.errors import FormatError
from kg.model import Document
from kg.readers.mail import is_mail
from kg.readers.source import Source

FOLDER = __name__.rpartition(".")[0]


class Reader(Protocol):
    """What a module of this folder must have to be an input format; one of a binary format has MAGIC too, how its files begin."""

    NAME: str
    SUFFIXES: tuple[str, ...]

    def read(self, stream: IO[bytes], source: Source) -> Iterator[Document]:
        """Raises InputError when nothing can be read; tells `source.report` of a part that can't, and goes on."""


@cache
def formats() -> dict[str, Reader]:
    """The input formats by name."""
    modules = (importlib.import_module(f"{FOLDER}.{module.name}") for module in pkgutil.iter_modules(importlib.import_module(FOLDER).__path__))
    found = [cast(Reader, module) for module in modules if hasattr(module, "SUFFIXES")]
    return {reader.NAME: reader for reader in sorted(found, key=lambda reader: reader.NAME)}


def suffixes() -> tuple[str, ...]:
    """The suffixes of all formats."""
    return tuple(suffix for reader in formats().values() for suffix in reader.SUFFIXES)


def by_name(name: str) -> Reader:
    """The format of that name. Raises FormatError, which lists the names, when there is none."""
    if name not in formats():
        raise FormatError(f"unknown input format {name!r}; choose from {', '.join(formats())}")
    return formats()[name]


def by_suffix(suffix: str | None) -> Reader | None:
    """The format of a suffix, if it is known."""
    return next((reader for reader in formats().values() if suffix in reader.SUFFIXES), None)


def by_magic(head: bytes) -> Reader | None:
    """The binary format whose files begin like this."""
    return next((reader for reader in formats().values() if head.startswith(getattr(reader, "MAGIC", ()))), None)


def by_content(head: bytes) -> Reader:
    """The format that the first bytes look like; text when they look like nothing else."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{") and _is_object(start):
        return formats()["jsonl"]
    begin = start[:1000].lower()
    if any(root in begin for root in (b"<rss", b"<feed", b"<rdf:rdf")):
        return formats()["feed"]
    if begin.startswith((b"<!doctype html", b"<head")) or b"<html" in begin:
        return formats()["html"]
    return formats()["mail" if is_mail(head) else "text"]


def _is_object(start: bytes) -> bool:
    first, newline, _ = start.partition(b"\n")
    # A line longer than the bytes at hand can't be parsed yet; a brace and a quoted name are what an article in JSON begins with.
    if not newline and len(start) > 1000:
        return first[1:].lstrip().startswith(b'"')
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False
