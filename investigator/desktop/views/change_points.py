"""Change points: a list, and the selected one marked over the course of its signal."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from investigator.desktop.plots.stack import PlotStack
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.view_models.change_points import (
    NO_CHANGES,
    NONE_FOUND,
    ChangeRow,
    about_change,
    change_mark,
    change_plot,
    change_ribbon,
    change_rows,
)
from investigator.desktop.view_models.comparison_part import AGAIN, Go, whole_span
from investigator.desktop.views.comparison_part import ComparisonPart
from investigator.desktop.widgets.labels import ElidedLabel
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.domain.results import ReplayResult

_COLUMNS: tuple[Column[ChangeRow], ...] = (
    Column("Changed", lambda r: Cell(r.onset, r.change.onset_ms), width=76),
    Column("95 % interval", lambda r: Cell(r.interval, r.change.onset_95.start_ms), width=104),
    Column("Went back", lambda r: Cell(r.back, r.change.end_ms), width=84),
    Column("Signal", lambda r: Cell(r.change.title, tip=r.change.words), width=-1),
    Column("Size", lambda r: Cell(r.size, abs(r.change.size)), numeric=True, width=104),
    Column(
        "Gain / usual",
        lambda r: Cell(r.gain, r.change.gain / r.change.usual_gain),
        numeric=True,
        width=104,
        tip="Log-likelihood gain, and the one that normal batches reach",
    ),
)


class ChangePointsPart(ComparisonPart):
    """The course above, the list beneath."""

    word: ClassVar[str] = "Change points"
    none: ClassVar[str] = NO_CHANGES
    why_none: ClassVar[str] = AGAIN

    def __init__(self, time: TimeWindow, go: Go) -> None:
        super().__init__(time, go)
        self.stack, self.table = PlotStack(time), Table(_COLUMNS)
        self._note = ElidedLabel(NONE_FOUND, "soft")
        self._lay_out()
        self.table.chosen.connect(self._choose)
        self.stack.span_chosen.connect(lambda _span: self.tell_selected())
        self.stack.plot_chosen.connect(lambda _plot: self.tell_selected())

    def show_result(self, result: ReplayResult | None) -> bool:
        """Show the changes of another replay, the earliest selected."""
        rows = change_rows(result, self.zone) if result else ()
        self.table.show_rows(rows)
        self._note.setVisible(not rows)
        self.stack.show_plots(())
        self.stack.show_ribbons(())
        self.stack.show_instants(())
        if rows:
            self.table.choose(lambda _row: True, tell=False)
            self._show(rows[0])
        return result is not None and result.toolbox is not None

    def tell_selected(self) -> None:
        """Tell the change that is gone to."""
        row = self.table.current_row()
        if row is not None and self.scene is not None and self.result is not None:
            self.inspected.emit(about_change(self.scene, row, whole_span(self.result), self.go))

    def _choose(self, row: ChangeRow) -> None:
        self._show(row)
        self.tell_selected()

    def _show(self, row: ChangeRow) -> None:
        if self.result is None:
            return
        plot = change_plot(self.result, row.change)
        self.stack.show_plots((plot,) if plot else ())
        self.stack.show_instants((change_mark(row.change),))
        self.stack.show_ribbons((change_ribbon(row, whole_span(self.result)),))

    def _lay_out(self) -> None:
        self.table.setObjectName("comparison.changes")
        self.table.setAccessibleName("Change points")
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.stack)
        split.addWidget(self.table)
        split.setSizes([320, 260])
        split.setChildrenCollapsible(False)
        self.hold((self._note, 0), (split, 1))
