"""What the further tabs of the hypotheses have in common: shown from a scene, told by the
inspector."""

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from investigator.desktop.commands import Command
from investigator.desktop.scene import Scene


class HypothesisTab(QWidget):
    """One tab beside the ranking.

    Signals:
        inspected(Inspected | None): something of it was selected.
        act_requested(object): an act, or a request, to be carried out.
        go_requested(object): another place is to be shown.
        commands_changed(): what it offers is other than before.
    """

    word: ClassVar[str]
    inspected = Signal(object)
    act_requested = Signal(object)
    go_requested = Signal(object)
    commands_changed = Signal()

    def show_scene(self, scene: Scene, cause: str) -> None:
        """Show what it tells of the case; `cause`: id of the hypothesis gone to, empty for none."""
        raise NotImplementedError

    def commands(self) -> tuple[Command, ...]:
        """What it offers."""
        return ()

    def tell_selected(self) -> None:
        """Tell what is selected in it."""
