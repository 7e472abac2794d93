"""kg why as people use it, for claims and sentences: text, JSON and pictures of the parse."""

import json
from pathlib import Path
from xml.dom import minidom

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from kg.cli import app, options
from kg.cli.parse_tree import drawing
from kg.explanation import Sentence, Word
from kg.extract import Extractor

TEXT = "Iran attacked Iraq on Monday. Mark Esper denied that he had visited Jordan."


@pytest.fixture(autouse=True)
def loaded(monkeypatch: pytest.MonkeyPatch, extractor: Extractor) -> None:
    """The extractor of the other tests, where none of one's own is asked for: loading takes seconds."""
    original = options.extractor
    monkeypatch.setattr(options, "extractor", lambda model, ontology: original(model, ontology) if model or ontology else extractor)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)
    (tmp_path / "one.txt").write_text(TEXT)
    return tmp_path


def kg(*words: str, status: int = 0, input: str | None = None) -> str:
    result = CliRunner().invoke(app, list(words), input=input)
    assert result.exit_code == status, result.output
    return result.output


def labels(svg: str) -> list[str]:
    return [node.firstChild.data for node in minidom.parseString(svg).getElementsByTagName("text") if node.firstChild]


def test_a_claim_is_explained_from_its_source(place: Path) -> None:
    kg("build", "one.txt")
    told = kg("why", "Mark Esper visited Jordan")
    assert "Mark Esper denied that [he](subject) had [visited](word) [Jordan](object)." in told
    assert "pronoun “he” stands for “Mark Esper” (30)" in told
    assert "visited -nsubj> he" in told
    assert "said by     Mark Esper (“denied”)" in told
    assert "modality    negated: because of “denied”" in told
    (found,) = json.loads(kg("why", "Mark Esper visited Jordan", "--format", "json"))
    assert found["missing"] == ""
    assert kg("why", found["told"]["claim"]) == told
    assert "Mark Esper visited Jordan (negated, " in " ".join(labels(kg("why", "Mark Esper visited Jordan", "--format", "svg")))
    assert "one.txt" in kg("why", "Mark Esper")


def test_a_claim_whose_text_is_gone_says_what_is_missing(place: Path) -> None:
    kg("build", "one.txt")
    (place / "one.txt").rename(place / "two.txt")
    told = kg("why", "Iran attacked Iraq")
    assert "[Iran](subject) [attacked](word) [Iraq](object) on Monday." in told
    assert "not shown   the way in the parse" in told
    assert "keep texts with kg build --keep-text" in told
    assert "no parse to draw: the text is not to be had" in kg("why", "Iran attacked Iraq", "--format", "svg", status=1)
    assert "attacked -nsubj> Iran" in kg("why", "Iran attacked Iraq", "--source", "two.txt")
    (place / "one.txt").write_text(TEXT.replace("Monday", "Sunday"))
    assert "the text has changed since it was read" in kg("why", "Iran attacked Iraq")


def test_a_sentence_without_a_claim_says_what_to_change(place: Path) -> None:
    told = kg("why", "--text", "Angela Merkel serenaded Emmanuel Macron.")
    assert "no claim    “serenaded”" in told
    assert '[ lex:frame lex:Transitive ; lex:lemma "serenade" ]' in told
    own = (
        "@prefix own: <https://own.example/#> . @prefix lex: <https://w3id.org/kg-news/lexicon#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    )
    own += 'own:serenaded a owl:ObjectProperty ; lex:trigger [ lex:frame lex:Transitive ; lex:lemma "serenade" ] .\n'
    (place / "own.ttl").write_text(own)
    mended = kg("why", "--text", "-", "--ontology", str(place / "own.ttl"), input="Angela Merkel serenaded Emmanuel Macron.")
    assert "Angela Merkel serenaded Emmanuel Macron   actual" in mended
    assert "the model doesn't judge serenaded" in mended


def test_sentences_as_json_and_picture() -> None:
    found = json.loads(kg("why", "--text", TEXT, "--format", "json"))
    assert [[told["relation"] for told in sentence["told"]] for sentence in found] == [["attacked"], ["visited"]]
    drawn = labels(kg("why", "--text", TEXT, "--format", "svg"))
    assert {"Iran", "attacked", "nsubj", "Country", "VERB", "visited"} <= set(drawn)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "name an entity or a claim, or give a sentence with --text"),
        (["Iran", "--text", "Iran."], "not both"),
        (["--text", " "], "the text is empty"),
        (["--text", "Iran Attacks Iraq Again"], "headlines in Title Case are left out"),
    ],
)
def test_what_is_not_asked_rightly(words: list[str], message: str) -> None:
    assert message in kg("why", *words, status=1)


def test_an_entity_has_no_picture_and_an_unsaid_claim_is_told(place: Path) -> None:
    kg("build", "one.txt")
    assert "this is an entity" in kg("why", "Mark Esper", "--format", "svg", status=1)
    assert "no document says Iraq attacked Iran" in kg("why", "Iraq attacked Iran", status=1)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.text(min_size=1, max_size=8), st.text(max_size=5), st.integers(0, 9)), min_size=1, max_size=9))
def test_any_words_make_a_picture(rows: list[tuple[str, str, int]]) -> None:
    words = tuple(Word(text, text, "NOUN", label, head % len(rows), n, n + 1) for n, (text, label, head) in enumerate(rows))
    drawn = drawing([Sentence("", 0, len(rows), words)])
    assert minidom.parseString(drawn).documentElement.tagName == "svg"
