"""Buttons of commands: they say why they cannot be pressed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from investigator.desktop.commands import Command


def button(text: str, role: str = "", *, tip: str = "") -> QPushButton:
    """A button.

    Args:
        text: what it does, as a verb.
        role: "primary", "quiet", "link", "sign" for a single sign, or empty for an ordinary one.
        tip: tooltip.
    """
    made = QPushButton(text)
    made.setProperty("role", role)
    made.setToolTip(tip)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    return made


class CommandButton(QPushButton):
    """A button that does a command; where that cannot be done, its tooltip says why."""

    def __init__(self, command: Command, role: str = "") -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setAutoDefault(False)
        self._command = command
        self.show_command(command)
        self.clicked.connect(self._run)

    def show_command(self, command: Command) -> None:
        """Become the button of another command, or of the same one as it is now."""
        self._command = command
        self.setText(command.title)
        self.setEnabled(command.enabled)
        self.setToolTip(command.why_not or command.shortcut)
        shape = Qt.CursorShape.PointingHandCursor if command.enabled else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def _run(self) -> None:
        if self._command.enabled:
            self._command.run()
