"""Pieces of HTML as they stand in feeds and e-mail: their text, with nothing left out. Of whole pages the format `html` finds the article."""

import re
from typing import Any

from kg.model import valid

# Elements inside a line; all others part paragraphs.
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code data del dfn em font i img ins kbd mark nobr q s samp small span strike strong sub sup time u var".split()  # noqa: SIM905
)
_SILENT = frozenset(("script", "style", "head", "title", "noscript", "template"))
_TAG = re.compile(r"<[a-zA-Z/!]|&#?\w+;")


def text(piece: str) -> str:
    """Paragraphs parted by empty lines. What is no markup stays as it is; markup nested too deeply ends where the parser gives up."""
    if not _TAG.search(piece):
        return valid(piece)
    from lxml import etree, html

    # NUL ends the text for the parser; an encoding that is named would be refused in a str.
    piece = re.sub(r"^\s*<\?xml[^>]*>", "", piece.replace("\0", ""))
    try:
        root = html.fragment_fromstring(piece.encode("utf-8", "replace"), create_parent="div", parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return ""
    words: list[str] = []
    _collect(root, words)
    paragraphs = (" ".join(each.split()) for each in "".join(words).split("\n\n"))
    return valid("\n\n".join(filter(None, paragraphs)))


def _collect(root: Any, words: list[str]) -> None:
    """Walks with a stack of its own: markup may be nested deeper than Python's."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, done = stack.pop()
        block = node.tag not in _INLINE
        if done:
            words += ["\n\n"] if block else []
            words += [node.tail] if node is not root and node.tail else []
            continue
        stack.append((node, True))
        if block:
            words.append("\n\n")
        if isinstance(node.tag, str) and node.tag not in _SILENT:
            words += [node.text] if node.text else []
            stack += [(child, False) for child in reversed(node)]
