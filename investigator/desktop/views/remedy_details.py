"""Beneath the table of remedies: the selected one before and after, its settings, its forecast."""

from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.remedy_details import (
    BeforeAfter,
    ForecastRow,
    SettingRow,
    before_and_after,
    forecast,
    rests_on,
    settings,
)
from investigator.desktop.views.before_after import BeforeAfterPicture
from investigator.desktop.widgets.labels import label
from investigator.desktop.widgets.scrolled import scrolled
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.domain.quantities import fixed
from investigator.domain.remedy import RemedyOutcome, RemedyResult

_NO_SETTINGS = "This remedy has no settings."
_LOWEST_PX = 210


def _kg(title: str, name: str, width: int, tip: str) -> Column[BeforeAfter]:
    def read(row: BeforeAfter) -> Cell:
        value = getattr(row.container, name)
        return Cell(fixed(value, 2), value)

    return Column(title, read, "kg", numeric=True, width=width, tip=tip)


CONTAINER_COLUMNS: tuple[Column[BeforeAfter], ...] = (
    Column("Container", lambda row: Cell(row.name, tip=row.container.container_id), width=-1),
    _kg("Affected before", "affected_kg_before", 124, "Mean of the draws"),
    _kg("after", "affected_kg_after", 76, "In what is kept; mean of the draws"),
    _kg("Kept", "kept_kg", 76, "What the remedy leaves in it"),
    _kg("Taken out", "removed_kg", 96, "By the remedy"),
    Column(
        "Conforms before",
        lambda row: Cell(row.chance_before, row.container.p_conform_before),
        numeric=True,
        width=120,
    ),
    Column(
        "after",
        lambda row: Cell(
            row.chance_after, row.container.p_conform_after if row.container.kept_kg > 0.0 else None
        ),
        numeric=True,
        width=80,
    ),
)
SETTING_COLUMNS: tuple[Column[SettingRow], ...] = (
    Column("Setting", lambda row: Cell(row.title, tip=row.title), width=-1),
    Column("Unit", lambda row: row.unit, width=130),
    Column("Found", lambda row: row.value, numeric=True, width=90, tip="By the optimiser"),
    Column("Usual", lambda row: row.usual, numeric=True, width=90, tip="As it was in this batch"),
    Column("Registered range", lambda row: row.registered, width=150, tip="Never left"),
)
FORECAST_COLUMNS: tuple[Column[ForecastRow], ...] = (
    Column("Attribute of what is kept", lambda row: Cell(row.name, tip=row.name), width=-1),
    Column("Doing nothing", lambda row: row.nothing, width=204, tip="Mean and 95 % interval"),
    Column("Conforms", lambda row: row.nothing_conforms, "%", numeric=True, width=86),
    Column("With the remedy", lambda row: row.with_it, width=204, tip="Mean and 95 % interval"),
    Column("Conforms", lambda row: row.conforms, "%", numeric=True, width=86),
)


class RemedyDetails(QTabWidget):
    """Four tabs of one remedy."""

    def __init__(self) -> None:
        super().__init__()
        self._result: RemedyResult | None = None
        self._outcome: RemedyOutcome | None = None
        self.picture = BeforeAfterPicture()
        self.containers, self.settings = Table(CONTAINER_COLUMNS), Table(SETTING_COLUMNS)
        self.forecast: Table[ForecastRow] = Table(FORECAST_COLUMNS)
        self.ground = label("", selectable=True)
        for table, name in (
            (self.containers, "Containers before and after"),
            (self.settings, "Settings of the remedy"),
            (self.forecast, "Forecast of the remedy"),
        ):
            table.setObjectName(name.split()[0].casefold())
            table.setAccessibleName(name)
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.setMinimumHeight(_LOWEST_PX)
        self.refused, self._change = label("", "soft"), QStackedWidget()
        self._change.addWidget(_above(self.picture, self.containers))
        self._change.addWidget(scrolled(self.refused))
        self.addTab(self._change, "Before and after")
        self._found = QStackedWidget()
        self._found.addWidget(self.settings)
        self._found.addWidget(scrolled(label(_NO_SETTINGS, "soft")))
        self.addTab(self._found, "Settings")
        self.addTab(self.forecast, "Forecast")
        self.addTab(scrolled(self.ground), "To confirm, assumptions")
        self.containers.chosen.connect(lambda row: self.picture.select(row.container.container_id))
        self.picture.chosen.connect(self._go_to)

    def show_remedy(
        self, result: RemedyResult | None, outcome: RemedyOutcome | None, *, why_none: str = ""
    ) -> None:
        """Show another remedy; `why_none`: of one without an outcome, why it has none."""
        self.refused.setText(why_none)
        self._change.setCurrentIndex(1 if outcome is None else 0)
        if result is self._result and outcome is self._outcome:
            return
        self._result, self._outcome = result, outcome
        rows, found = before_and_after(outcome), settings(outcome)
        self.picture.show_containers(rows)
        self.containers.show_rows(rows, keep=lambda row: row.container.container_id)
        self.settings.show_rows(found)
        self.setTabText(1, f"Settings  {len(found)}" if found else "Settings")
        self._found.setCurrentIndex(0 if found else 1)
        self.forecast.show_rows(forecast(result, outcome))
        self.ground.setText("\n".join(rests_on(result, outcome)))

    def _go_to(self, container_id: str) -> None:
        self.containers.choose(lambda row: row.container.container_id == container_id)


def _above(upper: QWidget, lower: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, GRID // 2, 0, 0)
    column.setSpacing(GRID // 2)
    column.addWidget(upper)
    column.addWidget(lower, 1)
    return page
