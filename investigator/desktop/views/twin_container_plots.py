"""Predicted against measured, container by container, and what is off by batch, side by side.

One choice for both: a container that is chosen in one is marked in the other.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.twin_points import agreement, offsets
from investigator.desktop.views.twin_container_plot import ContainerPlot
from investigator.domain.validation import PredictedContainer


class ContainerPlots(QWidget):
    """Both plots.

    Signals:
        chosen(PredictedContainer): the person chose a container in one of them.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.agreement, self.offsets = ContainerPlot(), ContainerPlot()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GRID)
        for plot, share in ((self.agreement, 2), (self.offsets, 3)):
            row.addWidget(plot, share)
            plot.chosen.connect(self._choose)

    def show_containers(self, containers: Sequence[PredictedContainer], unit: str) -> None:
        """Show other containers, all of one attribute."""
        self.agreement.show_points(agreement(containers), unit)
        self.offsets.show_points(offsets(containers), unit)

    def _choose(self, container: PredictedContainer) -> None:
        for plot in (self.agreement, self.offsets):
            plot.mark(container)
        self.chosen.emit(container)
