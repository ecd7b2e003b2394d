"""The loss ledger counts exactly and lists the first."""

import pytest

from investigator.domain.errors import UnusableInput
from investigator.evidence.ledger import LISTED, LossLedger


def test_a_row_counts_once_however_much_is_wrong_with_it() -> None:
    ledger = LossLedger(rows_read=10)
    ledger.note(3, "x", "bad status", unusable=False)
    ledger.note(3, "x", "out of order", unusable=False)
    assert ledger.rows_reported == 1
    assert len(ledger.problems) == 2


def test_the_count_goes_on_where_the_list_ends() -> None:
    ledger = LossLedger(rows_read=10_000)
    ledger.note_rows(range(1, LISTED + 301), str, "torn")
    assert ledger.rows_reported == LISTED + 300
    assert len(ledger.problems) == LISTED


def test_reservations_never_refuse_a_file_but_losses_do() -> None:
    ledger = LossLedger(rows_read=4)
    ledger.note_rows(range(1, 5), str, "status", unusable=False)
    ledger.refuse_if_ruined("f")
    ledger.note_rows(range(1, 3), str, "torn")
    ledger.refuse_if_ruined("f")
    ledger.note(3, "", "torn")
    with pytest.raises(UnusableInput, match="3 of 4 rows"):
        ledger.refuse_if_ruined("f")
