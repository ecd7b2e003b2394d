"""Beside the pages: how the report stands, what it still needs, its outline, its signatures."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from investigator.desktop.commands import Command
from investigator.desktop.frame.state import Mark
from investigator.desktop.pdf_pages import Bookmark
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.report_readiness import GLYPHS, Point, Standing
from investigator.desktop.views.report_signatures import SignaturePanel
from investigator.desktop.widgets.buttons import CommandButton, button
from investigator.desktop.widgets.labels import (
    ElidedLabel,
    clear_layout,
    label,
    line_label,
    set_tone,
)

_TONES = {Mark.DONE: Tone.GOOD, Mark.OPEN: Tone.WARN, Mark.STALE: Tone.WARN}
_ROW_PX = 20
_NOTHING = Command("report.none", "", lambda: None)


class Points(QWidget):
    """What the report needs, one line each.

    Signals:
        gone_to(Point): the person wants to see to it.
    """

    gone_to = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("points")
        self._shown: tuple[Point, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnStretch(2, 1)

    def show_points(self, points: Sequence[Point]) -> None:
        """Show how the points stand now."""
        if tuple(points) == self._shown:
            return
        self._shown = tuple(points)
        clear_layout(self._grid)
        for place, point in enumerate(points):
            glyph = line_label(GLYPHS[point.mark])
            glyph.setProperty("tone", _TONES[point.mark].value)
            glyph.setFixedWidth(2 * GRID)
            link = button(point.title, "link", tip=f"Go to {point.place.label}")
            link.clicked.connect(lambda _checked=False, point=point: self.gone_to.emit(point))
            self._grid.addWidget(glyph, place, 0)
            self._grid.addWidget(link, place, 1)
            words = ElidedLabel(point.words, "soft")
            words.setToolTip(point.tip or point.words)
            self._grid.addWidget(words, place, 2)


class Outline(QTreeWidget):
    """The headings of the report with their pages.

    Signals:
        gone_to(Bookmark): the person wants to read under this heading.
    """

    gone_to = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("outline")
        self.setAccessibleName("Outline of the report")
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(True)
        self.setIndentation(2 * GRID)
        self.setUniformRowHeights(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.itemClicked.connect(self._tell)
        self.itemActivated.connect(self._tell)

    def show_bookmarks(self, bookmarks: Sequence[Bookmark]) -> None:
        """Show the headings of another document."""
        self.clear()
        sections: list[QTreeWidgetItem] = []
        for mark in bookmarks:
            item = QTreeWidgetItem([mark.title, f"{mark.page + 1}"])
            item.setData(0, Qt.ItemDataRole.UserRole, mark)
            item.setToolTip(0, mark.title)
            item.setSizeHint(0, QSize(0, _ROW_PX))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if mark.level and sections:
                sections[-1].addChild(item)
            else:
                self.addTopLevelItem(item)
                sections.append(item)

    def mark_page(self, page: int) -> None:
        """Mark the section that stands on a page, in silence."""
        last = None
        for place in range(self.topLevelItemCount()):
            item = self.topLevelItem(place)
            if item is not None and item.data(0, Qt.ItemDataRole.UserRole).page <= page:
                last = item
        if last is not None and self.currentItem() is not last:
            self.setCurrentItem(last)

    def _tell(self, item: QTreeWidgetItem, _column: int) -> None:
        self.gone_to.emit(item.data(0, Qt.ItemDataRole.UserRole))


class ReportPanel(QFrame):
    """All that stands beside the pages; buttons show the commands that they are given."""

    def __init__(self) -> None:
        super().__init__()
        self._standing, self._outline_head = label(""), label("Outline", "small")
        self._standing.setObjectName("standing")
        self.points, self.outline, self.signatures = Points(), Outline(), SignaturePanel()
        self.buttons = {
            name: CommandButton(_NOTHING) for name in ("issue", "save", "sign", "return", "close")
        }
        for name, made in self.buttons.items():
            made.setObjectName(name)
        self.why_not = label("", "small")
        self.why_not.setObjectName("why-not")
        self._lay_out()
        self._outline_head.hide()

    def show_standing(self, standing: Standing) -> None:
        """Say how the report stands; what it needs is listed while none is in force."""
        self._standing.setText(standing.said)
        set_tone(self._standing, standing.tone)
        self.points.setVisible(not standing.in_force)

    def show_command(self, name: str, command: Command, role: str = "") -> None:
        """Let a button do a command."""
        self.buttons[name].show_command(command)
        if self.buttons[name].property("role") != role:
            self.buttons[name].setProperty("role", role)
            self.buttons[name].style().unpolish(self.buttons[name])
            self.buttons[name].style().polish(self.buttons[name])

    def show_bookmarks(self, bookmarks: Sequence[Bookmark]) -> None:
        """Show the headings of another document."""
        self.outline.show_bookmarks(bookmarks)
        self._outline_head.setVisible(bool(bookmarks))

    def show_why_not(self, sentence: str) -> None:
        """Say beneath the buttons why what comes next cannot be done."""
        self.why_not.setText(sentence)
        self.why_not.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 0, GRID)
        column.setSpacing(GRID)
        column.addWidget(self._standing)
        column.addWidget(self.points)
        column.addLayout(self._row("issue", "save"))
        column.addWidget(self._outline_head)
        column.addWidget(self.outline, 1)
        column.addWidget(label("Signatures", "small"))
        column.addWidget(self._scrolled(self.signatures))
        column.addLayout(self._row("sign", "return", "close"))
        column.addWidget(self.why_not)

    def _row(self, *names: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for name in names:
            row.addWidget(self.buttons[name])
        row.addStretch(1)
        return row

    def _scrolled(self, widget: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedHeight(18 * GRID)
        area.setWidget(widget)
        return area
