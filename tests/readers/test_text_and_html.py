"""What the formats take for title, date and text."""

import io
from pathlib import Path

import pytest

from kg.readers import html, text
from kg.readers.source import Source

DATA = Path(__file__).parents[1] / "data"


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        ("Two Killed In Fire\n\nTwo people died.", "Two Killed In Fire"),
        ("\n\n Two Killed In Fire \n \nTwo people died.", "Two Killed In Fire"),
        ("# Two killed\n\nText.", "Two killed"),
        ("Two people died.\n\nMore text.", None),
        ("Two Killed In Fire\nTwo people died.", None),
        ("Only a line", None),
        ("Only a line\n\n", None),
        (f"{'long ' * 40}\n\nText.", None),
    ],
)
def test_title_of_a_text(article: str, expected: str | None) -> None:
    assert text.title(article) == expected, article


def test_a_page_is_stripped_to_its_article() -> None:
    with (DATA / "minister-visit.html").open("rb") as stream:
        (document,) = html.read(stream, Source("page.html", "page.html"))
    assert document.title == "Norwegian minister meets miners in Zambia"
    assert document.published == "2021-05-18"
    assert document.author == "Grace Mwewa"
    assert document.source == "https://lakeside-courier.example/world/norwegian-minister-zambia"
    assert "“Nobody should die at work,” Halvorsrud said." in document.text
    for furniture in ("Most read", "Subscribe", "taxes", "Photo:"):
        assert furniture not in document.text


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_the_charset_a_page_declares_is_used(charset: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body><article><p>{"Zürich grüßt. " * 30}</p></article></body></html>'
    (document,) = html.read(io.BytesIO(page.encode(charset)), Source("page.html", "p"))
    assert document.text.startswith("Zürich grüßt.")


def test_an_xml_declaration_is_no_obstacle() -> None:
    page = f'<?xml version="1.0" encoding="utf-8"?><html><body><article><p>{"It rained in Bergen. " * 20}</p></article></body></html>'
    (document,) = html.read(io.BytesIO(page.encode()), Source("page.html", "p"))
    assert document.text.startswith("It rained in Bergen.")
