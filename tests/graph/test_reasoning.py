"""What follows: each rule, the way back to what was said, and that nothing of it gets among what was said."""

import pyoxigraph as ox
import pytest
import toy
from shorthand import SAID, Short, quads, triple

from kg.graph import queries, reasoning, vocabulary
from kg.graph.history import HISTORY
from kg.graph.reasoning import INFERRED, REASONING, infer
from kg.graph.store import Store
from kg.graph.terms import BACKGROUND, document, entity, node


def holding(*shorts: Short, graph: ox.NamedNode = SAID) -> Store:
    store = Store.open()
    store.inner.extend(quads(shorts, graph))
    return store


RULES: dict[str, tuple[str, list[Short], set[Short]]] = {
    "a class": ("subclass", [("a", "a", "kg:MilitaryForce")], {("a", "a", "kg:Organization"), ("a", "a", "kg:Actor")}),
    "a property": ("subproperty", [("a", "kg:headOfState", "b")], {("a", f"kg:{p}", "b") for p in ("leads", "worksFor", "affiliatedWith")}),
    "symmetric": ("symmetric", [("a", "kg:metWith", "b")], {("b", "kg:metWith", "a")}),
    "inverse": ("inverse", [("a", "kg:parentOf", "b")], {("b", "kg:childOf", "a")}),
    "transitive": ("transitive", [("a", "kg:partOf", "b"), ("b", "kg:partOf", "c")], {("a", "kg:partOf", "c")}),
    "no part of itself": ("", [("a", "kg:partOf", "b"), ("b", "kg:partOf", "a")], set()),
    "members of members are none": (
        "",
        [("a", "kg:memberOf", "b"), ("b", "kg:memberOf", "c")],
        {("a", "kg:affiliatedWith", "b"), ("b", "kg:affiliatedWith", "c")},
    ),
    "a seat": ("located-in", [("a", "kg:basedIn", "b"), ("b", "kg:locatedIn", "c")], {("a", "kg:basedIn", "c")}),
    "a place of an event": ("located-in", [("a", "sem:hasPlace", "b"), ("b", "kg:locatedIn", "c")], {("a", "sem:hasPlace", "c")}),
    "an attack on a city is none on its country": ("", [("a", "kg:attacked", "b"), ("b", "kg:locatedIn", "c")], set()),
    "two rules": ("transitive", [("a", "kg:capitalOf", "b"), ("b", "kg:locatedIn", "c")], {("a", "kg:locatedIn", "b"), ("a", "kg:locatedIn", "c")}),
}


@pytest.mark.parametrize(("rule", "said", "expected"), RULES.values(), ids=RULES)
def test_what_follows(rule: str, said: list[Short], expected: set[Short]) -> None:
    found = infer(holding(*said))
    assert set(found.rounds) == set(map(triple, expected))
    assert rule in {reason.rule.name for each in found.rounds for reason in found.reasons(each)} | {""}


def test_an_inverse_that_only_one_of_the_two_names() -> None:
    store = holding(("a", "kg:teaches", "b"), ("b", "kg:learnsFrom", "c"))
    store.inner.extend(quads([("kg:teaches", "owl:inverseOf", "kg:learnsFrom")], vocabulary.GRAPH))
    assert set(infer(store).rounds) == {triple(("b", "kg:learnsFrom", "a")), triple(("c", "kg:teaches", "b"))}


def test_a_literal_never_becomes_a_subject() -> None:
    store = holding(("kg:nickname", "a", "owl:SymmetricProperty"), graph=vocabulary.GRAPH)
    store.inner.extend([ox.Quad(entity("a"), node("kg:nickname"), ox.Literal("Al"), SAID)])
    assert not infer(store).rounds


def test_background_knowledge_of_places_counts() -> None:
    store = holding(("a", "kg:livesIn", "b"))
    store.inner.extend(quads([("b", "kg:locatedIn", "c")], BACKGROUND))
    assert set(infer(store).rounds) == {triple(("a", "kg:livesIn", "c"))}


def test_nothing_follows_from_what_is_said_no_more() -> None:
    assert not infer(holding(("a", "kg:metWith", "b"), graph=HISTORY)).rounds


def test_nothing_follows_from_what_is_denied_or_possible() -> None:
    store = Store.open()
    store.replace_all(toy.extractions())
    found = {each for each in infer(store).rounds if each.predicate in (node("kg:attacked"), node("kg:invaded"))}
    assert found == set()
    assert triple(("facility/zenda-bridge", "kg:locatedIn", "country/ruritania")) in infer(store).rounds


def test_what_was_said_is_not_said_again_and_stays_as_it_was() -> None:
    store = Store.open()
    store.replace_all(toy.extractions())
    before = store.nquads()
    reasoned = reasoning.reasoned(store)
    assert store.nquads() == before
    assert not store.inner.contains_named_graph(INFERRED)
    added = set(reasoned.nquads()) - set(before)
    assert all(line.endswith(f"{INFERRED} .\n".encode()) for line in added)
    assert set(before) < set(reasoned.nquads())
    said = {quad.triple for quad in store.quads()}
    assert not said & {quad.triple for quad in reasoned.inner.quads_for_pattern(None, None, None, INFERRED)}
    assert set(reasoned.quads()) == set(store.quads())


def test_a_question_is_answered_with_what_follows() -> None:
    store = holding(("a", "kg:basedIn", "b"), ("b", "kg:locatedIn", "c"))
    text = f"SELECT ?who WHERE {{ ?who kg:basedIn {entity('c')} }}"
    assert queries.run(store, text).rows == []
    assert queries.run(reasoning.reasoned(store), text).rows == [(entity("a"),)]


def test_the_graph_tells_from_what_it_was_made_and_by_which_rules() -> None:
    store = holding(("a", "kg:livesIn", "b"))
    store.inner.extend(quads([("b", "kg:locatedIn", "c")], BACKGROUND))
    store.inner.extend(quads([("a", "kg:age", "b")], document("other")))
    told = {quad.triple for quad in infer(store).quads()}
    used = {each.object for each in told if each.predicate == node("prov:used") and each.subject == REASONING}
    assert {SAID, BACKGROUND, vocabulary.GRAPH} <= used
    assert document("other") not in used
    assert ox.NamedNode("https://w3id.org/kg-news/ontology/rules/located-in") in used
    assert ox.Triple(INFERRED, node("prov:wasGeneratedBy"), REASONING) in told


def test_a_reason_leads_to_what_was_said() -> None:
    store = holding(("a", "kg:subsidiaryOf", "b"), ("b", "kg:partOf", "c"))
    first, second = reasoning.reasons(store, triple(("a", "kg:partOf", "c")))
    assert (first.rule.name, first.premises[1:]) == ("transitive", (triple(("a", "kg:partOf", "b")), triple(("b", "kg:partOf", "c"))))
    assert (second.rule.name, second.conclusion) == ("subproperty", first.premises[1])
    assert second.premises == (triple(("kg:subsidiaryOf", "rdfs:subPropertyOf", "kg:partOf")), triple(("a", "kg:subsidiaryOf", "b")))


@pytest.mark.parametrize("short", [("a", "kg:metWith", "b"), ("a", "kg:metWith", "c")])
def test_what_is_said_or_does_not_follow_has_no_reason(short: Short) -> None:
    assert reasoning.reasons(holding(("a", "kg:metWith", "b")), triple(short)) == []
