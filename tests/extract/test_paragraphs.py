"""Paragraphs are read apart, furniture is left out, and every piece stands at its offset."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.paragraphs import is_title_case, pieces


def texts(text: str) -> list[str]:
    return [piece.text for piece in pieces(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Blast in Oran\n\nA bomb went off.", ["Blast in Oran", "A bomb went off."], id="headline apart"),
        pytest.param("A first line.\nA second line.", ["A first line.", "A second line."], id="one line, one paragraph"),
        pytest.param(
            "The minister said on Tuesday that the talks in the\ncapital would go on for another week, whatever the\nrebels did in the north.",
            ["The minister said on Tuesday that the talks in the capital would go on for another week, whatever the rebels did in the north."],
            id="hard-wrapped",
        ),
        pytest.param(
            "The minister left for talks in\nthe capital of the northern province on Tuesday, said\nan aide of his.\n"
            "    Rebels in the northern province had asked for the talks\nin the capital on Monday.\n    No date was set.",
            [
                "The minister left for talks in the capital of the northern province on Tuesday, said an aide of his.",
                "Rebels in the northern province had asked for the talks in the capital on Monday.",
                "No date was set.",
            ],
            id="wire copy, indented paragraphs",
        ),
        pytest.param("Troops left.\n\nCredit: PA\n\nThey went home.", ["Troops left.", "They went home."], id="credit line"),
        pytest.param("Crowds carry the coffin. Credit: PA", ["Crowds carry the coffin."], id="credit behind a caption"),
        pytest.param("It rained.\n\nPlease enter your comment!\nPlease enter your name here", ["It rained."], id="comment form"),
        pytest.param("BAGHDAD (AP) — Rockets fell.", ["BAGHDAD (AP)", "Rockets fell."], id="dateline"),
        pytest.param("The shop was shut.\n\nМагазин был закрыт, сказал Джон.", ["The shop was shut."], id="original in another script"),
        pytest.param("", [], id="empty"),
        pytest.param(" \n\n\t\n", [], id="white space"),
    ],
)
def test_pieces(text: str, expected: list[str]) -> None:
    assert texts(text) == expected, f"of {text!r}"


@pytest.mark.parametrize(
    ("text", "headline"),
    [("Rockets Hit Base", True), ("Rockets hit the base.", False), ("He said: “We left.”", False), ("Background", True)],
)
def test_headline(text: str, headline: bool) -> None:
    assert next(pieces(text)).headline is headline, f"{text!r}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran Fires ‘Tens’ Of Rockets At Iraqi Military Base", True),
        ("Thousands march through the old town of Lagos", False),
        ("President of France", False),
    ],
)
def test_title_case(text: str, expected: bool) -> None:
    assert is_title_case(text) is expected, f"{text!r}"


@pytest.mark.parametrize("unit", ["word ", "One sentence ends. ", "A “quoted” one, he said.” ", "\u00a0a\u2003"])
def test_a_very_long_paragraph_is_cut_behind_sentences_or_at_white_space(unit: str) -> None:
    text = unit * (100_000 // len(unit)) + "end."
    found = list(pieces(text))
    assert all(len(piece.text) <= 10_000 for piece in found)
    assert all(unit.split()[-1] == piece.text.split()[-1] for piece in found[:-1])
    assert " ".join(" ".join(piece.text for piece in found).split()) == " ".join(text.split())


def test_a_very_long_word_is_cut_anywhere() -> None:
    assert [len(piece.text) for piece in pieces("a" * 25_000)] == [10_000, 10_000, 5000]


@given(st.text(alphabet=st.sampled_from("Aa. \n\t:”é“—(),0"), max_size=200) | st.text(max_size=100))
def test_every_piece_stands_at_its_offset(text: str) -> None:
    end = 0
    for piece in pieces(text):
        assert piece.start >= end, "pieces overlap"
        end = piece.start + len(piece.text)
        there = text[piece.start : end]
        assert [a for a, b in zip(there, piece.text, strict=True) if a != b and not (a.isspace() or a in "\x7f" or a < " ")] == []
