"""The ranking: the list at the left, the hypothesis that is gone to over the data at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget

from investigator.desktop.commands import Command
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.document_links import links
from investigator.desktop.view_models.fit import fit_of
from investigator.desktop.view_models.hypotheses import (
    NEXT,
    NO_HYPOTHESES,
    NOTHING,
    Hypotheses,
    HypothesisRow,
    bounds,
)
from investigator.desktop.view_models.results import zone_of
from investigator.desktop.views.hypothesis_fit import FitPane
from investigator.desktop.views.hypothesis_list import HypothesisList
from investigator.desktop.widgets.empty import EmptyState
from investigator.domain.results import RankingResult, ReplayResult

_LIST_PX = 336


class RankingPane(QStackedWidget):
    """List and fit; where there is no hypothesis, what to do about it.

    The fit is painted anew only where something of it is new: painting it takes longest.
    """

    def __init__(self) -> None:
        super().__init__()
        self.list, self.fit = HypothesisList(), FitPane()
        self.shown = NOTHING
        self._replay: ReplayResult | None = None
        self._ranking: RankingResult | None = None
        self._fitted: HypothesisRow | None = None
        self._empty = EmptyState(NO_HYPOTHESES, NEXT)
        self.list.setMinimumWidth(_LIST_PX)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.list)
        split.addWidget(self.fit)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 3)
        split.setSizes([_LIST_PX, 2 * _LIST_PX])
        split.setChildrenCollapsible(False)
        self.addWidget(split)
        self.addWidget(self._empty)

    def show_hypotheses(self, shown: Hypotheses) -> None:
        """Show the list; it is gone to the first where it was gone to none, in silence."""
        if shown != self.shown:
            self.shown = shown
            self.list.show_rows(shown.rows, shown.brackets)
            self.fit.show_checks(shown.checks, shown.no_checks)
        self.setCurrentIndex(0 if shown.rows else 1)
        if shown.rows and self.list.current() is None:
            was = self.list.blockSignals(True)
            self.list.go_to(shown.rows[0].key)
            self.list.blockSignals(was)

    def show_current(self, scene: Scene) -> None:
        """Show the hypothesis that is gone to over the data, and what is linked to it."""
        row, other = self.list.current(), self._take(scene)
        if other or not _same_fit(row, self._fitted):
            fit = fit_of(row, self._replay, self._ranking, zone_of(scene)) if row else None
            self.fit.show_fit(row, fit)
        self._fitted = row
        self.fit.show_links(links(scene, cause=row.key) if row and row.raised else ())

    def show_empty(self, title: str, next_step: str, command: Command | None) -> None:
        """Say what to do where there is no hypothesis."""
        self._empty.show_empty(title, next_step, command)

    def _take(self, scene: Scene) -> bool:
        """Whether the results are others than those that are shown."""
        seen = scene.seen
        replay, ranking = (seen.replay, seen.ranking) if seen else (None, None)
        other = replay is not self._replay or ranking is not self._ranking
        if replay is not None and replay is not self._replay:
            self.fit.show_time(zone_of(scene), bounds(replay))
        self._replay, self._ranking = replay, ranking
        return other


def _same_fit(row: HypothesisRow | None, other: HypothesisRow | None) -> bool:
    """Whether the fit of one row is that of the other; a verdict changes nothing of it."""
    if row is None or other is None:
        return row is other
    return row.key == other.key and row.assessed == other.assessed
