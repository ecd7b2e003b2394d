"""The columns of a table after a person has changed how its lines are cut into cells.

A column keeps its use where one of that name had it; any other is unused until the person says so.
"""

import csv

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import ColumnUse, ImportProfile
from investigator.evidence.sources.source import Source
from investigator.evidence.tables.columns import UNUSED
from investigator.evidence.tables.dialect import decoded
from investigator.evidence.tables.parquet_tables import PARQUET_MAGIC
from investigator.evidence.tables.workbook import read_sheets


def columns_as_cut(source: Source, profile: ImportProfile) -> tuple[ColumnUse, ...]:
    """The columns that a profile cuts a table into; those of the profile where they are as many.

    Raises:
        UnusableInput: the table has no such line or sheet.
    """
    if source.head(len(PARQUET_MAGIC)) == PARQUET_MAGIC:
        return profile.columns
    cells = _sheet_cells(source, profile) if profile.sheet else _text_cells(source, profile)
    if len(cells) == len(profile.columns):
        return profile.columns
    known = {use.name: use for use in profile.columns if use.name}
    names = cells if profile.header_line else [""] * len(cells)
    return tuple(_use(n, name.strip(), known) for n, name in enumerate(names))


def _use(position: int, name: str, known: dict[str, ColumnUse]) -> ColumnUse:
    before = known.get(name)
    if before is None:
        return ColumnUse(position, UNUSED, name)
    return ColumnUse(position, before.role, name, before.unit, before.description, before.block)


def _line(profile: ImportProfile) -> int:
    return profile.header_line or profile.first_line


def _text_cells(source: Source, profile: ImportProfile) -> list[str]:
    lines = decoded(source.head(), profile.encoding).splitlines()
    number = _line(profile)
    if not 1 <= number <= len(lines):
        raise UnusableInput(
            source.name, f"has no line {number} near its beginning", "name another line"
        )
    line, delimiter = [lines[number - 1]], profile.delimiter or ","
    if not profile.quote:
        return next(csv.reader(line, delimiter=delimiter, quoting=csv.QUOTE_NONE), [])
    return next(csv.reader(line, delimiter=delimiter, quotechar=profile.quote), [])


def _sheet_cells(source: Source, profile: ImportProfile) -> list[str]:
    (sheet,) = read_sheets(source.whole(), source.name, only=profile.sheet)
    row = next((row for row in sheet.rows if row.line == _line(profile)), None)
    if row is None:
        raise UnusableInput(source.name, f"has no row {_line(profile)}", "name another line")
    return list(row.cells)
