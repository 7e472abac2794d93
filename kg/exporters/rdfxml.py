"""RDF/XML, for tools that read nothing else: all documents together."""

import re
from collections.abc import Iterable
from typing import IO

import pyoxigraph as ox

from kg.exporters._order import union
from kg.graph.store import Store
from kg.iris import PREFIXES

NAME = "rdfxml"
SUFFIXES = (".rdf", ".xml", ".owl")
MEDIA_TYPE = "application/rdf+xml"

_ROOT = re.compile(rb"<rdf:RDF[^>]*>")


def write(store: Store, file: IO[bytes]) -> None:
    """Writes the union of all documents."""
    write_triples(union(store), file)


def write_triples(triples: Iterable[ox.Triple], file: IO[bytes]) -> None:
    """Writes triples, which must be in reading order."""
    written = ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=PREFIXES) or b""
    # Oxigraph orders the namespaces at random, and leaves carriage returns bare, which XML readers turn into line feeds.
    namespaces = "".join(f'\n  xmlns:{name}="{PREFIXES[name]}"' for name in sorted(PREFIXES))
    written = _ROOT.sub(lambda _: f"<rdf:RDF{namespaces}>".encode(), written, count=1)
    file.write(written.replace(b"\r", b"&#xD;"))
