"""Tables with a batch a row: what is read of a batch, and what is reported."""

import io

import pytest
from openpyxl import Workbook

from investigator.domain.acceptance import Bound
from investigator.domain.errors import UnusableInput
from investigator.domain.instant import Span
from investigator.evidence.batch.rows import lots_in, misplaced_means, record_of_row, results_in
from investigator.evidence.batch.table import BatchTable, is_batch_table, read_batch_table
from investigator.evidence.batch.table_record import record_from_tables
from investigator.evidence.laboratory.results import read_laboratory

TEXT = (
    "Batch;Code;Batch size;api_lot;mcc_lot;api_water [%];min_weight [mg];mean_weight [mg];"
    "max_weight [mg]\r\n"
    "B1;7;1000;A-1;M-1;0,51;98,0;100,2;103,0\r\n"
    "B2;7;1000;A-2;      ;<0,1;98,0;104,0;103,0\r\n"
    "B2;7;1000;A-9;M-9;0,4;1;2;3\r\n"
    "      ;7;1000;A-9;M-9;0,4;1;2;3\r\n"
    "B3;7;     ;A-1;M-1;lost;98,0;100,2;103,0\r\n"
)
SPAN = Span(0, 3_600_000)


def _table() -> BatchTable:
    return read_batch_table(TEXT.encode(), "b.csv")


@pytest.mark.requirement("EVD-211")
def test_lots_and_results_of_a_batch() -> None:
    table = _table()
    assert table.batches == ("B1", "B2", "B3")
    assert [(lot.material_id, lot.lot_id) for lot in lots_in(table, "B2")] == [("api", "A-2")]
    water, *_ = results_in(table, "B1")
    assert (water.test, water.result, water.unit) == ("api_water [%]", 0.51, "%")
    assert (water.material_lot, water.stage) == ("A-1", "Raw material")
    below = results_in(table, "B2")[0]
    assert (below.censored, below.bound, below.quantified) == (Bound.BELOW, 0.1, False)


def test_rows_that_are_not_used_are_counted() -> None:
    table = _table()
    assert (table.ledger.rows_read, table.ledger.rows_reported) == (5, 2)
    assert [p.line for p in table.ledger.problems] == [4, 5]
    assert len(results_in(table, "B3")) == 3
    assert table.ledger.rows_reported == 3


def test_a_mean_outside_its_range_is_found() -> None:
    table = _table()
    assert misplaced_means(results_in(table, "B1")) == ()
    (finding,) = misplaced_means(results_in(table, "B2"))
    assert finding.subject == "mean_weight [mg]"
    assert "104 mg lies outside min_weight [mg] 98 to max_weight [mg] 103" in finding.detail


@pytest.mark.requirement("EVD-213")
def test_a_record_is_made_of_the_row() -> None:
    reading = record_from_tables([_table()], "B1", span=SPAN, line_id="L-1", zone="UTC")
    assert reading is not None
    record = reading.batch
    assert (record.batch_id, record.product_id, record.line_id) == ("B1", "7", "L-1")
    assert (record.span, record.containers) == (SPAN, ())
    assert [q.value for q in record.quantities] == [1000.0]
    assert "phases, containers, set-points" in reading.assumptions[-1]
    assert record_of_row(_table(), "B3", span=SPAN, line_id="").quantities == ()


@pytest.mark.requirement("EVD-213")
def test_tables_that_contradict_each_other_are_refused() -> None:
    other = read_batch_table(TEXT.replace("A-1;M-1;0,51", "A-7;M-1;0,51").encode(), "c.csv")
    same = record_from_tables([_table(), _table()], "B1", span=SPAN, line_id="", zone="UTC")
    assert same is not None
    with pytest.raises(UnusableInput, match=r"c.csv: names other lots .* of batch B1 than b.csv"):
        record_from_tables([_table(), other], "B1", span=SPAN, line_id="", zone="UTC")
    assert record_from_tables([_table()], "B9", span=SPAN, line_id="", zone="UTC") is None


def test_the_laboratory_door_knows_such_a_table() -> None:
    reading = read_laboratory(TEXT.encode(), "b.csv", batch_id="B1")
    assert reading.table is not None
    assert {r.batch_id for r in reading.results} == {"B1"}
    assert (reading.ledger.rows_read, reading.ledger.rows_reported) == (5, 4)
    assert len(read_laboratory(TEXT.encode(), "b.csv", batch_id=None).results) == 11
    with pytest.raises(UnusableInput, match="holds no batch B9"):
        read_laboratory(TEXT.encode(), "b.csv", batch_id="B9")


def test_a_workbook_is_read_like_the_text() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in TEXT.splitlines():
        sheet.append([cell.strip() or None for cell in line.split(";")])
    stream = io.BytesIO()
    book.save(stream)
    read = read_batch_table(stream.getvalue(), "b.xlsx")
    assert [results_in(read, b) for b in read.batches] == [
        results_in(_table(), b) for b in read.batches
    ]
    assert read_laboratory(stream.getvalue(), "b.xlsx", batch_id="B1").table is not None


def test_a_table_without_lots_or_batch_is_none() -> None:
    assert is_batch_table(("batch", "api_batch", "tbl_yield"))
    assert not is_batch_table(("batch", "hardness"))
    assert not is_batch_table(("sample", "lot no", "assay"))
    with pytest.raises(UnusableInput, match="no column that names the batch"):
        read_batch_table(b"code;size\n1;2\n", "n.csv")
