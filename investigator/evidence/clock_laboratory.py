"""What the times of the laboratory can tell of its clock: an analysis follows what it analyses.

The bound has one side. An analysis before its container was closed says that one of the two times
is wrong; one after it says nothing.
"""

from collections.abc import Iterable

from investigator.domain.batch import BatchRecord
from investigator.domain.evidence import ClockOffset, Finding, Severity
from investigator.domain.instant import Span
from investigator.domain.laboratory import LabResult
from investigator.evidence.instants import read_instant

DAY_MS = 86_400_000
HOUR_MS = 3_600_000
DATE_LENGTH = len("2026-01-14")
CERTAIN = 3.0


def early_results(
    results: Iterable[LabResult], batch: BatchRecord, record: ClockOffset | None, *, zone: str
) -> tuple[Finding, ...]:
    """A finding a container whose analysis is stated to be over before it was closed.

    Args:
        results: of the laboratory; those without container or readable time say nothing.
        batch: the record, on its own clock.
        record: its offset; None or unsure: so much earlier an analysis must be to count.
        zone: IANA zone of laboratory times without offset.
    """
    if record is None:
        return ()
    closed = {c.container_id: record.at(c.filled.end_ms) for c in batch.containers}
    margin_ms = round(1000 * CERTAIN * record.uncertainty_s)
    inside = [r for r in results if r.container_id in closed]
    latest = {text: _latest(text, zone) for text in sorted({r.analysed for r in inside})}
    earliest: dict[str, int] = {}
    for result in inside:
        latest_ms = latest[result.analysed]
        if latest_ms is not None:
            known = earliest.get(result.container_id, latest_ms)
            earliest[result.container_id] = min(known, latest_ms)
    return tuple(
        _finding(container_id, latest_ms, closed[container_id])
        for container_id, latest_ms in sorted(earliest.items())
        if latest_ms + margin_ms < closed[container_id]
    )


def _latest(text: str, zone: str) -> int | None:
    """The last instant that a text such as `2026-01-14` or `2026-01-14 09:10` may stand for."""
    try:
        begin_ms = read_instant(text if len(text) > DATE_LENGTH else f"{text} 00:00", zone)
    except ValueError:
        return None
    return begin_ms + (60_000 if len(text) > DATE_LENGTH else DAY_MS)


def _finding(container_id: str, analysed_ms: int, closed_ms: int) -> Finding:
    return Finding(
        subject=container_id,
        kind="clock_order",
        span=Span(analysed_ms, closed_ms),
        action="kept; neither time is altered",
        detail="the laboratory states an analysis of it before it was closed"
        f" ({(closed_ms - analysed_ms) / HOUR_MS:.1f} h earlier)",
        severity=Severity.MAJOR,
    )
