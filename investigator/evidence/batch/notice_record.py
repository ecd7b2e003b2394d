"""The batch record of a case in which none was handed in: which batch, and when it ran, no more.

- The batch is the one that the deviation notice names; it is never guessed from the series.
- It ran over the span of the historian export: without a record there is no clock but that one.
- What only a record tells - containers, lots, entered potency, set-points of the recipe, samples,
  comments - stays unknown, and that is said.
"""

from investigator.domain.batch import BatchRecord
from investigator.domain.deviation import DeviationNotice
from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import Finding, Severity
from investigator.domain.instant import Span
from investigator.evidence.batch.record import RecordReading
from investigator.evidence.ledger import LossLedger

COST = (
    "no container can be traced, in-process samples, entered potency, lots and set-points of the "
    "recipe are unknown, the usual ones of the line stand in"
)


def record_of_notice(
    notice: DeviationNotice, *, span: Span, line_id: str, zone: str, unknown: str = ""
) -> RecordReading:
    """A record that knows its batch, its line and the span of the series.

    Args:
        notice: names the batch.
        span: from the first to the last sample of the historian export.
        line_id: the line of the twin; a notice of another line is refused. Empty for any line.
        zone: IANA zone of times without offset.
        unknown: the files that no reader knows, as they are told behind what is missing; one of
            them may be the record.

    Raises:
        UnusableInput: the notice is of another line.
    """
    if line_id and notice.line and notice.line != line_id:
        raise UnusableInput(
            notice.number,
            f"is a notice of line {notice.line}, the twin is of line {line_id}",
            "add the batch record, or choose the twin of this line",
        )
    return RecordReading(
        batch=_bare(notice, span, line_id),
        alarms=(),
        ledger=LossLedger(),
        zone=zone,
        findings=(
            Finding(
                subject="the batch record",
                kind="missing_source",
                span=None,
                action=f"continued without: {COST}",
                detail=f"batch {notice.batch_id} is the one that the notice {notice.number} names"
                f"{unknown}",
                severity=Severity.MAJOR,
            ),
        ),
        assumptions=(
            f"without the batch record: {COST}; batch {notice.batch_id} is taken from the notice "
            f"{notice.number}, its time from the historian export",
        ),
        own_clock=False,
    )


def _bare(notice: DeviationNotice, span: Span, line_id: str) -> BatchRecord:
    return BatchRecord(
        record_id="",
        batch_id=notice.batch_id,
        product_id="",
        line_id=line_id or notice.line,
        recipe_id="",
        status="",
        span=span,
        equipment=(),
        parameters=(),
        lots=(),
        events=(),
        comments=(),
        phases=(),
        containers=(),
        samples=(),
    )
