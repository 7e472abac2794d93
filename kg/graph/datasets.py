"""Whether a SPARQL query names its own dataset. No parser gives the syntax tree, so the text is cut into strings, comments, IRIs and words."""

import re

_STRING = (
    r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""'
    r"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
)
_COMMENT = r"#[^\n\r]*"
_IRI = r'<[^\x00-\x20<>"{}|^`\\]*>'
# A variable, a language, a name with a prefix; the last alternative is a word that may be part of the language.
_NAME = r"[?$]\w+|@[A-Za-z-]+|[\w-]*:[\w:%-]*|\w+"
_TOKEN = re.compile("|".join((_COMMENT, _STRING, _IRI, _NAME)), re.DOTALL)


def names_dataset(query: str) -> bool:
    """True when the query has FROM or FROM NAMED: then the graphs that it names are asked, not all."""
    return any(token[0].upper() == "FROM" for token in _TOKEN.finditer(query))
