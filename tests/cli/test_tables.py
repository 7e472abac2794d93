"""Tables for people: numbers stay whole, and a line holds what it can."""

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from kg.cli.tables import fitting, table

COLUMNS = ("entity", "type", "degree", "betweenness")
ROWS = [["Northern Dawn Brigade", "MilitaryForce", "5", "0.538"], ["Syria", "Country", "4", "0.667"]]


def test_columns_of_numbers_are_not_cut() -> None:
    assert [column.no_wrap for column in table(COLUMNS, ROWS).columns] == [False, False, True, True]
    assert len(table(COLUMNS, []).columns) == 4


@given(st.integers(0, 200))
def test_a_wider_line_holds_more_columns(width: int) -> None:
    held = fitting(COLUMNS, ROWS, width)
    assert 0 <= held <= fitting(COLUMNS, ROWS, width + 1) <= len(COLUMNS)


def test_the_last_columns_go_first() -> None:
    assert COLUMNS[: fitting(COLUMNS, ROWS, 50)] == ("entity", "type", "degree")
    assert fitting(COLUMNS, ROWS, 70) == len(COLUMNS)


def test_a_date_is_never_broken() -> None:
    console = Console(width=40, file=io.StringIO())
    console.print(table(("who", "what", "when"), [("somebody with a long name", "something long", "2020-10-01 – 2020-10-31")]))
    assert {"2020-10-01", "2020-10-31"} <= set(console.file.getvalue().split())  # type: ignore[attr-defined]
