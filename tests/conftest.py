"""Fixtures of all tests: what takes long to load is loaded once."""

import copy
import functools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from kg.model import Document, Extraction

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.extract import Extractor

# How long an example takes says nothing on a busy machine.
settings.register_profile("kg", deadline=None)
settings.load_profile("kg")

Fact = tuple[str | None, str, str]
DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def nlp() -> "Language":
    """The packaged spaCy pipeline as kg sets it up."""
    from kg.extract.nlp import load

    return load()


@pytest.fixture(scope="session")
def extractor() -> "Extractor":
    """The extractor with the project's ontology and the packaged model."""
    from kg.extract import Extractor

    return Extractor()


@pytest.fixture(scope="session")
def article() -> Document:
    """A news article with all that a scraped page has: captions, glued words, two spellings, a form at the end."""
    from kg import readers

    (document,) = readers.read(DATA / "convoy-attack.txt", published="2020-03-14")
    return document


@pytest.fixture(scope="session")
def extraction(extractor: "Extractor", article: Document) -> Extraction:
    """What the article says."""
    from kg.identity.resolve import resolve

    return resolve(extractor.extract(article))


@pytest.fixture(scope="session")
def frames_only(extractor: "Extractor") -> "Extractor":
    """An extractor that takes all that the frames read; what the model thinks of it is tested in extract/net/."""
    reader = copy.copy(extractor)
    reader.ranking = replace(extractor.ranking, known=frozenset())
    return reader


@pytest.fixture(scope="session")
def facts(extractor: "Extractor") -> Callable[[str], set[Fact]]:
    """A function from a text to its claims as (subject, relation, object) by name; the subject is None where it is not told."""
    return functools.partial(_facts, extractor)


@pytest.fixture(scope="session")
def framed_facts(frames_only: "Extractor") -> Callable[[str], set[Fact]]:
    """Like `facts`, of all that the frames read."""
    return functools.partial(_facts, frames_only)


def _facts(extractor: "Extractor", text: str) -> set[Fact]:
    extraction = extractor.extract(Document("case", text))
    name = {e.id: e.name for e in extraction.entities}
    return {(c.subject and name[c.subject], c.relation, name[c.object]) for c in extraction.claims if c.object}
