"""The toy articles in a store, for all tests of pictures."""

import pytest
import toy

from kg.graph.store import Store


@pytest.fixture(scope="session")
def store() -> Store:
    """Both articles."""
    store = Store.open()
    store.replace_all(toy.extractions())
    return store
