"""Packages that only some formats need: installed with kg[inputs]."""

from importlib.util import find_spec

from kg.readers.source import Source


def needed(module: str, source: Source) -> None:
    """Raises InputError, which tells how to get it, when a module is not installed."""
    try:
        there = find_spec(module)
    except ModuleNotFoundError:
        there = None
    if there is None:
        raise source.error("needs a package that is not installed; run: pip install 'kg[inputs]'")
