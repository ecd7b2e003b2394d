"""What the parts of the comparison have in common: shown from a scene, told by the inspector."""

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from investigator.desktop.commands import Command
from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.plots.stack import PlotStack
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.comparison_part import Go, replay_of_case
from investigator.desktop.view_models.results import zone_of
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import ElidedLabel
from investigator.desktop.widgets.table import Column, Table
from investigator.domain.results import ReplayResult

R = TypeVar("R")
_COURSES_PX, _LIST_PX = 320, 270


class ComparisonPart(QWidget):
    """One of the four; subclasses name `word`, `none` and `why_none` and fill `show_result`.

    Signals:
        inspected(Inspected | None): something of it was selected.
    """

    word: ClassVar[str]
    none: ClassVar[str]
    why_none: ClassVar[str]
    inspected = Signal(object)

    def __init__(self, time: TimeWindow, go: Go) -> None:
        super().__init__()
        self.time, self.go = time, go
        self.scene: Scene | None = None
        self.result: ReplayResult | None = None
        self._empty = EmptyState(self.none, self.why_none)
        self._pages = QStackedLayout(self)

    @property
    def zone(self) -> str:
        """The zone in which times are told."""
        return zone_of(self.scene) if self.scene else "UTC"

    def show_scene(self, scene: Scene) -> None:
        """Show what the replay of the case tells of it; painted anew only for another replay."""
        self.scene, result = scene, replay_of_case(scene)
        if result is not self.result:
            self.result = result
            self._pages.setCurrentIndex(0 if self.show_result(result) else 1)

    def show_result(self, result: ReplayResult | None) -> bool:
        """Show another replay; whether it tells anything of this."""
        raise NotImplementedError

    def tell_selected(self) -> None:
        """Tell what is selected in it."""

    @property
    def is_empty(self) -> bool:
        """Whether the replay tells nothing of this."""
        return self._pages.currentIndex() == 1

    def offer(self, again: Command) -> None:
        """What is offered where the replay does not tell this."""
        self._empty.show_empty(self.none, self.why_none, again)

    def hold(self, *rows: tuple[QWidget, int]) -> None:
        """Take what is shown while there is something to show: widgets above each other, each
        with its share of the room."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for widget, stretch in rows:
            column.addWidget(widget, stretch)
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)


class ListedPart(ComparisonPart, Generic[R]):
    """Rows of the replay in a list, and the courses of the selected one above it.

    Subclasses name `none_listed`, which stands where the list is empty, and fill the three methods
    below.
    """

    none_listed: ClassVar[str]

    def __init__(self, time: TimeWindow, go: Go, columns: Sequence[Column[R]]) -> None:
        super().__init__(time, go)
        self.stack, self.table = PlotStack(time), Table(columns)
        self._note = ElidedLabel(self.none_listed, "soft")
        self.table.setAccessibleName(self.word)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.stack)
        split.addWidget(self.table)
        split.setSizes([_COURSES_PX, _LIST_PX])
        split.setChildrenCollapsible(False)
        self.hold((self._note, 0), (split, 1))
        self.table.chosen.connect(self._choose)
        self.stack.span_chosen.connect(lambda _span: self.tell_selected())
        self.stack.plot_chosen.connect(lambda _plot: self.tell_selected())

    def rows_of(self, result: ReplayResult) -> Sequence[R]:
        """The rows of a replay, the one to be selected first."""
        raise NotImplementedError

    def draw(self, result: ReplayResult, row: R) -> None:
        """Draw the courses of a row."""
        raise NotImplementedError

    def about(self, scene: Scene, result: ReplayResult, row: R) -> Inspected:
        """What the inspector tells of a row."""
        raise NotImplementedError

    def show_result(self, result: ReplayResult | None) -> bool:
        """Show the rows of another replay, the first selected."""
        rows = self.rows_of(result) if result else ()
        self.table.show_rows(rows)
        self._note.setVisible(not rows)
        self.stack.show_plots(())
        self.stack.show_ribbons(())
        self.stack.show_instants(())
        if result and rows:
            self.table.choose(lambda _row: True, tell=False)
            self.draw(result, rows[0])
        return result is not None and result.toolbox is not None

    def tell_selected(self) -> None:
        """Tell the row that is gone to."""
        row = self.table.current_row()
        if row is not None and self.scene is not None and self.result is not None:
            self.inspected.emit(self.about(self.scene, self.result, row))

    def _choose(self, row: R) -> None:
        if self.result is not None:
            self.draw(self.result, row)
            self.tell_selected()
