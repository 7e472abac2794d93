"""Tables for people, as wide as the terminal, and rows for programs. Text of articles never reaches the terminal as control codes."""

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

    from kg.graph.facts import Fact

STYLES = {"actual": "", "possible": "yellow", "negated": "red"}
WIDEST = 18
NARROW = 100
ROWS = ("csv", "tsv", "json", "jsonl")


def shown(text: str | None) -> str:
    """The text on one line, without control codes and marks that turn the direction of writing."""
    line = " ".join((text or "").split())
    return "".join("\ufffd" if unicodedata.category(c) == "Cc" or c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068" else c for c in line)


def console() -> "Console":
    """Standard output; colours only on a terminal."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, spaced: bool = True) -> "Table":
    """A plain table; long cells wrap. `spaced` leaves a line free between rows."""
    from rich.text import Text

    made = grid(spaced)
    for column in columns:
        made.add_column(Text(column), overflow="fold")
    for row in rows:
        made.add_row(*(Text(shown(cell)) for cell in row))
    return made


def facts_table(facts: Iterable["Fact"], width: int | None = None) -> "RenderableType":
    """Who does what to whom, how certain the text is of it, who says so, and the sentence: beside it, or below it where the line is short.

    `width` is that of the terminal unless given.
    """
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    facts = list(facts)
    if (width or console().width) >= NARROW:
        made = _facts_grid(facts, sentence=True)
        for fact in facts:
            made.add_row(*_fact_cells(fact), Text(shown(fact.sentence), style="dim"))
        return made
    blocks: list[RenderableType] = [_facts_grid(facts, sentence=False)]
    for fact in facts:
        row = _facts_grid(facts, sentence=False)
        row.show_header = False
        row.show_edge = False
        row.add_row(*_fact_cells(fact))
        blocks += [Padding(row, (0, 1)), Padding(Text(shown(fact.sentence), style="dim"), (0, 1, 1, 3))]
    return Group(*blocks)


def _facts_grid(facts: Sequence["Fact"], *, sentence: bool) -> "Table":
    """Words that programs know stay whole; names and sentences share what is left of the line."""
    made = grid()
    made.expand = True
    relation = max((len(word) for fact in facts for word in (fact.relation, *shown(fact.title).split()) if len(word) <= WIDEST), default=8)
    made.add_column("subject", ratio=3, overflow="fold")
    made.add_column("relation", width=max(relation, 8), overflow="fold")
    made.add_column("object", ratio=3, overflow="fold")
    made.add_column("modality", width=8)
    if any(fact.sources for fact in facts):
        made.add_column("who says so", ratio=3, overflow="fold")
    else:
        made.add_column("who says so", width=11)
    if sentence:
        made.add_column("sentence", ratio=7, overflow="fold")
    return made


def _fact_cells(fact: "Fact") -> tuple["Text", ...]:
    from rich.text import Text

    style = STYLES.get(fact.modality, "")
    does = Text(fact.relation, style=style)
    for detail in (fact.title, fact.time):
        if detail:
            does.append(f"\n{shown(detail)}", style="dim")
    return (
        Text(shown(fact.subject) or "–", style=style),
        does,
        Text(shown(fact.object) or "–", style=style),
        Text(fact.modality, style=style),
        Text(shown(" › ".join(fact.sources))),
    )


def print_facts(facts: Iterable["Fact"]) -> None:
    """Prints the table of facts, nothing where there is none."""
    found = list(facts)
    if found:
        output = console()
        output.print(facts_table(found, output.width))


def facts_rows(facts: Sequence["Fact"], format: str) -> str:
    """The facts as csv, tsv, json or jsonl."""
    from kg.graph.facts import Fact

    return rows([field.name for field in fields(Fact)], [asdict(fact) for fact in facts], format)


def rows(columns: Sequence[str], records: Sequence[dict[str, Any]], format: str) -> str:
    """Records in a format of `ROWS`; in csv and tsv lists are joined by "; " and no text can become a formula of a spreadsheet."""
    if format == "json":
        return json.dumps(records, ensure_ascii=False, indent=2) + "\n"
    if format == "jsonl":
        return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    file = io.StringIO()
    writer = csv.writer(file, delimiter="\t" if format == "tsv" else ",", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(record[column]) for column in columns] for record in records)
    return file.getvalue()


def _cell(value: Any) -> Any:
    from kg.graph.answers import harmless

    if isinstance(value, list | tuple):
        value = "; ".join(map(str, value))
    return harmless(value) if isinstance(value, str) else value


def grid(spaced: bool = True) -> "Table":
    """A table without columns."""
    from rich import box
    from rich.table import Table

    return Table(box=box.SIMPLE_HEAD, pad_edge=False, leading=int(spaced), header_style="bold", expand=False)
