"""Names that nobody knows, by what they do."""

import pytest
from spacy.language import Language

from kg.extract.unknown_names import is_english, label_of_unknown


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Quelmarn will sign a treaty with Peru.", "ORG"),
        ("Quelmarn told reporters that talks would go on.", "PERSON"),
        ("Quelmarn and Peru signed a treaty.", "GPE"),
        ("Quelmarn soldiers fired into the air.", "GPE"),
        ("Quelmarn's parliament sat on Monday.", "GPE"),
    ],
)
def test_what_a_name_does_tells_its_label(nlp: Language, text: str, label: str) -> None:
    found = label_of_unknown(nlp(text), 0, 1)
    assert found == label, f"the name in {text!r} is {label}; found {found!r}"


@pytest.mark.parametrize(
    "text", ["Gunmen attacked a village.", "Former officials spoke.", "Resignations followed in Lima.", "COVID closed schools.", "IT hired two men."]
)
def test_first_words_of_sentences_are_no_names(nlp: Language, text: str) -> None:
    assert label_of_unknown(nlp(text), 0, 1) == "", f"the first word of {text!r} is no name"


@pytest.mark.parametrize("word", ["village", "villages", "stopped", "went", "men", "the", "amongst", "quickly"])
def test_english_words_in_any_form(word: str) -> None:
    assert is_english(word), f"{word!r} is English"
