"""What goes to a worker and comes back: an Ask and a Reply."""

from collections.abc import Callable
from dataclasses import dataclass, field

from kg.graph.store import Store


@dataclass(frozen=True, slots=True)
class Ask:
    """A request as far as an answer depends on it.

    `ident` is the id in the path, `path` is percent-encoded, `address` the whole of it; `size` is the most bytes that the answer may have.
    A job that `changes` the store is not stopped. `judging` is true where people may judge, `signs` where they must give the token first.
    """

    ident: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    accept: str = "*/*"
    size: int = 50_000_000
    path: str = "/"
    address: str = ""
    changes: bool = False
    judging: bool = False
    signs: bool = False

    def one(self, name: str, default: str = "") -> str:
        """The first value of a parameter."""
        return next((value for key, value in self.parameters if key == name), default)

    def all(self, name: str) -> list[str]:
        """All values of a parameter."""
        return [value for key, value in self.parameters if key == name]


@dataclass(frozen=True, slots=True)
class Reply:
    """A response; `tag` (an entity tag, in quotes) is that of an answer which is the same as long as it has that tag."""

    body: bytes
    media_type: str = "text/plain; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = field(default=())
    tag: str = ""

    @property
    def is_line(self) -> bool:
        """True for a line that says what is wrong."""
        return self.media_type.startswith("text/plain")


Job = Callable[[Store, Ask], Reply]
