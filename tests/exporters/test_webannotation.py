"""Web Annotations: they have what the W3C model asks for, point to the right words, and say the same as the graph."""

import io
import json
from typing import Any

import pytest
import rdflib
import toy
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.namespace import Namespace

from kg import exporters
from kg.graph import texts
from kg.graph.store import Store
from kg.graph.terms import clean
from kg.iris import ID
from kg.model import Document, Extraction

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")

OA, AS = Namespace("http://www.w3.org/ns/oa#"), Namespace("https://www.w3.org/ns/activitystreams#")
# What http://www.w3.org/ns/anno.jsonld says of the keys used here: tests fetch nothing.
CONTEXT: dict[str, Any] = {
    "oa": str(OA),
    "as": str(AS),
    "dcterms": "http://purl.org/dc/terms/",
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    **{name: f"oa:{name}" for name in ("Annotation", "SpecificResource", "TextualBody", "TextPositionSelector", "TextQuoteSelector")},
    **{name: f"oa:{name}" for name in ("exact", "prefix", "suffix", "start", "end")},
    "Text": "http://purl.org/dc/dcmitype/Text",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    **{name: f"oa:{name}" for name in ("identifying", "classifying", "tagging", "describing", "commenting")},
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "format": "http://purl.org/dc/elements/1.1/format",
    "language": "http://purl.org/dc/elements/1.1/language",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "total": "as:totalItems",
    "first": {"@type": "@id", "@id": "as:first"},
    "last": {"@type": "@id", "@id": "as:last"},
    "partOf": {"@type": "@id", "@id": "as:partOf"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    "startIndex": "as:startIndex",
}

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=80)


def exported(*extractions: Extraction, text: str | None = None) -> dict[str, Any]:
    store, file = Store.open(), io.BytesIO()
    store.replace_all(extractions or toy.extractions())
    if text is not None:
        texts.keep(store, Document("text", text))
    exporters.export(store, file, "webannotation")
    found: dict[str, Any] = json.loads(file.getvalue())
    return found


def test_the_collection_counts_and_holds_its_annotations() -> None:
    collection = exported()
    page = collection["first"]
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (collection["type"], page["type"]) == ("AnnotationCollection", "AnnotationPage")
    assert page["partOf"] == collection["id"]
    assert collection["last"] == page["id"]
    assert collection["total"] == len(page["items"]) == len({item["id"] for item in page["items"]})
    places = {(e.id, m.start, m.end) for e in toy.extractions() for thing in e.entities for m in thing.mentions}
    claims = [one for extraction in toy.extractions() for one in extraction.claims]
    assert collection["total"] == len(places) + len(claims)


def test_each_annotation_has_what_the_model_asks_for() -> None:
    for item in exported()["first"]["items"]:
        assert item["type"] == "Annotation"
        assert item["motivation"] in ("identifying", "describing")
        assert all(body["purpose"] in CONTEXT for body in item["body"])
        assert all(("source" in body) == (body["type"] == "SpecificResource") for body in item["body"])
        assert all(("value" in body) == (body["type"] == "TextualBody") for body in item["body"])
        position, quote = item["target"]["selector"]
        assert (position["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
        assert 0 <= position["start"] < position["end"]
        assert "prefix" not in quote, "the text is not kept"


@given(WORDS, WORDS)
@settings(max_examples=20)
def test_offsets_and_quotations_lead_to_the_same_words(before: str, behind: str) -> None:
    text = f"{before} Ruritania shelled Zenda {behind}"
    article = toy.Toy("t", text, "Title", "2024-03-08")
    article.claim("country/ruritania", "attacked", "city/zenda", "shelled")
    items = exported(article.extraction(), text=text)["first"]["items"]
    assert len(items) >= 3
    for item in items:
        position, quote = item["target"]["selector"]
        start, end = position["start"], position["end"]
        assert clean(text[start:end]) == quote["exact"]
        assert clean(text[:start]).endswith(quote["prefix"])
        assert clean(text[end:]).startswith(quote["suffix"])
        assert (len(quote["prefix"]), len(quote["suffix"])) == (min(32, start), min(32, len(text) - end))


def test_a_mention_identifies_and_classifies_an_entity() -> None:
    item = next(item for item in exported()["first"]["items"] if item["target"]["selector"][1]["exact"] == "Black Guard")
    assert [(body["purpose"], body.get("source") or body["value"]) for body in item["body"]] == [
        ("identifying", f"{ID}entity/force/black-guard"),
        ("classifying", "https://w3id.org/kg-news/ontology#MilitaryForce"),
        ("tagging", "Black Guard"),
    ]
    assert item["target"]["source"] == {"id": f"{ID}document/a", "type": "Text", "dcterms:source": {"id": "https://news.example/a"}}


@pytest.mark.parametrize(
    "words",
    [
        "actual: Black Guard attacked Zenda Bridge (Ministry of War)",
        "negated: Ruritania attacked Grauland (Anna Vogel)",
        "possible: Karl Stein invaded Grauland",
        "actual: somebody injured Nine people",
    ],
)
def test_a_claim_is_told_with_its_modality_and_sources(words: str) -> None:
    (item,) = (item for item in exported()["first"]["items"] if item["body"][-1]["value"] == words)
    assert item["body"][1]["value"] == words.split(":")[0]
    assert item["target"]["selector"][1]["exact"] in {one.evidence.text for e in toy.extractions() for one in e.claims}


def test_it_is_rdf_of_the_web_annotation_vocabulary() -> None:
    collection = exported()
    graph = rdflib.Graph().parse(data=json.dumps({**collection, "@context": CONTEXT}), format="json-ld")
    found = set(graph.subjects(rdflib.RDF.type, OA.Annotation))
    assert len(found) == collection["total"]
    assert len(list(graph.items(next(graph.objects(None, AS["items"]))))) == collection["total"]
    starts = {int(str(start)) for start in graph.objects(None, OA.start)}
    assert starts == {item["target"]["selector"][0]["start"] for item in collection["first"]["items"]}
    assert set(graph.objects(None, OA.hasPurpose)) == {OA[name] for name in ("identifying", "classifying", "tagging", "describing", "commenting")}


def test_an_empty_collection_has_no_page() -> None:
    file = io.BytesIO()
    exporters.export(Store.open(), file, "webannotation")
    assert json.loads(file.getvalue())["total"] == 0
    assert "first" not in json.loads(file.getvalue())
