"""Of one table: its first rows as read, its doubts, its problems; and what was assumed of all."""

from PySide6.QtWidgets import QTabWidget

from investigator.desktop.tone import Tone
from investigator.desktop.view_models.folder_preview import TableRow
from investigator.desktop.views.file_table import PROBLEM_COLUMNS
from investigator.desktop.views.first_rows_table import FirstRowsTable
from investigator.desktop.widgets.labels import KeyValues, label
from investigator.desktop.widgets.scrolled import scrolled
from investigator.desktop.widgets.table import Table

_LOWEST_PX = 180
_NO_DOUBT = "There is no other way to read this table that its content allows."


class TableDetails(QTabWidget):
    """Four tabs."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.problems = FirstRowsTable(), Table(PROBLEM_COLUMNS)
        self._doubts, self._facts = label("", selectable=True), KeyValues()
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.setMinimumHeight(_LOWEST_PX)
        self.addTab(self.first, "First rows")
        self.addTab(scrolled(self._doubts), "Doubts")
        self.addTab(self.problems, "Problems")
        self.addTab(scrolled(self._facts), "Clocks and assumptions")

    @property
    def doubts(self) -> str:
        """What is said of doubts."""
        return self._doubts.text()

    def show_table(self, row: TableRow | None) -> None:
        """Show another table; None for none."""
        shown = row.shown if row else None
        self.first.show_first(shown.first if shown else None, shown.refused if shown else "")
        doubts = row.doubts if row else ()
        self._doubts.setText("\n".join(Tone.WARN.said(d) for d in doubts) or _NO_DOUBT)
        self.problems.show_rows(row.problems if row else ())
        self.setTabText(1, f"Doubts  {len(doubts)}" if doubts else "Doubts")
        lost = row.lost if row and row.problems else ""
        self.setTabText(2, f"Problems  {lost}" if lost else "Problems")

    def show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Show other clocks and assumptions of the folder."""
        self._facts.show_facts(facts)
