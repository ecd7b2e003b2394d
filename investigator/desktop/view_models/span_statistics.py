"""What a signal did in a stretch of time, in figures.

- Mean and standard deviation are of the samples that lie in the stretch and are not bad.
- A historian keeps few samples where nothing happens, so the mean over time stands beside: values
  are joined by straight lines, or held, as the signal says; nothing is joined across a bad sample
  or, where lines are drawn, across a gap of more than half an hour.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.desktop.view_models.tags import Tag
from investigator.domain.instant import Span
from investigator.domain.quantities import UNKNOWN, decimals_for, fixed, significant

_LONGEST_MS = 1_800_000
_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SpanStatistics:
    """A signal in a stretch of time; NaN for what is not known.

    `samples`: those that are not bad. `bad`: those that are. `mean`, `sd`, `lowest`, `highest`: of
    the samples, in the unit of the signal. `over_time`: mean over time; NaN for single results.
    `states`: share of the known time in each state, for a digital tag.
    """

    samples: int
    bad: int
    mean: float
    sd: float
    lowest: float
    highest: float
    over_time: float
    states: tuple[tuple[str, float], ...] = ()


def statistics(tag: Tag, span: Span) -> SpanStatistics:
    """The signal in this stretch of time, both ends included."""
    inside = (tag.t_ms >= span.start_ms) & (tag.t_ms <= span.end_ms)
    value = tag.value[inside & ~tag.bad]
    start, end, first, last = _pieces(tag, span)
    known = value.size > 0
    return SpanStatistics(
        samples=int(value.size),
        bad=int(np.count_nonzero(inside & tag.bad)),
        mean=float(value.mean()) if known else math.nan,
        sd=float(value.std(ddof=1)) if value.size > 1 else math.nan,
        lowest=float(value.min()) if known else math.nan,
        highest=float(value.max()) if known else math.nan,
        over_time=math.nan if tag.single else _mean_over_time(start, end, first, last),
        states=_shares(tag, start, end, first),
    )


def in_words(found: SpanStatistics) -> str:
    """The figures in a few short lines, in the unit of the signal."""
    counted = f"n {found.samples}, bad {found.bad}"
    if found.states:
        shares = ", ".join(f"{name} {fixed(100 * share, 1)} %" for name, share in found.states)
        return f"{shares} of the time\n{counted}"
    if not found.samples and not math.isfinite(found.over_time):
        return counted
    mean, sd, low, high, over_time = _figures(found)
    lines = [f"mean {mean}", f"sd {sd}", f"{low} to {high}", counted]
    if math.isfinite(found.over_time):
        lines.insert(1, f"over time {over_time}")
    return "\n".join(lines)


def _figures(found: SpanStatistics) -> list[str]:
    """To the digits that the scatter leaves, or to four where nothing scatters."""
    values = [found.mean, found.sd, found.lowest, found.highest, found.over_time]
    if math.isfinite(found.sd) and found.sd > 0:
        places = decimals_for(found.sd)
        return [fixed(v, places) for v in values]
    return [significant(v, 4) if math.isfinite(v) else UNKNOWN for v in values]


def _pieces(tag: Tag, span: Span) -> tuple[_Floats, _Floats, _Floats, _Floats]:
    """Start and end of the known pieces between samples within the span, and the values there."""
    t = tag.t_ms.astype(np.float64)
    t0, t1 = t[:-1], t[1:]
    start, end = np.maximum(t0, span.start_ms), np.minimum(t1, span.end_ms)
    known = (end > start) & ~tag.bad[:-1]
    if not tag.held:
        known &= ~tag.bad[1:] & (t1 - t0 <= _LONGEST_MS)
    v0, v1 = tag.value[:-1], tag.value[0 if tag.held else 1 :][: t0.size]
    slope = np.zeros(t0.size) if tag.held else (v1 - v0) / np.maximum(t1 - t0, 1.0)
    first, last = v0 + slope * (start - t0), v0 + slope * (end - t0)
    return start[known], end[known], first[known], last[known]


def _mean_over_time(start: _Floats, end: _Floats, first: _Floats, last: _Floats) -> float:
    length = end - start
    if not length.sum() > 0:
        return math.nan
    return float(((first + last) / 2 * length).sum() / length.sum())


def _shares(
    tag: Tag, start: _Floats, end: _Floats, value: _Floats
) -> tuple[tuple[str, float], ...]:
    length = end - start
    if not tag.states or not length.sum() > 0:
        return ()
    shares = [
        (name, float(length[value == code].sum() / length.sum())) for code, name in tag.states
    ]
    return tuple((name, share) for name, share in shares if share > 0)
