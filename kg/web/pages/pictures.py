"""Pictures as SVG, each with an address of its own and shown by pages as images: in an image, and under their own policy, nothing runs."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.drawing import require
from kg.errors import FormatError
from kg.graph.store import Store
from kg.web.exchange import Ask, Reply
from kg.web.limited import Limited
from kg.web.negotiation import choose
from kg.web.remembered import remembered

if TYPE_CHECKING:
    from kg.drawing.sheet import Sheet

SVG = {"svg": "image/svg+xml"}
# The styles that matplotlib writes into the file, and nothing else; opened on its own it is a page that may do nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


def missing() -> str:
    """Why there are no pictures, and how to get them; nothing where there are."""
    try:
        require()
    except FormatError as error:
        return str(error)
    return ""


def picture(store: Store, ask: Ask, draw: Callable[[Store], "Sheet"]) -> Reply:
    """What `draw` (which is remembered by its value) makes of the store. Raises FormatError where nothing can be drawn."""
    choose(ask, SVG)
    require()
    body = remembered(store, _Drawn(draw, ask.size))
    return Reply(body, SVG["svg"], headers=(("Content-Security-Policy", POLICY),), tag=f'"{hashlib.sha256(body).hexdigest()[:16]}"')


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The bytes of a picture."""

    draw: Callable[[Store], "Sheet"]
    size: int

    def __call__(self, store: Store) -> bytes:
        file = Limited(self.size)
        self.draw(store).save(file, "svg")
        return file.getvalue()
