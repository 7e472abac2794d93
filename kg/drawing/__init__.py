"""Pictures of the graph, one kind a module: network, timeline, matrix, map. They need the extra `draw`: pip install 'kg[draw]'."""

from importlib.util import find_spec

from kg.errors import FormatError

FORMATS = ("png", "svg")

__all__ = ["FORMATS", "require"]


def require() -> None:
    """Raises FormatError where the packages that draw are missing."""
    if missing := [name for name in ("matplotlib", "bqplot") if find_spec(name) is None]:
        raise FormatError(f"pictures need {' and '.join(missing)}; install them with: pip install 'kg[draw]'")
