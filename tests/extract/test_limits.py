"""No document ends a run: what takes too long or breaks the extraction is refused, and all others come through in order."""

import threading
import time
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.extract import Extractor
from kg.extract.limits import CHARACTERS, Refusal, guarded, raise_refusal
from kg.model import Document, Extraction

# What a document's text does to the extraction.
FINE, BROKEN, HUNGRY, ENDLESS, DEEP = "fine", "broken", "hungry", "endless", "deep"


def extract(documents: Iterable[Document]) -> Iterator[Extraction]:
    """Takes documents two at a time, as spaCy takes many."""
    pending: list[Document] = []
    for document in documents:
        pending.append(document)
        if len(pending) == 2:
            yield from map(read, pending)
            pending = []
    yield from map(read, pending)


def read(document: Document) -> Extraction:
    match document.text:
        case "broken":
            raise ValueError("a\nbug")
        case "hungry":
            raise MemoryError
        case "deep":
            raise RecursionError("maximum recursion depth exceeded")
        case "endless":
            while True:
                sum(range(1000))
    return Extraction({"id": document.id})


def documents(texts: Iterable[str]) -> list[Document]:
    return [Document(str(number), text, source="news.jsonl", place=f"news.jsonl#line={number}") for number, text in enumerate(texts)]


@given(st.lists(st.sampled_from([FINE, FINE, BROKEN, HUNGRY, DEEP]), max_size=9))
def test_what_breaks_is_refused_and_the_rest_comes_in_order(texts: list[str]) -> None:
    refused: list[Refusal] = []
    found = [each.id for each in guarded(extract, documents(texts), refused.append)]
    assert found == [str(number) for number, text in enumerate(texts) if text == FINE]
    assert [each.document for each in refused] == [str(number) for number, text in enumerate(texts) if text != FINE]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BROKEN, "breaks the extraction (ValueError: a bug)"),
        (HUNGRY, "takes more memory than a document may"),
        (ENDLESS, "takes more than 0.2 s of processor time"),
    ],
)
def test_a_refusal_tells_why_and_where(text: str, reason: str) -> None:
    refused: list[Refusal] = []
    found = list(guarded(extract, documents([FINE, text, FINE]), refused.append, seconds=0.2))
    assert [each.id for each in found] == ["0", "2"]
    assert refused == [Refusal("1", "news.jsonl#line=1", reason)]


def test_a_slow_document_that_was_alone_is_not_tried_again() -> None:
    refused: list[Refusal] = []
    before = time.process_time()
    assert list(guarded(lambda given: map(read, given), documents([ENDLESS]), refused.append, seconds=0.2)) == []
    assert len(refused) == 1
    assert time.process_time() - before < 0.4


def test_what_is_no_article_but_an_archive_is_refused() -> None:
    refused: list[Refusal] = []
    given = documents([FINE, "a" * (CHARACTERS + 1), FINE, BROKEN, "a" * (CHARACTERS + 1)])
    assert [each.id for each in guarded(extract, given, refused.append)] == ["0", "2"]
    assert sorted(each.document for each in refused) == ["1", "3", "4"]
    with pytest.raises(InputError, match=r"news\.jsonl#line=1: longer than 1,000,000 characters"):
        list(guarded(extract, given[:3], raise_refusal))


def test_waiting_for_documents_does_not_count() -> None:
    def slow() -> Iterator[Document]:
        for document in documents([FINE] * 3):
            end = time.process_time() + 0.3
            while time.process_time() < end:
                sum(range(1000))
            yield document

    assert len(list(guarded(extract, slow(), raise_refusal, seconds=0.2))) == 3


def test_errors_of_the_inputs_are_raised_after_what_came_before() -> None:
    def broken() -> Iterator[Document]:
        yield from documents([FINE])
        raise InputError("no such file")

    found = guarded(extract, broken(), raise_refusal)
    assert next(found).id == "0"
    with pytest.raises(InputError, match="no such file"):
        next(found)


def test_nobody_asked_to_be_told_is_told_by_an_error() -> None:
    with pytest.raises(InputError, match=r"news\.jsonl#line=0: breaks the extraction"):
        list(guarded(extract, documents([BROKEN]), raise_refusal))


def test_another_thread_has_no_clock_but_works() -> None:
    found: list[Extraction] = []
    thread = threading.Thread(target=lambda: found.extend(guarded(extract, documents([FINE]), raise_refusal, seconds=1)))
    thread.start()
    thread.join()
    assert len(found) == 1


def test_a_long_article_among_short_ones_is_refused(extractor: Extractor, article: Document) -> None:
    """spaCy and all, interrupted in the middle."""
    long = Document("long", "\n\n".join([article.text] * 80))
    short = Document("short", "The president met the minister in Paris.")
    extractor.extract(short)  # what is loaded at the first document does not count here
    refused: list[Refusal] = []
    found = list(guarded(extractor.pipe, [short, long, Document("last", short.text)], refused.append, seconds=0.5))
    assert [each.id for each in found] == ["short", "last"]
    assert [each.document for each in refused] == ["long"]
