"""Text on the window: labels by role, chips, section headers, lists of names and values."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone

_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


def label(
    text: str = "", role: str = "", *, tone: Tone | None = None, selectable: bool = False
) -> QLabel:
    """Plain text in one of the roles of the style sheet; long text breaks into lines.

    Args:
        text: never read as markup.
        role: "title", "strong", "soft", "faint", "small", or empty for body.
        tone: colours the text and puts the glyph before it.
        selectable: whether mouse and keyboard can select it.
    """
    made = QLabel(tone.said(text) if tone else text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone.value)
    if selectable:
        made.setTextInteractionFlags(_SELECTABLE)
        made.setCursor(Qt.CursorShape.IBeamCursor)
    return made


def line_label(text: str = "", role: str = "", *, tone: Tone | None = None) -> QLabel:
    """Text that stays on one line."""
    made = label(text, role, tone=tone)
    made.setWordWrap(False)
    return made


class ElidedLabel(QLabel):
    """One line that is cut with an ellipsis where there is no room; the tooltip has all of it."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802
        """Show another text."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """May shrink to nothing."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw as much as there is room for."""
        painter = QPainter(self)
        metrics = self.fontMetrics()
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)


def set_tone(widget: QWidget, tone: Tone, *, name: str = "tone") -> None:
    """Give a widget the colours of another tone; `name` is "tone" or "chip"."""
    widget.setProperty(name, tone.value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Chip(QLabel):
    """A short word in a box that says how something stands."""

    def __init__(self, word: str = "", tone: Tone = Tone.PLAIN) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_word(word, tone)

    def show_word(self, word: str, tone: Tone = Tone.PLAIN) -> None:
        """Show another word."""
        self.setText(tone.said(word))
        set_tone(self, tone, name="chip")


class SectionHeader(QWidget):
    """The title of a part of a view, with what explains it beside it and room for buttons."""

    def __init__(self, title: str, note: str = "", *buttons: QWidget) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, GRID, 0, GRID // 2)
        row.setSpacing(GRID)
        row.addWidget(line_label(title, "strong"))
        self._note = ElidedLabel(note, "soft")
        row.addWidget(self._note, 1)
        for button in buttons:
            row.addWidget(button)

    def show_note(self, note: str) -> None:
        """Say something else beside the title."""
        self._note.setText(note)


class KeyValues(QWidget):
    """Names at the left, values at the right; values can be selected."""

    def __init__(self, facts: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID + GRID // 2)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnStretch(1, 1)
        self.show_facts(facts)

    def show_facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Show other names and values."""
        clear_layout(self._grid)
        top = Qt.AlignmentFlag.AlignTop
        for row, (name, value) in enumerate(facts):
            self._grid.addWidget(label(name, "soft"), row, 0, top)
            self._grid.addWidget(label(value, selectable=True), row, 1, top)


def clear_layout(layout: QGridLayout | QHBoxLayout) -> None:
    """Take all widgets out of a layout and throw them away."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def rule() -> QFrame:
    """A hairline across."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line
