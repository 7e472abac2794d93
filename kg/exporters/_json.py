"""JSON written a row at a time, for programs in JavaScript: integers that a double can't hold become text, and there is no NaN."""

import json
from collections.abc import Iterable
from typing import IO, Any

# From here on JavaScript rounds integers.
WHOLE = 2**53


def dumps(value: Any) -> str:
    """The value on one line."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def write(file: IO[bytes], *parts: str | Iterable[Any]) -> None:
    """Writes texts as they are, and iterables as the rows of an array, one a line, without its brackets."""
    for part in parts:
        if isinstance(part, str):
            file.write(part.encode())
            continue
        separator = b"\n"
        for row in part:
            file.write(separator + dumps(row).encode())
            separator = b",\n"
