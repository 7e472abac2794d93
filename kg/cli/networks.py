"""Options of the verbs that make a network, and the network they ask for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.facts import Modality
from kg.cli.query import pair

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.store import Store

Modalities = Annotated[list[Modality] | None, typer.Option("--modality", help="Only claims of this modality; repeatable.", show_default=False)]
Ties = Annotated[
    list[Modality] | None, typer.Option("--modality", help="Claims that count as ties; repeatable. Without: actual.", show_default=False)
]
MinConfidence = Annotated[float, typer.Option("--min-confidence", metavar="0..1", min=0, max=1, help="Only claims that are at least so certain.")]
Since = Annotated[str | None, typer.Option("--from", metavar="DATE", help="Only what happened, or was published, on that day or later.")]
Until = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Only what happened, or was published, on that day or earlier.")]
Projection = Annotated[str, typer.Option("--projection", metavar="NAME", help="The network: see kg network; or a file with a query of your own.")]
Param = Annotated[list[str] | None, typer.Option("--param", metavar="NAME=VALUE", help="A parameter of the projection's query; repeatable.")]

Around = Annotated[list[str] | None, typer.Option("--around", metavar="ENTITY", help="Only what lies around this entity; repeatable.")]
Radius = Annotated[int, typer.Option("--radius", metavar="NUMBER", min=0, help="How many ties away from it.")]
ACTUAL = [Modality.actual]
ALL_CLAIMS = "claims"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a user asks for."""

    projection: str
    modality: list[Modality] | None
    min_confidence: float
    since: str | None
    until: str | None
    param: list[str] | None = None
    around: list[str] | None = None
    radius: int = 1

    @property
    def whole(self) -> bool:
        """True where nothing is asked for but, maybe, which claims count: the graph itself can be written."""
        return (self.projection, self.param, self.around) == (ALL_CLAIMS, None, None)

    def part(self, store: "Store") -> "Store":
        """The graph with the claims that count. Raises QueryError."""
        from kg.network.part import part
        from kg.network.ties import Only

        only = Only.of(self.modality, self.min_confidence, self.since, self.until)
        return store if only == Only() else part(store, only)

    def of(self, store: "Store") -> "nx.MultiDiGraph":
        """The network. Raises QueryError."""
        from kg.network.ego import around
        from kg.network.projection import project

        centres = [ident for text in self.around or () for ident in idents(store, text)]
        graph = project(
            store,
            self.projection,
            modality=self.modality,
            min_confidence=self.min_confidence,
            since=self.since,
            until=self.until,
            parameters=dict(map(pair, self.param or ())),
        )
        return around(graph, centres, radius=self.radius) if self.around else graph


def idents(store: "Store", text: str) -> list[str]:
    """The ids of the entities that a name means. Raises QueryError."""
    from kg.graph import names, records

    return [records.ident(node) for node in names.require(store, text)]
