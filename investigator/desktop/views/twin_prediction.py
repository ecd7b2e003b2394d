"""How containers were predicted, and what the outputs depend on: figures beside their plots."""

from typing import ClassVar

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from investigator.casework.twin_choice import TwinStanding
from investigator.casework.twin_details import TwinDetails
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.twin_prediction import (
    about_attribute,
    about_container,
    containers_of,
    plot_note,
)
from investigator.desktop.view_models.twin_sensitivity import (
    about_index,
    indices_of,
    outputs,
    rest_said,
)
from investigator.desktop.view_models.twin_validation import source_of
from investigator.desktop.views import twin_columns
from investigator.desktop.views.twin_container_plots import ContainerPlots
from investigator.desktop.views.twin_index_plot import IndexPlot
from investigator.desktop.views.twin_part import TwinPart, page
from investigator.desktop.widgets.labels import ElidedLabel, label
from investigator.desktop.widgets.scrolled import scrolled
from investigator.desktop.widgets.table import ROW_PX, Table
from investigator.domain.validation import (
    AttributeFigures,
    PredictedContainer,
    SensitivityIndex,
    ValidationRecord,
)

_KEY = "● inside its 95 % interval   ✕ outside   line: equal"
_FEW_ROWS = 6


class ContainersPart(TwinPart):
    """A row for each attribute; its containers as points beneath."""

    word: ClassVar[str] = "Containers"

    def __init__(self) -> None:
        super().__init__()
        self.table: Table[AttributeFigures] = Table(twin_columns.ATTRIBUTES)
        self.plots, self._note = ContainerPlots(), label("", "soft")
        self.tell(self.table, lambda row, d: about_attribute(row, source_of(d)), "twin.attributes")
        self.table.chosen.connect(self._show_row)
        self.plots.chosen.connect(self._tell_container)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, GRID)
        whole.addWidget(page(self.table, self._note, label(_KEY, "small"), self.plots, stretch=3))

    def show_details(self, details: TwinDetails, standing: TwinStanding) -> None:
        """Show the attributes; the first one, or the one before, over its containers."""
        del standing
        self.details = details
        record = details.validation
        rows = record.attributes if record else ()
        self.table.show_rows(rows, keep=lambda row: row.attribute)
        self.table.setFixedHeight(ROW_PX * (min(len(rows), _FEW_ROWS) + 1) + 2)
        if self.table.current_row() is None:
            self.table.choose(lambda _row: True, tell=False)
        self._show_row(self.table.current_row())

    def _show_row(self, row: AttributeFigures | None) -> None:
        record = self.details.validation if self.details else None
        if record is None or row is None:
            self.plots.show_containers((), "-")
            return
        own = containers_of(record, row.attribute)
        self._note.setText(plot_note(row, own))
        self.plots.show_containers(own, row.unit)

    def _tell_container(self, container: PredictedContainer) -> None:
        row = self.table.current_row()
        if self.details is not None and row is not None:
            source = source_of(self.details)
            self.inspected.emit(about_container(container, row.unit, source))


class SensitivityPart(TwinPart):
    """One output at a time, its factors as bars."""

    word: ClassVar[str] = "Sensitivity"

    def __init__(self) -> None:
        super().__init__()
        self.output, self.plot = QComboBox(), IndexPlot()
        self._note = ElidedLabel("", "soft")
        self.output.setObjectName("twin.output")
        self.output.setAccessibleName("Output")
        self.output.currentIndexChanged.connect(lambda _place: self._show_output())
        self.plot.chosen.connect(self._tell_index)
        strip, bar = QWidget(), QHBoxLayout()
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(GRID)
        bar.addWidget(self.output)
        bar.addWidget(self._note, 1)
        strip.setLayout(bar)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page(strip, scrolled(self.plot), stretch=1))

    def show_details(self, details: TwinDetails, standing: TwinStanding) -> None:
        """Show the output before, or the first one."""
        del standing
        self.details = details
        before = self.output.currentData()
        was = self.output.blockSignals(True)
        self.output.clear()
        for key, title in outputs(details.validation) if details.validation else ():
            self.output.addItem(title, key)
        self.output.setCurrentIndex(max(self.output.findData(before), 0))
        self.output.blockSignals(was)
        self._show_output()

    def _show_output(self) -> None:
        record, output = self._record, self.output.currentData()
        if record is None or output is None:
            self.plot.show_indices(())
            self._note.setText("The validation computed no sensitivity.")
            return
        self.plot.show_indices(indices_of(record, output))
        self._note.setText(rest_said(record, output))

    def _tell_index(self, index: SensitivityIndex) -> None:
        if self.details is not None:
            self.inspected.emit(about_index(index, source_of(self.details)))

    @property
    def _record(self) -> ValidationRecord | None:
        return self.details.validation if self.details else None
