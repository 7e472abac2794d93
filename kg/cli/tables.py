"""Tables for people, as wide as the terminal, and rows for programs. Text of articles never reaches the terminal as control codes."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

    from kg.graph.corroboration import Belief
    from kg.graph.facts import Fact

    Beliefs = Mapping[str, Belief]

STYLES = {"actual": "", "possible": "yellow", "negated": "red"}
WIDEST = 18
NARROW = 100
# Between two columns, and at both ends of a line.
_GAP, _EDGES = 3, 2
# A day, or one with the time of day.
_DATE = re.compile(r"\d{4}-\d\d-\d\d[\d:T]*")
ROWS = ("csv", "tsv", "json", "jsonl")


def shown(text: str | None) -> str:
    """The text on one line, without control codes and marks that turn the direction of writing."""
    line = " ".join((text or "").split())
    return "".join("\ufffd" if unicodedata.category(c) == "Cc" or c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068" else c for c in line)


def console() -> "Console":
    """Standard output; colours only on a terminal."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, spaced: bool = True, width: int | None = None) -> "Table":
    """A plain table; long cells wrap, dates never within themselves and words only where the line is too short for them.

    `spaced` leaves a line free between rows, `width` is that of the terminal unless given.
    """
    from rich.text import Text

    made, rows = grid(spaced), [[shown(cell) for cell in row] for row in rows]
    by_column = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    widths = _widths(columns, by_column, (width or console().width) - _GAP * (len(columns) - 1) - _EDGES)
    for column, cells, wide in zip(columns, by_column, widths, strict=True):
        # A number is never cut, nor what stands above it.
        made.add_column(Text(shown(column)), overflow="fold", no_wrap=_numbers(cells), min_width=_longest_date(cells), width=wide)
    for row in rows:
        made.add_row(*map(Text, row))
    return made


def _widths(columns: Sequence[str], by_column: Sequence[Sequence[str]], room: int) -> list[int | None]:
    """How wide each column is where an even share of the line would break words that it has room for; None leaves it to rich."""
    from rich.cells import cell_len

    texts = [(column, *cells) for column, cells in zip(columns, by_column, strict=True)]
    whole = [max(map(cell_len, text)) for text in texts]
    firm = [wide if _numbers(cells) else _longest_date(cells) for cells, wide in zip(by_column, whole, strict=True)]
    words = [max(least, *(cell_len(word) for cell in text for word in cell.split())) for text, least in zip(texts, firm, strict=True)]

    def most(widths: Sequence[int]) -> int:
        """To what the widest can be cut down so that all have room."""
        return next((cap for cap in range(room, 0, -1) if sum(_cut(widths, firm, cap)) <= room), 0)

    if not 0 < most(whole) < min(most(words), max(words)):
        return [None] * len(columns)
    found = _cut(words, firm, most(words))
    for _ in range(room - sum(found)):
        found[min((number for number, wide in enumerate(whole) if found[number] < wide), key=found.__getitem__)] += 1
    return list(found)


def _cut(widths: Sequence[int], firm: Sequence[int], cap: int) -> list[int]:
    return [max(least, min(wide, cap)) for wide, least in zip(widths, firm, strict=True)]


