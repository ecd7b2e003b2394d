"""Use, limits, parameters and failure modes of a twin, a tab each."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from investigator.casework.twin_choice import TwinStanding
from investigator.casework.twin_details import FailureMode, TwinDetails
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.twin_content import (
    ParameterRow,
    about_limit,
    about_mode,
    about_parameter,
    doubtful,
    found,
    parameters,
)
from investigator.desktop.view_models.twin_use import NO_STEP, about_step, use
from investigator.desktop.views import twin_columns
from investigator.desktop.views.twin_part import TwinPart, page
from investigator.desktop.widgets.labels import ElidedLabel, KeyValues, SectionHeader, label
from investigator.desktop.widgets.scrolled import scrolled
from investigator.desktop.widgets.table import ROW_PX, Table
from investigator.desktop.widgets.two_lines import TwoLines
from investigator.domain.applicability import DomainLimit
from investigator.domain.quantities import count
from investigator.domain.twin_life import TwinStep

_NO_LIMITATION = "The package states no limitation."
_FEW_ROWS, _LIMITS_PX = 5, 400


class UsePart(TwinPart):
    """What it is for, how it stands and why, its digests; its steps in this workspace."""

    word: ClassVar[str] = "Use"

    def __init__(self) -> None:
        super().__init__()
        self.facts, self.steps = KeyValues(), Table[TwinStep](twin_columns.STEPS)
        self._no_step = label(NO_STEP, "soft")
        self.tell(self.steps, lambda step, _details: about_step(step), "twin.steps")
        self._life = SectionHeader("In this workspace")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(self.facts, self._life, self.steps, self._no_step))

    def show_details(self, details: TwinDetails, standing: TwinStanding) -> None:
        """Show use and life."""
        self.details = details
        self.facts.show_facts(use(details, standing))
        steps = tuple(reversed(standing.history))
        self.steps.show_rows(steps, keep=lambda step: step.sequence)
        self.steps.setFixedHeight(ROW_PX * (min(len(steps), _FEW_ROWS) + 1) + 2)
        self.steps.setVisible(bool(steps))
        self._no_step.setVisible(not steps)


class LimitsPart(TwinPart):
    """The applicability domain, and what the twin cannot represent."""

    word: ClassVar[str] = "Limits"

    def __init__(self) -> None:
        super().__init__()
        self.table: Table[DomainLimit] = Table(twin_columns.LIMITS)
        self.limitations = label("", selectable=True)
        TwoLines.give_to(self.table)
        self.tell(self.table, about_limit, "twin.limits")
        above = page(
            label("Within these bounds what it predicts rests on data.", "soft"),
            self.table,
            stretch=1,
        )
        below = page(
            SectionHeader("What it cannot represent"), scrolled(self.limitations), stretch=1
        )
        halves = QSplitter(Qt.Orientation.Vertical)
        for part in (above, below):
            halves.addWidget(part)
        halves.setSizes([_LIMITS_PX, _LIMITS_PX])
        halves.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(halves)

    def show_details(self, details: TwinDetails, standing: TwinStanding) -> None:
        """Show limits and limitations."""
        del standing
        self.details = details
        self.table.show_rows(details.limits, keep=lambda limit: limit.quantity)
        said = "\n".join(f"– {text}" for text in details.manifest.limitations)
        self.limitations.setText(said or _NO_LIMITATION)


class ParametersPart(TwinPart):
    """All parameters with a search; what the data do not determine carries a sign."""

    word: ClassVar[str] = "Parameters"

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[ParameterRow, ...] = ()
        self.table: Table[ParameterRow] = Table(twin_columns.PARAMETERS)
        self.search, self._note = QLineEdit(), ElidedLabel("", "soft")
        TwoLines.give_to(self.table)
        self.tell(self.table, about_parameter, "twin.parameters")
        self.search.setObjectName("twin.search")
        self.search.setPlaceholderText("Search parameters")
        self.search.setAccessibleName("Search parameters")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(220)
        self.search.textChanged.connect(self._show_found)
        strip, bar = QWidget(), QHBoxLayout()
        bar.setContentsMargins(0, 0, 0, 0)
        bar.addWidget(self._note, 1)
        bar.addWidget(self.search)
        strip.setLayout(bar)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page(strip, self.table, stretch=1))

    def show_details(self, details: TwinDetails, standing: TwinStanding) -> None:
        """Show the parameters that are searched for."""
        del standing
        if details is self.details:
            return
        self.details, self._rows = details, parameters(details)
        number, unsure = len(self._rows), doubtful(self._rows)
        said = f"{count(number, 'parameter')}, {len(details.determined)} estimated"
        weak = f"; {Tone.WARN.said(str(unsure))} not or weakly determined" if unsure else ""
        self._note.setText(said + weak)
        self._show_found()

    def _show_found(self) -> None:
        self.table.show_rows(found(self._rows, self.search.text()), keep=lambda row: row.name)


class ModesPart(TwinPart):
    """The failure modes that it can simulate."""

    word: ClassVar[str] = "Failure modes"

    def __init__(self) -> None:
        super().__init__()
        self.table: Table[FailureMode] = Table(twin_columns.MODES)
        TwoLines.give_to(self.table)
        self.tell(self.table, about_mode, "twin.modes")
        note = label("Priors are relative frequencies, fixed before any case is seen.", "soft")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page(note, self.table, stretch=1))

    def show_details(self, details: TwinDetails, standing: TwinStanding) -> None:
        """Show the failure modes in the order of the package."""
        del standing
        self.details = details
        self.table.show_rows(details.failure_modes, keep=lambda mode: mode.cause)
