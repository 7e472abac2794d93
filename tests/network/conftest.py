"""The toy articles in a store, for all tests of networks."""

import pytest
import toy

from kg.graph.store import Store


@pytest.fixture(scope="module")
def store() -> Store:
    """Both articles."""
    store = Store.open()
    store.replace_all(toy.extractions())
    return store
