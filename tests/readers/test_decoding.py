"""Bytes become text in whatever encoding they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.readers.decoding import decode
from kg.readers.source import Source

SOURCE = Source("x.txt")
TEXT = "Señor Núñez said: “The café’s naïve owner is fine.”"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_are_detected(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), SOURCE) == TEXT, encoding


def test_latin_1_without_quotes() -> None:
    assert decode("Señor Núñez of Zürich".encode("latin-1"), SOURCE) == "Señor Núñez of Zürich"


def test_a_broken_byte_leaves_utf8_alone() -> None:
    assert decode(TEXT.encode() + b"\xff!", SOURCE) == TEXT + "�!"


def test_line_ends_are_made_alike_once() -> None:
    assert decode(b"one\r\ntwo\rthree\n", SOURCE) == "one\ntwo\nthree\n"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_is_read_as_it_is(text: str) -> None:
    try:
        assert decode(text.encode(), SOURCE) == text.removeprefix("\ufeff")
    except InputError:
        assert text.startswith(("%PDF", "{\\rtf", "GIF8", "RIFF", "ID3", "OggS", "BZh", "PAR1", "SQLite"))
