"""Texts that nobody would write in earnest: they neither break the extraction nor take it long."""

import json

import pytest

from kg.extract import Extractor
from kg.model import Document


@pytest.mark.parametrize("mark", [chr(0xD800), "\0", "\x1b[31m", "\x85", "\u202e", "\u2066", "\ufeff", "\U000e0041", "\ufffe"])
def test_characters_that_are_none(extractor: Extractor, mark: str) -> None:
    text = f"Ira{mark}n attacked {mark}Iraq{mark} on Friday{mark}, A{mark}nna Holm said.{mark}\n\n{mark}\n\nIran bombed Iraq."
    document = Document(f"a{mark}", text, title=mark, source=mark, author=mark, place=mark)
    extraction = extractor.extract(document)
    json.dumps(extraction.to_json(), ensure_ascii=False).encode()
    assert extraction.document["length"] == len(text)
    assert extraction.claims
    for entity in extraction.entities:
        assert all(document.text[m.start : m.end] == m.text for m in entity.mentions)
