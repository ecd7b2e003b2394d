"""One tab of what a twin package holds: it shows the content, and tells what is selected in it."""

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from investigator.casework.twin_choice import TwinStanding
from investigator.casework.twin_details import TwinDetails
from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.widgets.table import Table


class TwinPart(QWidget):
    """Base of the tabs; subclasses name their `word` and fill `show_details`.

    Signals:
        inspected(Inspected): something in here was selected.
    """

    word: ClassVar[str]

    inspected = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.details: TwinDetails | None = None

    def show_details(self, details: TwinDetails, standing: TwinStanding) -> None:
        """Show the content of another package, or how it stands now."""
        raise NotImplementedError

    def tell(
        self, table: Table[Any], about: Callable[[Any, TwinDetails], Inspected], name: str
    ) -> None:
        """Let what is selected in a table be told; `name` is how a test finds the table."""
        table.setObjectName(name)

        def told(row: object) -> None:
            if self.details is not None:
                self.inspected.emit(about(row, self.details))

        table.chosen.connect(told)


def page(*parts: QWidget, stretch: int = 0) -> QWidget:
    """Parts one below the other; the one at `stretch` takes the room that is left."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, GRID, 0, 0)
    column.setSpacing(GRID)
    for place, part in enumerate(parts):
        column.addWidget(part, 1 if place == stretch else 0)
    return made
