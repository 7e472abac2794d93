"""Where documents come from: the name for messages, the id they get, the limit, and whom to tell of a broken part."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from kg.errors import InputError

LIMIT = 20_000_000


def raise_error(error: InputError) -> None:
    """What happens to an error when nobody asked to be told."""
    raise error


@dataclass(frozen=True, slots=True)
class Source:
    """`name` is the path as given; `id` is None for streams, whose documents are named by their content; `limit` is in bytes a document."""

    name: str
    id: str | None = None
    limit: int = LIMIT
    report: Callable[[InputError], None] = raise_error

    def error(self, message: str) -> InputError:
        """An InputError that begins with the name of the source."""
        return InputError(f"{self.name}: {message}")

    def too_large(self) -> InputError:
        """The error for a document above the limit."""
        return self.error(f"larger than {self.limit / 1_000_000:g} MB a document; split it, or raise --limit")

    def document_id(self, text: str) -> str:
        """The id of the only document of this source."""
        if self.id is not None:
            return self.id
        return "stdin-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
