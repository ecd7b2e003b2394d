"""Parts that may be higher than the room they have, with a bar to move them."""

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from investigator.desktop.theme.tokens import GRID


def scrolled(*parts: QWidget) -> QScrollArea:
    """Parts one below the other, as high as they are."""
    inside, area = QWidget(), QScrollArea()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, GRID, GRID, GRID)
    column.setSpacing(GRID)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    return area
