"""A page that covers the window: title, what it is about, a form, one button, other ways out.

- While what it asks for is done, its button waits; a refusal is said in it.
- Enter in any field sends.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from investigator.desktop.commands import Command
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.widgets.buttons import CommandButton, button
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.labels import label

WIDTH_PX = 420
PROGRAM = "Deviation Investigator"


class AccessPage(QWidget):
    """One page; it is thrown away when it is left.

    Signals:
        sent(): the form is filled and the person wants to go on.
    """

    sent = Signal()

    def __init__(
        self,
        title: str,
        form: Form,
        *,
        send: str,
        note: str = "",
        others: Sequence[Command] = (),
    ) -> None:
        """Make a page.

        Args:
            title: what is done here.
            form: what is asked for.
            send: the words on the button.
            note: what explains it, above the form.
            others: other ways to go on, below.
        """
        super().__init__()
        self.form = form
        self.send = button(send, "primary")
        self.send.setObjectName("send")
        self._words = send
        self._refusal = label("", tone=Tone.BAD)
        self._refusal.setObjectName("refusal")
        self._refusal.hide()
        self._lay_out(title, note, others)
        self.send.clicked.connect(self.try_to_send)
        form.submitted.connect(self.try_to_send)

    @property
    def refusal(self) -> str:
        """What it says went wrong; empty for nothing."""
        return "" if self._refusal.isHidden() else self._refusal.text()

    def first(self, name: str) -> None:
        """The field that the person begins in."""
        self.setFocusProxy(self.form.widget(name))

    def try_to_send(self) -> None:
        """Go on, if all that must be given is."""
        if self.send.isEnabled() and self.form.check():
            self._refusal.hide()
            self.send.setEnabled(False)
            self.send.setText("One moment…")
            self.sent.emit()

    def refuse(self, sentence: str) -> None:
        """Say why it was not done; the person can mend it."""
        self.say(sentence, Tone.BAD)
        self.send.setText(self._words)
        self.send.setEnabled(True)

    def say(self, sentence: str, tone: Tone = Tone.PLAIN) -> None:
        """Say something above the button."""
        self._refusal.setText(tone.said(sentence))
        self._refusal.setProperty("tone", tone.value)
        self._refusal.style().unpolish(self._refusal)
        self._refusal.style().polish(self._refusal)
        self._refusal.setVisible(bool(sentence))

    def _lay_out(self, title: str, note: str, others: Sequence[Command]) -> None:
        panel = QFrame()
        panel.setFixedWidth(WIDTH_PX)
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 4 * GRID, 0, 4 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(PROGRAM, "soft"))
        column.addWidget(label(title, "title"))
        if note:
            column.addWidget(label(note, "soft"))
        column.addWidget(self.form)
        column.addWidget(self._refusal)
        column.addSpacing(GRID)
        column.addLayout(_row(self.send))
        column.addSpacing(GRID)
        for command in others:
            column.addLayout(_row(CommandButton(command, "link")))
        across = QHBoxLayout()  # an alignment would have the height judged by the window's width
        across.addStretch(1)
        across.addWidget(panel)
        across.addStretch(1)
        scroll, middle, whole = QScrollArea(), QWidget(), QVBoxLayout(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        centre = QVBoxLayout(middle)
        centre.addStretch(2)
        centre.addLayout(across)
        centre.addStretch(3)
        scroll.setWidget(middle)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)


def _row(widget: QWidget) -> QHBoxLayout:
    """At the left, as wide as its words."""
    row = QHBoxLayout()
    row.addWidget(widget)
    row.addStretch(1)
    return row
