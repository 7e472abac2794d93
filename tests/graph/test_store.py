"""The store: one graph a document, replaced and retracted as a whole, the same bytes whatever the order."""

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import toy

from kg.errors import RecordError, StoreError
from kg.graph.store import BATCH, Store
from kg.model import Extraction

# rdflib warns of its own parts.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")


def numbered(count: int) -> list[Extraction]:
    base = toy.shelling()
    return [replace(base, document={**base.document, "id": f"doc{n}"}, claims=(replace(base.claims[0], id=f"c-{n}"),)) for n in range(count)]


def test_it_persists_and_can_be_opened_again(tmp_path: Path) -> None:
    with Store.open(tmp_path / "deep" / "store") as store:
        store.replace(toy.shelling())
    with Store.open(tmp_path / "deep" / "store", read_only=True) as again:
        assert [document.id for document in again.documents()] == ["a"]


def test_replace_tells_whether_something_changed() -> None:
    with Store.open() as store:
        assert store.replace(toy.shelling())
        assert not store.replace(toy.shelling())
        changed = replace(toy.shelling(), claims=toy.shelling().claims[:1])
        assert store.replace(changed)
        assert len([q for q in store.quads() if q.object.value.endswith("#Claim")]) == 1  # type: ignore[union-attr]


def test_retract_leaves_what_other_documents_say() -> None:
    with Store.open() as store, Store.open() as other:
        store.replace_all(toy.extractions())
        other.replace(toy.denial())
        assert store.retract("a")
        assert not store.retract("a")
        assert store.nquads() == other.nquads()


def test_the_order_of_writing_does_not_show() -> None:
    made = [*numbered(7), *toy.extractions()]
    with Store.open() as first, Store.open() as second:
        first.replace_all(made)
        random.Random(3).shuffle(made)
        for extraction in made:
            second.replace(extraction)
        assert b"".join(first.nquads()) == b"".join(second.nquads())


def test_nquads_are_sorted_and_can_be_read(tmp_path: Path) -> None:
    with Store.open() as store:
        store.replace(toy.shelling())
        store.write_nquads(tmp_path / "a.nq")
        lines = (tmp_path / "a.nq").read_bytes().splitlines()
        assert lines == sorted(lines)
        assert set(ox.parse(path=str(tmp_path / "a.nq"))) == set(store.quads())


def test_many_documents_of_one_transaction_and_more() -> None:
    with Store.open() as store:
        assert store.replace_all(iter(numbered(BATCH + 3))) == BATCH + 3
        assert len(store.documents()) == BATCH + 3
        assert store.replace_all(numbered(BATCH + 3)) == 0


def test_of_two_records_of_one_document_the_later_counts() -> None:
    with Store.open() as store:
        store.replace_all([toy.shelling(), replace(toy.shelling(), claims=())])
        assert not any(q.object.value.endswith("#Claim") for q in store.quads())  # type: ignore[union-attr]


def test_a_malformed_record_is_refused_and_the_rest_is_written() -> None:
    bad = replace(toy.shelling(), document={"id": "bad", "length": "long"})
    errors: list[RecordError] = []
    with Store.open() as store:
        assert store.replace_all([bad, toy.denial()], on_error=errors.append) == 1
        assert [document.id for document in store.documents()] == ["b"]
        assert len(errors) == 1
        with pytest.raises(RecordError, match="document bad"):
            store.replace(bad)


def test_documents_tell_what_is_known() -> None:
    with Store.open() as store:
        store.replace(toy.shelling())
        (document,) = store.documents()
    assert (document.title, document.published, document.source, document.pipeline) == (
        "Bridge shelled",
        "2024-03-08",
        "https://news.example/a",
        "toy 1",
    )


def test_rdflib_sees_the_union_of_all_graphs() -> None:
    with Store.open() as store:
        store.replace_all(toy.extractions())
        rows = list(store.dataset.query("SELECT ?s WHERE { ?s kg:metWith|kg:spokesmanOf ?o }"))
        assert len(rows) == 2, "one of each document"
        kg = rdflib.Namespace("https://w3id.org/kg-news/ontology#")
        assert len(list(store.dataset.triples((None, kg.killed, None)))) >= 1


def test_the_terms_of_the_ontology_can_be_queried_but_are_not_exported() -> None:
    with Store.open() as store:
        assert store.inner.query("ASK { GRAPH ?g { kg:invaded rdfs:subPropertyOf kg:attacked } }", prefixes=prefixes())
        assert store.nquads() == []
        assert store.documents() == []


def prefixes() -> dict[str, str]:
    from kg.iris import PREFIXES

    return PREFIXES


def test_a_user_s_own_terms_stay_when_the_store_is_opened_without_them(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix kg: <https://w3id.org/kg-news/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        '@prefix owl: <http://www.w3.org/2002/07/owl#> . kg:knighted a owl:ObjectProperty ; rdfs:label "knighted"@en .\n'
    )
    Store.open(tmp_path / "s", ontology=[own]).close()
    with Store.open(tmp_path / "s") as store:
        assert store.inner.query('ASK { GRAPH ?g { kg:knighted rdfs:label "knighted"@en } }', prefixes=prefixes())


@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_or_foreign_directory_is_no_store(tmp_path: Path, read_only: bool) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "letter.txt").write_text("x")
    with pytest.raises(StoreError, match="a file, not a store"):
        Store.open(tmp_path / "file", read_only=read_only)
    with pytest.raises(StoreError, match="not a store"):
        Store.open(tmp_path / "folder", read_only=read_only)
    assert os.listdir(tmp_path / "folder") == ["letter.txt"]


def test_a_missing_store_is_told_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build INPUT"):
        Store.open(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()


def test_one_writer_at_a_time_and_readers_beside_it(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as store:
        store.replace(toy.shelling())
        with pytest.raises(StoreError, match="writing to the store"):
            Store.open(tmp_path / "s")
        code = (
            "from pathlib import Path; from kg.graph.store import Store; "
            f"print(len(Store.open(Path({str(tmp_path / 's')!r}), read_only=True).documents()))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[2])
        assert done.stdout.strip() == "1", done.stderr


def test_a_store_for_reading_refuses_to_write(tmp_path: Path) -> None:
    Store.open(tmp_path / "s").close()
    with Store.open(tmp_path / "s", read_only=True) as store:
        with pytest.raises(StoreError, match="reading only"):
            store.replace(toy.shelling())
        with pytest.raises(StoreError, match="reading only"):
            store.retract("a")


def test_a_closed_store_says_so() -> None:
    store = Store.open()
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.documents()
