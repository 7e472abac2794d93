"""E-mail (.eml): the text of a message, or what its HTML says; the subject is the title, the sender the author."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import IO, Any

from kg.model import Document, valid
from kg.readers import markup
from kg.readers.dates import iso
from kg.readers.decoding import decode, read_all
from kg.readers.source import Source

NAME = "mail"
SUFFIXES = (".eml",)
HEADER = re.compile(rb"(?:[!-9;-~]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)+\r?\n")
TELLING = re.compile(rb"^(?:from|date|subject|message-id|received|mime-version):", re.IGNORECASE | re.MULTILINE)


def read(stream: IO[bytes], source: Source) -> Iterator[Document]:
    """One document; attachments are left alone."""
    data = read_all(stream, source)
    try:
        message = message_from_bytes(data, policy=policy.default)
        text = _text(message, source)
        title, author, date = (_header(message, name) for name in ("subject", "from", "date"))
    except Exception as error:  # the parser of the standard library raises many kinds on headers that break the rules
        raise source.error(f"can't be read as e-mail ({type(error).__name__})") from error
    if not text.strip():
        raise source.error("is an e-mail without text; save its attachment and read that")
    yield Document(id=source.document_id(text), text=text, title=title, published=iso(date), source=source.origin, author=author, place=source.place)


def is_mail(head: bytes) -> bool:
    """True for what begins with the header of a message."""
    found = HEADER.match(head)
    return found is not None and len(TELLING.findall(found[0])) > 1


def _text(message: "EmailMessage[Any, Any]", source: Source) -> str:
    body = message.get_body(("plain", "html"))
    if body is None:
        return ""
    data = body.get_payload(decode=True)
    if not isinstance(data, bytes) or not data:
        return ""
    charset = body.get_content_charset()
    try:
        text = valid(data.decode(charset or "utf-8")).replace("\r\n", "\n").replace("\r", "\n")
    except (LookupError, UnicodeError, ValueError):
        text = decode(data, source)
    return markup.text(text) if body.get_content_subtype() == "html" else text


def _header(message: "EmailMessage[Any, Any]", name: str) -> str | None:
    value = message.get(name)
    return None if value is None else valid(" ".join(str(value).split())) or None
