"""A user's own knowledge base: entities get its ids where name, class, country and date agree."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from kg.errors import InputError
from kg.graph.identities import Identities
from kg.graph.knowledge import load
from kg.graph.store import Store
from kg.identity.knowledge import Knowledge, entry_id, from_csv, known
from kg.identity.resolve import resolve
from kg.identity.tenures import Tenure
from kg.model import Entity, Event, Extraction, Mention, Span, Time

CSV = """id,name,aliases,type,description,country,start,end,roles
https://kb.example/1,Rudolf Elphberg,Elphberg; King Rudolf,Person,King of Ruritania,Germany,1894-01-01,1897-12-31,
https://kb.example/2,Black Guard,BG,Organization,A militia,,,,
https://kb.example/3,Anna Vogel,,Person,A spokeswoman,France,,,president from 1895-01-17 to 1899-02-16; senator from 1890 to 1895
https://kb.example/4,Anna Vogel,,Person,A swimmer,Austria,,,
https://kb.example/5,Karl Stein,,Person,,,,,president of France from 1899-02-16; minister of the navy of France to 1895
"""
TURTLE = """@prefix kg: <https://w3id.org/kg-news/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix dcterms: <http://purl.org/dc/terms/> . @prefix schema: <https://schema.org/> .
<https://kb.example/1> a kg:Person ; rdfs:label "Rudolf Elphberg" ; skos:altLabel "King Rudolf", "Elphberg" ;
    dcterms:description "King of Ruritania" ; kg:countryCode "DE" ; schema:startDate "1894-01-01" ; schema:endDate "1897-12-31" .
<https://kb.example/3> a kg:Person ; rdfs:label "Anna Vogel"@en, "Anna Fogel"@cs ; kg:countryCode "FR" ;
    kg:hasTenure [ schema:roleName "senator" ; schema:startDate "1890" ; schema:endDate "1895" ] .
