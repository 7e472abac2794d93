"""XML written a line at a time, since a tree of half a million edges does not fit into memory."""

from collections.abc import Iterable, Mapping
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from kg.network.flat import Value

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
Attributes = Mapping[str, Value | None]


def start(tag: str, attributes: Attributes | None = None) -> str:
    """The opening tag; attributes that are None are left out."""
    return f"<{tag}{_attributes(attributes)}>"


def element(tag: str, attributes: Attributes | None = None, *inner: str) -> str:
    """A whole element around what is already XML."""
    content = "".join(inner)
    return f"<{tag}{_attributes(attributes)}>{content}</{tag}>" if content else f"<{tag}{_attributes(attributes)}/>"


def text(value: Value) -> str:
    """A value as XML Schema writes it; ">" is escaped too, for "]]>" is forbidden."""
    return escape(str(value).lower() if isinstance(value, bool) else str(value))


def write(file: IO[bytes], lines: Iterable[str]) -> None:
    """Writes lines as UTF-8."""
    for line in lines:
        file.write(line.encode() + b"\n")


def _attributes(attributes: Attributes | None) -> str:
    told = ((name, value) for name, value in (attributes or {}).items() if value is not None)
    return "".join(f" {name}={quoteattr(str(value).lower() if isinstance(value, bool) else str(value))}" for name, value in told)
