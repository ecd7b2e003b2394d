"""A list of earlier deviations, as a quality system exports it: CSV or Excel, one a row.

- Columns are found by their names, in any order; number and date must be there.
- Dates are year-month-day, or day.month.year; any other order is refused, never guessed.
- A row that cannot be used is refused with its line: a deviation left out would be a wrong count.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from investigator.domain.acts.evidence import EarlierDeviation
from investigator.domain.errors import UnusableInput
from investigator.evidence.tables.dialect import Row, decoded, dialect_of
from investigator.evidence.tables.workbook import is_workbook, read_sheets

NAMES: Mapping[str, tuple[str, ...]] = {
    "number": ("number", "deviation", "deviation number", "deviation id", "deviation no"),
    "dated": ("date", "dated", "date of occurrence", "occurred", "opened"),
    "cause": ("cause", "root cause", "root cause id"),
    "batch_id": ("batch", "batch id", "batch number", "lot affected"),
    "equipment": ("equipment", "equipment id", "unit", "units"),
    "lots": ("lots", "lot", "material lots", "material lot"),
    "conclusion": ("conclusion", "outcome", "disposition", "action"),
}
"""Names of the columns that are known, for each field."""

NEEDED = ("number", "dated")
EXPORT_AGAIN = "correct the row, or export the list again"


def read_earlier_deviations(content: bytes, file: str) -> tuple[EarlierDeviation, ...]:
    """The deviations of a list, in its order.

    Args:
        content: the bytes of the list.
        file: its name, for messages.

    Raises:
        UnusableInput: a needed column is missing, a row lacks number or date, or a number stands
            twice.
    """
    header, *rows = _rows(content, file)
    places = _places(header, file)
    found = [_deviation(row, places, file) for row in rows]
    counts = Counter(deviation.number for deviation in found)
    number, count = counts.most_common(1)[0] if counts else ("", 0)
    if count > 1:
        raise UnusableInput(file, f"names the deviation {number} {count} times", EXPORT_AGAIN)
    return tuple(found)


def _rows(content: bytes, file: str) -> list[Row]:
    if is_workbook(content):
        rows = [row for sheet in read_sheets(content, file)[:1] for row in sheet.rows]
    else:
        dialect = dialect_of(content)
        text = decoded(content, dialect.encoding)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter or ",")
        rows = [Row(reader.line_num, tuple(c.strip() for c in cells)) for cells in reader if cells]
    if not rows:
        raise UnusableInput(file, "holds no row", "export the list again")
    return rows


def _places(header: Row, file: str) -> dict[str, int]:
    written = [" ".join(cell.casefold().replace("_", " ").split()) for cell in header.cells]
    places = {
        field: written.index(name)
        for field, names in NAMES.items()
        for name in reversed(names)
        if name in written
    }
    missing = [field for field in NEEDED if field not in places]
    if missing:
        said = " or ".join(f'"{name}"' for name in NAMES[missing[0]][:3])
        raise UnusableInput(
            file, f"has no column {said} in its first row", "name the columns in the first row"
        )
    return places


def _deviation(row: Row, places: Mapping[str, int], file: str) -> EarlierDeviation:
    def cell(field: str) -> str:
        place = places.get(field, len(row.cells))
        return row.cells[place] if place < len(row.cells) else ""

    if not cell("number"):
        raise UnusableInput(file, f"names no deviation in line {row.line}", EXPORT_AGAIN)
    return EarlierDeviation(
        number=cell("number"),
        dated=_date(cell("dated"), row.line, file),
        cause=cell("cause"),
        batch_id=cell("batch_id"),
        equipment=_several(cell("equipment")),
        lots=_several(cell("lots")),
        conclusion=cell("conclusion"),
    )


def _date(text: str, line: int, file: str) -> date:
    day = text.split("T", maxsplit=1)[0].split(" ", maxsplit=1)[0]
    parts = day.split(".")
    if len(parts) == 3:
        day = f"{parts[2]}-{parts[1]:0>2}-{parts[0]:0>2}"
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise UnusableInput(
            file,
            f'has "{text}" for the date in line {line}',
            "write it as year-month-day or day.month.year",
        ) from None


def _several(text: str) -> tuple[str, ...]:
    return tuple(_parts(text.replace(";", ",").replace("|", ",").split(",")))


def _parts(parts: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(part.strip() for part in parts if part.strip())
