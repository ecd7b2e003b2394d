"""The row of the is/is-not table that is gone to, in full: three cells side by side, with links."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.is_is_not import COLUMNS, CellShown, TableRow
from investigator.desktop.widgets.buttons import button
from investigator.desktop.widgets.labels import label
from investigator.domain.quantities import UNKNOWN

_FILLED = 3
"""How much wider a cell that says something is than an empty one."""


class CellsPane(QScrollArea):
    """Is, is not, what distinguishes.

    Signals:
        link_chosen(EvidenceLink): the person went to a piece of evidence.
    """

    link_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("is_is_not.cells")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_row(self, row: TableRow | None) -> None:
        """Show another row; None for none."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        if row is not None:
            column.addWidget(label(f"{row.act.dimension.value}: {row.act.subject}", "strong"))
            cells = QHBoxLayout()
            cells.setSpacing(3 * GRID)
            for title, cell in zip(COLUMNS, row.cells, strict=True):
                cells.addWidget(self._cell(title, cell), _FILLED if cell.words else 1)
            column.addLayout(cells)
        column.addStretch(1)
        self.setWidget(page)

    def _cell(self, title: str, cell: CellShown) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(title, "small"))
        said = label(cell.words or UNKNOWN, selectable=True)
        said.setMinimumWidth(1)
        column.addWidget(said)
        for shown in cell.links:
            link = button(shown.tone.said(shown.brief), "link", tip=shown.tip)
            link.setObjectName("is_is_not.link")
            link.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            link.clicked.connect(lambda _down=False, to=shown.link: self.link_chosen.emit(to))
            column.addWidget(link)
        column.addStretch(1)
        return made
