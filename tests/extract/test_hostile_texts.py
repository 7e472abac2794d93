"""Texts that nobody would write in earnest: they neither break the extraction nor take it long."""

import io
import json

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import pipeline
from kg.exporters import nquads
from kg.extract import Extractor
from kg.extract.modality import judge
from kg.graph.store import Store
from kg.identity.resolve import resolve
from kg.model import Document, Extraction

NAMES = (
    "Iran", "Anna Holm", "Mr. Karl Berg", "President Obama", "the U.S.", "Gen. Soleimani", "Mosul, Iraq", "Senator X (R-Texas)", "WHO", "he", "who",
    "at least nine soldiers", "\u202eAnna\u202c", "An\u0301na", "O'Neill", '"Bob"', "A. B. C.", "<b>", "I", "?s", "../..", "AAAA " * 50,
)  # fmt: skip
DEEDS = (
    "attacked", "did not attack", "may invade", "said that", "denied that", ", who bombed", "was killed by", "of bombing", "is the president of",
    "and", ", and", "if", "to", "in", "the attack", "the killing of", "and " * 40, "refused to ",
)  # fmt: skip
TIMES = ("on Friday", "last week", "in 2019", "9999", "10:3٠ pm", "1800 UTC", "999 years ago", "at 25:61", "20١٩", "$5 million", "1e999", "½")
MARKS = (
    *"\"'“”‘’«»`.,;:?!…—-()[]{}<>|\\/&%$#@\t\n\0\x07\x1b\x85\xa0\xad\u200b\u200d\u2028\u2066\ufeff\ufffe😀İßﬁ٣अ中",
    chr(0xD800), "\n\n", "``", "\n    ", "BAGHDAD (AP) — ", "Credit: PA", ". ",
)  # fmt: skip
texts = st.lists(st.sampled_from(NAMES) | st.sampled_from(DEEDS) | st.sampled_from(TIMES) | st.sampled_from(MARKS) | st.text(max_size=9), max_size=60)
DAYS = (None, "2020-02-29", "0001-01-01", "9999-12-31", "garbage")


@pytest.mark.parametrize("mark", [chr(0xD800), "\0", "\x1b[31m", "\x85", "\u202e", "\u2066", "\ufeff", "\U000e0041", "\ufffe"])
def test_characters_that_are_none(extractor: Extractor, mark: str) -> None:
    text = f"Ira{mark}n attacked {mark}Iraq{mark} on Friday{mark}, A{mark}nna Holm said.{mark}\n\n{mark}\n\nIran bombed Iraq."
    document = Document(f"a{mark}", text, title=mark, source=mark, author=mark, place=mark)
    extraction = extractor.extract(document)
    json.dumps(extraction.to_json(), ensure_ascii=False).encode()
    assert extraction.document["length"] == len(text)
    assert extraction.claims
    for entity in extraction.entities:
        assert all(document.text[m.start : m.end] == m.text for m in entity.mentions)


@pytest.mark.parametrize(
    "text",
    [
        "Iran " + "attacked Iraq and " * 400 + "left.",
        "Iran, " * 1200 + "attacked Iraq.",
        "Iran refused to " + "attack Iraq, " * 400 + "or bomb it.",
        "Iran " + "refused to try to " * 400 + "attack Iraq.",
        "The man who met " * 150 + "Karl Holm left.",
    ],
    ids=range(5),
)
def test_sentences_that_never_end(extractor: Extractor, text: str) -> None:
    extractor.extract(Document("a", text))


@pytest.mark.parametrize(
    "text", ["Iran refused to bomb " + "Iraq or shell " * 100 + "Iraq.", "There was no " + "attack or " * 90 + "attack on Iraq."]
)
def test_what_governs_a_long_list_governs_all_of_it(extractor: Extractor, text: str) -> None:
    words = [token for token in extractor.pipeline(text) if token.lower_ in ("attack", "bomb", "shell")]
    assert max(len(list(word.ancestors)) for word in words) > 80
    assert {judge(word).modality for word in words} == {"negated"}


def check(document: Document, extraction: Extraction) -> None:
    """Every span stands at its offsets, and the record survives JSON."""
    spans = [(m.start, m.end, m.text) for e in extraction.entities for m in e.mentions] + [(q.start, q.end, q.text) for q in extraction.quotes]
    for claim in extraction.claims:
        spans += [(s.start, s.end, s.text) for s in (claim.evidence, claim.trigger, claim.subject_span, claim.object_span) if s]
    spans += [(s.start, s.end, s.text) for event in extraction.events for s in (event.trigger, *event.mentions)]
    for start, end, text in spans:
        assert 0 <= start < end, f"{text!r} has no place"
        assert document.text[start:end] == text, f"{text!r} does not stand at {start}–{end}"
    named = [entity.name for entity in extraction.entities if entity.named]
    assert not [name for name in named if not any(map(str.isalnum, name)) or not {*name}.isdisjoint("\0\x07\x1b\x85")]
    assert Extraction.from_json(json.loads(json.dumps(extraction.to_json(), ensure_ascii=False).encode())) == extraction


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(parts=st.lists(st.tuples(texts, st.sampled_from(DAYS)), min_size=1, max_size=3), joint=st.sampled_from([" ", ""]))
def test_any_text_becomes_a_record_and_a_graph(extractor: Extractor, parts: list[tuple[list[str], str | None]], joint: str) -> None:
    documents = [Document(f"{number}{words[:1]}", joint.join(words), joint.join(words[:2]), day) for number, (words, day) in enumerate(parts)]
    records = [resolve(extraction, extractor.ontology) for extraction in extractor.pipe(documents)]
    for document, record in zip(documents, records, strict=True):
        check(document, record)
    with Store.open(None) as store:
        assert pipeline.load(records, store) == len(documents)
        file = io.BytesIO()
        nquads.write(store, file)
    assert {quad.graph_name for quad in ox.parse(file.getvalue(), format=ox.RdfFormat.N_QUADS)}
