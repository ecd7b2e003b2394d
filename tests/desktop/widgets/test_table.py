"""Tables: read, sorted, chosen, copied as they stand."""

import csv
import io
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.much import DRUM_COLUMNS, DRUMS, Drum

from investigator.desktop.theme.tokens import Theme
from investigator.desktop.tone import Tone
from investigator.desktop.widgets.table import Cell, Column, RowsModel, Table

pytestmark = pytest.mark.requirement("WIN-008")
Row = tuple[str, float | None, Tone]
ROWS: list[Row] = [
    ("DRM-1", 9.5, Tone.GOOD),
    ("DRM-2", 10.25, Tone.BAD),
    ("DRM-3", None, Tone.PLAIN),
    ("drm-0", 9.5, Tone.WARN),
]


def mass(row: Row) -> Cell:
    return Cell("–" if row[1] is None else f"{row[1]:.1f}", row[1], tip="Weighed")


COLUMNS: list[Column[Row]] = [
    Column("Drum", lambda row: row[0]),
    Column("Mass", mass, unit="kg", numeric=True, tip="Net"),
    Column("Proposal", lambda row: Cell(row[2].value, tone=row[2])),
]


@pytest.fixture
def table(qtbot: QtBot) -> Table[Row]:
    made: Table[Row] = Table(COLUMNS, many=True)
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show_rows(ROWS)
    with qtbot.waitExposed(made):
        made.show()
    return made


def shown(table: Table[Row], column: int) -> list[str]:
    model = table.rows_model
    return [model.data(model.index(row, column)) for row in range(model.rowCount())]


def aspect(table: Table[Row], row: int, column: int, role: Qt.ItemDataRole) -> Any:
    return table.rows_model.data(table.rows_model.index(row, column), role)


def test_the_model_keeps_the_rules_of_models(qtbot: QtBot) -> None:
    model: RowsModel[Row] = RowsModel(COLUMNS)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_rows(ROWS)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.show_rows(ROWS[:2])
    assert model.data(QModelIndex()) is None


def test_the_unit_stands_in_the_head_and_numbers_at_the_right(table: Table[Row]) -> None:
    horizontal = Qt.Orientation.Horizontal
    assert table.rows_model.headerData(1, horizontal) == "Mass [kg]"
    assert table.rows_model.headerData(1, horizontal, Qt.ItemDataRole.ToolTipRole) == "Net"
    alignment = aspect(table, 0, 1, Qt.ItemDataRole.TextAlignmentRole)
    assert alignment & Qt.AlignmentFlag.AlignRight
    assert shown(table, 1) == ["9.5", "10.2", "–", "9.5"]
    assert aspect(table, 0, 1, Qt.ItemDataRole.ToolTipRole) == "Weighed"


@pytest.mark.requirement("WIN-005")
def test_a_tone_has_its_glyph_beside_its_colour(table: Table[Row], design: Theme) -> None:
    assert shown(table, 2) == ["✓ good", "✗ bad", "plain", "▲ warn"]
    colour = aspect(table, 1, 2, Qt.ItemDataRole.ForegroundRole)
    assert colour.name() == design.bad
    assert aspect(table, 2, 2, Qt.ItemDataRole.ForegroundRole) is None
    table.selectRow(1)
    assert not table.grab().isNull()


def test_numbers_sort_as_numbers_equal_rows_stay_and_unknown_ones_come_last(
    table: Table[Row],
) -> None:
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert shown(table, 0) == ["DRM-1", "drm-0", "DRM-2", "DRM-3"]
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert shown(table, 0) == ["DRM-2", "DRM-1", "drm-0", "DRM-3"]
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert shown(table, 0) == ["drm-0", "DRM-1", "DRM-2", "DRM-3"]
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert shown(table, 0) == [row[0] for row in ROWS]


def test_a_sort_keeps_what_was_selected(table: Table[Row]) -> None:
    table.choose(lambda row: row[0] == "DRM-2")
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert table.selected_rows() == (ROWS[1],)
    assert table.current_row() is ROWS[1]


def test_a_row_that_is_chosen_is_told(qtbot: QtBot, table: Table[Row]) -> None:
    with qtbot.waitSignal(table.chosen) as told:
        assert table.choose(lambda row: row[0] == "DRM-3")
    assert told.args == [ROWS[2]]
    assert not table.choose(lambda row: row[0] == "DRM-9")
    with qtbot.waitSignal(table.opened) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args == [ROWS[2]]


def test_other_rows_keep_the_current_one_in_silence(qtbot: QtBot, table: Table[Row]) -> None:
    table.choose(lambda row: row[0] == "DRM-2")
    changed: list[Row] = [("DRM-0", 1.0, Tone.GOOD), ("DRM-2", 11.0, Tone.GOOD)]
    with qtbot.assertNotEmitted(table.chosen):
        table.show_rows(changed, keep=lambda row: row[0])
    assert table.current_row() == changed[1]
    table.show_rows([], keep=lambda row: row[0])
    assert table.current_row() is None


