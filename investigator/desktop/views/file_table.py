"""The columns of a table of files, and of the rows of a file that are reported."""

from investigator.desktop.view_models.evidence import FileRow
from investigator.desktop.widgets.table import Cell, Column
from investigator.domain.evidence import RowProblem

FILE_COLUMNS: tuple[Column[FileRow], ...] = (
    Column("File", lambda row: Cell(row.name, tip=row.name), width=-1),
    Column("Taken for", lambda row: row.kind),
    Column("Layout", lambda row: row.layout),
    Column("Reader", lambda row: row.reader),
    Column("Size", lambda row: Cell(row.size, row.size_bytes), numeric=True),
    Column("Rows read", lambda row: Cell(row.rows, row.rows_read), numeric=True),
    Column(
        "Reported",
        lambda row: Cell(row.lost, row.rows_reported, tone=row.tone),
        numeric=True,
        tip="Rows not used, or used with a reservation",
    ),
)
PROBLEM_COLUMNS: tuple[Column[RowProblem], ...] = (
    Column("Line", lambda row: Cell(str(row.line), row.line), numeric=True),
    Column("Why it is reported", lambda row: Cell(row.reason, tip=row.reason), width=330),
    Column("The row", lambda row: Cell(row.text, tip=row.text), width=-1),
)
