"""One tab of the evidence: it shows a scene, offers its commands, and can be gone to.

A part speaks through the view that it is in: requests, what is inspected, where to go.
"""

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.view import View
from investigator.desktop.scene import Scene


class EvidencePart(QWidget):
    """Base of the tabs; subclasses name their `word` and fill `show_scene`.

    Signals:
        wanted(): the person goes to something in here; the tab is to be shown.
    """

    word: ClassVar[str]

    wanted = Signal()

    def __init__(self, view: View) -> None:
        super().__init__()
        self.view = view

    @property
    def title(self) -> str:
        """What stands on the tab; a subclass adds how much there is, or waits."""
        return self.word

    def show_scene(self, scene: Scene) -> None:
        """Show the case as it is now."""
        raise NotImplementedError

    def inspect_current(self) -> None:
        """Tell what the person went to last in here, as it stands now."""

    def commands(self) -> tuple[Command, ...]:
        """What can be done in here."""
        return ()

    def things(self) -> tuple[Thing, ...]:
        """What can be gone to in here."""
        return ()
