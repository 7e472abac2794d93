"""The RDF form of a record: what is asserted, how claims, events, quotes and times look, and that no text breaks it."""

from dataclasses import replace

import pyoxigraph as ox
import pytest
import toy
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import records, temporal
from kg.graph.facts import facts, facts_of
from kg.graph.store import Store
from kg.graph.terms import claim, clean, decimal, document, entity, event, iri, node, term
from kg.graph.triples import quads
from kg.model import Claim, Entity, Event, Extraction, Mention, Quote, Span, Time

GUARD, BRIDGE = entity("force/black-guard"), entity("facility/zenda-bridge")


def has(extraction: Extraction, subject: ox.NamedNode, predicate: str, object_: ox.NamedNode | ox.Literal) -> bool:
    return ox.Quad(subject, node(predicate), object_, document(extraction.id)) in set(quads(extraction))


def test_actual_claims_become_plain_triples() -> None:
    assert has(toy.shelling(), GUARD, "kg:attacked", BRIDGE)


@pytest.mark.parametrize(
    ("subject", "relation", "object_"),
    [("country/ruritania", "attacked", "country/grauland"), ("person/karl-stein", "invaded", "country/grauland")],
)
def test_negated_and_possible_claims_do_not(subject: str, relation: str, object_: str) -> None:
    assert not has(toy.shelling(), entity(subject), f"kg:{relation}", entity(object_)), f"{subject} {relation} {object_} is not told as a fact"


def test_a_claim_without_subject_gives_no_triple_but_a_node() -> None:
    extraction = toy.denial()
    (injured,) = (c for c in extraction.claims if c.subject is None)
    assert not any(q.predicate == term("injured") for q in quads(extraction))
    assert has(extraction, claim(injured.id), "rdf:predicate", term("injured"))


def test_nested_sources_keep_their_order() -> None:
    with Store.open() as store:
        store.replace(toy.denial())
        (found,) = (c for c in records.read(store, "b").claims if c.relation == "killed")  # type: ignore[union-attr]
    assert found.attributed_to == ("organization/morning-post", "organization/ministry-of-war")


def test_an_event_has_roles_place_time_and_counts() -> None:
    extraction = toy.shelling()
    attack, killing, _ = (event(e.id) for e in extraction.events)
    day = ox.Literal("2024-03-08", datatype=node("xsd:date"))
    assert has(extraction, attack, "rdf:type", node("sem:Event"))
    assert has(extraction, attack, "rdf:type", term("Attack"))
    assert has(extraction, attack, "kg:agent", GUARD)
    assert has(extraction, attack, "kg:instrument", entity("weapon/mortars"))
    assert has(extraction, attack, "sem:hasPlace", entity("city/zenda"))
    assert has(extraction, attack, "sem:hasTimeStamp", day)
    assert has(extraction, killing, "kg:deathCount", ox.Literal(3))
    assert has(extraction, killing, "sem:subEventOf", attack), "he died in the shelling"
    assert any(q.subject == attack and q.predicate == node("kg:mention") for q in quads(extraction)), "'The fire' tells of the shelling again"


def test_links_and_names_of_an_entity() -> None:
    zenda = entity("city/zenda")
    assert has(toy.shelling(), zenda, "skos:exactMatch", ox.NamedNode("https://places.example/11"))
    assert has(toy.shelling(), zenda, "rdfs:label", ox.Literal("Zenda", language="en"))


def test_quads_are_unique_and_in_one_graph() -> None:
    found = list(quads(toy.shelling()))
    assert len(found) == len(set(found))
    assert {q.graph_name for q in found} == {document("a")}
    assert not any(isinstance(part, ox.BlankNode) for q in found for part in (q.subject, q.object)), "blank nodes would make output unstable"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024", ("2024", "gYear")),
        ("2024-03", ("2024-03", "gYearMonth")),
        ("2024-02-29", ("2024-02-29", "date")),
        ("2023-02-29", None),
        ("2024-13", None),
        ("0000", None),
        ("2024-03-08T09:30", ("2024-03-08T09:30:00", "dateTime")),
        ("2024-03-08T09", ("2024-03-08T09:00:00", "dateTime")),
        ("2024-03-08T09:30:00.500+00:00", ("2024-03-08T09:30:00.5Z", "dateTime")),
        ("2024-03-08T09:30:00+0130", ("2024-03-08T09:30:00+01:30", "dateTime")),
        ("2024-03-08T25:00", None),
        ("2024-03-08T09:30:00+15:00", None),
        ("Friday", None),
        ("", None),
        ("٢٠٢٤", None),
    ],
)
def test_a_time_has_the_datatype_of_its_granularity(value: str, expected: tuple[str, str] | None) -> None:
    found = temporal.literal(value)
    assert (found and (found.value, found.datatype.value.split("#")[1])) == expected, value


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-W09", "2024-02-26", "2024-03-03"),
        ("2024-W60", None, None),
        ("2010/2019", "2010", "2019"),
        ("2024-01/2024-03", "2024-01", "2024-03"),
        ("2024-03-08/", "2024-03-08", None),
        ("199X", "1990", "1999"),
        ("2023-WI", "2023-12-01", "2024-02-29"),
        ("/", None, None),
        ("soon", None, None),
    ],
)
def test_longer_times_have_bounds(value: str, first: str | None, last: str | None) -> None:
    assert temporal.bounds(value) == (first, last)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://geo.example/a b", "https://geo.example/a%20b"),
        ("https://geo.example/ü", "https://geo.example/ü"),
        ("https://geo.example/%zz", "https://geo.example/%25zz"),
        ("https://geo.example/<x>", "https://geo.example/%3Cx%3E"),
        ("https://geo.example/\ud800", "https://geo.example/%ED%A0%80"),
        ("no scheme at all", None),
        ("", None),
    ],
)
def test_iris_are_repaired(text: str, expected: str | None) -> None:
    found = iri(text)
    assert (found and found.value) == expected


