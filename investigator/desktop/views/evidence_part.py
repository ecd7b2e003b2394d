"""One tab of the evidence: it shows a scene, offers its commands, and can be gone to.

A part speaks through the view that it is in: requests, what is inspected, where to go.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.view import View
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID


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


def page_of(
    note: QWidget, buttons: Mapping[str, QWidget], parts: Sequence[tuple[QWidget, int]]
) -> QWidget:
    """A note with its buttons over parts, each with its stretch, that the person can shift."""
    page, bar, split = QWidget(), QHBoxLayout(), QSplitter(Qt.Orientation.Vertical)
    bar.setSpacing(GRID)
    bar.addWidget(note, 1)
    for name, button in buttons.items():
        button.setObjectName(name)
        bar.addWidget(button)
    for place, (part, stretch) in enumerate(parts):
        split.addWidget(part)
        split.setStretchFactor(place, stretch)
    split.setChildrenCollapsible(False)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, GRID, 0, 0)
    column.setSpacing(GRID)
    column.addLayout(bar)
    column.addWidget(split, 1)
    return page
