"""A sheet: a form over a view; what lies below waits until it is sent or put away.

- Enter in a field of one line sends, Ctrl+Enter from any field, Esc puts away.
- It is sent only when all that must be given is; a refusal is said in it, and it stays open.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.widgets.buttons import button
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.labels import label, set_tone

WIDTH_PX = 520


class Sheet(QWidget):
    """One form over a widget; made for one use.

    Signals:
        sent(): the form is filled and the person wants it done.
        put_away(): it was closed, done or not.
    """

    sent = Signal()
    put_away = Signal()

    def __init__(
        self,
        over: QWidget,
        title: str,
        form: Form,
        *,
        send: str,
        note: str = "",
        wide: bool = False,
    ) -> None:
        """Make a sheet; `open_sheet` shows it.

        Args:
            over: the widget that waits below.
            title: what is done, as a verb and its object.
            form: what is asked for.
            send: the word on the button that does it.
            note: what explains it, above the form.
            wide: half as wide again.
        """
        super().__init__(over)
        self.form, self._over = form, over
        self._before: QWidget | None = None
        self._width = WIDTH_PX * 3 // 2 if wide else WIDTH_PX
        self._panel, self._scroll = QFrame(self), QScrollArea()
        self.send = button(send, "primary", tip="Ctrl+Enter")
        self.send.setObjectName("send")
        self._error = label("", tone=Tone.BAD)
        self._error.setObjectName("refusal")
        self._lay_out(title, note)
        self.send.clicked.connect(self.try_to_send)
        form.submitted.connect(self.try_to_send)
        form.resized.connect(self._fit)
        over.installEventFilter(self)
        self.is_closed = False
        # A press beside the panel must not take the keys to what lies below: Esc still ends it.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.hide()

    @property
    def refusal(self) -> str:
        """What it says went wrong; empty for nothing."""
        return self._error.text().removeprefix(Tone.BAD.said("")) if self._error.text() else ""

    def open_sheet(self) -> None:
        """Show it, with the first field ready to be filled."""
        self._before = self.window().focusWidget()
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self._fit()
        if inside := self._inside():
            inside[0].setFocus()

    def try_to_send(self) -> None:
        """Send what is entered, if all that must be given is."""
        if self.send.isEnabled() and self.form.check():
            self._say("")
            self.send.setEnabled(False)
            self.sent.emit()

    def close_sheet(self) -> None:
        """Put it away for good; once more does nothing, for an answer that comes late."""
        if self.is_closed:
            return
        self.is_closed = True
        self._over.removeEventFilter(self)
        self.hide()
        self.deleteLater()
        if self._before is not None and isValid(self._before):
            self._before.setFocus()
        self.put_away.emit()

    def refuse(self, sentence: str) -> None:
        """Say why it was not done; the person can mend it and send again."""
        if not self.is_closed:
            self._say(sentence)
            self.send.setEnabled(True)

    def event(self, event: QEvent) -> bool:
        """Keys that end the sheet go before the shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and _ends(event):  # type: ignore[arg-type]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc puts away, Ctrl+Enter sends."""
        if not _ends(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        else:
            self.try_to_send()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The size of the widget below is followed."""
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
            self._fit()
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Tab stays within the sheet."""
        inside = self._inside()
        now = self.window().focusWidget()
        if not inside or (now is not self and now not in inside):
            return super().focusNextPrevChild(forward)
        end, step = (0, 1) if forward else (-1, -1)
        place = inside.index(now) + step if now in inside else end
        following = inside[place % len(inside)]
        following.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(following)
        return True

    def _inside(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        return [w for w in self._panel.findChildren(QWidget) if _takes_tab(w)]

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Dim what lies below."""
        QPainter(self).fillRect(self.rect(), QColor(0, 0, 0, 70))

    def _say(self, sentence: str) -> None:
        self._error.setText(Tone.BAD.said(sentence) if sentence else "")
        self._error.setVisible(bool(sentence))
        set_tone(self._error, Tone.BAD)
        self._fit()

    def _lay_out(self, title: str, note: str) -> None:
        self._panel.setObjectName("sheet")
        self._error.hide()
        cancel = button("Cancel", tip="Esc")
        cancel.setObjectName("cancel")
        cancel.clicked.connect(self.close_sheet)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self.form)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.send)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(title, "title"))
        if note:
            column.addWidget(label(note, "soft"))
        column.addWidget(self._scroll, 1)
        column.addWidget(self._error)
        column.addLayout(row)

    def _fit(self) -> None:
        """As high as the form needs, within the view."""
        width = min(self._width, self.width() - 4 * GRID)
        inner = width - 6 * GRID
        layout = self._panel.layout()
        around = layout.totalHeightForWidth(width) if layout else 0
        around -= self._scroll.sizeHint().height()
        form = self.form.layout()
        wanted = form.totalHeightForWidth(inner) if form and form.hasHeightForWidth() else 0
        wanted = max(wanted, self.form.sizeHint().height())
        height = min(around + wanted, self.height() - 4 * GRID)
        self._panel.setGeometry((self.width() - width) // 2, 2 * GRID, width, height)


def close_sheets(over: QWidget) -> None:
    """Put away every sheet over a widget: what it was about is no longer shown."""
    for sheet in over.findChildren(Sheet):
        sheet.close_sheet()


def _ends(event: QKeyEvent) -> bool:
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return event.key() == Qt.Key.Key_Escape or (enter and control)


def _takes_tab(widget: QWidget) -> bool:
    wants = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return wants and widget.isEnabled() and widget.isVisible() and widget.focusProxy() is None
