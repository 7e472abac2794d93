"""Extraction records as lines of JSON, as `kg extract` writes them."""

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.errors import InputError, RecordError
from kg.model import Extraction

OnError = Callable[[int, RecordError], None]


def read(lines: Iterable[bytes], on_error: OnError) -> Iterator[tuple[int, Extraction]]:
    """The records with the numbers of their lines; a line that is none goes to `on_error`, empty lines are left out."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield number, _record(line)
        except RecordError as error:
            on_error(number, error)


def lines(path: Path) -> Iterator[bytes]:
    """The lines of a file, which may be compressed with gzip. Raises InputError."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            yield from file
    except (OSError, EOFError) as error:
        raise InputError(f"{path}: can't be read ({getattr(error, 'strerror', None) or error})") from error


def _record(line: bytes) -> Extraction:
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RecordError("not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise RecordError(f"not JSON: {error}") from error
    if not isinstance(data, dict):
        raise RecordError("not an Extraction record: no JSON object")
    return Extraction.from_json(data)
