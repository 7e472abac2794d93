"""`kg candidates`: pairs that may be one, to be judged."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import judging, tables
from kg.cli import store as stores

if TYPE_CHECKING:
    from kg.graph.candidates import Candidate, Side
    from kg.graph.identities import Identities


def command(
    limit: Annotated[int, typer.Option("--limit", metavar="NUMBER", min=1, help="So many pairs.")] = 20,
    ask: Annotated[bool | None, typer.Option("--ask/--list", help="Ask about each pair, or list them; asks on a terminal.")] = None,
    by: judging.By = "person",
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """Show pairs of entities that may be one, the likeliest first, and ask: y (same), n (different), s (skip), q (quit).

    \b
    Example:
      kg candidates --limit 5
    """
    from kg.graph.candidates import candidates

    asking = sys.stdin.isatty() if ask is None else ask
    with judging.opened(store, read_only=not asking) as identities:
        found = candidates(identities, limit)
        for candidate in found:
            _show(candidate)
            if asking and not _ask(identities, candidate, by):
                break
    typer.echo(f"{len(found)} pair{'' if len(found) == 1 else 's'}", err=True)


def _ask(identities: "Identities", candidate: "Candidate", by: str) -> bool:
    """Asks about a pair; False when there is to be no further question."""
    from kg.graph.judging import judge

    answer = ""
    while answer not in ("y", "n", "s", "q"):
        answer = typer.prompt("same? [y/n/s/q]", default="s", show_default=False).strip().lower()[:1]
    if answer in ("y", "n"):
        told = judge(identities, "same" if answer == "y" else "different", candidate.one.id, candidate.other.id, reason="candidate", by=by)
        typer.echo(judging.line(told))
    return answer != "q"


def _show(candidate: "Candidate") -> None:
    rows = [(title, *(_cell(side, title) for side in (candidate.one, candidate.other))) for title in _ROWS]
    told = [row for row in rows if any(row[1:])]
    if candidate.shared:
        told.append(("both with", ", ".join(candidate.shared), ""))
    tables.console().print(tables.table(("", candidate.one.id, candidate.other.id), told, spaced=False))
    typer.echo(f"  {tables.shown(candidate.rule)}\n")


_ROWS = ("names", "class", "countries", "walks of life", "documents", "told")


def _cell(side: "Side", row: str) -> str:
    profile = side.profile
    cells = {
        "names": ", ".join(profile.names),
        "class": profile.kind,
        "countries": ", ".join(sorted(profile.countries)),
        "walks of life": ", ".join(sorted(profile.roles)),
        "documents": str(side.documents),
        "told": " … ".join(f"{told.text} [{told.document}]" for told in side.sentences),
    }
    return cells[row]
