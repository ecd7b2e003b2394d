"""The batch record of a site that has none to hand in, made of its table with a batch a row."""

from collections.abc import Sequence

from investigator.domain.errors import UnusableInput
from investigator.domain.instant import Span
from investigator.evidence.batch.record import RecordReading
from investigator.evidence.batch.rows import record_assumptions, record_of_row
from investigator.evidence.batch.table import BatchTable
from investigator.evidence.ledger import LossLedger


def record_from_tables(
    tables: Sequence[BatchTable], batch_id: str, *, span: Span, line_id: str, zone: str
) -> RecordReading | None:
    """A batch record over the span of the batch's series; None where no table has the batch.

    Args:
        tables: with a batch a row.
        batch_id: the batch that was chosen.
        span: from the first to the last sample of the batch.
        line_id: the line, as its dossier names it.
        zone: IANA zone of times without offset.

    Raises:
        UnusableInput: two tables have the batch, and name different lots or sizes.
    """
    holding = [table for table in tables if batch_id in table.rows]
    if not holding:
        return None
    made = [record_of_row(t, batch_id, span=span, line_id=line_id) for t in holding]
    first = made[0]
    for table, other in zip(holding[1:], made[1:], strict=True):
        if (other.lots, other.quantities) != (first.lots, first.quantities):
            raise UnusableInput(
                table.file,
                f"names other lots or another size of batch {batch_id} than {holding[0].file}",
                "leave the valid table in the folder",
            )
    ledger = LossLedger()
    return RecordReading(
        batch=first,
        alarms=(),
        ledger=ledger,
        zone=zone,
        assumptions=record_assumptions(holding[0]),
        own_clock=False,
    )
