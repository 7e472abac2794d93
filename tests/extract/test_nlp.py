"""The pipeline as kg sets it up."""

import pytest
from spacy.language import Language

from kg.errors import KgError
from kg.extract.nlp import batches, load, parse
from kg.model import Document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The chief spokesmanJonathan Hoffman spoke.", ["spokesman", "Jonathan"]),
        ("He bought an iPhone on eBay.", ["iPhone", "eBay"]),
        ("McDonald met YouTube.", ["McDonald", "YouTube"]),
    ],
)
def test_glued_words_are_split_and_others_are_not(nlp: Language, text: str, expected: list[str]) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert set(expected) <= {token.text for token in doc}, f"{text!r} gave {[t.text for t in doc]}"


def test_documents_come_in_order_also_without_paragraphs(nlp: Language) -> None:
    documents = [Document("a", "One."), Document("b", ""), Document("c", "Two.\n\nThree.")]
    found = [(document.id, len(paragraphs)) for document, paragraphs in parse(nlp, documents)]
    assert found == [("a", 1), ("b", 0), ("c", 2)]


def test_paragraphs_know_their_offset(nlp: Language) -> None:
    text = "Blast in Oran kills nine\n\nA bomb went off in Oran."
    ((_, paragraphs),) = parse(nlp, [Document("a", text)])
    for paragraph in paragraphs:
        assert text[paragraph.start :].startswith(paragraph.doc.text)


def test_an_unknown_pipeline_says_what_to_do() -> None:
    with pytest.raises(KgError, match="not installed; install it"):
        load("en_no_such_pipeline")


def test_long_texts_are_read_few_at_a_time() -> None:
    sizes = [10, 10, 30_000, 30_000, 10, 90_000, 10]
    assert [[len(text) for text, _ in batch] for batch in batches([("a" * size, None) for size in sizes], 3)] == [
        [10, 10, 30_000],
        [30_000, 10],
        [90_000],
        [10],
    ]
