"""This batch beside normal ones on an aligned axis: where, when and how far it leaves them.

- Channels are compared as they were measured, without the twin.
- Positions that follow one another beyond the limit are one stretch; places that too few normal
  batches reached are counted, not judged.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from investigator.analysis.aligned import STEP, Aligned, aligned, places
from investigator.analysis.comparison import Comparison
from investigator.analysis.golden_envelope import Envelope, read_envelopes, scores
from investigator.domain.instant import Span
from investigator.domain.toolbox import (
    AlignedCourse,
    Axis,
    AxisMark,
    BatchComparison,
    EnvelopeExit,
    MarkKind,
)
from investigator.twin.channels import GRID_S, SERIES
from investigator.twin.record import Array, LineRecord


def batch_comparisons(c: Comparison, statistics: Mapping[str, Any]) -> tuple[BatchComparison, ...]:
    """The batch on every axis that the package of the twin has an envelope for.

    Raises:
        UnusableInput: the envelope of the package is incomplete.
    """
    return tuple(_compared(c, envelope) for envelope in read_envelopes(statistics))


def _compared(c: Comparison, envelope: Envelope) -> BatchComparison:
    run = aligned(c.record, c.measured, envelope.axis)
    count = run.value.shape[1]
    low, middle, high = (
        _as_long(rows, count) for rows in (envelope.low, envelope.middle, envelope.high)
    )
    found = scores(run.value, low, middle, high)
    courses = []
    for row, channel in enumerate(SERIES):
        if not np.isfinite(run.value[row]).any():
            continue
        scale = channel.to_unit
        off = (run.value[row] - middle[row]) * scale
        courses.append(
            AlignedCourse(
                channel=channel.channel,
                title=c.record.named.title(channel),
                unit=channel.unit,
                place=np.asarray((np.arange(count) + 0.5) * STEP[envelope.axis]),
                t_ms=run.first_ms,
                value=run.value[row] * scale,
                low=low[row] * scale,
                middle=middle[row] * scale,
                high=high[row] * scale,
                exits=_exits(run, envelope.axis, found[row], float(envelope.limit[row]), off),
            )
        )
    courses.sort(key=lambda course: -max((_ratio(e) for e in course.exits), default=0.0))
    reached = np.isfinite(middle).any(axis=0)
    return BatchComparison(
        envelope.axis,
        envelope.batches,
        tuple(courses),
        _marks(c.record, envelope.axis),
        int((~reached).sum()),
    )


def _ratio(found: EnvelopeExit) -> float:
    return found.score / found.limit


def _as_long(rows: Array, count: int) -> Array:
    """Cut, or lengthened by NaN, to so many positions."""
    out = np.full((rows.shape[0], count), np.nan)
    kept = min(count, rows.shape[1])
    out[:, :kept] = rows[:, :kept]
    return out


def _exits(
    run: Aligned, axis: Axis, found: Array, limit: float, off: Array
) -> tuple[EnvelopeExit, ...]:
    outside = np.where(np.isfinite(found), np.abs(found) > limit, False)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], outside.astype(np.int8), [0]])))
    exits = []
    for begin, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        worst = begin + int(np.argmax(np.abs(found[begin:end])))
        span = Span(int(run.first_ms[begin]), int(run.last_ms[end - 1]) + int(GRID_S * 1000))
        exits.append(
            EnvelopeExit(
                span=span,
                begin=begin * STEP[axis],
                end=end * STEP[axis],
                largest=float(off[worst]),
                score=float(abs(found[worst])),
                limit=limit,
            )
        )
    return tuple(exits)


def _marks(record: LineRecord, axis: Axis) -> tuple[AxisMark, ...]:
    place = places(record, axis)
    lots = [
        AxisMark(
            MarkKind.LOT_CHANGE,
            max(float(place[record.index(lot.start_ms)]), 0.0),
            lot.start_ms,
            f"lot {lot.lot_id} enters {lot.feeder}",
        )
        for lot in record.lots
        if not lot.first
    ]
    stops = [
        AxisMark(
            MarkKind.STOP,
            float(place[record.index(stop.start_ms)]),
            stop.start_ms,
            f"stop of {stop.seconds / 60.0:.0f} min",
        )
        for stop in record.standstills
    ]
    return tuple(sorted((*lots, *stops), key=lambda mark: (mark.t_ms, mark.label)))
