"""XML from anywhere: nothing is fetched, and no entity is filled in, however the document defines it."""

import re
from typing import Any

from kg.readers.decoding import decode_declared
from kg.readers.source import Source

_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{1,40})")

_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")


def root(data: bytes, source: Source) -> Any:
    """The root element; what breaks the rules is mended where it can be. Raises InputError where it can't."""
    from lxml import etree

    # Bounds on depth and on the size of one text stay as they are in the library.
    # Decoded here, for while the parser mends markup, it hands on bytes, and references to characters, that are no text.
    text = _REFERENCE.sub(_character, decode_declared(data, _ENCODING, source))
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        found = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise source.error(f"can't be read as XML ({type(error).__name__})") from error
    if found is None:
        raise source.error("can't be read as XML")
    return found


def _character(reference: re.Match[str]) -> str:
    """The reference as it stands; for a half of a surrogate pair U+FFFD."""
    base = 16 if reference[1] else 10
    digits = (reference[1] or reference[2]).lstrip("0")
    return "\ufffd" if len(digits) < 6 and 0xD800 <= int(digits or "0", base) <= 0xDFFF else reference[0]


def name(node: Any) -> str:
    """The local name of an element; nothing for an entity."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
