"""Validation: what kg writes conforms, and each kind of damage is found."""

import pyoxigraph as ox
import pytest
import toy

from kg.graph.shapes import validate
from kg.graph.store import Store
from kg.iris import PREFIXES

G = "GRAPH <https://w3id.org/kg-news/id/document/a>"


def damaged(update: str) -> str:
    with Store.open() as store:
        store.replace_all(toy.extractions())
        store.inner.update(update, prefixes=PREFIXES)
        report = validate(store)
    return str(report)


def test_what_is_written_conforms() -> None:
    with Store.open() as store:
        store.replace_all(toy.extractions())
        report = validate(store)
    assert report.conforms, str(report)
    assert report.documents == 2


def test_an_empty_store_conforms() -> None:
    with Store.open() as store:
        assert validate(store).conforms


@pytest.mark.parametrize(
    ("update", "message"),
    [
        (f"DELETE {{ {G} {{ ?c kg:modality ?m }} }} WHERE {{ {G} {{ ?c a kg:Claim ; kg:modality ?m }} }}", "actual, negated or possible"),
        (f'INSERT {{ {G} {{ ?c kg:modality "maybe" }} }} WHERE {{ {G} {{ ?c a kg:Claim }} }}', "actual, negated or possible"),
        (f"INSERT {{ {G} {{ ?c kg:confidence 2.5 }} }} WHERE {{ {G} {{ ?c a kg:Claim }} }}", "confidence from 0 to 1"),
        (f"DELETE {{ {G} {{ ?c prov:wasDerivedFrom ?d }} }} WHERE {{ {G} {{ ?c a kg:Claim ; prov:wasDerivedFrom ?d }} }}", "comes from one document"),
        (f"DELETE {{ {G} {{ ?s oa:exact ?t }} }} WHERE {{ {G} {{ ?s oa:exact ?t }} }}", "words of the text"),
        (f"DELETE {{ {G} {{ ?s oa:start ?n }} }} WHERE {{ {G} {{ ?s oa:start ?n }} }}", "begins before it ends"),
        (f"DELETE {{ {G} {{ ?c oa:hasTarget ?t }} }} WHERE {{ {G} {{ ?c a kg:Claim ; oa:hasTarget ?t }} }}", "one piece of evidence"),
        (f"DELETE {{ {G} {{ ?e a kg:Attack }} }} WHERE {{ {G} {{ ?e a kg:Attack }} }}", "class of its own"),
        (f"INSERT DATA {{ {G} {{ <urn:x> a kg:Claim }} }}", "claim has one predicate"),
        (
            f"INSERT {{ {G} {{ ?a kg:invaded ?b }} }} WHERE {{ {G} {{ ?c rdf:subject ?a ; rdf:predicate kg:invaded ; rdf:object ?b }} }}",
            "negated or possible in a document that asserts them",
        ),
        (f"INSERT {{ {G} {{ ?a kg:owns ?b }} }} WHERE {{ {G} {{ ?a kg:killed ?b }} }}", "no actual claim of the same document says"),
        (f"DELETE {{ {G} {{ ?a kg:killed ?b }} }} WHERE {{ {G} {{ ?a kg:killed ?b }} }}", "plain triple is missing"),
        (f"DELETE {{ {G} {{ ?a rdfs:label ?b }} }} WHERE {{ {G} {{ ?a rdfs:label ?b }} }}", "no class or label"),
        (f"DELETE {{ {G} {{ ?v a ?k }} }} WHERE {{ {G} {{ ?v a sem:Event , ?k }} }}", "event that is not in the same document"),
        (
            f'INSERT {{ {G} {{ ?s oa:exact "longer than it was" }} }} WHERE {{ {G} {{ ?s oa:start 0 ; oa:exact ?t }} }}',
            "not as long as their offsets",
        ),
        (f"INSERT {{ {G} {{ ?d kg:length 5 }} }} WHERE {{ {G} {{ ?d a foaf:Document }} }}", "outside the text"),
        (f"INSERT {{ {G} {{ ?e a kg:Frobnication }} }} WHERE {{ {G} {{ ?e a kg:Attack }} }}", "ontology does not define"),
        (f"INSERT {{ {G} {{ ?a a prov:Entity }} }} WHERE {{ {G} {{ ?a prov:used ?d }} }}", "used, generated, derived or attributed"),
        (f"INSERT {{ {G} {{ ?a prov:wasDerivedFrom ?d }} }} WHERE {{ {G} {{ ?a prov:used ?d }} }}", "used, generated, derived or attributed"),
        (f"INSERT {{ {G} {{ ?d prov:wasDerivedFrom ?c }} }} WHERE {{ {G} {{ ?c a kg:Claim ; prov:wasDerivedFrom ?d }} }}", "derived from themselves"),
        (f"DELETE {{ {G} {{ ?a prov:used ?d }} }} WHERE {{ {G} {{ ?a prov:used ?d }} }}", "from a document that it did not use"),
        (f"INSERT {{ {G} {{ ?c prov:wasGeneratedBy <urn:x> }} }} WHERE {{ {G} {{ ?c a kg:Claim }} }}", "what two activities generated"),
        (
            "DELETE { GRAPH ?g { ?a prov:agent ?s } } INSERT { GRAPH ?g { ?a prov:agent <urn:x> } } WHERE { GRAPH ?g { ?a prov:agent ?s } }",
            "not among the sources",
        ),
        (f"INSERT {{ {G} {{ ?c prov:wasAttributedTo ?d }} }} WHERE {{ {G} {{ ?c a kg:Claim ; prov:wasDerivedFrom ?d }} }}", "are no agents"),
        (
            f'INSERT DATA {{ {G} {{ <urn:x> prov:startedAtTime "2024-03-08"^^xsd:date ; prov:endedAtTime "2024-03-07"^^xsd:date }} }}',
            "end before they start",
        ),
    ],
)
def test_damage_is_found(update: str, message: str) -> None:
    assert message in damaged(update)


def test_the_shapes_are_valid_turtle() -> None:
    from kg import resources

    assert list(ox.parse(path=str(resources.folder("ontology") / "shapes" / "graph.ttl")))
