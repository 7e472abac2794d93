"""Competency: what each question of the library answers on the toy articles; parameters, formats and errors."""

import csv
import io
import json
import re
from collections.abc import Callable

import pyoxigraph as ox
import pytest
import rdflib
import toy
from rdflib.plugins.sparql import prepareQuery

from kg.errors import QueryError
from kg.graph import queries
from kg.graph.facts import facts
from kg.graph.store import Store
from kg.graph.terms import entity, node

# rdflib warns of its own parts.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")

# For each question the columns that matter and their rows, in order.
EXPECTED: dict[str, tuple[dict[str, str], str, list[tuple[str, ...]]]] = {
    "about": (
        {"entity": "ida brandt"},
        "subject relation object modality",
        [("Ida Brandt", "headOfGovernment", "Grauland", "actual"), ("Karl Stein", "metWith", "Ida Brandt", "actual")],
    ),
    "accusations": ({}, "actor other", []),
    "affiliations": (
        {},
        "person relation body title",
        [
            ("Anna Vogel", "spokesmanOf", "Ministry of War", "spokeswoman"),
            ("Ida Brandt", "headOfGovernment", "Grauland", "prime minister"),
            ("Karl Stein", "headOfState", "Ruritania", "President"),
        ],
    ),
    "alliances": ({}, "actor other", []),
    "attacks": (
        {},
        "attacker target modality when says document",
        [
            ("Black Guard", "Zenda Bridge", "actual", "2024-03-08", "Ministry of War", "a"),
            ("Black Guard", "Zenda Bridge", "negated", "", "Black Guard", "b"),
            ("Ruritania", "Grauland", "negated", "", "Anna Vogel", "a"),
            ("Karl Stein", "Grauland", "possible", "", "", "a"),
        ],
    ),
    "bases": ({}, "body place", []),
    "beliefs": ({}, "subject relation object", []),  # with rows in test_corroboration.py
    "disagreements": ({}, "aspect told", []),  # with rows in test_incidents_stored.py
    "incidents": ({}, "event reports", []),
    "offices": ({}, "person office", []),  # with rows in test_knowledge_stored.py
    "casualties": (
        {},
        "when event killed injured agent victims",
        [("2024-03-08", "Killing", "3", "", "Black Guard", "Otto Hahnel"), ("2024-02-26", "Injury", "", "9", "", "Nine people")],
    ),
    "claims": (
        {"about": "killed", "text": "SLAIN"},
        "subject relation object rule",
        [("Black Guard", "killed", "Otto Hahnel", "killed/Transitive/slain")],
    ),
    "claims-by-source": (
        {},
        "source subject relation object modality",
        [
            ("Anna Vogel", "Ruritania", "attacked", "Grauland", "negated"),
            ("Black Guard", "Black Guard", "attacked", "Zenda Bridge", "negated"),
            ("Ministry of War", "Black Guard", "attacked", "Zenda Bridge", "actual"),
            ("Ministry of War", "Black Guard", "killed", "Otto Hahnel", "actual"),
            ("Morning Post", "Black Guard", "killed", "Otto Hahnel", "actual"),
        ],
    ),
    "connection": (
        {"entity": "Black Guard", "other": "Zenda"},
        "first relation middle relationOfMiddle last",
        [("Black Guard", "attacked →", "Zenda Bridge", "locatedIn →", "Zenda")],
    ),
    "contradictions": (
        {},
        "subject relation object affirmedBy affirmedIn deniedBy deniedIn",
        [("Black Guard", "attacked", "Zenda Bridge", "Ministry of War", "a", "Black Guard", "b")],
    ),
    "corroborated": ({}, "subject relation object documents", [("Black Guard", "killed", "Otto Hahnel", "2")]),
    "detentions": ({}, "actor person", []),
    "documents": (
        {},
        "document title published claims asserted",
        [("a", "Bridge shelled", "2024-03-08", "9", "7"), ("b", "Guard denies it", "2024-03-10T09:30:00Z", "5", "4")],
    ),
    "events": (
        {"since": "2024-03-08", "before": "2024-03"},
        "when said event agent target place",
        [
            ("2024-03-08", "on Friday", "Attack", "Black Guard", "Zenda Bridge", "Zenda"),
            ("2024-03-08", "on Friday", "Killing", "Black Guard", "Otto Hahnel", ""),
            ("2024-03-09", "on Saturday", "Meeting", "Karl Stein", "Ida Brandt", "Zenda"),
        ],
    ),
    "instruments": ({}, "instrument event agent target", [("mortars", "Attack", "Black Guard", "Zenda Bridge")]),
    "killings": (
        {"entity": "Otto Hahnel"},
        "killer victim when says",
        [("Black Guard", "Otto Hahnel", "", "Morning Post · Ministry of War"), ("Black Guard", "Otto Hahnel", "2024-03-08", "")],
    ),
    "leaders": ({}, "leader led title", [("Ida Brandt", "Grauland", "prime minister"), ("Karl Stein", "Ruritania", "President")]),
    "meetings": ({}, "actor other when", [("Karl Stein", "Ida Brandt", "2024-03-09")]),
    "mentions": ({}, "name type mentions documents", [("Karl Stein", "Person", "4", "2"), ("Zenda", "City", "4", "2")]),
    "places": ({"entity": "west march"}, "thing place", [("West March", "Ruritania"), ("Zenda", "West March")]),
    "quotations": ({"speaker": "VOGEL", "text": "rebuild"}, "name words", [("Anna Vogel", "“We will rebuild the bridge,”")]),
    "sources": (
        {"source": "Ministry of War"},
        "name about said denials possibly documents",
        [
            ("Ministry of War", "Black Guard", "2", "0", "0", "2"),
            ("Ministry of War", "Otto Hahnel", "1", "0", "0", "1"),
            ("Ministry of War", "Zenda Bridge", "1", "0", "0", "1"),
        ],
    ),
    "spokespeople": ({}, "speaker principal title", [("Anna Vogel", "Ministry of War", "spokeswoman")]),
    "together": ({"entity": "morning post"}, "name otherName documents", [("Morning Post", "Black Guard", "1")]),
    "unasserted": (
        {},
        "subject relation object modality says",
        [("Ruritania", "attacked", "Grauland", "negated", "Anna Vogel"), ("Karl Stein", "invaded", "Grauland", "possible", "")],
    ),
    "within": (
        {"place": "ruritania"},
        "thing type region",
        [("West March", "Region", "Ruritania"), ("Zenda", "City", "Ruritania"), ("Zenda Bridge", "Facility", "Ruritania")],
    ),
}
FIRST_ROWS = {"mentions", "together"}


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store.open()
    store.replace_all(toy.extractions())
    return store


