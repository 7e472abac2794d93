"""The script of the explorer is made where npm is, kept, and left out with a warning where it can't be made."""

from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest


@pytest.fixture
def own(hook: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The hook, with a place of its own for what it makes."""
    monkeypatch.setattr(hook, "BUNDLE", tmp_path / "bundle" / "explorer.js")
    return hook


def npm(folder: Path, script: str) -> str:
    """A folder with a program called npm."""
    program = folder / "npm"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return str(folder)


def test_a_machine_without_npm(own: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(own.BuildFailedError, match="npm isn't installed"):
        own.bundle(str(tmp_path))


def test_npm_that_fails(own: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(own.BuildFailedError, match="npm ci: no network here"):
        own.bundle(npm(tmp_path, "echo no network here >&2; exit 1"))
    assert not own.BUNDLE.exists()


def test_npm_that_never_ends(own: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "LIMIT", 0.2)
    with pytest.raises(own.BuildFailedError, match="npm ci took more than"):
        own.bundle(npm(tmp_path, "exec sleep 60"))


def test_what_was_made_is_kept_until_the_sources_change(own: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = tmp_path / "calls"
    path = npm(tmp_path, f'echo "$1" >> {calls}; for word in "$@"; do case "$word" in --outfile=*) echo made > "${{word#--outfile=}}";; esac; done')
    assert own.bundle(path).read_text(encoding="utf-8").endswith("made\n")
    own.bundle(path)
    assert calls.read_text(encoding="utf-8").split() == ["ci", "run"]
    monkeypatch.setattr(own, "_hash", lambda: "another")
    own.bundle(path)
    assert calls.read_text(encoding="utf-8").split() == ["ci", "run"] * 2


def test_building_a_wheel_goes_on_without(own: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    warnings: list[str] = []
    hook = SimpleNamespace(app=SimpleNamespace(display_warning=warnings.append))
    own.Hook.initialize(hook, "standard", {})
    assert warnings == ["the explorer is left out (npm isn't installed); kg view and kg serve show tables instead"]


def test_the_lock_file_names_no_addresses(own: ModuleType) -> None:
    assert "://" not in (own.SOURCES / "package-lock.json").read_text(encoding="utf-8")
