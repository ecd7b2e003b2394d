"""The bar above a view that says what happened, where, and what to do now."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from investigator.desktop.notices import Notice
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.widgets.buttons import CommandButton, button
from investigator.desktop.widgets.labels import label, line_label, set_tone

_PLAIN_GLYPH = "ⓘ"


class NoticeBar(QFrame):
    """One notice at a time; hidden while there is none.

    Signals:
        dismissed(): the person has closed it.
    """

    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        self._row.setSpacing(GRID)
        self._glyph = line_label("", "strong")
        self._text = label("", selectable=True)
        self._close = button("✕", "sign", tip="Dismiss (Esc)")
        self._close.setAccessibleName("Dismiss")
        self._close.clicked.connect(self.dismiss)
        self._action: CommandButton | None = None
        self._row.addWidget(self._glyph)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """What it says now; empty while hidden."""
        return "" if self.isHidden() else self._text.text()

    def show_notice(self, notice: Notice) -> None:
        """Say something, in place of what was said before."""
        self._glyph.setText(notice.tone.glyph or _PLAIN_GLYPH)
        where = f"{notice.where}: " if notice.where else ""
        self._text.setText(" ".join(filter(None, (where + notice.what, notice.now))))
        set_tone(self, notice.tone)
        set_tone(self._glyph, notice.tone)
        self._show_action(notice)
        self.show()

    def dismiss(self) -> None:
        """Close it."""
        self.hide()
        self.dismissed.emit()

    def _show_action(self, notice: Notice) -> None:
        if self._action is not None:
            self._action.hide()
            self._action.deleteLater()
            self._action = None
        if notice.action is not None:
            self._action = CommandButton(notice.action)
            self._row.insertWidget(2, self._action)
