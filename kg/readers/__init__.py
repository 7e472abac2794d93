"""Reading articles: files, folders, globs, standard input and, where it is allowed, the web.

Each input format is a module of this folder with NAME, SUFFIXES and `read(stream, source) -> Iterator[Document]`.
"""

from kg.readers.reading import Network, read
from kg.readers.registry import Reader, formats
from kg.readers.source import LIMIT, Source, ignore

__all__ = ["LIMIT", "Network", "Reader", "Source", "formats", "ignore", "read"]
