"""From bytes to text: refuses binary data, finds the encoding, normalises line ends once. All offsets refer to what comes out here."""

import codecs
import re
import zlib
from typing import IO

from kg.errors import InputError
from kg.model import valid
from kg.readers.source import Source

MAGIC = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a zip file (Word, EPUB, …)",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"RIFF": "an image or sound file",
    b"II*\x00": "an image",
    b"MM\x00*": "an image",
    b"ID3": "a sound file",
    b"OggS": "a sound file",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"7z\xbc\xaf": "a 7z file",
    b"\x28\xb5\x2f\xfd": "a zstd file",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "a database",
    b"\x7fELF": "a program",
}
# UTF-32 before UTF-16: the little-endian marks begin alike.
MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
# What news in English comes in besides UTF-8. Among more code pages, detection takes "naïve" for Central European.
CODE_PAGES = ["cp1252", "mac_roman", "latin_1"]
SAMPLE = 64_000
_HEAD = 4096
_LONGEST = 150
BROKEN_STREAM = (OSError, EOFError, zlib.error)
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def magic(head: bytes) -> str | None:
    """What kind of binary file begins like this; None for text."""
    return next((kind for mark, kind in MAGIC.items() if head.startswith(mark)), None)


def mark(head: bytes) -> str | None:
    """The encoding that a byte order mark announces."""
    return next((encoding for mark, encoding in MARKS.items() if head.startswith(mark)), None)


def read_all(stream: IO[bytes], source: Source) -> bytes:
    """The whole stream. Raises InputError above the limit, having read no more than that, and on a stream that breaks off."""
    try:
        data = stream.read(source.limit + 1)
    except BROKEN_STREAM as error:
        raise unreadable(source, error) from error
    if len(data) > source.limit:
        raise source.too_large()
    return data


def unreadable(source: Source, error: BaseException) -> InputError:
    """The error for a stream that can't be read to its end."""
    return source.error(f"can't be read ({reason(error)})")


def reason(error: BaseException) -> str:
    """What a library says, in one short line: some put the whole of what they could not read into it."""
    words = " ".join(str(getattr(error, "strerror", None) or str(error) or type(error).__name__).split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def decode(data: bytes, source: Source) -> str:
    """The text of a document, with line ends as \\n. Raises InputError when the bytes are no text."""
    return valid(_decoded(data, source)).replace("\r\n", "\n").replace("\r", "\n")


def decode_declared(data: bytes, declaration: re.Pattern[bytes], source: Source) -> str:
    """The text of a document that may declare its encoding near its beginning, as the first group of a pattern."""
    found = declaration.search(data[:_HEAD])
    if found and not mark(data):
        try:
            return valid(data.decode(found[1].decode("ascii")))
        except (LookupError, UnicodeError, ValueError):
            pass
    return decode(data, source)


def decode_line(data: bytes, source: Source) -> str:
    """The same for a piece of JSON, in which raw line ends don't matter."""
    return _decoded(data, source)


def encoding_of(data: bytes, source: Source) -> str:
    """The encoding of a text by its bytes, or by its first ones. Raises InputError when they are no text."""
    if kind := magic(data):
        raise source.error(f"is {kind}, not text")
    if encoding := mark(data) or _wide(data):
        return encoding
    if b"\0" in data:
        raise source.error("is binary, not text")
    return "utf-8" if _is_utf8(data) else _guess(data)


def _decoded(data: bytes, source: Source) -> str:
    return data.decode(encoding_of(data, source), "replace").removeprefix("\ufeff")


def _is_utf8(data: bytes) -> bool:
    """True also where the bytes end amid a character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: in western text nearly every other byte is zero."""
    sample = data[:SAMPLE]
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if half >= 4 and odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if half >= 4 and even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _guess(data: bytes) -> str:
    """The encoding of bytes that are not valid UTF-8. A few broken bytes in UTF-8 leave it UTF-8."""
    good = len(MULTIBYTE.findall(data))
    bad = data.decode("utf-8", "replace").count("�")
    if good > bad:
        return "utf-8"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE], cp_isolation=CODE_PAGES).best()
    return best.encoding if best else "cp1252"
