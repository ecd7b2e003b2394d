"""Lists of earlier deviations: columns by name, dates never guessed, no row left out."""

import io
from datetime import date

import pytest

from investigator.domain.acts.evidence import EarlierDeviation
from investigator.domain.errors import UnusableInput
from investigator.evidence.earlier_deviations import read_earlier_deviations

LIST = """Deviation Number;Date of occurrence;Root cause;Batch;Equipment;Material lots;Conclusion
DEV-2025-0007;2025-02-03;api_bridging;TA50-25-0100;LW-311, BL-321;A1125-01;hopper tapped
DEV-2025-0011;14.11.2025;"Filter; torn";TA50-25-0377;;;
"""


@pytest.mark.requirement("CAS-131")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_list_is_read_by_the_names_of_its_columns(encoding: str) -> None:
    found = read_earlier_deviations(LIST.encode(encoding), "earlier.csv")
    assert found == (
        EarlierDeviation(
            "DEV-2025-0007",
            date(2025, 2, 3),
            "api_bridging",
            "TA50-25-0100",
            ("LW-311", "BL-321"),
            ("A1125-01",),
            "hopper tapped",
        ),
        EarlierDeviation(
            "DEV-2025-0011", date(2025, 11, 14), "Filter; torn", "TA50-25-0377", (), (), ""
        ),
    )


@pytest.mark.requirement("CAS-131")
def test_a_workbook_is_read_too() -> None:
    from openpyxl import Workbook

    book, stored = Workbook(), io.BytesIO()
    book.active.append(["Outcome", "Number", "Dated", "Unit"])  # type: ignore[union-attr]
    book.active.append(["rejected", "DEV-1", date(2025, 2, 3), "LW-311"])  # type: ignore[union-attr]
    book.save(stored)
    (found,) = read_earlier_deviations(stored.getvalue(), "earlier.xlsx")
    assert (found.number, found.dated, found.equipment, found.conclusion) == (
        "DEV-1",
        date(2025, 2, 3),
        ("LW-311",),
        "rejected",
    )


@pytest.mark.requirement("CAS-131")
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds no row"),
        ("batch,cause\nB,x\n", 'has no column "number"'),
        ("number,cause\nDEV-1,x\n", 'has no column "date"'),
        ("number,date\nDEV-1,02/03/2025\n", 'has "02/03/2025" for the date in line 2'),
        ("number,date\n,2025-01-01\n", "names no deviation in line 2"),
        ("number,date\nDEV-1,2025-01-01\nDEV-1,2025-01-02\n", "names the deviation DEV-1 2 times"),
    ],
)
def test_a_list_that_cannot_be_counted_on_is_refused(text: str, says: str) -> None:
    with pytest.raises(UnusableInput, match=says):
        read_earlier_deviations(text.encode(), "earlier.csv")
