"""The ranked list: probability as a bar, title, reason, verdict; brackets at the left edge."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from investigator.desktop.fonts import font
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import GRID, SMALL_PX
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.hypotheses import Bracket, HypothesisRow

_Index = QModelIndex | QPersistentModelIndex
ROW_PX, _TELLING_PX = 62, 18
_LEFT_PX, _RIGHT_PX = 24, 12
_BAR_PX = 132
_ROW = Qt.ItemDataRole.UserRole
_TELLING = Qt.ItemDataRole.UserRole + 1
_AT_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Rows(QAbstractListModel):
    """Frozen rows; of the last of a bracket also how far apart, and the check that would tell."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[HypothesisRow, ...] = ()
        self.telling: dict[str, str] = {}
        self._alike: dict[str, str] = {}

    def show_rows(self, rows: Sequence[HypothesisRow], brackets: Sequence[Bracket]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        ends = [[r.key for r in rows if r.key in b.keys] for b in brackets]
        self.telling = {
            keys[-1]: b.said for keys, b in zip(ends, brackets, strict=True) if keys and b.said
        }
        self._alike = {key: b.words for b in brackets for key in b.keys}
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        read: dict[int, Callable[[], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda: row.title,
            Qt.ItemDataRole.AccessibleTextRole: lambda: f"{row.title}, {row.said}, {row.chip[0]}",
            Qt.ItemDataRole.ToolTipRole: lambda: _tip(row, self._alike.get(row.key, "")),
            _ROW: lambda: row,
            _TELLING: lambda: self.telling.get(row.key, ""),
        }
        return read[role]() if role in read else None


def _tip(row: HypothesisRow, alike: str) -> str:
    branch = f" ({row.category.value})" if row.category else ""
    return "\n".join(filter(None, (f"{row.title}{branch}", row.why, alike)))


class HypothesisList(QListView):
    """The list; any number of rows can be selected.

    Signals:
        chosen(HypothesisRow): the person went to a row.
        selection_changed(): other rows are selected.
        opened(): Enter was pressed, or a row double-clicked.
    """

    chosen = Signal(object)
    selection_changed = Signal()
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows_model = _Rows()
        self._brackets: tuple[Bracket, ...] = ()
        self.setObjectName("hypotheses")
        self.setAccessibleName("Hypotheses")
        self.setModel(self.rows_model)
        self.setItemDelegate(_Painted(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentRowChanged.connect(self._tell)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self.activated.connect(lambda _index: self.opened.emit())

    def show_rows(self, rows: Sequence[HypothesisRow], brackets: Sequence[Bracket]) -> None:
        """Show other rows; what was selected stays selected, in silence."""
        current = self.current()
        kept = {row.key for row in self.selected()}
        was = self.blockSignals(True)
        self.rows_model.show_rows(rows, brackets)
        self._brackets = tuple(brackets)
        self._mark(
            [n for n, row in enumerate(rows) if row.key in kept],
            next((n for n, row in enumerate(rows) if current and row.key == current.key), -1),
        )
        self.blockSignals(was)

    def current(self) -> HypothesisRow | None:
        """The row that the person went to last."""
        place = self.currentIndex().row()
        return self.rows_model.rows[place] if 0 <= place < len(self.rows_model.rows) else None

    def selected(self) -> tuple[HypothesisRow, ...]:
        """All rows that are selected, from above."""
        places = sorted(index.row() for index in self.selectedIndexes())
        return tuple(self.rows_model.rows[place] for place in places)

    def go_to(self, key: str) -> bool:
        """Go to a row and select it alone; whether there is one."""
        for place, row in enumerate(self.rows_model.rows):
            if row.key == key:
                self._mark([place], place)
                return True
        return False

    def select_where(self, wanted: Callable[[HypothesisRow], bool]) -> None:
        """Select every row that is wanted, and go to the first."""
        places = [n for n, row in enumerate(self.rows_model.rows) if wanted(row)]
        self._mark(places, next(iter(places), -1))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The rows, then the brackets over them."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(QPen(QColor(current_theme().ink_soft), 1))
        for bracket in self._brackets:
            self._draw_bracket(painter, bracket)

    def _draw_bracket(self, painter: QPainter, bracket: Bracket) -> None:
        rows = self.rows_model.rows
        places = [n for n, row in enumerate(rows) if row.key in bracket.keys]
        if len(places) < 2:
            return
        middles = [
            self.visualRect(self.rows_model.index(place)).top() + ROW_PX // 2 for place in places
        ]
        painter.drawLine(QPoint(4, middles[0]), QPoint(4, middles[-1]))
        for middle in middles:
            painter.drawLine(QPoint(4, middle), QPoint(10, middle))

    def _mark(self, places: Sequence[int], current: int) -> None:
        """Select these rows and no others, and be at one of them; -1 for at none."""
        flags, marked = QItemSelectionModel.SelectionFlag, QItemSelection()
        for place in places:
            index = self.rows_model.index(place)
            marked.select(index, index)
        self.selectionModel().setCurrentIndex(self.rows_model.index(current), flags.NoUpdate)
        self.selectionModel().select(marked, flags.ClearAndSelect)

    def _tell(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self.rows_model.rows[current.row()])


class _Painted(QStyledItemDelegate):
    """Paints a row: sign and title with the verdict, bar and probability, reason."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        return QSize(0, ROW_PX + (_TELLING_PX if index.data(_TELLING) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        box: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        theme, row = current_theme(), index.data(_ROW)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(theme.accent_wash))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.accent))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.setPen(QColor(theme.line))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(_LEFT_PX, 6, -_RIGHT_PX, 0)
        self._draw_head(painter, row, QRect(inner.left(), inner.top(), inner.width(), 18))
        self._draw_bar(painter, row, QRect(inner.left(), inner.top() + 19, inner.width(), 16))
        why = QRect(inner.left(), inner.top() + 35, inner.width(), 16)
        _line(painter, why, row.why, QColor(theme.ink_soft))
        if telling := index.data(_TELLING):
            _line(painter, why.translated(0, _TELLING_PX), telling, QColor(theme.ink), strong=True)

    @staticmethod
    def _draw_head(painter: QPainter, row: HypothesisRow, box: QRect) -> None:
        theme, (word, tone) = current_theme(), row.chip
        chip = tone.said(word)
        painter.setFont(font(SMALL_PX))
        painter.setPen(QColor(theme.ink_soft if tone is Tone.PLAIN else theme.tone(tone)))
        painter.drawText(box, _AT_RIGHT, chip)
        box = box.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(chip) - GRID, 0)
        painter.setFont(font())
        if row.glyph:
            painter.setPen(QColor(theme.ink_soft))
            painter.drawText(box, _AT_LEFT, row.glyph)
            box = box.adjusted(18, 0, 0, 0)
        painter.setFont(font(semibold=True))
        painter.setPen(QColor(theme.ink))
        text = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _AT_LEFT, text)

    @staticmethod
    def _draw_bar(painter: QPainter, row: HypothesisRow, box: QRect) -> None:
        theme = current_theme()
        painter.setFont(font(SMALL_PX))
        painter.setPen(QColor(theme.ink))
        if row.probability is None:
            painter.setPen(QColor(theme.ink_soft))
            painter.drawText(box, _AT_LEFT, row.said)
            return
        track = QRectF(box.left(), box.center().y() - 2, _BAR_PX, 5)
        painter.fillRect(track, QColor(theme.line))
        filled = QRectF(track.left(), track.top(), track.width() * row.probability, 5)
        painter.fillRect(filled, QColor(theme.ink_soft))
        painter.drawText(box.adjusted(_BAR_PX + GRID, 0, 0, 0), _AT_LEFT, row.said)


def _line(
    painter: QPainter, box: QRect, text: str, colour: QColor, *, strong: bool = False
) -> None:
    painter.setFont(font(SMALL_PX, semibold=strong))
    painter.setPen(colour)
    elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, _AT_LEFT, elided)
