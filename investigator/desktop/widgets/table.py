"""Tables of frozen rows: unit in the head, numbers at the right, sortable, copied as they stand.

- A row is any frozen value; columns say how it is read into cells.
- A sort keeps the order of rows that are equal, and what was selected stays selected.
- Ctrl+C copies the selected rows with their heads, divided by tabs, Ctrl+Shift+C all rows;
  Ctrl+Shift+S writes all to a file (CSV). The menu of the right button offers the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from investigator.desktop.fonts import font
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import SMALL_PX
from investigator.desktop.tone import Tone
from investigator.desktop.widgets.table_text import comma_divided, keeper_of, tab_divided

R = TypeVar("R")
_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
ROW_PX = 26
_MEASURED_ROWS, _SORT_SIGN_PX, _PAD_PX = 200, 12, 9
COPY_ALL, SAVE = QKeySequence("Ctrl+Shift+C"), QKeySequence("Ctrl+Shift+S")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: as it is to be read, with significant digits already chosen.
        order: what the column sorts by, of one type in a column; None sorts last, and where it is
            not given the text is.
        tone: colours the text; the glyph stands beside it.
        tip: tooltip.
    """

    text: str
    order: Any = ...
    tone: Tone = Tone.PLAIN
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column.

    Attributes:
        title: head of the column.
        read: the cell of a row; a plain string is a cell that sorts by its text.
        unit: shown in the head, never in the cells.
        numeric: at the right.
        width: in pixels; 0 for as wide as its first rows, -1 for what is left over.
        tip: tooltip of the head.
    """

    title: str
    read: Callable[[R], Cell | str]
    unit: str = ""
    numeric: bool = False
    width: int = 0
    tip: str = ""

    @property
    def head(self) -> str:
        """Title and unit."""
        return f"{self.title} [{self.unit}]" if self.unit else self.title

    def cell(self, row: R) -> Cell:
        """The cell of a row."""
        made = self.read(row)
        return Cell(made) if isinstance(made, str) else made


class RowsModel(QAbstractTableModel, Generic[R]):
    """Frozen rows behind columns."""

    def __init__(self, columns: Sequence[Column[R]]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: tuple[R, ...] = ()
        self._cells: dict[tuple[int, int], Cell] = {}
        self._given: tuple[R, ...] = ()
        self._sort: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show other rows in the order that was chosen last."""
        self.beginResetModel()
        self._given = tuple(rows)
        self.rows, self._cells = self._sorted(), {}
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One aspect of a cell."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.numeric else _LEFT
        if role not in _CELL_ROLES:
            return None
        return _CELL_ROLES[role](self._cell(index.row(), index.column()))

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Title and unit of a column."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        answer = _HEAD_ROLES.get(role)
        return None if answer is None else answer(self.columns[section])

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column; -1 gives the order in which they came."""
        self.layoutAboutToBeChanged.emit()
        before, old = self.persistentIndexList(), self.rows
        self._sort = (column, order)
        self.rows, self._cells = self._sorted(), {}
        place = {id(row): k for k, row in enumerate(self.rows)}
        after = [self.index(place[id(old[i.row()])], i.column()) for i in before]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _cell(self, row: int, column: int) -> Cell:
        """A cell is read once, however often it is painted."""
        made = self._cells.get((row, column))
        if made is None:
            made = self._cells[row, column] = self.columns[column].cell(self.rows[row])
        return made

    def _sorted(self) -> tuple[R, ...]:
        column, order = self._sort
        if not 0 <= column < len(self.columns):
            return self._given
        keyed = [(_order_of(self.columns[column].cell(row)), row) for row in self._given]
        known = [pair for pair in keyed if pair[0] is not None]
        known.sort(key=lambda pair: pair[0], reverse=order is Qt.SortOrder.DescendingOrder)
        return tuple(row for _, row in known + [pair for pair in keyed if pair[0] is None])


def _order_of(cell: Cell) -> Any:
    return cell.text.casefold() if cell.order is ... else cell.order


def _width(metrics: QFontMetrics, text: str) -> int:
    return max(metrics.horizontalAdvance(line) for line in text.split("\n"))


def _colour(cell: Cell) -> QColor | None:
    return None if cell.tone is Tone.PLAIN else QColor(current_theme().tone(cell.tone))


_HEAD_ROLES: dict[int, Callable[[Column[Any]], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda column: column.head,
    Qt.ItemDataRole.ToolTipRole: lambda column: column.tip or None,
    Qt.ItemDataRole.TextAlignmentRole: lambda column: _RIGHT if column.numeric else _LEFT,
}
_CELL_ROLES: dict[int, Callable[[Cell], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda cell: cell.tone.said(cell.text),
    Qt.ItemDataRole.ForegroundRole: _colour,
    Qt.ItemDataRole.ToolTipRole: lambda cell: cell.tip or None,
}


class _InTone(QStyledItemDelegate):
    """Keeps the colour of a tone where the row is selected."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: N802
        super().initStyleOption(option, index)
        colour = index.data(Qt.ItemDataRole.ForegroundRole) or QColor(current_theme().ink)
        palette: QPalette = option.palette  # type: ignore[attr-defined]
        palette.setColor(QPalette.ColorRole.HighlightedText, colour)


