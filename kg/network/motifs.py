"""Motifs: the census of the sixteen ways in which three nodes can be tied (Holland and Leinhardt 1970)."""

from dataclasses import dataclass
from functools import cache

import networkx as nx

from kg.network.simple import simple
from kg.resources import PACKAGE, lines


@dataclass(frozen=True, slots=True)
class Motif:
    """One of the sixteen: its code (mutual, one-way and absent ties, and a letter), how often it is found, and what it means."""

    code: str
    number: int
    meaning: str

    @property
    def connected(self) -> bool:
        """True where ties hold all three together: at most one of the three pairs has none."""
        return int(self.code[2]) <= 1


def motifs(graph: nx.MultiDiGraph) -> list[Motif]:
    """The census of a network; the direction of ties counts."""
    made = simple(graph, directed=True)
    found = nx.triadic_census(made) if len(made) > 2 else dict.fromkeys(_meanings(), 0)
    return [Motif(code, found[code], meaning) for code, meaning in _meanings().items()]


@cache
def _meanings() -> dict[str, str]:
    pairs = (line.split(None, 1) for line in lines(PACKAGE / "network" / "words" / "motifs.txt"))
    return {code: meaning.strip() for code, meaning in pairs}
