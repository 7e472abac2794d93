"""The N-Quads are those of RDFC-1.0: the canonical form of the dataset, whatever the order in which it came to be."""

import pyoxigraph as ox
import toy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph import corroboration
from kg.graph.identities import Identities
from kg.graph.reasoning import reasoned
from kg.graph.store import Store
from kg.graph.terms import document as document_node
from kg.model import Entity, Extraction

TEXT = st.text(st.characters(codec=None), max_size=12) | st.sampled_from(["\x7f", "a\\b\"c'", "\t\n\r", "\u2028", "\x00", "\U0001f600"])
DOCUMENTS = st.lists(st.tuples(st.sampled_from("abcd"), TEXT), max_size=8)


def made(ident: str, name: str) -> Extraction:
    return Extraction({"id": ident, "title": name}, (Entity("person/x", "Person", name),))


def canonical(store: Store) -> list[bytes]:
    """By pyoxigraph's RDFC-1.0, and the order that it prescribes."""
    dataset = ox.Dataset(store.quads())
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = (ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b"" for quad in dataset)
    return sorted(lines, key=lambda line: line.decode())


def test_the_lines_are_those_of_the_canonical_dataset() -> None:
    with Store.open() as store:
        store.replace_all(toy.extractions())
        assert store.nquads() == canonical(store)


def test_special_characters_are_written_as_the_canonical_form_prescribes() -> None:
    with Store.open() as store:
        store.replace(made("a", "\x7f \u0080 \u2028 \t\n\r\"\\'é😀"))
        (line,) = [line for line in store.nquads() if b"label" in line]
    assert b'"\\u007F \xc2\x80 \xe2\x80\xa8 \\t\\n\\r\\"\\\\\'\xc3\xa9\xf0\x9f\x98\x80"@en' in line


def test_no_node_is_blank() -> None:
    """So that the sorted lines are the canonical form, and no labels need to be found."""
    with Store.open() as store:
        Identities(store).write(toy.extractions())
        corroboration.write(store, corroboration.find(store))
        quads = [*store.inner, *reasoned(store).inner]
        assert not [quad for quad in quads if any(isinstance(term, ox.BlankNode) for term in quad)]


@settings(max_examples=25)
@given(DOCUMENTS, st.randoms())
def test_retracting_and_adding_again_in_any_order_leaves_the_same_bytes(documents: list[tuple[str, str]], chance: object) -> None:
    last = dict(documents)
    with Store.open() as store, Store.open() as fresh:
        for ident, name in documents:
            store.replace(made(ident, name))
            if chance.random() < 0.5:  # type: ignore[attr-defined]
                assert store.retract(ident)
                assert not store.inner.contains_named_graph(document_node(ident))
                store.replace(made(ident, name))
        fresh.replace_all(made(ident, name) for ident, name in sorted(last.items()))
        assert store.nquads() == fresh.nquads() == canonical(store)
