"""The files of the ontology as a store of their own: lexicon, examples and alignments, for queries over them.

A store of documents holds only the terms (`kg.graph.vocabulary`): the lexicon is as large as many documents, and has no IRIs.
"""

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from kg import resources
from kg.graph import vocabulary
from kg.graph.store import Store


def opened(extra: Sequence[Path] = ()) -> Store:
    """The project's files, and a user's own, in memory. Raises OntologyError."""
    inner = ox.Store()
    for file in (*sorted(resources.folder("ontology").glob("*.ttl")), *extra):
        inner.extend(vocabulary.read(file))
    return Store(inner, read_only=True)