"""


def document(kind: str, name: str, published: str | None = "1896-05-01", mention: Literal["name", "nominal"] = "name") -> Extraction:
    entity = Entity("e-1", kind, name, mentions=(Mention(0, len(name), name, mention),))
    return resolve(Extraction({"id": "d", "sha256": "a" * 64, "published": published}, (entity,)))


@pytest.fixture
def base() -> Knowledge:
    return Knowledge(tuple(from_csv(CSV.splitlines(), "kb.csv")))


@pytest.mark.parametrize(
    ("kind", "name", "published", "link"),
    [
        ("Person", "Rudolf Elphberg", "1896-05-01", "https://kb.example/1"),
        ("Person", "Elphberg", "1896-05-01", "https://kb.example/1"),
        ("Person", "Elphberg", None, "https://kb.example/1"),
        ("Person", "Elphberg", "1899-05-01", None),
        ("Person", "Elphberg", "1893-05-01", None),
        ("Organization", "Elphberg", "1896-05-01", None),
        ("MilitaryForce", "BG", "1896-05-01", "https://kb.example/2"),
        ("Person", "Anna Vogel", "1896-05-01", None),
        ("Person", "President Anna Vogel", "1896-05-01", "https://kb.example/3"),
        ("Person", "French President Anna Vogel", "1896-05-01", "https://kb.example/3"),
        ("Person", "Austrian President Anna Vogel", "1896-05-01", None),
        ("Person", "President Anna Vogel", "1900-05-01", None),
        ("Person", "Ida Brandt", "1896-05-01", None),
    ],
)
def test_what_the_base_knows(base: Knowledge, kind: str, name: str, published: str | None, link: str | None) -> None:
    (entity,) = known(document(kind, name, published), base).entities
    assert entity.links == ((link,) if link else ())


@pytest.mark.parametrize(
    ("words", "published", "link"),
    [
        ("The French president", "1896-05-01", "https://kb.example/3"),
        ("France's president", "1896-05-01", "https://kb.example/3"),
        ("the president of France", "1899-02-15", "https://kb.example/3"),
        ("The French president", "1899-02-16", None),  # the day on which one follows the other
        ("The French president", "1899-02-17", "https://kb.example/5"),
        ("The French president", "1899", None),
        ("The French president", None, None),
        ("the former French president", "1896-05-01", None),
        ("the president", "1896-05-01", None),
        ("the French king", "1896-05-01", None),
        ("The Austrian president", "1896-05-01", None),
        ("the minister of the navy of France", "1894-05-01", None),  # since when is not told
    ],
)
def test_who_is_named_by_office_and_country_alone(base: Knowledge, words: str, published: str | None, link: str | None) -> None:
    (entity,) = known(document("Person", words, published, "nominal"), base).entities
    assert entity.links == ((link,) if link else ())
    assert entity.name == (words if link is None else next(e.name for e in base.entries if e.id == link))


def test_an_office_in_a_look_back_is_not_that_of_today(base: Knowledge) -> None:
    read = document("Person", "The French president", "1896-05-01", "nominal")
    event = Event("v-1", "Meeting", Span(0, 3, "The"), {"agent": (read.entities[0].id,)}, "actual", time=Time("in 1871", "1871", "year"))
    assert known(replace(read, events=(event,)), base).entities == read.entities


def test_knowing_twice_changes_nothing_more(base: Knowledge) -> None:
    for read in (document("Person", "Elphberg"), document("Person", "The French president", mention="nominal")):
        once = known(read, base)
        assert known(once, base) == once != read


def test_an_entity_of_the_base_is_one_in_all_articles_whatever_its_name(base: Knowledge) -> None:
    found = {known(document("Person", name), base).entities[0].id for name in ("Rudolf Elphberg", "Elphberg", "King Rudolf")}
    assert found == {entry_id(base.entries[0], "Person")}


def test_the_base_is_the_same_in_turtle(base: Knowledge, tmp_path: Path) -> None:
    (tmp_path / "kb.ttl").write_text(TURTLE, encoding="utf-8")
    king, speaker = load(tmp_path / "kb.ttl").entries
    assert king == base.entries[0]
    assert speaker == replace(base.entries[2], aliases=("Anna Fogel",), description="", tenures=(Tenure("senator", "1890", "1895"),))


def test_the_link_is_written_to_the_graph(base: Knowledge) -> None:
    with Store.open(None) as store:
        Identities(store).write([known(document("Person", "Elphberg"), base)])
        assert any("https://kb.example/1" in line.decode() and "exactMatch" in line.decode() for line in store.nquads())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: no column id or name"),
        ("name\nx\n", "line 1: no column id"),
        ("id,name,alias\n", "line 1: unknown column 'alias'; it takes id, name, "),
        ("id,name\n,x\n", "line 2: id and name must not be empty"),
        ("id,name\nhttps://kb.example/1,x\nQ1,y\n", "line 3: id 'Q1' is not an IRI"),
        ("id,name\nhttps://kb.example/1,x\nhttps://kb.example/1,y\n", "line 3: id https://kb.example/1 stands in line 2 already"),
        ("id,name\nhttps://kb.example/1,x,y\n", "line 2: more cells than columns"),
        ('id,name\nhttps://kb.example/1,x\nhttps://kb.example/2,"y\n', "line 3: not CSV .*; is a quotation mark not closed"),
        ("id,name,start\nhttps://kb.example/1,x,2013-13-01\n", "line 2: '2013-13-01' is not a date"),
        ("id,name,start,end\nhttps://kb.example/1,x,2013,2012-05\n", "line 2: the end, 2012-05, is before the start, 2013"),
        ("id,name,roles\nhttps://kb.example/1,x,mayor from May 2013\n", "line 2: role 'mayor from May 2013'; write it like"),
        ("id,name,roles\nhttps://kb.example/1,x,mayor from 2013 to 2012\n", "line 2: 'mayor' ends on 2012, before its start on 2013"),
    ],
)
def test_a_bad_row_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "kb.csv").write_text(text)
    with pytest.raises(InputError, match=f"kb.csv: {message}"):
        load(tmp_path / "kb.csv")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n<", "line 2: not valid Turtle"),
        ('<https://kb.example/1> schema:name "x" ; schema:startDate "May" .', "<https://kb.example/1>: 'May' is not a date"),
        (
            '<https://kb.example/1> schema:name "x" ; kg:hasTenure [ schema:startDate "2013" ] .',
            "<https://kb.example/1>: kg:hasTenure without schema:roleName",
        ),
    ],
)
def test_bad_turtle_is_told_with_its_line_or_entry(tmp_path: Path, text: str, message: str) -> None:
    prefixes = "@prefix schema: <https://schema.org/> . @prefix kg: <https://w3id.org/kg-news/ontology#> . "
    (tmp_path / "kb.ttl").write_text(prefixes + text)
    with pytest.raises(InputError, match=f"kb.ttl: {message}"):
        load(tmp_path / "kb.ttl")


def test_a_file_that_can_t_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be read"):
        load(tmp_path / "none.csv")
