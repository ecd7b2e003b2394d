"""Change points: a list, and the selected one marked over the course of its signal."""

from collections.abc import Sequence
from typing import ClassVar

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.scene import Scene
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
from investigator.desktop.views.comparison_part import ListedPart
from investigator.desktop.widgets.table import Cell, Column
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


class ChangePointsPart(ListedPart[ChangeRow]):
    """The course above, the list beneath, the earliest change first."""

    word: ClassVar[str] = "Change points"
    none: ClassVar[str] = NO_CHANGES
    why_none: ClassVar[str] = AGAIN
    none_listed: ClassVar[str] = NONE_FOUND

    def __init__(self, time: TimeWindow, go: Go) -> None:
        super().__init__(time, go, _COLUMNS)
        self.table.setObjectName("comparison.changes")

    def rows_of(self, result: ReplayResult) -> Sequence[ChangeRow]:
        """The changes, the earliest first."""
        return change_rows(result, self.zone)

    def draw(self, result: ReplayResult, row: ChangeRow) -> None:
        """The signal, with the change marked and how long it lasted."""
        plot = change_plot(result, row.change)
        self.stack.show_plots((plot,) if plot else ())
        self.stack.show_instants((change_mark(row.change),))
        self.stack.show_ribbons((change_ribbon(row, whole_span(result)),))

    def about(self, scene: Scene, result: ReplayResult, row: ChangeRow) -> Inspected:
        """A change with what its interval is made of."""
        return about_change(scene, row, whole_span(result), self.go)
