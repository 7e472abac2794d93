"""The option --store, and the store opened for verbs that only read."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kg.graph.store import Store

DEFAULT = "kg-store"
HELP = "The store: a directory, or the address of a SPARQL server (http://localhost:7878; other paths: http://HOST/news#sparql,update,data)."

StorePlace = Annotated[str, typer.Option("--store", metavar="PLACE", envvar="KG_STORE", help=HELP)]


def shown(place: str) -> str:
    """The place as it may be printed: without the password in an address."""
    from kg.graph.remote import Remote, is_address

    return Remote(place).name if is_address(place) else place


def is_new(place: str | None) -> bool:
    """True where a verb that writes would have to make a store."""
    from kg.graph.remote import is_address

    if place is None:
        return True
    try:
        return not is_address(place) and not any(Path(place).iterdir())
    except OSError:  # none, or what can't be opened, which is told then
        return not Path(place).exists()


def reading(place: str) -> "Store":
    """The store, which another process may be writing to. Raises StoreError."""
    from kg.graph.store import Store

    return Store.open(place, read_only=True)


def reasoned(store: "Store") -> "Store":
    """A copy of the store in memory with what follows from it."""
    from kg.graph import reasoning

    return reasoning.reasoned(store)


def weighed(store: "Store") -> "Store":
    """A copy of the store in memory with the beliefs that it gives ground for."""
    from kg.graph import corroboration

    return corroboration.weighed(store)
