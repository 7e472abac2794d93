"""The provenance in exports is PROV-O that another implementation of PROV reads and finds consistent."""

import io
from collections import Counter

import pytest
import toy
from prov.model import ProvAssociation, ProvAttribution, ProvDerivation, ProvDocument, ProvGeneration, ProvUsage

from kg import exporters
from kg.graph.store import Store

# What is not PROV (labels, spans of the text) is left aside, which the reader tells.
pytestmark = [
    pytest.mark.filterwarnings("ignore:The following attributes were not converted:UserWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*"),
]


@pytest.mark.parametrize(("format", "parser"), [("turtle", "turtle"), ("trig", "trig"), ("rdfxml", "xml"), ("jsonld", "json-ld")])
def test_the_provenance_is_read_and_merged_without_contradiction(format: str, parser: str) -> None:
    store, file = Store.open(), io.BytesIO()
    store.replace_all(toy.extractions())
    exporters.export(store, file, format)
    document = ProvDocument.deserialize(io.BytesIO(file.getvalue()), format="rdf", rdf_format=parser).flattened().unified()
    found = Counter(type(record) for record in document.get_records())
    claims = [one for extraction in toy.extractions() for one in extraction.claims]
    events = [one for extraction in toy.extractions() for one in extraction.events]
    quotes = [one for extraction in toy.extractions() for one in extraction.quotes]
    assert found[ProvDerivation] == found[ProvGeneration] == len(claims) + len(events) + len(quotes)
    assert found[ProvUsage] == found[ProvAssociation] == 2
    assert found[ProvAttribution] == sum(len(one.attributed_to) for one in (*claims, *events))
