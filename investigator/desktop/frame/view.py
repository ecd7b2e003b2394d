"""What the frame asks of a view: one place, shown from a snapshot, speaking through signals.

- A view holds a frozen snapshot and nothing of the case; it changes nothing itself.
- `show_snapshot` runs on the GUI thread and returns within 50 ms; what takes longer goes through
  the job runner.
- A view is built when it is first gone to, and is only told of snapshots while it is seen.
"""

from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.state import Destination, Place, Sight
from investigator.desktop.notices import Notice
from investigator.desktop.requests import SaveTable
from investigator.desktop.tone import Tone


class View(QWidget):
    """One view of the stage; subclasses name their `place` and fill `show_snapshot`.

    Signals:
        inspected(Inspected | None): something was selected; the inspector shows it.
        act_requested(object): an act is to be performed; the program passes it on.
        noticed(Notice): something is to be said above the view.
        go_requested(Place | Sight | Destination): another place is to be shown.
        commands_changed(): `commands` or `things` would answer otherwise now.
    """

    place: ClassVar[Place]

    inspected = Signal(object)
    act_requested = Signal(object)
    noticed = Signal(object)
    go_requested = Signal(object)
    commands_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show_snapshot(self, snapshot: Any) -> None:
        """Show the case as it is now; a subclass may narrow the type of the snapshot."""
        raise NotImplementedError

    def show_sight(self, sight: Sight) -> None:
        """Show a stretch of time, in a view that shows time."""

    def keep_table(self, name: str, text: str) -> None:
        """Ask where a table of the view is written as CSV, and have it written."""
        dialog = QFileDialog(self, "Save the table")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("CSV (*.csv)")
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(f"{name}.csv")
        dialog.fileSelected.connect(lambda file: self._save_table(text, Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save_table(self, text: str, file: Path) -> None:
        said = Notice("The table is written.", where=str(file), tone=Tone.GOOD)
        self.act_requested.emit(SaveTable(text, file, done=lambda: self.noticed.emit(said)))

    def inspect_selected(self) -> None:
        """Tell what is selected, if anything is; asked while nothing is inspected."""

    def commands(self) -> tuple[Command, ...]:
        """What can be done here, for the palette and the shortcuts while the view is seen."""
        return ()

    def things(self) -> tuple[Thing, ...]:
        """What can be gone to here, for the palette."""
        return ()

    def show_thing(self, wanted: Destination) -> bool:
        """Go to a thing in here; whether it is there."""
        for thing in self.things():
            if (thing.kind, thing.key) == (wanted.kind, wanted.key):
                thing.go()
                return True
        return False
