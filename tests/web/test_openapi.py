"""Every address does what the description of them all says, whatever is sent: schemathesis makes requests after it.

    KG_FUZZ=600 pytest tests/web/test_openapi.py

does so for ten minutes, with other requests each time. In the suite there are some hundred, the same ones each time.
"""

import os
import subprocess
import sys
from pathlib import Path

from serving import serving
from starlette.routing import Route
from starlette.testclient import TestClient

from kg.web import openapi
from kg.web.app import application
from kg.web.settings import Settings

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,unsupported_method"
# Seconds.
LONG = os.environ.get("KG_FUZZ", "")


def test_what_comes_back_is_what_the_description_tells(place: Path, tmp_path: Path) -> None:
    amount = (
        ["--phases", "coverage,fuzzing", "--max-time", LONG, "--max-examples", "100000"]
        if LONG
        else ["--phases", "fuzzing", "--generation-deterministic", "--max-examples", "5"]
    )
    words = ["run", "--checks", CHECKS, "--request-timeout", "120", "--no-color"]
    command = [str(Path(sys.executable).with_name("schemathesis")), *words, "--warnings", "off", *amount]
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "fuzzing", "PYTHONPATH": paths}
    with serving(Settings(place=str(place), workers=1, timeout=120.0)) as address:  # with the memory that pictures need
        command = [*command, f"{address}{openapi.PATH}"]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_address_is_described(client: TestClient) -> None:
    described = client.get(openapi.PATH).json()
    routes = [route for route in application(Settings(place="none")).routes if isinstance(route, Route)]
    paths = {openapi.template(route.path): (route.methods or set()) - {"HEAD", "OPTIONS"} for route in routes}
    del paths["/id/{rest}"]  # leads to the others
    assert {path: {method.upper() for method in operations} for path, operations in described["paths"].items()} == paths
