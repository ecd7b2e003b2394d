"""The columns of a table of files: what each was taken for, and how completely it was read."""

from investigator.desktop.view_models.evidence import FileRow
from investigator.desktop.widgets.table import Cell, Column

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
