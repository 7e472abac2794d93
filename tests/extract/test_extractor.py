"""What holds of every record, and what must be found in an article of our own."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extract import Extractor
from kg.model import Document, Entity, Extraction

PRONOUNS = {"he", "she", "it", "they", "we", "i", "who", "him", "her", "them", "his", "its", "their", "you", "this", "that"}
SENTENCES = (
    "Iran fired rockets at the Erbil base.",
    "“We will leave,” said Orhan Demir, a spokesman for the ministry.",
    "He was killed in Mosul, Iraq on Friday.",
    "The U.S. accused Russia of bombing Aleppo.",
    "BAGHDAD (AP) — Nobody was hurt.",
    "\n\n",
    "Credit: PA",
    "spokesmanAnna Holm did not attack it.",
    "According to the Daily News, Kenya may invade Somalia.",
    "\u202eevil\u202c NATO 🙂 said so",
)


def spans(extraction: Extraction) -> list[tuple[int, int, str]]:
    found = [(m.start, m.end, m.text) for e in extraction.entities for m in e.mentions]
    for claim in extraction.claims:
        found += [(s.start, s.end, s.text) for s in (claim.evidence, claim.trigger, claim.subject_span, claim.object_span) if s]
    found += [(v.trigger.start, v.trigger.end, v.trigger.text) for v in extraction.events]
    return found + [(q.start, q.end, q.text) for q in extraction.quotes]


def check(document: Document, extraction: Extraction) -> None:
    """Every span stands at its offsets, every id is known, no pronoun is an entity, and the record survives JSON."""
    for start, end, text in spans(extraction):
        assert document.text[start:end] == text, f"{text!r} does not stand at {start}–{end}"
    known = {e.id for e in extraction.entities}
    used = {i for c in extraction.claims for i in (c.subject, c.object, *c.attributed_to) if i}
    used |= {i for v in extraction.events for filled in v.roles.values() for i in filled} | {q.speaker for q in extraction.quotes if q.speaker}
    assert used <= known, f"unknown ids {used - known}"
    assert not [e.name for e in extraction.entities if e.name.casefold() in PRONOUNS]
    assert Extraction.from_json(json.loads(json.dumps(extraction.to_json()))) == extraction


def test_the_article_keeps_the_rules(article: Document, extraction: Extraction) -> None:
    check(article, extraction)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(SENTENCES) | st.text(max_size=30), max_size=8), st.sampled_from([" ", "\n", "\n\n"]))
def test_any_text_keeps_the_rules(extractor: Extractor, parts: list[str], joint: str) -> None:
    document = Document("any", joint.join(parts), published="2020-01-08")
    check(document, extractor.extract(document))


def test_the_batch_a_document_is_in_changes_nothing(extractor: Extractor, article: Document) -> None:
    others = [Document(str(n), sentence) for n, sentence in enumerate(SENTENCES)]
    together = list(extractor.pipe([*others, article, *others], batch_size=7))
    assert together[len(others)] == extractor.extract(article)


def named(extraction: Extraction, name: str) -> Entity:
    found = [e for e in extraction.entities if name in (e.name, *e.aliases)]
    assert len(found) == 1, f"{name} is {len(found)} entities: {[e.name for e in found]}"
    return found[0]


@pytest.mark.parametrize(
    "names",
    [
        ("Orhan Yeldirim", "Orhan Yildirim", "Yildirim"),
        ("United States", "US", "U.S.", "America"),
        ("Turkey", "Turkish"),
        ("Northern Dawn Brigade",),
        ("Turkish Defence Ministry",),
    ],
)
def test_one_entity_each(extraction: Extraction, names: tuple[str, ...]) -> None:
    assert len({named(extraction, name).id for name in names}) == 1


@pytest.mark.parametrize(
    ("subject", "relation", "object_", "modality", "source"),
    [
        ("Northern Dawn Brigade", "attacked", "our convoy", "actual", "Orhan Yeldirim"),
        ("Turkey", "attacked", "Kafr Sarmin", "negated", "Orhan Yeldirim"),
        ("Orhan Yeldirim", "spokesmanOf", "Turkish Defence Ministry", "actual", None),
        ("Samir Haddadin", "commands", "Northern Dawn Brigade", "actual", None),
        ("Kemal Aksoyoglu", "headOfState", "Turkey", "actual", None),
        ("Kemal Aksoyoglu", "accused", "Syria", "actual", None),
        ("Laura Whitcombe", "metWith", "Kemal Aksoyoglu", "actual", None),
        ("Laura Whitcombe", "ministerOf", "United States", "actual", None),
        ("Kafr Sarmin", "locatedIn", "Idlib Province", "actual", None),
        ("Idlib Province", "locatedIn", "Syria", "actual", None),
        ("Turkish Defence Ministry", "basedIn", "Turkey", "actual", None),
        (None, "injured", "Samir Haddadin", "negated", "a spokeswoman"),
    ],
)
def test_what_the_article_says(extraction: Extraction, subject: str | None, relation: str, object_: str, modality: str, source: str | None) -> None:
    name = {e.id: e.name for e in extraction.entities}
    found = {
        (c.subject and name[c.subject], c.relation, name[c.object], c.modality, name[c.attributed_to[-1]] if c.attributed_to else None)
        for c in extraction.claims
        if c.object
    }
    assert (subject, relation, object_, modality, source) in found, f"found {sorted(map(str, found))}"


@pytest.mark.parametrize("text", ["Credit: PA", "Please enter your comment!", "Rockets Hit Border Post"])
def test_furniture_and_headlines_give_no_entity(extraction: Extraction, text: str) -> None:
    wrong = [e.name for e in extraction.entities if any(word in e.name for word in text.split() if word.isalpha() and len(word) > 5)]
    assert not wrong, f"{wrong} from {text!r}"


def test_what_is_threatened_is_not_asserted(extraction: Extraction) -> None:
    asserted = [c.evidence.text for c in extraction.claims if c.relation in ("invaded", "destroyed") and c.modality == "actual"]
    assert not asserted


def test_claims_without_a_known_agent_stand_apart_in_the_record(extractor: Extractor) -> None:
    extraction = extractor.extract(Document("d", "Nine soldiers were killed in Kabul when a bomb exploded. Kenya invaded Somalia."))
    record = extraction.to_json()
    assert [c["relation"] for c in record["agentless"]] == ["killed"]
    assert all(c["subject"] and c["object"] for c in record["claims"])
    assert record["claims"]
    assert Extraction.from_json(record) == extraction
