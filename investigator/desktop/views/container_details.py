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
from investigator.desktop.widgets.two_lines import TwoLines
from investigator.domain.quantities import UNKNOWN


def _two(first: str, second: str) -> str:
    return f"{first}\n{second}" if second else first


def _predicted(row: AttributeRow) -> Cell:
    return Cell(_two(row.predicted, row.interval), tip=f"{row.predicted} {row.unit}".strip())


def _limits(row: AttributeRow) -> Cell:
    guard = "" if row.guard == UNKNOWN else f"guard {row.guard}"
    return Cell(_two(row.limits, guard))


def _zone(row: AttributeRow) -> Cell:
    if row.zone is None:
        return Cell(UNKNOWN)
    return Cell(row.zone.value, tone=ZONE_TONES[row.zone])


ATTRIBUTE_COLUMNS: tuple[Column[AttributeRow], ...] = (
    Column("Attribute", lambda row: Cell(_two(row.name, row.unit), tip=row.name), width=-1),
    Column(
        "Predicted",
        _predicted,
        numeric=True,
        width=128,
        tip="Mean; beneath it its 95 % interval",
    ),
    Column("Reported", lambda row: row.reported, numeric=True, width=70, tip="By the laboratory"),
    Column(
        "Limits",
        _limits,
        width=104,
        tip="Of the specification; beneath them the width of the guard band inside them",
    ),
    Column("Zone", _zone, width=104, tip="Where the value lies when its uncertainty counts"),
    Column(
        "Conforms",
        lambda row: Cell(row.conforms, row.chance),
        "%",
        numeric=True,
        width=86,
        tip="Chance that the mean conforms; of the acceptance value, that the test passes",
    ),
    Column(
        "Consumer",
        lambda row: row.consumer,
        "%",
        numeric=True,
        width=88,
        tip="Consumer's risk: that it is outside its limits although accepted here",
    ),
    Column(
        "Producer",
        lambda row: row.producer,
        "%",
        numeric=True,
        width=84,
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
        TwoLines.give_to(self.table)
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
