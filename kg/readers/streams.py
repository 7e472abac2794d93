"""Byte streams: looking at the beginning without losing it, unpacking gzip, turning UTF-16 lines into UTF-8, going back and forth."""

import gzip
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

from kg.readers.decoding import mark
from kg.readers.source import Source

HEAD = 4096
CHUNK = 1 << 20
GZIP = b"\x1f\x8b"


class _Rest(io.RawIOBase):
    """A stream whose beginning was read already."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self.head, self.stream = head, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.head[: len(buffer)] or self.stream.read(len(buffer))
        self.head = self.head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


class _Recoded(io.RawIOBase):
    """A text stream as UTF-8 bytes."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self.stream, self.ready = stream, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self.ready:
            self.ready = self.stream.read(8192).encode("utf-8", "replace")
        data = self.ready[: len(buffer)]
        self.ready = self.ready[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def peek(stream: IO[bytes], size: int = HEAD) -> tuple[bytes, IO[bytes]]:
    """The first bytes of a stream, and a stream that still begins with them. Works on pipes."""
    head = stream.read(size)
    if stream.seekable() and not isinstance(stream, gzip.GzipFile):  # which would unpack again from the start
        stream.seek(-len(head), io.SEEK_CUR)
        return head, stream
    return head, io.BufferedReader(_Rest(head, stream))


def unpacked(stream: IO[bytes]) -> tuple[bytes, IO[bytes]]:
    """The same for what is inside of gzip, where the stream is gzip, whatever it is called."""
    head, whole = peek(stream)
    return peek(cast(IO[bytes], gzip.GzipFile(fileobj=whole))) if head.startswith(GZIP) else (head, whole)


@contextmanager
def seekable(stream: IO[bytes], source: Source) -> Iterator[IO[bytes]]:
    """The stream itself where one can go back in it, else a copy, in memory while it is small, on the disk up to ten times the limit."""
    if stream.seekable() and not isinstance(stream, gzip.GzipFile):
        yield stream
        return
    with tempfile.SpooledTemporaryFile(max_size=source.limit) as copy:
        left = 10 * source.limit
        while block := stream.read(min(CHUNK, left + 1)):
            left -= len(block)
            if left < 0:
                raise source.error(f"larger than {10 * source.limit / 1_000_000:g} MB; unpack it into a file, or raise --limit")
            copy.write(block)
        copy.seek(0)
        yield cast(IO[bytes], copy)


def utf8(stream: IO[bytes]) -> IO[bytes]:
    """UTF-16 and UTF-32 (with a byte order mark) turned into UTF-8, so that lines can be told by their bytes; all else as it is."""
    head, whole = peek(stream)
    encoding = mark(head)
    if encoding in (None, "utf-8-sig"):
        return whole
    return io.BufferedReader(_Recoded(io.TextIOWrapper(whole, encoding, "replace", newline="")))
