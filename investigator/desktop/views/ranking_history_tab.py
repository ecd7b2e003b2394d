"""History: every ranking that was recorded, the latest first."""

from typing import ClassVar

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.ranking_history import (
    NEXT,
    NO_RANKINGS,
    RankingRow,
    about_ranking,
    ranking_rows,
)
from investigator.desktop.views.hypothesis_tab import HypothesisTab
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.table import Cell, Column, Table

_COLUMNS: tuple[Column[RankingRow], ...] = (
    Column("No.", lambda r: Cell(str(r.past.number), r.past.number), numeric=True, width=52),
    Column("Recorded", lambda r: Cell(r.when, r.key), width=130),
    Column("By", lambda r: Cell(r.by), width=100),
    Column("Most probable", lambda r: Cell(r.leading, tip=r.leading), width=-1),
    Column("Before it", lambda r: Cell(r.before, tip=r.before), width=-1),
    Column(
        "Standing",
        lambda r: Cell(r.standing, tone=Tone.WARN if r.past.ended else Tone.PLAIN, tip=r.standing),
        width=120,
    ),
)


class RankingHistoryTab(HypothesisTab):
    """The table of rankings; the inspector tells all probabilities of the one gone to."""

    word: ClassVar[str] = "History"

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self.table: Table[RankingRow] = Table(_COLUMNS)
        self.table.setObjectName("rankings")
        self.table.chosen.connect(lambda _row: self.tell_selected())
        page, self._pages = QWidget(), QStackedLayout(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        column.addWidget(self.table)
        self._pages.addWidget(page)
        self._pages.addWidget(EmptyState(NO_RANKINGS, NEXT))

    def show_scene(self, scene: Scene, cause: str) -> None:
        """Show the rankings of the case, which are of no one hypothesis."""
        del cause
        if scene is self._scene:
            return
        self._scene, rows = scene, ranking_rows(scene)
        self.table.show_rows(rows, keep=lambda row: row.key)
        self._pages.setCurrentIndex(0 if rows else 1)

    def tell_selected(self) -> None:
        """Tell the ranking that is gone to."""
        row = self.table.current_row()
        if self._scene is not None and row is not None:
            self.inspected.emit(about_ranking(self._scene, row))
