"""A server that answers with what follows: only when it was started so, in a graph of its own, and of the store as it is now."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import servers
import toy
from starlette.testclient import TestClient

from kg.graph.live import LiveStore
from kg.graph.reasoning import INFERRED
from kg.graph.store import Store
from kg.web.app import application
from kg.web.settings import Settings

MET = "{ ?ida rdfs:label 'Ida Brandt'@en ; kg:metWith ?karl }"


@pytest.fixture(scope="module")
def reasoning(place: Path) -> Iterator[TestClient]:
    settings = Settings(place=str(place), workers=1, infer=True)
    with TestClient(application(settings), base_url="http://localhost") as opened:
        yield opened


def holds(client: TestClient, query: str) -> bool:
    found: bool = client.get("/sparql", params={"query": query}).json()["boolean"]
    return found


def test_only_a_server_that_was_told_to_answers_with_what_follows(client: TestClient, reasoning: TestClient) -> None:
    assert [holds(each, f"ASK {MET}") for each in (client, reasoning)] == [False, True]


def test_what_follows_lies_in_a_graph_of_its_own(reasoning: TestClient) -> None:
    assert holds(reasoning, f"ASK {{ GRAPH {INFERRED} {{ ?ida kg:metWith ?karl }} GRAPH ?document {{ ?karl kg:metWith ?ida }} }}")


def test_texts_that_were_kept_are_shown_all_the_same(client: TestClient, reasoning: TestClient) -> None:
    assert reasoning.get("/document/a").text == client.get("/document/a").text


@pytest.mark.parametrize("kind", ["directory", "server"])
def test_what_is_written_later_is_reasoned_about(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.graph.live._SHARE", 0)
    server = servers.take()
    place = server.address if kind == "server" else str(tmp_path / "store")
    with Store.open(place) as writer:
        live = LiveStore(place, infer=True)
        assert not _met(live)
        writer.replace_all(toy.extractions())
        assert _met(live)
    servers._free.append(server)


def _met(live: LiveStore) -> bool:
    rows = live.current().inner.query(f"PREFIX kg: <https://w3id.org/kg-news/ontology#> ASK {{ GRAPH {INFERRED} {{ ?a kg:metWith ?b }} }}")
    return bool(rows)
