"""Beneath the table of containers: the selected one attribute by attribute, rule, sampling plan."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.container_details import (
    NOTHING,
    ZONE_TONES,
    AttributeRow,
    ContainerDetails,
)
from investigator.desktop.widgets.labels import ElidedLabel, label
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.domain.quantities import UNKNOWN


def _zone(row: AttributeRow) -> Cell:
    if row.zone is None:
        return Cell(UNKNOWN)
    return Cell(row.zone.value, tone=ZONE_TONES[row.zone])


ATTRIBUTE_COLUMNS: tuple[Column[AttributeRow], ...] = (
    Column("Attribute", lambda row: Cell(row.name, tip=row.name), width=-1),
    Column("Predicted", lambda row: row.predicted, numeric=True, width=66, tip="Mean"),
    Column("95 % interval", lambda row: Cell(row.interval, tip=row.interval), width=130),
    Column("Reported", lambda row: row.reported, numeric=True, width=66, tip="By the laboratory"),
    Column("Limits", lambda row: Cell(row.limits, tip=row.limits), width=86),
    Column(
        "Guard",
        lambda row: row.guard,
        numeric=True,
        width=62,
        tip="Width of the guard band inside the limits, in the unit of the attribute",
    ),
    Column("Zone", _zone, width=104, tip="Where the value lies when its uncertainty counts"),
    Column(
        "Conforms",
        lambda row: Cell(row.conforms, row.chance),
        "%",
        numeric=True,
        width=76,
        tip="Chance that the mean conforms; of the acceptance value, that the test passes",
    ),
    Column(
        "Consumer",
        lambda row: row.consumer,
        "%",
        numeric=True,
        width=78,
        tip="Consumer's risk: that it is outside its limits although accepted here",
    ),
    Column(
        "Producer",
        lambda row: row.producer,
        "%",
        numeric=True,
        width=78,
        tip="Producer's risk: that it is inside its limits although not accepted here",
    ),
)


class DetailsPane(QWidget):
    """What is open, rule, attributes, sampling plan."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = NOTHING
        self.blocked = label("", tone=Tone.BAD)
        self.rule, self.sampling = ElidedLabel("", "soft"), label("", "soft", selectable=True)
        self.table: Table[AttributeRow] = Table(ATTRIBUTE_COLUMNS)
        self.table.setObjectName("attributes")
        self.table.setAccessibleName("Attributes of the container")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID // 2, 0, 0)
        column.setSpacing(GRID // 2)
        for part in (self.blocked, self.rule):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self.sampling)
        self._say(NOTHING)

    def show_details(self, details: ContainerDetails) -> None:
        """Show another container, or none."""
        if details == self._shown:
            return
        self._shown = details
        self.table.show_rows(details.rows)
        self._say(details)

    def _say(self, details: ContainerDetails) -> None:
        self.blocked.setText(Tone.BAD.said(details.blocked) if details.blocked else "")
        self.blocked.setVisible(bool(details.blocked))
        self.rule.setText(details.rule)
        self.sampling.setText(details.sampling)
        self.sampling.setVisible(bool(details.sampling))