@pytest.mark.parametrize(
    ("number", "expected"), [(1.0, "1"), (0.95, "0.95"), (0.0, "0"), (-0.00001, "0"), (1 / 3, "0.3333"), (float("nan"), "0"), (float("inf"), "0")]
)
def test_decimals_are_canonical(number: float, expected: str) -> None:
    assert decimal(number).value == expected


NASTY = st.text(st.characters(codec=None), max_size=12) | st.sampled_from(
    ["\ud800", "\x00", '"\\\n\r', "سلام", "😀", "a" * 10_000, "<&>", "../..", "a//b", "%zz"]
)


def nasty_extraction(ident: str, name: str, words: str, link: str) -> Extraction:
    span = Span(0, max(1, len(words)), words or "x")
    thing = Entity(ident, name or "X", name, (words, name), (link, f"https://x.example/{link}"), (Mention(0, 1, words, "name"),))
    about = Claim(
        ident, ident, name or "r", ident, "actual", (ident, name), span, span, None, span, 0.5, words, ident, None, words, Time(words, words)
    )
    value = Claim(ident + "2", ident, "birthDate", None, "actual", (), span, None, None, span, 1.0, words, None, words)
    happening = Event(
        ident, name or "E", span, {"agent": (ident,), "place": (name,)}, "actual", (name,), Time(words, "2024-01-01"), {"deathCount": 1}, span
    )
    known = {"id": ident, "title": name, "source": link, "published": words, "sha256": words, "length": 3, "pipeline": name}
    return Extraction(known, (thing,), (about, value), (happening,), (Quote(0, 1, words, True, ident),))


@given(NASTY, NASTY, NASTY, NASTY)
def test_no_text_makes_it_fail_and_the_store_gives_back_the_same(ident: str, name: str, words: str, link: str) -> None:
    extraction = nasty_extraction(ident, name, words, link)
    with Store.open() as store:
        assert store.replace(extraction)
        assert not store.replace(extraction), "a second writing must find nothing to change"
        assert set(store.quads()) == set(quads(extraction))
        assert store.documents()[0].id == clean(ident)


def test_facts_are_the_same_from_the_record_and_from_the_store() -> None:
    with Store.open() as store:
        store.replace_all(toy.extractions())
        assert facts(store) == [fact for extraction in toy.extractions() for fact in facts_of(extraction)]


def test_a_record_comes_back_from_the_store() -> None:
    with Store.open() as store:
        store.replace(toy.shelling())
        found, made = records.read(store, "a"), toy.shelling()
    assert found is not None
    assert found.document == made.document
    assert set(found.entities) == set(made.entities)
    assert {c.id: c for c in found.claims} == {c.id: c for c in made.claims} | {c.id: c for c in found.claims if c.time}
    assert found.quotes == made.quotes
    assert [(e.id, e.type, dict(e.roles), dict(e.counts), e.modality) for e in found.events] == [
        (e.id, e.type, dict(e.roles), dict(e.counts), e.modality) for e in sorted(made.events, key=lambda e: e.trigger)
    ]


def test_terms_of_a_users_own_ontology_keep_their_iri() -> None:
    own = {"coaches": "https://example.org/sport#coaches"}
    record = toy.shelling()
    claims = (replace(record.claims[0], relation="coaches"), *record.claims[1:])
    record = replace(record, document={**record.document, "vocabulary": own}, claims=claims)
    assert own["coaches"] in {quad.predicate.value for quad in quads(record)}
    with Store.open() as store:
        store.replace(record)
        assert records.read(store, record.id).document["vocabulary"] == own
