"""Libraries of npm for tests: installed once, where pytest keeps its cache."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

CACHE = Path(__file__).parents[1] / ".pytest_cache"


def installed(*libraries: str) -> Path:
    """The folder of the modules, one for each choice of libraries and versions. Skips where they can't be installed."""
    place = CACHE / f"npm-{hashlib.sha256(' '.join(libraries).encode()).hexdigest()[:8]}"
    modules = place / "node_modules"
    if not modules.exists():
        if not shutil.which("npm"):
            pytest.skip("npm is not installed")
        # Several workers may come here at once: each installs for itself, and the first one's is kept.
        own = place.with_name(f"{place.name}-{os.getpid()}")
        own.mkdir(parents=True)
        (own / "package.json").write_text("{}")
        command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=0", *libraries]
        done = subprocess.run(command, cwd=own, capture_output=True, text=True)
        if done.returncode:
            shutil.rmtree(own)
            pytest.skip(f"npm can't install: {done.stderr.strip().splitlines()[0]}")
        try:
            own.rename(place)
        except OSError:
            shutil.rmtree(own)
    return modules
