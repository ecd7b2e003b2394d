"""The three signatures of the report, one line each, and those that no longer hold."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.report_signatures import SignatureRow, VoidedRow
from investigator.desktop.widgets.labels import clear_layout, label, line_label

_OPEN_GLYPHS = {Tone.GOOD: "✓", Tone.WARN: "●", Tone.PLAIN: "–"}


class SignaturePanel(QWidget):
    """Author, reviewer, approver; beneath them what was voided."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("signatures")
        self._shown: tuple[tuple[SignatureRow, ...], tuple[VoidedRow, ...]] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnStretch(2, 1)

    def show_signatures(self, rows: Sequence[SignatureRow], voided: Sequence[VoidedRow]) -> None:
        """Show how the signatures stand now."""
        shown = (tuple(rows), tuple(voided))
        if shown == self._shown:
            return
        self._shown = shown
        clear_layout(self._grid)
        for place, row in enumerate(rows):
            self._show_row(place, row)
        for place, gone in enumerate(voided, start=len(rows)):
            self._show_voided(place, gone)
        self._let_the_rest_be_empty(len(rows) + len(voided))

    def _let_the_rest_be_empty(self, end: int) -> None:
        for place in range(self._grid.rowCount()):
            self._grid.setRowStretch(place, 0)
        self._grid.setRowStretch(end, 1)

    def _show_row(self, place: int, row: SignatureRow) -> None:
        top = Qt.AlignmentFlag.AlignTop
        glyph = line_label(_OPEN_GLYPHS[row.tone])
        glyph.setProperty("tone", row.tone.value)
        glyph.setFixedWidth(2 * GRID)
        self._grid.addWidget(glyph, place, 0, top)
        self._grid.addWidget(line_label(row.field.value.capitalize(), "soft"), place, 1, top)
        first = row.name or row.words
        second = f"{row.meaning}, {row.when}" if row.given else ""
        self._grid.addWidget(_two(first, second, strong=row.given is not None), place, 2, top)

    def _show_voided(self, place: int, gone: VoidedRow) -> None:
        top = Qt.AlignmentFlag.AlignTop
        glyph = line_label("✗")
        glyph.setProperty("tone", Tone.BAD.value)
        self._grid.addWidget(glyph, place, 0, top)
        self._grid.addWidget(_two(f"Void: {gone.fields}", gone.words), place, 1, 1, 2, top)


def _two(first: str, second: str, *, strong: bool = False) -> QWidget:
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(label(first, "strong" if strong else ""))
    if second:
        column.addWidget(label(second, "small", selectable=True))
    return both
