"""Every test of the graph runs twice: on stores in memory, and on SPARQL servers that the tests start."""

from collections.abc import Iterator
from typing import Any

import pytest
import servers

from kg.graph.store import Store


@pytest.fixture(scope="module", params=["memory", "server"], autouse=True)
def kind_of_store(request: pytest.FixtureRequest) -> Iterator[str]:
    """On "server", `Store.open()` gives an empty store on a server of its own."""
    if request.param == "memory":
        yield "memory"
        return
    original = Store.open

    def opened(place: Any = None, **options: Any) -> Store:
        if place is not None:
            return original(place, **options)
        server = servers.take()
        return servers.give_back_with(original(server.address, **options), server)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "open", opened)
        yield "server"
