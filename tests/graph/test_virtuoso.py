"""A store on Virtuoso, where that is installed: what is written, changed, taken back and asked there is as in memory."""

import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator

import pytest
import toy

from kg.graph import queries, reasoning
from kg.graph.facts import facts
from kg.graph.identities import Identities
from kg.graph.store import Store

# Everybody may write: by its own rules only who has a login may, with Digest authentication.
_OPEN = 'GRANT SPARQL_UPDATE TO "SPARQL";'
_SETTINGS = """
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 4000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
[SPARQL]
ResultSetMaxRows = 1000000
"""

# Virtuoso says no to paths of any length between two unknowns, and to parts of aggregates that don't stand in GROUP BY; it gives
# literals without their language where they went through COALESCE or GROUP_CONCAT, and 1 for true.
_REFUSED = {"accusations", "alliances", "bases", "detentions", "meetings", "sources", "prov-derivation-cycle"}

pytestmark = pytest.mark.skipif(not shutil.which("virtuoso-t") or not shutil.which("isql-vt"), reason="Virtuoso is not installed")


@pytest.fixture(scope="module", autouse=True)
def kind_of_store() -> None:
    """These tests name their server."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("virtuoso")
    sql, http = _free_port(), _free_port()
    (folder / "virtuoso.ini").write_text(_SETTINGS.format(sql=sql, http=http))
    process = subprocess.Popen(
        ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(f"http://127.0.0.1:{http}/sparql", process)
        subprocess.run(["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"EXEC={_OPEN}"], check=True, stdout=subprocess.DEVNULL)
        yield f"http://127.0.0.1:{http}/#sparql,sparql,sparql-graph-crud"
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    while process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=10).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("Virtuoso has ended")


@pytest.fixture(scope="module")
def stores(address: str) -> Iterator[tuple[Store, Store]]:
    """The same on Virtuoso and in memory."""
    with Store.open(address) as there, Store.open() as here:
        for each in (there, here):
            Identities(each).write(toy.extractions())
        yield there, here


def test_the_same_is_there(stores: tuple[Store, Store]) -> None:
    there, here = stores
    assert there.nquads() == here.nquads() != []
    assert there.documents() == here.documents()
    assert facts(there) == facts(here) != []
    assert set(reasoning.infer(there).rounds) == set(reasoning.infer(here).rounds)


@pytest.mark.parametrize("folder", ["questions", "network", "checks"])
def test_the_questions_have_the_same_answers(stores: tuple[Store, Store], folder: str) -> None:
    there, here = stores
    for name, query in queries.library(folder).items():
        if name not in _REFUSED:
            given = {parameter.name: "Zenda" for parameter in query.parameters if parameter.required}
            assert len(queries.run(there, query, given).rows) == len(queries.run(here, query, given).rows), name


def test_taken_back_and_written_again(stores: tuple[Store, Store]) -> None:
    there, here = stores
    before = here.nquads()
    for store in stores:
        assert Identities(store).retract("a")
    assert there.nquads() == here.nquads() != before
    for store in stores:
        Identities(store).write(toy.extractions())
    assert there.nquads() == before
