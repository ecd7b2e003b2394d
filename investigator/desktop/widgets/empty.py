"""What a view shows while there is nothing to show: what is missing and what to do next."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from investigator.desktop.commands import Command
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.labels import label


class EmptyState(QWidget):
    """Title, a sentence on what to do next, and the command that does it."""

    def __init__(self, title: str, next_step: str, command: Command | None = None) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setSpacing(GRID)
        self._title, self._next = label(title, "title"), label(next_step, "soft")
        self._button: CommandButton | None = None
        self._column.addStretch(2)
        for text in (self._title, self._next):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._column.addWidget(text)
        self._column.addSpacing(GRID)
        self._column.addStretch(3)
        self.show_empty(title, next_step, command)

    def show_empty(self, title: str, next_step: str, command: Command | None = None) -> None:
        """Say something else."""
        self._title.setText(title)
        self._next.setText(next_step)
        if self._button is not None:
            self._button.hide()
            self._button.deleteLater()
            self._button = None
        if command is not None:
            self._button = CommandButton(command, "primary")
            centre = Qt.AlignmentFlag.AlignHCenter
            self._column.insertWidget(self._column.count() - 1, self._button, 0, centre)
