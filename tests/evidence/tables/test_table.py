"""One table, whether of delimited text or of a sheet."""

import io
from datetime import datetime, timedelta

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import Arrangement, ColumnUse, ImportProfile, Kind
from investigator.evidence.ledger import LossLedger
from investigator.evidence.tables.table import read_table
from investigator.evidence.tables.workbook import is_workbook, read_sheets

COLUMNS = (
    ColumnUse(0, "time", "when"),
    ColumnUse(1, "value", "what"),
    ColumnUse(2, "unit", "what"),
)
TEN = datetime.fromisoformat("2026-04-03T10:00:00")
PROFILE = ImportProfile(Kind.HISTORIAN, Arrangement.LONG, delimiter=";", columns=COLUMNS)


def workbook(*rows: tuple[object, ...], sheet: str = "Data") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.requirement("EVD-123")
def test_text_by_profile() -> None:
    ledger = LossLedger()
    table = read_table(b'x\nt;v;u\n\na;"1\n2";kg\ntorn\nb;3;g\n', _from_line(3), ledger)
    assert table.role("time") == ["a", "b"]
    assert table.role("value") == ["1\n2", "3"]
    assert table.role("tag") is None
    assert table.column("what (column 3)") == ["kg", "g"]
    assert table.lines.tolist() == [4, 7]
    assert [(p.line, p.text) for p in ledger.problems] == [(6, "torn")]
    assert ledger.rows_read == 3


def _from_line(first: int, sheet: str = "") -> ImportProfile:
    return ImportProfile(
        Kind.HISTORIAN,
        Arrangement.LONG,
        delimiter=";",
        first_line=first,
        columns=COLUMNS,
        sheet=sheet,
    )


@given(
    st.lists(
        st.lists(st.text('ab,;"\n x1', max_size=6), min_size=3, max_size=3), min_size=1, max_size=20
    )
)
def test_whatever_a_writer_quotes_is_read_back(rows: list[list[str]]) -> None:
    written = [[f".{cell}" for cell in row] for row in rows]
    text = "\n".join(
        ";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in written
    )
    ledger = LossLedger()
    table = read_table(f"a;b;c\n{text}\n".encode(), PROFILE, ledger)
    assert table.column("when") == [row[0].strip() for row in written]
    assert (ledger.rows_read, ledger.rows_reported) == (len(rows), 0)
    at = 2
    for line, row in zip(table.lines.tolist(), written, strict=True):
        assert line == at
        at += 1 + sum(cell.count("\n") for cell in row)


@pytest.mark.requirement("EVD-123")
def test_a_sheet_gives_the_same_table() -> None:
    content = workbook(
        ("Report", None, None),
        ("when", "what", "unit"),
        (None, None, None),
        (TEN, 1.0, "kg"),
        (TEN + timedelta(milliseconds=250), 0.1, None),
        ("later", True, "=1+1"),
    )
    assert is_workbook(content)
    ledger = LossLedger()
    table = read_table(content, _from_line(3, "Data"), ledger)
    assert table.role("time") == ["2026-04-03T10:00:00", "2026-04-03T10:00:00.250", "later"]
    assert table.role("value") == ["1", "0.1", "TRUE"]
    assert table.role("unit") == ["kg", "", ""]
    assert table.lines.tolist() == [4, 5, 6]
    (problem,) = ledger.problems
    assert (problem.line, problem.reason) == (6, "formula in column 3 has no stored result")
    assert ledger.rows_read == 3


def test_a_damaged_workbook_is_refused() -> None:
    content = workbook(("a", "b"))
    for broken in (content[:-30], content[:400] + b"?" * 200 + content[600:]):
        with pytest.raises(UnusableInput, match=r"x\.xlsx: the workbook is damaged"):
            read_sheets(broken, "x.xlsx")
    with pytest.raises(UnusableInput, match="has no sheet Other"):
        read_sheets(content, "x.xlsx", only="Other")
    assert not is_workbook(b"PK\x03\x04 nothing")
