"""The option --store, and the store opened for verbs that only read."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kg.graph.store import Store

DEFAULT = Path("kg-store")

StorePath = Annotated[Path, typer.Option("--store", metavar="DIR", envvar="KG_STORE", help="The store to use.")]


def reading(path: Path) -> "Store":
    """The store, which another process may be writing to. Raises StoreError."""
    from kg.graph.store import Store

    return Store.open(path, read_only=True)
