"""Every example of the ontology is found by the extractor, and no counterexample is."""

from typing import Any

import pytest

from kg import ontology
from kg.extract import Extractor
from kg.model import Claim, Document, Extraction
from kg.ontology import Example


def cases(*, counter: bool) -> list[Any]:
    return [
        pytest.param(relation.name, example, id=f"{relation.name}: {example.text[:60]}")
        for relation in ontology.load().relations.values()
        for example in (relation.counterexamples if counter else relation.examples)
    ]


def names(extraction: Extraction, ident: str | None) -> set[str]:
    """Names and mentions of an entity, without a leading article; empty for the unknown agent."""
    if ident is None:
        return set()
    entity = extraction.entity(ident)
    return {text.removeprefix("the ").removeprefix("The ") for text in (entity.name, *entity.aliases, *(m.text for m in entity.mentions))}


def says(extraction: Extraction, claim: Claim, relation: str, example: Example) -> bool:
    related = relation in ontology.load().ancestors(claim.relation)
    symmetric = ontology.load().relations[relation].symmetric
    sides = [(claim.subject, claim.object), (claim.object, claim.subject)] if symmetric else [(claim.subject, claim.object)]
    return related and any(stands_for(extraction, s, example.subject) and stands_for(extraction, o, example.object) for s, o in sides)


def stands_for(extraction: Extraction, ident: str | None, name: str | None) -> bool:
    return name is None or name.removeprefix("the ").removeprefix("The ") in names(extraction, ident)


def told(extraction: Extraction) -> list[tuple[str | None, str, str | None, str]]:
    label = {e.id: e.name for e in extraction.entities}
    return [(label.get(c.subject or ""), c.relation, label.get(c.object or ""), c.modality) for c in extraction.claims]


@pytest.mark.parametrize(("relation", "example"), cases(counter=False))
def test_example_is_found(extractor: Extractor, relation: str, example: Example) -> None:
    extraction = extractor.extract(Document("example", example.text))
    assert any(says(extraction, c, relation, example) for c in extraction.claims), (
        f"expected {example.subject} {relation} {example.object} in {example.text!r}; found {told(extraction)}"
    )


@pytest.mark.parametrize(("relation", "example"), cases(counter=True))
def test_counterexample_is_not_asserted(extractor: Extractor, relation: str, example: Example) -> None:
    extraction = extractor.extract(Document("example", example.text))
    wrong = [c for c in extraction.claims if c.modality == "actual" and says(extraction, c, relation, example)]
    assert not wrong, f"{relation} must not be asserted of {example.text!r}; found {told(extraction)}"
