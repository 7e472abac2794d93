"""`kg show`: everything about one entity."""

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import store as stores
from kg.cli import tables
from kg.errors import QueryError

if TYPE_CHECKING:
    from rich.console import Console

    from kg.graph.show import Profile
    from kg.identity.knowledge import Entry


class Format(StrEnum):
    """How the entity is printed."""

    table = "table"
    json = "json"


def command(
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="A name, alias, id or IRI.", show_default=False)],
    format: Annotated[Format, typer.Option("--format", help="Tables for people, or JSON.")] = Format.table,
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """Show what is known about an entity: names, type, facts, what it says, events, quotations. Several of that name are listed.

    \b
    Example:
      kg show "Qassem Soleimani"
    """
    from kg.graph import names
    from kg.graph.show import show

    with stores.reading(store) as opened:
        names.require(opened, entity)
        profiles = show(opened, entity)
    if format is Format.json:
        sys.stdout.write(json.dumps([asdict(profile) for profile in profiles], ensure_ascii=False, indent=2) + "\n")
    elif len(profiles) == 1:
        _print(tables.console(), profiles[0])
    else:
        rows = [(p.id, p.name, ", ".join(p.types), str(sum(n for _, n in p.mentions)), str(len(p.facts))) for p in profiles]
        tables.console().print(tables.table(("id", "name", "type", "mentions", "facts"), rows))
        raise QueryError(f"{len(profiles)} entities are called {entity!r}; choose one by its id")


def _print(console: "Console", profile: "Profile") -> None:
    from rich.text import Text

    console.print(
        Text(tables.shown(profile.name), style="bold"), Text(f"{tables.shown(', '.join(profile.types))}  {tables.shown(profile.id)}", style="dim")
    )
    mentions = ", ".join(f"{text} ×{number}" for text, number in profile.mentions)
    for title, value in (("also called", ", ".join(profile.aliases)), ("same as", " ".join(profile.links)), ("mentioned as", mentions)):
        if value:
            console.print(Text.assemble((f"{title}: ", "dim"), tables.shown(value)))
    for entry in profile.known:
        console.print(Text.assemble(("own knowledge: ", "dim"), tables.shown(_known(entry))))
    console.print(Text.assemble(("documents: ", "dim"), tables.shown(", ".join(profile.documents))))
    for title, facts in (("Facts", profile.facts), ("Says", profile.says)):
        if facts:
            console.print(Text(f"\n{title}", style="bold"), tables.facts_table(facts, console.width), sep="\n")
    if profile.events:
        rows = [
            (
                e.time or "",
                e.type,
                "; ".join(f"{role} {name}" for role, name in e.roles),
                ", ".join(f"{k} {n}" for k, n in e.counts),
                e.modality,
                e.sentence,
            )
            for e in profile.events
        ]
        console.print(
            Text("\nEvents", style="bold"), tables.table(("time", "event", "who and what", "numbers", "modality", "sentence"), rows), sep="\n"
        )
    if profile.quotes:
        quotes = [(quote.text, "direct" if quote.direct else "reported", quote.document) for quote in profile.quotes]
        console.print(Text("\nQuotations", style="bold"), tables.table(("words", "speech", "document"), quotes), sep="\n")


def _known(entry: "Entry") -> str:
    """What a knowledge base tells, in one line: "King of Ruritania; member of parliament (1890 – 1894)"."""
    tenures = (
        f"{held.office} ({held.start or '…'} – {held.end or '…'})" if held.start or held.end else held.office
        for held in sorted(entry.tenures, key=lambda held: held.start)
    )
    return "; ".join(filter(None, (entry.description, *tenures))) or entry.name
