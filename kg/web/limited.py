"""A file in memory that takes no more than so many bytes."""

import io

from kg.errors import RequestError

TOO_LONG = "the answer is longer than this server gives; add LIMIT, or ask for less"


class Limited(io.BytesIO):
    """Raises RequestError 403 when more is written."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._left = size

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        """Appends."""
        self._left -= len(data)
        if self._left < 0:
            raise RequestError(403, TOO_LONG)
        return super().write(data)