def test_every_question_has_its_expected_rows_here() -> None:
    assert sorted(queries.library("questions")) == sorted(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_question_answers(store: Store, name: str) -> None:
    parameters, columns, expected = EXPECTED[name]
    answer = queries.run(store, name, parameters)
    places = [answer.variables.index(column) for column in columns.split()]
    rows = [tuple(row[place] for place in places) for row in answer.texts]
    assert (rows[: len(expected)] if name in FIRST_ROWS else rows) == expected, f"{queries.library()[name].summary} {parameters}"


@pytest.mark.parametrize("folder", ["questions", "checks", "ontology", "network", "details"])
def test_every_file_is_sparql_as_it_lies_with_a_head(folder: str) -> None:
    for name, query in queries.library(folder).items():
        assert query.summary, name
        assert query.tags, name
        assert re.fullmatch(r"[a-z-]+", name), name
        ox.Store().query(query.text)
        prepareQuery(query.text)
        declared = re.findall(r"^#\+ param: (\w+)", query.text, re.MULTILINE)
        assert [parameter.name for parameter in query.parameters] == declared, name
        assert all(parameter.kind != "any" and parameter.meaning for parameter in query.parameters), name


def test_rdflib_s_own_engine_gives_the_same_rows(store: Store) -> None:
    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=ox.serialize(store.inner, format=ox.RdfFormat.N_QUADS) or b"", format="nquads")
    for name in ("claims-by-source", "leaders", "spokespeople", "unasserted"):
        query = queries.library()[name]
        assert len(list(graph.query(query.text))) == len(queries.run(store, query).rows), name


BROKEN = {
    "no evidence": lambda quad: quad.predicate == node("oa:hasTarget"),
    "no selector": lambda quad: quad.predicate == node("oa:hasSelector"),
    "no words": lambda quad: quad.predicate == node("oa:exact"),
    "no end": lambda quad: quad.predicate == node("oa:end"),
}


