"""Two graphs told apart: the same is no difference, each change is told once and as what it is."""

from dataclasses import replace
from pathlib import Path

import pytest
import toy

from kg import exporters
from kg.errors import KgError
from kg.graph.diff import diff, read
from kg.graph.store import Store
from kg.model import Extraction


def changed(number: int, **fields: object) -> Extraction:
    """The first article with one claim made another."""
    base = toy.shelling()
    claims = [replace(claim, **fields) if n == number else claim for n, claim in enumerate(base.claims)]  # type: ignore[arg-type]
    return replace(base, claims=tuple(claims))


def test_the_same_documents_in_another_order_are_the_same() -> None:
    found = diff(toy.extractions(), reversed(toy.extractions()))
    assert found.empty
    assert found.same == 14


@pytest.mark.parametrize(
    ("number", "fields", "name", "before", "after"),
    [
        (0, {"modality": "possible"}, "modality", "actual", "possible"),
        (0, {"confidence": 0.5}, "confidence", 0.95, 0.5),
        (0, {"attributed_to": ()}, "sources", ("Ministry of War",), ()),
        (4, {"object": "region/west-march"}, "object", "Zenda", "West March"),
    ],
)
def test_what_is_told_in_another_way_is_one_change(number: int, fields: dict[str, object], name: str, before: object, after: object) -> None:
    found = diff(toy.extractions(), [changed(number, **fields), toy.denial()])
    (change,) = found.changes
    assert change.kind == "changed"
    assert (name, before, after) in change.fields
    assert found.same == 13


def test_what_comes_and_goes() -> None:
    base = toy.shelling()
    fewer = replace(base, claims=base.claims[1:])
    assert [(c.kind, c.fact.relation) for c in diff([base], [fewer]).changes] == [("gone", "attacked")]
    assert [(c.kind, c.fact.relation) for c in diff([fewer], [base]).changes] == [("new", "attacked")]


def test_a_fact_that_is_there_twice_and_one_of_them_changed() -> None:
    base = toy.shelling()
    twice = replace(base, claims=(*base.claims, replace(base.claims[0], id="c-again")))
    other = replace(base, claims=(replace(base.claims[0], id="c-again", confidence=0.1), *base.claims))
    (change,) = diff([twice], [other]).changes
    assert change.fields == (("confidence", 0.95, 0.1),)


def test_documents_come_go_and_change() -> None:
    first, second = toy.extractions()
    moved = replace(first, document={**first.document, "sha256": "other"})
    assert diff([first], [second]).documents_gone == ("a",)
    assert diff([first], [second]).documents_new == ("b",)
    assert diff([first], [moved]).documents_changed == ("a",)


@pytest.mark.parametrize("name", ["graph.nq", "graph.trig", "store"])
def test_stores_and_files_are_read(tmp_path: Path, name: str) -> None:
    with Store.open(tmp_path / "store") as store:
        store.replace_all(toy.extractions())
        if name != "store":
            exporters.export(store, tmp_path / name)
    with Store.open(tmp_path / "store", read_only=True) as store:
        assert diff(read(str(tmp_path / name)), read(str(tmp_path / "store"))).empty


@pytest.mark.parametrize(("name", "text"), [("a.ttl", ""), ("a.nq", "nonsense"), ("a.jsonl", "{}"), ("none.jsonl", None), ("none", None)])
def test_what_can_not_be_read_is_told(tmp_path: Path, name: str, text: str | None) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(KgError, match=name):
        list(read(str(tmp_path / name)))