def fitting(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> int:
    """How many columns, from the first, a line of `width` holds: numbers whole, text in `WIDEST` characters."""
    taken = 0
    for number, (column, cells) in enumerate(zip(columns, zip(*rows, strict=True), strict=True)):
        longest = max(map(len, (column, *cells)))
        taken += (longest if _numbers(cells) else min(longest, WIDEST)) + _GAP
        if taken > width:
            return number
    return len(columns)


def _longest_date(cells: Sequence[str]) -> int:
    return max((len(date) for cell in cells for date in _DATE.findall(cell)), default=0)


def _numbers(cells: Sequence[str]) -> bool:
    return bool(cells) and all(cell.removeprefix("-").replace(".", "", 1).isdecimal() for cell in cells)


def facts_table(facts: Iterable["Fact"], width: int | None = None, beliefs: "Beliefs | None" = None) -> "RenderableType":
    """Who does what to whom, how certain the text is of it, who says so, and the sentence: beside it, or below it where the line is short.

    `width` is that of the terminal unless given. `beliefs` are by claim, and are a column where they are given.
    """
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    facts = list(facts)
    if (width or console().width) >= NARROW:
        made = _facts_grid(facts, sentence=True, belief=beliefs is not None)
        for fact in facts:
            made.add_row(*_fact_cells(fact, beliefs), Text(shown(fact.sentence), style="dim"))
        return made
    blocks: list[RenderableType] = [_facts_grid(facts, sentence=False, belief=beliefs is not None)]
    for fact in facts:
        row = _facts_grid(facts, sentence=False, belief=beliefs is not None)
        row.show_header = False
        row.show_edge = False
        row.add_row(*_fact_cells(fact, beliefs))
        blocks += [Padding(row, (0, 1)), Padding(Text(shown(fact.sentence), style="dim"), (0, 1, 1, 3))]
    return Group(*blocks)


def _facts_grid(facts: Sequence["Fact"], *, sentence: bool, belief: bool) -> "Table":
    """Words that programs know stay whole; names and sentences share what is left of the line."""
    made = grid()
    made.expand = True
    relation = max((len(word) for fact in facts for word in (fact.relation, *shown(fact.title).split()) if len(word) <= WIDEST), default=8)
    made.add_column("subject", ratio=3, overflow="fold")
    made.add_column("relation", width=max(relation, 8), overflow="fold")
    made.add_column("object", ratio=3, overflow="fold")
    made.add_column("modality", width=8)
    if belief:
        made.add_column("belief", width=6)
    if any(fact.sources for fact in facts):
        made.add_column("who says so", ratio=3, overflow="fold")
    else:
        made.add_column("who says so", width=11)
    if sentence:
        made.add_column("sentence", ratio=7, overflow="fold")
    return made


def _fact_cells(fact: "Fact", beliefs: "Beliefs | None") -> tuple["Text", ...]:
    from rich.text import Text

    style = STYLES.get(fact.modality, "")
    does = Text(shown(fact.relation), style=style)
    for detail in (fact.title, fact.time):
        if detail:
            does.append(f"\n{shown(detail)}", style="dim")
    return (
        Text(shown(fact.subject) or "–", style=style),
        does,
        Text(shown(fact.object) or "–", style=style),
        Text(shown(fact.modality), style=style),
        *(() if beliefs is None else (_belief_cell(beliefs.get(fact.claim)),)),
        Text(shown(" › ".join(fact.sources))),
    )


def _belief_cell(belief: "Belief | None") -> "Text":
    """The degree, and the voices for and against."""
    from rich.text import Text

    if belief is None:
        return Text("–")
    return Text(f"{belief.degree:.2f}").append(f"\n{len(belief.supporting)} : {len(belief.opposing)}", style="dim")


def print_facts(facts: Iterable["Fact"], beliefs: "Beliefs | None" = None) -> None:
    """Prints the table of facts, nothing where there is none."""
    found = list(facts)
    if found:
        output = console()
        output.print(facts_table(found, output.width, beliefs))


def facts_rows(facts: Sequence["Fact"], format: str, beliefs: "Beliefs | None" = None) -> str:
    """The facts as csv, tsv, json or jsonl, with what is believed of them where that is given."""
    from kg.graph.facts import Fact

    made = [{**asdict(fact), **({} if beliefs is None else _believed(beliefs.get(fact.claim)))} for fact in facts]
    return rows([*(field.name for field in fields(Fact)), *(() if beliefs is None else _believed(None))], made, format)


def _believed(belief: "Belief | None") -> dict[str, Any]:
    """Nothing is believed of a fact whose subject is not told."""
    if belief is None:
        return {"belief": None, "supporting": None, "opposing": None, "because": None}
    return {"belief": belief.degree, "supporting": len(belief.supporting), "opposing": len(belief.opposing), "because": belief.reason}


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
