"""The files of `ontology/rules/` hold rules, and what holds none is refused."""

import pyoxigraph as ox
import pytest

from kg.errors import OntologyError
from kg.graph import rules
from kg.graph.rules import Rule
from kg.graph.terms import node
from kg.resources import folder


@pytest.fixture(scope="module", autouse=True)
def kind_of_store() -> None:
    """Rules are applied in memory, whatever the store."""


def test_the_rules_are_the_agreed_ones() -> None:
    assert [rule.name for rule in rules.library()] == ["inverse", "inverse-of", "located-in", "subclass", "subproperty", "symmetric", "transitive"]


@pytest.mark.parametrize("rule", rules.library(), ids=lambda rule: rule.name)
def test_a_rule_says_what_it_does_and_is_valid_as_it_lies(rule: Rule) -> None:
    assert rule.summary.endswith(".")
    ox.Store().query((folder("ontology") / "rules" / f"{rule.name}.rq").read_text(encoding="utf-8"))


def test_a_rule_is_read() -> None:
    rule = rules.parse(
        "PREFIX x: <urn:>\n\nCONSTRUCT { ?a a ?c } WHERE {\n  ?a x:in ?b .\n  ?b <urn:kind> ?c .\n  FILTER (?a != ?b)\n}\n".replace(
            " a ?c", " x:is ?c"
        )
    )
    a, b, c = map(ox.Variable, "abc")
    assert rule.conclusion == (a, ox.NamedNode("urn:is"), c)
    assert rule.premises == ((a, ox.NamedNode("urn:in"), b), (b, ox.NamedNode("urn:kind"), c))
    assert rule.names == {ox.NamedNode(f"urn:{name}") for name in ("is", "in", "kind")}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SELECT * WHERE { ?a ?b ?c }",
        "CONSTRUCT { ?a ?b ?c } WHERE {\n FILTER (true)\n}",
        "CONSTRUCT { ?a ?b ?c . ?c ?b ?a } WHERE {\n ?a ?b ?c .\n}",
        "CONSTRUCT { ?a x:y ?c } WHERE {\n ?a ?b ?c .\n}",
        "CONSTRUCT { ?a ?b ?c } WHERE {\n ?a ?b ?c . ?c ?b ?a .\n}",
        "CONSTRUCT { ?a ?b ?c } WHERE {\n OPTIONAL { ?a ?b ?c }\n}",
        "CONSTRUCT { ?a ?b ?c } WHERE {\n ?a kg:x+ ?c .\n}",
        "PREFIX x: <urn:>\nCONSTRUCT { ?a ?b ?c } WHERE {\n ?a x:y+ ?c .\n ?a ?b ?c .\n}",
        "PREFIX x: <urn:>\nCONSTRUCT { ?a ?b ?c } WHERE {\n ?a x:y ?c ; ?b ?c .\n}",
    ],
)
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(OntologyError, match=r"mine\.rq: not a rule; write it as CONSTRUCT"):
        rules.parse(text, "mine")


def test_every_way_to_a_conclusion_is_told_in_order() -> None:
    store, (a, b, c, d) = ox.Store(), map(ox.NamedNode, ("urn:a", "urn:b", "urn:c", "urn:d"))
    part, transitive = node("kg:partOf"), ox.Triple(node("kg:partOf"), node("rdf:type"), node("owl:TransitiveProperty"))
    said = [transitive, *(ox.Triple(*pair) for pair in ((a, part, b), (a, part, c), (b, part, d), (c, part, d)))]
    store.extend(ox.Quad(*triple) for triple in said)
    rule = next(rule for rule in rules.library() if rule.name == "transitive")
    assert rule.new(store) == [ox.Triple(a, part, d)]
    assert rule.derivations(store, ox.Triple(a, part, d)) == [(transitive, said[1], said[3]), (transitive, said[2], said[4])]
    assert rule.derivations(store, ox.Triple(a, part, b)) == []
