"""Where documents come from: the name for messages, the id they get, the limit, and whom to tell of a broken part."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

from kg.errors import InputError

LIMIT = 20_000_000


def raise_error(error: InputError) -> None:
    """What happens to an error when nobody asked to be told."""
    raise error


def ignore(error: InputError) -> None:
    """What happens to an error when the documents that can be read are all that is wanted."""


@dataclass(frozen=True, slots=True)
class Source:
    """`name` is the path as given; `id` is None for streams, whose documents are named by their content; `limit` is in bytes a document.

    Of a part of a file `file` is that file and `fragment` the place in it ("member=a.txt"). `text_column` is the column of tables that holds
    the text, if not one of the usual ones; `packed` is true inside an archive, `found` for
    what lay in a folder or an archive and was not named itself: a table there that holds no articles is none of anybody's business.
    """

    name: str
    id: str | None = None
    limit: int = LIMIT
    report: Callable[[InputError], None] = raise_error
    text_column: str | None = None
    file: str | None = None
    fragment: str = ""
    packed: bool = False
    found: bool = False

    @property
    def origin(self) -> str:
        """The file, or the address, that all of it comes from."""
        return self.file or self.name

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

    def part(self, what: str, fragment: str, ident: str | None = None) -> Self:
        """A part of this source: what messages call it, its place, and its own id if it has one."""
        places = filter(None, (self.fragment, fragment)) if self.id or self.fragment else ()  # what comes from no file lies nowhere
        return replace(self, name=f"{self.name}, {what}", id=ident or self.id, file=self.origin, fragment="&".join(places))

    @property
    def place(self) -> str | None:
        """Where in which file a part lies ("crawl.warc#record=7"); None for a whole file and for standard input."""
        return f"{self.file}#{self.fragment}" if self.fragment else None