class Table(QTableView, Generic[R]):
    """The table; one row at a time is chosen.

    Signals:
        chosen(row): the person went to a row, or pressed on it again.
        opened(row): the person pressed Enter on a row or double-clicked it.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, columns: Sequence[Column[R]], *, many: bool = False) -> None:
        """Make an empty table; with `many`, more than one row can be selected."""
        super().__init__()
        self.rows_model = RowsModel(columns)
        self.setModel(self.rows_model)
        self._dress(many)
        self._lay_columns()
        self._untold = False
        self.selectionModel().currentRowChanged.connect(self._go_on)
        self.selectionModel().selectionChanged.connect(self._tell_chosen)
        self.activated.connect(self._tell_opened)

    def show_rows(self, rows: Sequence[R], *, keep: Callable[[R], Any] | None = None) -> None:
        """Show other rows.

        Args:
            rows: frozen values, in the order that they have without a sort.
            keep: name of a row; the row of the same name stays the current one, in silence.
        """
        name = keep(self.current_row()) if keep and self.current_row() is not None else None
        self.rows_model.show_rows(rows)
        self._fit_columns()
        if keep and name is not None:
            self.choose(lambda row: keep(row) == name, tell=False)

    def current_row(self) -> Any:
        """The row that the person went to last; None for none."""
        place = self.currentIndex().row()
        return self.rows_model.rows[place] if 0 <= place < len(self.rows_model.rows) else None

    def selected_rows(self) -> tuple[R, ...]:
        """All rows that are selected, from above."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self.rows_model.rows[place] for place in places)

    def choose(self, wanted: Callable[[R], bool], *, tell: bool = True) -> bool:
        """Go to the first row that is wanted; whether there is one."""
        for place, row in enumerate(self.rows_model.rows):
            if wanted(row):
                was = self.blockSignals(not tell)
                self._go_to(place)
                self.blockSignals(was)
                return True
        return False

    def select_where(self, wanted: Callable[[R], bool]) -> None:
        """Select all rows that are wanted, and go to the first; where many can be selected."""
        rows, flag = self.rows_model.rows, QItemSelectionModel.SelectionFlag
        places = [place for place, row in enumerate(rows) if wanted(row)]
        if places:
            self._go_to(places[0])
        for place in places[1:]:
            index = self.rows_model.index(place, 0)
            self.selectionModel().select(index, flag.Select | flag.Rows)

    def copied(self) -> str:
        """The selected rows with their heads, divided by tabs, as Ctrl+C copies them."""
        return tab_divided(self._lines(self.selected_rows()))

    def as_csv(self) -> str:
        """All rows with their heads, in the order that is seen, divided by commas."""
        return comma_divided(self._lines(self.rows_model.rows))

    def copy_selected(self) -> None:
        """Put the selected rows on the clipboard."""
        QGuiApplication.clipboard().setText(self.copied())

    def copy_all(self) -> None:
        """Put all rows on the clipboard."""
        QGuiApplication.clipboard().setText(tab_divided(self._lines(self.rows_model.rows)))

    def save(self) -> None:
        """Write all rows to a file, where something above the table keeps tables."""
        keeper = keeper_of(self)
        if keeper is not None:
            name = self.accessibleName() or "table"
            keeper.keep_table(name.casefold().replace(" ", "-"), self.as_csv())

    def text_menu(self) -> QMenu:
        """What can be done with the table as text."""
        menu, rows = QMenu(self), self.rows_model.rows
        copy = QKeySequence(QKeySequence.StandardKey.Copy)
        for title, keys, do, offered in (
            ("Copy", copy, self.copy_selected, bool(self.selected_rows())),
            ("Copy the table", COPY_ALL, self.copy_all, bool(rows)),
            ("Save the table…", SAVE, self.save, bool(rows) and keeper_of(self) is not None),
        ):
            action = menu.addAction(f"{title}\t{keys.toString()}")
            action.triggered.connect(lambda _checked=False, do=do: do())
            action.setEnabled(offered)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """The right button offers to copy and to save."""
        self.text_menu().popup(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A press on the row that one is on already tells so again."""
        before = self.currentIndex().row()
        super().mousePressEvent(event)
        place = self.indexAt(event.position().toPoint()).row()
        if place == before and 0 <= place < len(self.rows_model.rows):
            self.chosen.emit(self.rows_model.rows[place])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl+C copies whole rows, Ctrl+Shift+C all of them, Ctrl+Shift+S writes a file."""
        keys = QKeySequence(event.keyCombination())
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
        elif keys == COPY_ALL:
            self.copy_all()
        elif keys == SAVE:
            self.save()
        else:
            super().keyPressEvent(event)

    def _lines(self, rows: Sequence[R]) -> list[list[str]]:
        columns = self.rows_model.columns
        heads = [column.head for column in columns]
        return [heads, *([column.cell(row).text for column in columns] for row in rows)]

    def _dress(self, many: bool) -> None:
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_InTone(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def _lay_columns(self) -> None:
        header = self.horizontalHeader()
        header.setFixedHeight(ROW_PX)
        for place, column in enumerate(self.rows_model.columns):
            if column.width > 0:
                self.setColumnWidth(place, column.width)
            elif column.width < 0:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    def _fit_columns(self) -> None:
        """Once for each set of rows; a header that does so by itself measures at every paint."""
        heads, cells = QFontMetrics(font(SMALL_PX)), QFontMetrics(font())
        shown = self.rows_model.rows[:_MEASURED_ROWS]
        for place, column in enumerate(self.rows_model.columns):
            if column.width == 0:
                texts = [column.cell(row) for row in shown]
                widths = [_width(cells, cell.tone.said(cell.text)) for cell in texts]
                head = heads.horizontalAdvance(column.head) + _SORT_SIGN_PX
                self.setColumnWidth(place, max(head, *widths, 0) + 2 * _PAD_PX)

    def _go_to(self, place: int) -> None:
        """Select one row alone, whatever keys are held down at the moment."""
        flag = QItemSelectionModel.SelectionFlag
        index = self.rows_model.index(place, 0)
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)

    def _go_on(self, current: QModelIndex, _before: QModelIndex) -> None:
        self._untold = current.isValid()
        self._tell_chosen()

    def _tell_chosen(self, *_change: Any) -> None:
        """Told once the row is selected too: with the mouse it is current before that."""
        row = self.currentIndex().row()
        if self._untold and self.selectionModel().isRowSelected(row, QModelIndex()):
            self._untold = False
            self.chosen.emit(self.rows_model.rows[row])

    def _tell_opened(self, index: QModelIndex) -> None:
        self.opened.emit(self.rows_model.rows[index.row()])
