"""What the times of the laboratory can tell of its clock.

- Where it states when a sample was taken, that is the in-process sample of the same container in
  the batch record.
- An analysis follows what it analyses. The bound has one side: one before its container was closed
  says that one of the two times is wrong, one after it says nothing.
"""

import math
from collections.abc import Iterable, Iterator

import numpy as np

from investigator.domain.batch import BatchRecord
from investigator.domain.evidence import ClockOffset, Finding, Severity
from investigator.domain.instant import Span
from investigator.domain.laboratory import LabResult
from investigator.evidence.clocks.events import SharedEvents
from investigator.evidence.times.instants import read_instant

DAY_MS = 86_400_000
HOUR_MS = 3_600_000
DATE_LENGTH = len("2026-01-14")
MINUTE_LENGTH = len("2026-01-14 09:10")
CERTAIN = 3.0


def sample_events(
    results: Iterable[LabResult], batch: BatchRecord, record: ClockOffset, *, zone: str
) -> Iterator[SharedEvents]:
    """Samples as the laboratory and the batch record state them, container by container.

    Args and times as of `early_results`. A text to the minute is early by half a minute on average.
    """
    texts: dict[str, set[str]] = {}
    for result in results:
        if result.container_id and len(result.sampled) > DATE_LENGTH:
            texts.setdefault(result.container_id, set()).add(result.sampled)
    for container_id, stated in sorted(texts.items()):
        taken = [record.at(s.t_ms) for s in batch.samples if s.container_id == container_id]
        at = {t_ms for text in stated if (t_ms := _instant(text, zone)) is not None}
        stamp_s = 60.0 if max(map(len, stated)) <= MINUTE_LENGTH else 1.0
        yield SharedEvents(
            kind=f"sample of {container_id}",
            source_ms=np.array(sorted(at), dtype=np.int64),
            historian_ms=np.array(sorted(set(taken)), dtype=np.int64),
            late_s=stamp_s / 2.0 if stamp_s > 1.0 else 0.0,
            sd_s=math.sqrt((stamp_s**2 + 1.0) / 12.0),
        )


def _instant(text: str, zone: str) -> int | None:
    try:
        return read_instant(text, zone)
    except ValueError:
        return None


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
    begin_ms = _instant(text if len(text) > DATE_LENGTH else f"{text} 00:00", zone)
    if begin_ms is None:
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
