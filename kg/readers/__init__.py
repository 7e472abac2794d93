"""Reading articles: files, folders, globs and standard input.

Each input format is a module of this folder with NAME, SUFFIXES and `read(stream, source) -> Iterator[Document]`.
"""

from kg.readers.reading import read
from kg.readers.registry import Reader, formats
from kg.readers.source import LIMIT, Source

__all__ = ["LIMIT", "Reader", "Source", "formats", "read"]
