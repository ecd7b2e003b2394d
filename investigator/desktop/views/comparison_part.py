"""What the parts of the comparison have in common: shown from a scene, told by the inspector."""

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from investigator.desktop.commands import Command
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.comparison_part import Go, replay_of_case
from investigator.desktop.view_models.results import zone_of
from investigator.desktop.widgets.empty import EmptyState
from investigator.domain.results import ReplayResult


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
