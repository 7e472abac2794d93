"""Makes the script of the explorer when a wheel is built, or the package installed from a checkout, where npm is to be had.

The program works without: its pages show tables then. What was made is kept until its sources change.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = Path(__file__).parent
BUNDLE = SOURCES.parent / "static" / "bundle" / "explorer.js"
# Seconds that npm and esbuild may take together: a machine without a network must not wait for long.
LIMIT = 120


class BuildFailedError(Exception):
    """Why there is no bundle."""


class Hook(BuildHookInterface[Any]):
    """What hatchling calls; a failure is a warning."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Runs before the files are gathered."""
        try:
            bundle()
        except BuildFailedError as error:
            self.app.display_warning(f"the explorer is left out ({error}); kg view and kg serve show tables instead")


def bundle(path: str | None = None) -> Path:
    """The file of the bundle, made when it isn't there or older than its sources. Raises BuildFailedError.

    `path` is where npm is looked for, PATH if left out.
    """
    stamp, wanted = BUNDLE.with_suffix(".sha256"), _hash()
    if BUNDLE.is_file() and stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return BUNDLE
    npm = shutil.which("npm", path=path)
    if npm is None:
        raise BuildFailedError("npm isn't installed")
    BUNDLE.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUNDLE.parent) as folder:
        made = _made(npm, Path(folder))
        made.replace(BUNDLE)
    stamp.write_text(wanted, encoding="ascii")
    return BUNDLE


def _made(npm: str, folder: Path) -> Path:
    for name in _sources():
        target = folder / name.relative_to(SOURCES)
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(name, target)
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--fetch-retries=1", "--loglevel=error")
    _run([npm, "ci", *quiet], folder)
    made = folder / "explorer.js"
    _run([npm, "run", "--silent", "build", "--", f"--outfile={made}", "--log-level=error"], folder)
    licences = [file.read_text(encoding="utf-8").replace("*/", "") for file in sorted(folder.glob("node_modules/*/LICENSE*")) if _bundled(file)]
    made.write_text("".join(f"/*\n{text}\n*/\n" for text in licences) + made.read_text(encoding="utf-8"), encoding="utf-8")
    return made


def _bundled(licence: Path) -> bool:
    """True for what goes into the bundle; esbuild only makes it."""
    return "esbuild" not in licence.parent.name


def _run(command: list[str], folder: Path) -> None:
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=LIMIT, env=_environment()
        )
    except subprocess.TimeoutExpired as error:
        raise BuildFailedError(f"{Path(command[0]).name} {command[1]} took more than {LIMIT} seconds") from error
    except OSError as error:
        raise BuildFailedError(f"{command[0]}: {error.strerror}") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or [f"status {done.returncode}"]
        raise BuildFailedError(f"npm {command[1]}: {said[-1].strip()}")


def _environment() -> dict[str, str]:
    """Without what an npm around this one would pass on."""
    return {name: value for name, value in os.environ.items() if not name.startswith("npm_")}


def _sources() -> list[Path]:
    return [*sorted(SOURCES.glob("src/*.js")), SOURCES / "package.json", SOURCES / "package-lock.json"]


def _hash() -> str:
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for file in _sources():
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
