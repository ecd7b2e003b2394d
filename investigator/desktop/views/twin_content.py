"""What the package of the selected twin holds: a tab each; only the one that is seen is filled."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QTabWidget, QWidget

from investigator.casework.twin_choice import TwinStanding
from investigator.casework.twin_details import TwinDetails
from investigator.desktop.commands import Command
from investigator.desktop.views.twin_part import TwinPart, page
from investigator.desktop.views.twin_parts import LimitsPart, ModesPart, ParametersPart, UsePart
from investigator.desktop.views.twin_validation import ValidationPart
from investigator.desktop.widgets.empty import EmptyState

READING = ("Reading the package", "Its files are compared with their digests first.")
_UNREADABLE = "The package cannot be read"


class TwinContent(QWidget):
    """The tabs, or why there is nothing to show.

    Signals:
        inspected(Inspected): something in here was selected.
    """

    inspected = Signal(object)

    def __init__(self, save: Command) -> None:
        super().__init__()
        self._shown: tuple[TwinDetails, TwinStanding] | None = None
        self.use, self.validation = UsePart(), ValidationPart(save)
        self.limits, self.parameters, self.modes = LimitsPart(), ParametersPart(), ModesPart()
        self.tabs, self._empty = QTabWidget(), EmptyState(*READING)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for part in self.parts:
            self.tabs.addTab(part, part.word)
            part.inspected.connect(self.inspected)
        self.tabs.currentChanged.connect(lambda _place: self._fill())
        self._stack = QStackedLayout(self)
        self._stack.addWidget(page(self.tabs))
        self._stack.addWidget(self._empty)

    @property
    def parts(self) -> tuple[TwinPart, ...]:
        """All tabs, in order."""
        return self.use, self.validation, self.limits, self.parameters, self.modes

    def show_details(self, details: TwinDetails, standing: TwinStanding) -> None:
        """Show the content of another package, or how it stands now."""
        if self._shown != (details, standing):
            self._shown = (details, standing)
            self._fill()
        self._stack.setCurrentIndex(0)

    def show_reading(self) -> None:
        """Say that the package is being read."""
        self._empty.show_empty(*READING)
        self._stack.setCurrentIndex(1)

    def show_refusal(self, sentence: str, again: Command) -> None:
        """Say why there is nothing to show, and offer to read it again."""
        self._empty.show_empty(_UNREADABLE, sentence, again)
        self._stack.setCurrentIndex(1)

    def show_part(self, part: TwinPart) -> None:
        """Go to one of the tabs."""
        self.tabs.setCurrentWidget(part)

    def _fill(self) -> None:
        if self._shown is not None:
            self.parts[self.tabs.currentIndex()].show_details(*self._shown)
