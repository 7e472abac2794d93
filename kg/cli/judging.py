"""What the verbs of identity share: their arguments, the store opened with its registry, and judgements shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kg.graph.identities import Identities
    from kg.identity.judgements import Judgement

Entity = Annotated[
    str, typer.Argument(metavar="ENTITY", help="A name, alias, id or IRI; ENTITY@DOCUMENT for what one document says.", show_default=False)
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for those who read it later.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides.")]


@contextmanager
def opened(place: str, *, read_only: bool = False) -> Iterator["Identities"]:
    """The store with its registry. Raises StoreError where there is none."""
    from kg.graph.identities import Identities
    from kg.graph.store import Store

    with Store.open(place, read_only=read_only, create=False) as store:
        yield Identities(store)


def judge(answer: str, one: str, other: str, reason: str, by: str, place: str) -> None:
    """Records a judgement and prints it."""
    from kg.graph import judging

    with opened(place) as identities:
        typer.echo(line(judging.judge(identities, answer, one, other, reason=reason, by=by)))


def line(judgement: "Judgement") -> str:
    """A judgement in one line."""
    from kg.cli import tables

    verb = "same" if judgement.answer == "same" else "different"
    why = f" ({tables.shown(judgement.reason)})" if judgement.reason else ""
    return f"{judgement.number}: {tables.shown(judgement.one)} and {tables.shown(judgement.other)} are {verb}, by {tables.shown(judgement.by)}{why}"
