"""Tables for people: numbers stay whole, and a line holds what it can."""

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from kg.cli.tables import fitting, table

WORDS = st.text("abcdefgh", min_size=1, max_size=12)
CELLS = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)

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


def test_words_are_broken_only_where_the_line_has_no_room_for_them() -> None:
    row = ("United States House of Representatives", "shares affiliation", "Democratic Party of the Republic", "3", "2019-01-04 – 2020-11-26")
    assert {"Representatives", "affiliation", "Democratic", "weight"} <= set(printed([row], 67, "one", "tie", "other", "weight", "when").split())


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=4), st.integers(50, 80))
def test_no_word_is_broken_where_all_have_room_and_no_line_is_too_long(rows: list[tuple[str, ...]], width: int) -> None:
    found = printed(rows, width)
    assert max(map(len, found.splitlines())) <= width
    assert {word for row in rows for cell in row for word in cell.split()} <= set(found.split())


def printed(rows: list[tuple[str, ...]], width: int, *columns: str) -> str:
    console = Console(width=width, file=io.StringIO())
    console.print(table(columns or "abc", rows, width=width))
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]
