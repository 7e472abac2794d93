"""Options of a build by many workers, and that build."""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.model import Document
    from kg.pipeline import Summary
    from kg.scale.engine import Engine
    from kg.scale.watcher import Watcher
    from kg.scale.work import Job


class Kind(StrEnum):
    """What runs the workers."""

    processes = "processes"
    ray = "ray"


Workers = Annotated[int | None, typer.Option("--workers", metavar="N", min=1, help="Read with so many processes.", show_default=False)]
EngineKind = Annotated[Kind, typer.Option("--engine", help="What runs the workers: processes of this machine, or a Ray cluster.")]
Address = Annotated[
    str | None,
    typer.Option("--address", metavar="ADDRESS", help='The Ray cluster, "auto" or ray://host:10001; without it one is started here.'),
]
Memory = Annotated[int, typer.Option("--memory", metavar="MB", min=1000, help="What a worker may take; what needs more is left out.")]
Shards = Annotated[
    str | None,
    typer.Option(
        "--shards",
        metavar="FOLDER",
        help="Where workers put what they have read: a folder, or s3://… (fsspec). Kept if named; else beside the store, until that is whole.",
    ),
]
Size = Annotated[
    int, typer.Option("--shard-size", metavar="N", min=1, help="Documents that a worker takes at once, and that are done again when it ends.")
]
NQuads = Annotated[
    str | None,
    typer.Option("--nquads", metavar="FOLDER", help="Write the graph in many N-Quads files, for any store; without --store no store is kept."),
]


@dataclass(frozen=True, slots=True)
class Crew:
    """The workers that are wanted."""

    kind: Kind
    workers: int | None
    address: str | None
    memory: int
    size: int

    def engine(self) -> "Engine":
        """Starts them. Raises KgError."""
        if self.kind is Kind.ray:
            from kg.scale.cluster import Cluster

            return Cluster(self.address, self.workers, self.memory)
        from kg.scale.processes import Processes

        return Processes(self.workers or 1, self.memory)


def crew(kind: Kind, workers: int | None, address: str | None, memory: int, size: int, *, wanted: bool) -> Crew | None:
    """The workers that options ask for; None where this process does it all. Raises KgError."""
    if address is not None and kind is not Kind.ray:
        raise KgError("--address is that of a Ray cluster; add --engine ray")
    return Crew(kind, workers, address, memory, size) if wanted or workers is not None or kind is Kind.ray else None


def folder(shards: str | None, place: str | None, output: Path | None, nquads: str | None) -> str:
    """Where the workers' results lie: as named, else beside what is made of them."""
    from kg.graph.remote import is_address

    if shards is not None:
        return shards
    if place is not None and is_address(place):
        return "kg-store.shards"
    return f"{str(place or output or nquads).rstrip('/')}.shards"


@dataclass(frozen=True, slots=True)
class Aims:
    """What a build is to make: a store, a file, files for other stores; `ontology` are a user's own files, whose terms a store holds."""

    place: str | None
    output: Path | None
    nquads: str | None
    ontology: tuple[Path, ...]


def build(documents: Iterable["Document"], crew: Crew, job: "Job", aims: Aims, watcher: "Watcher") -> "Summary":
    """Builds with workers. Raises KgError."""
    from kg import exporters
    from kg.scale.build import Build, target
    from kg.scale.folder import Folder

    nquads = Folder(aims.nquads) if aims.nquads else None
    with ExitStack() as stack:
        into = None if aims.place is None and aims.output is None else stack.enter_context(target(aims.place, aims.ontology))
        engine = crew.engine()
        stack.callback(engine.close)
        summary = Build(job, engine, nquads, crew.size, watcher).run(documents, into)
        if into is not None and aims.output is not None:
            exporters.export(into.store, aims.output)
        return summary
