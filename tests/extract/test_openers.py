"""Common words with the capital of a sentence's beginning."""

import pytest

from kg.extract import Extractor
from kg.model import Document


@pytest.mark.parametrize(
    ("text", "word", "named"),
    [
        ("Violence continued on Tuesday in Lima.", "Violence", False),
        ("Oxygen fills the tank. Oxygen is a gas.", "Oxygen", False),
        ("Time reported that the vote was close.", "Time", True),
        ("Boeing fell in New York.", "Boeing", True),
        ("Ana Ruiz wrote for Time in May. Time just passed her by.", "Time", True),
    ],
)
def test_a_common_word_that_opens_a_sentence_is_no_name(extractor: Extractor, text: str, word: str, named: bool) -> None:
    found = [m.text for e in extractor.extract(Document("d", text)).entities for m in e.mentions if m.kind == "name"]
    assert (word in found) is named, f"{word!r} in {text!r} is {'a' if named else 'no'} name; found {found}"
