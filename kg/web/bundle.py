"""The script of the explorer, which is made when the package is built; an installation without npm has none."""

from kg import resources

SCRIPT = resources.PACKAGE / "web" / "static" / "bundle" / "explorer.js"
STYLE = resources.PACKAGE / "web" / "static" / "explorer.css"
MISSING = "The picture of the network is no part of this installation: install Node.js with npm, then kg anew (pip install --force-reinstall .)."


def script() -> str | None:
    """The text of the script."""
    return SCRIPT.read_text(encoding="utf-8") if SCRIPT.is_file() else None
