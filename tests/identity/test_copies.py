"""Copies of one text are known by their signatures, in whatever order and however many they are."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.signature import numbers, signature
from kg.identity.copies import Text, originals


def article(number: int, size: int = 300) -> list[str]:
    """The words of an article that shares next to nothing with others."""
    chance = random.Random(number)
    return [f"word{chance.randrange(5000)}" for _ in range(size)]


def text(document: str, words: list[str], published: str = "2020-01-10") -> Text:
    told = " ".join(words)
    made = signature(told)
    assert made is not None
    return Text(published, document, len(told), made)


WIRE = article(1)
EDITED = [*article(2, 20), *WIRE[:100], "indeed", *WIRE[103:180], *WIRE[181:]]


@pytest.mark.parametrize(
    ("words", "copy"),
    [
        (WIRE, True),
        ([word.upper() for word in WIRE], True),
        (EDITED, True),
        (WIRE[:150], True),
        ([*WIRE, *article(3, 150)], True),
        ([*WIRE[:60], *article(4)], False),
        (article(5), False),
        ([*WIRE[:20], *article(6, 20)], False),
    ],
    ids=["same", "capitals", "edited", "cut", "longer", "a fifth", "other", "short"],
)
def test_what_is_a_copy(words: list[str], copy: bool) -> None:
    found = originals([text("agency", WIRE), text("post", words, "2020-01-11")])
    assert found == ({"post": "agency"} if copy else {})


def test_the_first_by_date_and_id_is_the_original() -> None:
    texts = [text("b", WIRE), text("a", WIRE), text("c", WIRE, "2020-01-09"), text("0", WIRE, "~"), text("x", article(9))]
    assert originals(texts) == {"a": "c", "b": "c", "0": "c"}


def test_what_is_too_short_or_damaged_has_no_signature() -> None:
    assert signature("Two people were killed") is None
    for damaged in ("", "AAAA", "no base64!"):
        with pytest.raises(ValueError, match=r".*"):
            numbers(damaged)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 200), st.sampled_from(["2020-01-08", "2020-01-09", "~"])), max_size=8), st.randoms())
def test_order_does_not_matter(told: list[tuple[int, int, str]], chance: random.Random) -> None:
    texts = [text(str(number), article(which)[cut // 2 :], published) for number, (which, cut, published) in enumerate(told)]
    found = originals(texts)
    chance.shuffle(texts)
    assert originals(texts) == found
    assert not set(found) & set(found.values()), "an original is no copy"
