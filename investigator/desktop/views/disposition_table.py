"""The table of containers: proposal and decision side by side, decided by keyboard or by menu."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from investigator.desktop.tone import Tone
from investigator.desktop.view_models.container_details import (
    BLOCKED,
    acceptance,
    reported_of_worst,
    zone_of_worst,
)
from investigator.desktop.view_models.disposition import ContainerRow, choices
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.desktop.widgets.two_lines import TwoLines
from investigator.domain.impact import PROPOSALS, Proposal

_DECISION = "Decision"
KEYS = {
    Qt.Key.Key_P: None,
    Qt.Key.Key_1: Proposal.RELEASE,
    Qt.Key.Key_2: Proposal.ADDITIONAL_TESTING,
    Qt.Key.Key_3: Proposal.SORT,
    Qt.Key.Key_4: Proposal.REJECT,
    Qt.Key.Key_5: Proposal.REPROCESS,
}
"""What a key decides on the selected containers; None is as proposed."""


class ContainerTable(Table[ContainerRow]):
    """Containers in order of filling; any number can be selected.

    Signals:
        decision_asked(Proposal | None): the person wants this on the selected containers.
    """

    decision_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(_COLUMNS, many=True)
        self.setObjectName("containers")
        self.setAccessibleName("Containers")
        TwoLines.give_to(self)
        self.doubleClicked.connect(self._open_menu)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """P and 1 to 5 decide; Enter opens the menu of decisions."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        key = Qt.Key(event.key())
        if plain and key in KEYS:
            self.decision_asked.emit(KEYS[key])
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_menu(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def menu(self, rows: Sequence[ContainerRow]) -> QMenu:
        """The decisions that can be taken on these containers."""
        menu = QMenu(self)
        for key, (value, words) in zip("P12345", choices(rows), strict=True):
            action = menu.addAction(f"{words[:1].upper()}{words[1:]}\t{key}")
            action.triggered.connect(
                lambda _checked=False, value=value: self.decision_asked.emit(
                    Proposal(value) if value else None
                )
            )
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _open_menu(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        heads = [column.title for column in self.rows_model.columns]
        cell = self.visualRect(index.siblingAtColumn(heads.index(_DECISION)))
        self.menu(self.selected_rows()).popup(
            self.viewport().mapToGlobal(QPoint(cell.left(), cell.bottom()))
        )


def _container(row: ContainerRow) -> Cell:
    start = row.container.filled.start_ms
    tip = f"{row.container_id}, filled {row.filled_in_full}"
    return Cell(f"{row.name}\n{row.filled}", start, tip=tip)


def _worst(row: ContainerRow) -> Cell:
    reported = reported_of_worst(row.container)
    interval = row.interval.removeprefix("95 %: ") if reported else row.interval
    beneath = f"{interval} · lab {reported}" if reported else interval
    said = f", the laboratory reports {reported}" if reported else ""
    return Cell(f"{row.worst}\n{beneath}", tip=f"{row.worst}, {row.interval}{said}")


def _conforms(row: ContainerRow) -> Cell:
    worst, zone = row.container.worst, zone_of_worst(row.container)
    text = f"{row.conforms}\n{zone.value}" if zone else row.conforms
    return Cell(text, worst[1].p_conform if worst else None)


def _acceptance(row: ContainerRow) -> Cell:
    found = row.container.content_uniformity
    predicted, reported = acceptance(row.container)
    beneath = f"lab {reported}" if found and found.reported is not None else ""
    return Cell(f"{predicted}\n{beneath}" if beneath else predicted, found.mean if found else None)


def _proposal(row: ContainerRow) -> Cell:
    container, words = row.container, PROPOSALS[row.proposal]
    rule = f"{container.rule} · " if container.rule else ""
    if container.out_of_specification:
        found = "; ".join(container.out_of_specification)
        tip = f"{found}. {container.proposal_reason}"
        return Cell(f"{BLOCKED}\n{rule}{words}", words, Tone.BAD, tip)
    reason = container.proposal_reason
    return Cell(f"{words}\n{rule}{reason}", words, tip=f"{rule}{reason}")


def _decision(row: ContainerRow) -> Cell:
    why = f"{row.decided_by}: {row.decided.why}" if row.decided and row.decided.why else ""
    return Cell(
        f"{row.decision}\n{row.decided_by}", tone=row.decision_tone, tip=why or row.decided_by
    )


CONTAINER_COLUMNS: tuple[Column[ContainerRow], ...] = (
    Column("Container", _container, width=78, tip="Id, and when it was filled"),
    Column("Net", lambda r: Cell(r.net, r.container.net_kg), "kg", numeric=True, width=56),
    Column(
        "Affected",
        lambda r: Cell(f"{r.affected}\n{r.at_most}", r.container.affected_kg),
        "kg",
        numeric=True,
        width=82,
        tip="Central estimate; beneath it what it is at most, at 95 %",
    ),
    Column(
        "Worst attribute",
        _worst,
        width=172,
        tip="The attribute least likely to conform, as predicted; beneath it the 95 % interval and "
        "what the laboratory reports",
    ),
    Column(
        "Conforms",
        _conforms,
        "%",
        numeric=True,
        width=86,
        tip="Chance that its mean conforms; beneath it the zone when its uncertainty counts",
    ),
    Column(
        "AV",
        _acceptance,
        numeric=True,
        width=56,
        tip="Acceptance value of USP <905>, predicted; beneath it as the laboratory reports it",
    ),
    Column("Proposal", _proposal, width=-1, tip="By rule; its id and the reason stand beneath"),
)
"""What is known and proposed of a container, before a person decides."""

_COLUMNS = (
    *CONTAINER_COLUMNS,
    Column(_DECISION, _decision, width=132, tip="A person's; beneath it who and when"),
)
