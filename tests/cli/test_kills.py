"""kill -9 at any moment: what is there is whole, and a second run makes what an undisturbed one makes.

KG_KILLS=40 kills all verbs at so many moments by chance, beside every write; the suite takes some of them, and one moment.
"""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("kills.py")
MOMENTS = os.environ.get("KG_KILLS", "")
SOME = ("making", "load revisions", "build changed texts", "retract", "same", "undo")
ALL = (*SOME, "load", "load with knowledge", "load with other knowledge", "build", "same within documents", "different", "judgements")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@cache
def found(*scenarios: str) -> dict[str, dict[str, list[str]]]:
    command = [sys.executable, str(PROGRAM), MOMENTS or "1", "7", *scenarios]
    root = PROGRAM.parents[2]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, env={**os.environ, "PYTHONPATH": str(root)})
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("scenario", ALL if MOMENTS else SOME)
def test_a_verb_that_is_killed_leaves_what_is_whole_and_goes_on(scenario: str) -> None:
    told = found(scenario) if MOMENTS else found(*SOME)
    assert told[scenario]["kills"]
    assert told[scenario]["wrong"] == []
