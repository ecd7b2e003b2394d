"""The golden envelope: signals that leave it first, the selected one inside the normal batches."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QTabBar

from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.view_models.comparison_part import Go
from investigator.desktop.view_models.envelope import (
    NEXT_ENVELOPE,
    NO_ENVELOPE,
    CourseRow,
    about_course,
    about_exit,
    comparison_on,
    course_rows,
)
from investigator.desktop.views.comparison_part import ComparisonPart
from investigator.desktop.views.envelope_plot import EnvelopePlot
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.domain.results import ReplayResult
from investigator.domain.toolbox import Axis, BatchComparison


def _first_ms(row: CourseRow) -> int | None:
    return min((e.span.start_ms for e in row.course.exits), default=None)


_COLUMNS: tuple[Column[CourseRow], ...] = (
    Column("Signal", lambda r: r.course.title, width=-1),
    Column("Leaves", lambda r: Cell(str(r.exits), -r.exits), numeric=True, width=64),
    Column("First", lambda r: Cell(r.first, _first_ms(r)), width=64),
    Column(
        "Farthest",
        lambda r: Cell(r.said, None if r.farthest is None else -r.farthest),
        "limits",
        numeric=True,
        width=104,
        tip="Largest departure in multiples of the limit for a further normal batch",
    ),
    Column("Unit", lambda r: "" if r.course.unit == "-" else r.course.unit, width=72),
)


class EnvelopePart(ComparisonPart):
    """Plot above, signals beneath, the axis to be chosen."""

    word: ClassVar[str] = "Envelope"
    none: ClassVar[str] = NO_ENVELOPE
    why_none: ClassVar[str] = NEXT_ENVELOPE

    def __init__(self, time: TimeWindow, go: Go) -> None:
        super().__init__(time, go)
        self.axes, self.plot, self.table = QTabBar(), EnvelopePlot(), Table(_COLUMNS)
        self._at: int | None = None
        self._lay_out()
        self.axes.currentChanged.connect(self._turn)
        self.table.chosen.connect(self._choose)
        self.plot.chosen.connect(self._choose_position)

    @property
    def shown(self) -> BatchComparison | None:
        """The comparison on the axis that is chosen."""
        return comparison_on(self.result, tuple(Axis)[self.axes.currentIndex()])

    def show_result(self, result: ReplayResult | None) -> bool:
        """Show another comparison, the signal that leaves farthest selected."""
        self._show_axis()
        return bool(result and result.toolbox and result.toolbox.comparisons)

    def tell_selected(self) -> None:
        """Tell the signal, or the exit that was pressed on."""
        row, shown = self.table.current_row(), self.shown
        if row is None or shown is None or self.scene is None or self.result is None:
            return
        if self._at is None:
            self.inspected.emit(about_course(self.scene, self.result, shown, row, self.go))
        else:
            told = about_exit(self.scene, self.result, shown, row, self._at, self.go)
            self.inspected.emit(told)

    def _turn(self, _place: int) -> None:
        self._show_axis()
        self.tell_selected()

    def _show_axis(self) -> None:
        """The signals on the axis that is chosen; the one that was selected stays so."""
        shown = self.shown
        rows = course_rows(shown, self.zone) if shown else ()
        self.table.show_rows(rows, keep=lambda row: row.course.channel)
        if self.table.current_row() is None:
            self.table.choose(lambda _row: True, tell=False)
        self._show_course()

    def _show_course(self) -> None:
        row, self._at = self.table.current_row(), None
        self.plot.show_course(self.shown, row.course if row else None, self.zone)

    def _choose(self, _row: CourseRow) -> None:
        self._show_course()
        self.tell_selected()

    def _choose_position(self, at: int) -> None:
        self._at = at
        self.tell_selected()

    def _lay_out(self) -> None:
        self.table.setObjectName("comparison.envelope")
        self.table.setAccessibleName("Signals beside normal batches")
        self.axes.setObjectName("comparison.axis")
        self.axes.setDrawBase(False)
        self.axes.setExpanding(False)
        for axis in Axis:
            self.axes.addTab(axis.value.capitalize())
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.plot)
        split.addWidget(self.table)
        split.setSizes([360, 240])
        split.setChildrenCollapsible(False)
        self.hold((self.axes, 0), (split, 1))
