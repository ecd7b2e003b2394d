"""What the parts of the impact have in common: a tab, shown from a scene, told by the inspector."""

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from investigator.desktop.commands import Command
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.impact_part import MISSING, Go
from investigator.desktop.widgets.empty import EmptyState


class ImpactPart(QWidget):
    """One tab of the impact.

    Signals:
        inspected(Inspected | None): something of it was selected.
    """

    word: ClassVar[str]
    none: ClassVar[str]
    inspected = Signal(object)

    def __init__(self, go: Go) -> None:
        super().__init__()
        self.go = go
        self.scene: Scene | None = None
        self._empty = EmptyState(self.none, MISSING)

    def show_scene(self, scene: Scene) -> None:
        """Show the impact of the case; whatever can be told of it."""
        raise NotImplementedError

    def tell_selected(self) -> None:
        """Tell what is selected in it."""

    def offer(self, again: Command) -> None:
        """What is offered where the impact does not tell this."""
        self._empty.show_empty(self.none, MISSING, again)

    def hold(self, page: QWidget) -> None:
        """Take the page that is shown while there is something to show."""
        self._pages = QStackedLayout(self)
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)

    def show_something(self, there_is: bool) -> None:
        """Show the page, or why there is none."""
        self._pages.setCurrentIndex(0 if there_is else 1)

    @property
    def is_empty(self) -> bool:
        """Whether the impact tells nothing of this."""
        return self._pages.currentIndex() == 1


def page_of(*rows: tuple[QWidget, int], inner: bool = False) -> QWidget:
    """Widgets above each other, each with its share of the room; `inner`: within another page."""
    page = QWidget()
    column = QVBoxLayout(page)
    side = 0 if inner else 2 * GRID
    column.setContentsMargins(side, GRID // 2, side, GRID)
    column.setSpacing(GRID // 2)
    for widget, stretch in rows:
        column.addWidget(widget, stretch)
    return page