def test_selected_rows_are_copied_with_their_heads(qtbot: QtBot, table: Table[Row]) -> None:
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "Drum\tMass [kg]\tProposal"
    assert lines[2] == "DRM-2\t10.2\tbad"
    assert len(lines) == 5


def test_a_cell_is_read_once_however_often_it_is_painted(qtbot: QtBot) -> None:
    read: list[str] = []

    def name(row: Row) -> str:
        read.append(row[0])
        return row[0]

    made: Table[Row] = Table([Column("Drum", name)])
    qtbot.addWidget(made)
    made.show_rows(ROWS)
    made.show()
    for _ in range(5):
        made.grab()
    assert len(read) <= 2 * len(ROWS)


def test_of_ten_thousand_rows_only_the_first_and_those_that_are_seen_are_read(qtbot: QtBot) -> None:
    read: list[str] = []

    def name(drum: Drum) -> str:
        read.append(drum[0])
        return drum[0]

    made: Table[Drum] = Table([Column("Drum", name), *DRUM_COLUMNS[1:]])
    qtbot.addWidget(made)
    made.show()
    made.show_rows(DRUMS)
    made.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert not made.grab().isNull()
    heaviest = sorted(DRUMS, key=lambda drum: -drum[1])
    assert made.rows_model.rows == tuple(heaviest)
    assert {drum[0] for drum in heaviest[:3]} <= set(read)
    assert len(read) < len(DRUMS) / 10


def test_a_press_on_the_current_row_tells_so_again(table: Table[Row], qtbot: QtBot) -> None:
    told: list[Row] = []
    table.chosen.connect(told.append)
    at = table.visualRect(table.rows_model.index(1, 0)).center()
    for _ in range(2):
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert told == [ROWS[1], ROWS[1]]


def test_a_row_is_selected_when_it_is_told_of(table: Table[Row], qtbot: QtBot) -> None:
    selected: list[tuple[Row, ...]] = []
    table.chosen.connect(lambda _row: selected.append(table.selected_rows()))
    at = table.visualRect(table.rows_model.index(2, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    table.selectRow(0)
    table.choose(lambda row: row[0] == "DRM-2")
    assert selected == [(ROWS[2],), (ROWS[0],), (ROWS[1],)]


def test_rows_are_selected_by_what_they_are(table: Table[Row], qtbot: QtBot) -> None:
    table.select_where(lambda row: row[1] == 9.5)
    assert table.selected_rows() == (ROWS[0], ROWS[3])
    assert table.current_row() == ROWS[0]
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(table, Qt.Key.Key_Down, control)
    table.choose(lambda row: row[0] == "DRM-2")
    assert table.selected_rows() == (ROWS[1],)


@pytest.mark.requirement("WIN-156")
class TestAsText:
    def test_the_whole_table_is_copied_as_it_is_sorted(
        self, qtbot: QtBot, table: Table[Row]
    ) -> None:
        table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        qtbot.keyClick(table, Qt.Key.Key_C, both)
        lines = QGuiApplication.clipboard().text().split("\n")
        assert lines[0] == "Drum\tMass [kg]\tProposal"
        assert [line.split("\t")[0] for line in lines[1:]] == ["DRM-2", "DRM-1", "drm-0", "DRM-3"]

    def test_a_file_holds_what_is_shown_one_line_for_each_row(self, qtbot: QtBot) -> None:
        made: Table[str] = Table([Column("Tag, or lot", lambda row: row)])
        qtbot.addWidget(made)
        made.show_rows(["5.1\n≤ 6.25", 'a "b", c', "=1+1", "−22.2", "-22.2"])
        text = made.as_csv()
        assert text[0] == "\ufeff"
        rows = list(csv.reader(io.StringIO(text[1:], newline="")))
        assert rows == [
            ["Tag, or lot"],
            *([line] for line in ("5.1 ≤ 6.25", 'a "b", c', "'=1+1", "−22.2", "'-22.2")),
        ]

    def test_the_right_button_offers_what_can_be_done(self, table: Table[Row]) -> None:
        offered = {a.text().split("\t")[0]: a.isEnabled() for a in table.text_menu().actions()}
        assert offered == {"Copy": False, "Copy the table": True, "Save the table…": False}
        table.choose(lambda row: row[0] == "DRM-1")
        menu = table.text_menu()
        menu.actions()[0].trigger()
        assert QGuiApplication.clipboard().text().split("\n")[1] == "DRM-1\t9.5\tgood"

    def test_what_is_above_the_table_keeps_it_under_its_name(
        self, qtbot: QtBot, table: Table[Row]
    ) -> None:
        kept: list[tuple[str, str]] = []

        class Keeper(QWidget):
            def keep_table(self, name: str, text: str) -> None:
                kept.append((name, text))

        keeper, between = Keeper(), QWidget()
        qtbot.addWidget(keeper)
        between.setParent(keeper)
        table.setParent(between)
        table.setAccessibleName("Drums of B1")
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        qtbot.keyClick(table, Qt.Key.Key_S, keys)
        assert kept == [("drums-of-b1", table.as_csv())]
        assert table.text_menu().actions()[2].isEnabled()
        table.setParent(None)
