"""Exports in RDF 1.2: claims name their triples without asserting them, and nothing is lost."""

import io
from pathlib import Path

import pyoxigraph as ox
import pytest
import toy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import exporters
from kg.errors import FormatError
from kg.graph.diff import diff, read
from kg.graph.reifiers import REIFIES, reified, reify, unreify
from kg.graph.store import Store
from kg.graph.terms import claim, entity, node

FORMATS = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS}


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store.open()
    store.replace_all(toy.extractions())
    return store


def written(store: Store, format: str) -> bytes:
    file = io.BytesIO()
    exporters.export(store, file, format, rdf12=True)
    return file.getvalue()


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_written_is_read_back_with_nothing_lost(store: Store, format: str) -> None:
    found = unreify(ox.parse(written(store, format), format=FORMATS[format]))
    if format in ("trig", "nquads"):
        assert set(found) == set(store.quads())
    else:
        assert {quad.triple for quad in found} == {quad.triple for quad in store.quads()}


@pytest.mark.parametrize("format", FORMATS)
def test_each_claim_with_a_subject_reifies_its_triple(store: Store, format: str) -> None:
    quads = list(ox.parse(written(store, format), format=FORMATS[format]))
    found = {quad.subject: quad.object for quad in quads if quad.predicate == REIFIES}
    claims = [one for extraction in toy.extractions() for one in extraction.claims]
    assert found.keys() == {claim(one.id) for one in claims if one.subject}
    negated = next(one for one in claims if one.modality == "negated")
    assert found[claim(negated.id)] == ox.Triple(entity(str(negated.subject)), node("kg:attacked"), entity(str(negated.object)))
    assert node("rdf:subject") not in {quad.predicate for quad in quads}


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_not_actual_is_reified_and_never_asserted(store: Store, format: str) -> None:
    asserted = {quad.triple for quad in ox.parse(written(store, format), format=FORMATS[format])}
    told: dict[ox.Triple, set[str]] = {}
    for one in (one for extraction in toy.extractions() for one in extraction.claims if one.subject):
        said = ox.Triple(entity(str(one.subject)), node(f"kg:{one.relation}"), entity(str(one.object)))
        told.setdefault(said, set()).add(one.modality)
    assert {said for said in told if said in asserted} == {said for said, modalities in told.items() if "actual" in modalities}


def test_a_claim_without_a_subject_keeps_what_it_says(store: Store) -> None:
    (unknown,) = (one for extraction in toy.extractions() for one in extraction.claims if one.subject is None)
    inner = reified(store).inner
    assert not list(inner.quads_for_pattern(claim(unknown.id), REIFIES, None, None))
    assert [q.object for q in inner.quads_for_pattern(claim(unknown.id), node("rdf:object"), None, None)] == [entity(str(unknown.object))]


def test_turtle_stays_pleasant_to_read(store: Store) -> None:
    assert "rdf:reifies <<( <entity/force/black-guard> kg:attacked <entity/facility/zenda-bridge> )>>" in written(store, "turtle").decode()


@pytest.mark.parametrize("format", [name for name, exporter in exporters.formats().items() if name not in FORMATS])
def test_other_formats_refuse_and_say_which_can(store: Store, format: str) -> None:
    with pytest.raises(FormatError, match=rf"{format} can't hold RDF 1\.2; choose one of: nquads \(\.nq\), ntriples"):
        written(store, format)


@pytest.mark.parametrize("name", ["graph.nq", "graph.trig"])
def test_kg_diff_reads_it(store: Store, tmp_path: Path, name: str) -> None:
    exporters.export(store, tmp_path / name, rdf12=True)
    assert diff(read(str(tmp_path / name)), toy.extractions()).empty


NODES = st.sampled_from([ox.NamedNode(f"urn:{letter}") for letter in "abc"])
PARTS = st.sampled_from([node(name) for name in ("rdf:subject", "rdf:predicate", "rdf:object", "rdf:type", "kg:rule")])


@settings(max_examples=50)
@given(st.dictionaries(st.tuples(NODES, PARTS), NODES, max_size=12))
def test_whole_statements_and_only_they_become_reifiers(parts: dict[tuple[ox.NamedNode, ox.NamedNode], ox.NamedNode]) -> None:
    name = ox.NamedNode("urn:g")
    quads = {ox.Quad(*key, value, name) for key, value in parts.items()}
    whole = {s for s, _ in parts if {(s, node(f"rdf:{part}")) for part in ("subject", "predicate", "object")} <= parts.keys()}
    quads |= {ox.Quad(s, node("rdf:type"), node("rdf:Statement"), name) for s in whole}
    found = set(reify(quads))
    assert {quad.subject for quad in found if quad.predicate == REIFIES} == whole
    assert set(unreify(found)) == quads
