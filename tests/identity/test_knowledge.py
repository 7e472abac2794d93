"""A user's own knowledge base: entities get its ids where name, class, country and date agree."""

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.graph.identities import Identities
from kg.graph.knowledge import load
from kg.graph.store import Store
from kg.identity.knowledge import Entry, Knowledge, entry_id, from_csv, known
from kg.identity.resolve import resolve
from kg.model import Entity, Extraction, Mention

CSV = """id,name,aliases,type,description,country,start,end
https://kb.example/1,Rudolf Elphberg,King Rudolf; Elphberg,Person,King of Ruritania,Germany,1894-01-01,1897-12-31
https://kb.example/2,Black Guard,BG,Organization,A militia,,,
https://kb.example/3,Anna Vogel,,Person,A spokeswoman,France,,
https://kb.example/4,Anna Vogel,,Person,A swimmer,Austria,,
"""
TURTLE = """@prefix kg: <https://w3id.org/kg-news/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix dcterms: <http://purl.org/dc/terms/> . @prefix schema: <https://schema.org/> .
<https://kb.example/1> a kg:Person ; rdfs:label "Rudolf Elphberg" ; skos:altLabel "King Rudolf", "Elphberg" ;
    dcterms:description "King of Ruritania" ; kg:countryCode "DE" ; schema:startDate "1894-01-01" ; schema:endDate "1897-12-31" .
"""


def document(kind: str, name: str, published: str | None = "1896-05-01") -> Extraction:
    entity = Entity("e-1", kind, name, mentions=(Mention(0, len(name), name),))
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
        ("Person", "Ida Brandt", "1896-05-01", None),
    ],
)
def test_what_the_base_knows(base: Knowledge, kind: str, name: str, published: str | None, link: str | None) -> None:
    (entity,) = known(document(kind, name, published), base).entities
    assert entity.links == ((link,) if link else ())


def test_an_entity_of_the_base_is_one_in_all_articles_whatever_its_name(base: Knowledge) -> None:
    found = {known(document("Person", name), base).entities[0].id for name in ("Rudolf Elphberg", "Elphberg", "King Rudolf")}
    assert found == {entry_id(base.entries[0], "Person")}


def test_the_base_is_the_same_in_turtle(base: Knowledge, tmp_path: Path) -> None:
    (tmp_path / "kb.ttl").write_text(TURTLE, encoding="utf-8")
    (entry,) = load(tmp_path / "kb.ttl").entries
    assert (entry, entry.country) == (
        Entry(**{f: getattr(base.entries[0], f) for f in Entry.__slots__} | {"aliases": ("Elphberg", "King Rudolf")}),
        "DE",
    )


def test_the_link_is_written_to_the_graph(base: Knowledge) -> None:
    with Store.open(None) as store:
        Identities(store).write([known(document("Person", "Elphberg"), base)])
        assert any("https://kb.example/1" in line.decode() and "exactMatch" in line.decode() for line in store.nquads())


@pytest.mark.parametrize(("text", "message"), [("name\nx\n", "no column id"), ("id,name\n,x\n", "line 2: id and name must not be empty")])
def test_a_file_that_is_no_base_is_told(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "kb.csv").write_text(text)
    with pytest.raises(InputError, match=message):
        load(tmp_path / "kb.csv")
    (tmp_path / "kb.ttl").write_text("<")
    with pytest.raises(InputError, match="not valid Turtle"):
        load(tmp_path / "kb.ttl")
    with pytest.raises(InputError, match="can't be read"):
        load(tmp_path / "none.csv")
