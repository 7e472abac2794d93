"""A store with the toy articles and a hostile one, and the application over it, without a port and behind one."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import hostile
import pytest
import toy
from serving import serving
from starlette.testclient import TestClient

from kg import resources
from kg.graph import texts
from kg.graph.identities import Identities
from kg.graph.store import Store
from kg.web.app import application
from kg.web.settings import Settings


def fill(place: Path) -> None:
    """Writes the records, and keeps the text of the first article."""
    with Store.open(place) as store:
        Identities(store).write([*toy.extractions(), hostile.extraction()])
        texts.keep(store, toy.document())


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web") / "store"
    fill(folder)
    return folder


@pytest.fixture(scope="session")
def client(place: Path) -> Iterator[TestClient]:
    settings = Settings(place=str(place), workers=1, timeout=120.0, size=200_000, cors=("https://reader.example",))
    with TestClient(application(settings), base_url="http://localhost", follow_redirects=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def address(place: Path) -> Iterator[str]:
    """The address of a real server."""
    with serving(Settings(place=str(place), workers=1, timeout=120.0, memory=400_000_000)) as found:
        yield found


@pytest.fixture(scope="session")
def browsers() -> Iterator[Any]:
    """What opens browsers, once for all tests: a process can't have two. Skips where it isn't installed."""
    with pytest.importorskip("playwright.sync_api").sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def hook() -> ModuleType:
    """What makes the script of the explorer when the package is installed."""
    spec = importlib.util.spec_from_file_location("hatch_build", resources.PACKAGE / "web" / "frontend" / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def bundle(hook: ModuleType) -> Path:
    """The script. Skips where it can't be made."""
    try:
        return hook.bundle()  # type: ignore[no-any-return]
    except hook.BuildFailedError as error:
        pytest.skip(f"no bundle: {error}")
