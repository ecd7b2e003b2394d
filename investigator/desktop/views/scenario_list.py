"""The table of the scenarios of a case: what each supposes, and whether it was run."""

from investigator.desktop.view_models.scenarios import ScenarioRow
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.desktop.widgets.two_lines import TwoLines

_COLUMNS: tuple[Column[ScenarioRow], ...] = (
    Column(
        "Scenario",
        lambda r: Cell(f"{r.title}\n{r.what}", r.title, tip=f"{r.key}: {r.title}\n{r.what}"),
        width=-1,
    ),
    Column("State", lambda r: Cell(r.state, r.state, r.tone, tip=r.state), width=112),
)


def scenario_table() -> Table[ScenarioRow]:
    """The table, still empty."""
    table: Table[ScenarioRow] = Table(_COLUMNS)
    TwoLines.give_to(table)
    table.setObjectName("scenarios")
    table.setAccessibleName("Scenarios")
    return table
