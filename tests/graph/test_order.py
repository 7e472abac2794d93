"""The same documents give the same bytes, in whatever order they come, go and come back."""

import contextlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsmakers import NAMES, TOLD, Told, articles

from kg.errors import JudgementError, QueryError
from kg.graph import judging
from kg.graph.identities import Identities
from kg.graph.store import Store


@pytest.fixture(scope="module", autouse=True)
def kind_of_store() -> None:
    """In memory only: nothing here depends on the engine."""


@settings(deadline=None, max_examples=20)
@given(TOLD, st.randoms(use_true_random=False), st.integers(1, 4))
def test_the_order_in_which_documents_come_does_not_show(told: list[Told], chance: random.Random, batch: int) -> None:
    documents = articles(told)
    one, other = Identities(Store.open(None)), Identities(Store.open(None))
    one.write(documents)
    chance.shuffle(documents)
    other.write(documents, batch=batch)
    assert one.store.nquads() == other.store.nquads()


@settings(deadline=None, max_examples=20)
@given(TOLD, st.randoms(use_true_random=False), st.integers(1, 4))
def test_documents_that_go_and_come_back_leave_no_trace(told: list[Told], chance: random.Random, batch: int) -> None:
    documents = articles(told)
    identities = Identities(Store.open(None))
    identities.write(documents)
    before = identities.store.nquads()
    some = chance.sample(documents, chance.randint(1, len(documents)))
    for each in some:
        assert identities.retract(each.id)
    identities = Identities(identities.store)
    chance.shuffle(some)
    identities.write(some, batch=batch)
    assert identities.store.nquads() == before


@settings(deadline=None, max_examples=12)
@given(
    TOLD,
    st.lists(st.tuples(st.sampled_from(["same", "different"]), st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=2),
    st.randoms(use_true_random=False),
)
def test_a_judgement_counts_as_if_it_had_been_there_first(told: list[Told], judged: list[tuple[str, str, str]], chance: random.Random) -> None:
    documents = articles(told)
    identities = Identities(Store.open(None))
    identities.write(documents)
    for answer, one, other in judged:
        with contextlib.suppress(JudgementError, QueryError):
            judging.judge(identities, answer, one, other)
    before = identities.store.nquads()
    some = chance.sample(documents, chance.randint(1, len(documents)))
    for each in some:
        identities.retract(each.id)
    identities.write(some)
    assert identities.store.nquads() == before
