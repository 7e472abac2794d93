"""Texts that nobody would write in earnest: they neither break the extraction nor take it long."""

import json

import pytest

from kg.extract import Extractor
from kg.extract.modality import judge
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


@pytest.mark.parametrize(
    "text",
    [
        "Iran " + "attacked Iraq and " * 400 + "left.",
        "Iran, " * 1200 + "attacked Iraq.",
        "Iran refused to " + "attack Iraq, " * 400 + "or bomb it.",
        "Iran " + "refused to try to " * 400 + "attack Iraq.",
        "The man who met " * 150 + "Karl Holm left.",
    ],
    ids=range(5),
)
def test_sentences_that_never_end(extractor: Extractor, text: str) -> None:
    extractor.extract(Document("a", text))


@pytest.mark.parametrize(
    "text", ["Iran refused to bomb " + "Iraq or shell " * 100 + "Iraq.", "There was no " + "attack or " * 90 + "attack on Iraq."]
)
def test_what_governs_a_long_list_governs_all_of_it(extractor: Extractor, text: str) -> None:
    words = [token for token in extractor.pipeline(text) if token.lower_ in ("attack", "bomb", "shell")]
    assert max(len(list(word.ancestors)) for word in words) > 80
    assert {judge(word).modality for word in words} == {"negated"}