@pytest.mark.parametrize("gone", BROKEN.values(), ids=BROKEN)
def test_evidence_that_lacks_a_part_is_found(gone: Callable[[ox.Quad], bool]) -> None:
    with Store.open() as broken:
        broken.replace(toy.shelling())
        claims = len(facts(broken, document="a"))
        broken.change([quad for quad in broken.quads() if gone(quad)], ())
        found = {row[0] for row in queries.run(broken, queries.library("checks")["evidence-without-quote"]).rows}
        assert sum("/claim/" in str(each) for each in found) == claims > 0


def test_the_checks_find_nothing_in_what_is_written(store: Store) -> None:
    assert queries.check(store) == {}


@pytest.mark.parametrize(
    "value",
    [
        "black guard",
        "The Guard",
        "force/black-guard",
        entity("force/black-guard"),
        f"<{entity('force/black-guard').value}>",
        rdflib.URIRef(entity("force/black-guard").value),
    ],
)
def test_an_entity_may_be_given_by_name_alias_id_or_term(store: Store, value: object) -> None:
    assert len(queries.run(store, "attacks", {"entity": value}).rows) == 2


@pytest.mark.parametrize(
    ("query", "parameters", "message"),
    [
        ("nothing", {}, "no question called 'nothing'; choose one of: about, "),
        ("missing.rq", {}, "missing.rq: can't be read"),
        ("SELECT ?x WHERE {", {}, "not valid SPARQL"),
        ("INSERT DATA { <a:b> <a:b> 1 }", {}, "no question called"),
        ("attacks", {"entty": "x"}, "no parameter called 'entty'; it takes entity"),
        ("documents", {"entity": "x"}, "it takes none"),
        ("attacks", {"entity": "Blak Guard"}, "no entity called 'Blak Guard'; did you mean Black Guard"),
        ("about", {}, "needs the parameter entity"),
        ("claims", {"about": "knitted"}, "no relation called 'knitted'"),
        ("attacks", {"entity": "<not an iri>"}, "is not an IRI"),
    ],
)
def test_errors_say_what_to_do(store: Store, query: str, parameters: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)) as raised:
        queries.run(store, query, parameters)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("text", ['"} } DROP ALL #', "\\", "\x00\ud800", "a\nb", "?x }", "'''"])
def test_text_can_not_break_out_of_a_parameter(store: Store, text: str) -> None:
    assert queries.run(store, "quotations", {"text": text}).rows == []
    assert store.documents()


def test_a_file_and_a_text_are_asked_too(store: Store, tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "mine.rq"
    path.write_text("SELECT DISTINCT ?o WHERE { VALUES ?who { UNDEF } ?who kg:killed ?o }")
    assert len(queries.run(store, path, {"who": "Black Guard"}).rows) == 1
    assert len(queries.run(store, str(path), {"who": "Karl Stein"}).rows) == 0
    assert queries.run(store, "ASK { ?s kg:killed ?o }").truth
    assert not queries.run(store, "ASK { ?s kg:bornIn ?o }").truth


def test_rows_have_the_standard_formats(store: Store) -> None:
    answer = queries.run(store, "spokespeople")
    assert next(csv.DictReader(io.StringIO(answer.serialize("csv").decode())))["speaker"] == "Anna Vogel"
    assert json.loads(answer.serialize("json"))["results"]["bindings"][0]["speaker"]["value"] == "Anna Vogel"
    assert answer.serialize("tsv").startswith(b"?speaker\t?principal")
    assert b"<sparql" in answer.serialize("xml")
    with pytest.raises(QueryError, match="choose one of: csv, tsv, json, xml"):
        answer.serialize("turtle")


def test_a_graph_is_turtle_or_ntriples(store: Store) -> None:
    answer = queries.run(store, "CONSTRUCT { ?s kg:killed ?o } WHERE { ?s kg:killed ?o }")
    assert len(rdflib.Graph().parse(data=answer.serialize("turtle"), format="turtle")) == 1
    assert answer.serialize("nt").count(b"\n") == 1


@pytest.mark.parametrize(("text", "expected"), [("=1+1", "'=1+1"), ("+x", "'+x"), ("@x", "'@x"), ("-x", "'-x"), ("x=1", "x=1")])
def test_no_text_becomes_a_formula(store: Store, text: str, expected: str) -> None:
    answer = queries.run(store, f'SELECT ("{text}" AS ?x) (-5 AS ?n) WHERE {{}}')
    assert answer.serialize("csv").decode().splitlines()[1] == f"{expected},-5"
