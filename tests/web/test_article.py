"""The page of an article: everything is on it, and nothing in it runs."""

from html.parser import HTMLParser

import pytest
import toy
from typer.testing import CliRunner

from kg.cli import app
from kg.graph import vocabulary
from kg.model import Document, Entity, Extraction, Mention, document_json
from kg.web.article import page

LABELS = vocabulary.labels_of(vocabulary.quads())


class Tags(HTMLParser):
    """Collects elements and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_hostile_text_is_escaped() -> None:
    text = '<script>alert(1)</script> met "><img src=x onerror=alert(2)> & co'
    document = Document("d", text, title="<b>")
    entity = Entity("e", "Person", text[:25], mentions=(Mention(0, 25, text[:25]),))
    found = Tags(page(document, Extraction(document_json(document), (entity,)), {}))
    assert not {"script", "img", "b"} & set(found.tags)
    assert text in found.text


@pytest.mark.parametrize("word", ["attacked", "spokesman of", "actual", "says"])
def test_claims_stand_beside_the_text(word: str, extraction: Extraction, article: Document) -> None:
    assert word in Tags(page(article, extraction, LABELS)).text


def test_the_text_is_whole(extraction: Extraction, article: Document) -> None:
    shown = Tags(page(article, extraction, LABELS)).text
    assert all(line in shown for line in article.text.split("\n"))


def test_only_one_article_is_drawn() -> None:
    result = CliRunner().invoke(app, ["extract", "tests/data/agency.jsonl", "--format", "html"])
    assert result.exit_code != 0


def test_toy_records_are_drawn() -> None:
    for record in toy.extractions():
        assert record.entities[0].name in Tags(page(Document(record.id, "no text"), record, LABELS)).text or record.claims
