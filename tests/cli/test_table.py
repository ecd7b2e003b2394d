"""Columns stand under each other, whatever the cells hold."""

from hypothesis import given
from hypothesis import strategies as st

from investigator.cli.table import table

CELL = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=12)


def test_columns_stand_under_each_other() -> None:
    assert table([("a", "bb", "c"), ("aaa", "b", "c")]) == ["a    bb  c", "aaa  b   c"]


def test_the_last_cell_of_a_row_runs_free() -> None:
    assert table([("a", "b"), ("a sentence",)]) == ["a  b", "a sentence"]


def test_no_rows_no_lines() -> None:
    assert table([]) == []


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1))
def test_every_cell_is_there(rows: list[tuple[str, str, str]]) -> None:
    assert [tuple(line.split()) for line in table(list(rows))] == rows
