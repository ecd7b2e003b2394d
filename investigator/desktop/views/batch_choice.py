"""Which batch is read, where files hold several: a list that is searched by typing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QWidget

from investigator.desktop.theme.tokens import GRID
from investigator.desktop.widgets.labels import ElidedLabel, line_label
from investigator.domain.quantities import count

_WIDTH_PX = 240


class BatchChoice(QWidget):
    """Seen only where there is something to choose.

    Signals:
        changed(): another batch is chosen, or none.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.box = QComboBox()
        self.box.setObjectName("evidence.batch")
        self.box.setAccessibleName("Batch")
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setFixedWidth(_WIDTH_PX)
        completer = QCompleter(self.box.model(), self.box)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.box.setCompleter(completer)
        self.box.currentTextChanged.connect(lambda _text: self.changed.emit())
        self._note = ElidedLabel("", "soft")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        for part in (line_label("Batch", "strong"), self.box, self._note):
            row.addWidget(part)
        self._batches: frozenset[str] = frozenset()
        self.hide()

    @property
    def batch_id(self) -> str:
        """The batch that is chosen; empty while what is typed is none."""
        text = self.box.currentText().strip()
        return text if text in self._batches else ""

    def show_batches(self, batches: Sequence[str], suggested: str, *, keep: bool) -> None:
        """Show the batches of a folder.

        Args:
            batches: those that it holds; empty where none must be chosen.
            suggested: the one that stands there first; empty for none.
            keep: whether it is the same folder as before, of which they were told already.
        """
        if batches or not keep:
            self._batches = frozenset(batches)
            self.box.clear()
            self.box.addItems(list(batches))
            self.box.setCurrentText(suggested)
            self._note.setText(f"one of {count(len(batches), 'batch', 'batches')}")
        self.setVisible(bool(self._batches))
