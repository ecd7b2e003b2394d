"""Values that the instrument cannot give: beyond its range, at its end, of impossible magnitude.

- Far beyond the range a transmitter signals its own failure (NAMUR NE 43: at most 3.6 mA or at
  least 21 mA, which is 2.5 % of the span below or 6.25 % above): such a value is dropped.
- Between the range and those currents a transmitter still measures (3.8 to 20.5 mA), and noise
  about an end of the range is no doubt.
- A lively signal that stands at the end of its range is censored: it was at least so much. Zero is
  a rest as well, and no saturation.
- A magnitude a thousand times the span, or of a tag without range a million times the usual, is
  no measurement.
- Before the first and after the last value in range nothing ran: such stretches are minor, and no
  saturation.
"""

import numpy as np
from numpy.typing import NDArray

from investigator.domain.evidence import Finding, Severity, Treatment
from investigator.domain.trajectory import Trajectory
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.quality.stretches import Flags, runs, span_of_range, stretch, with_value

FAILED_BELOW, FAILED_ABOVE = 0.025, 0.0625
SPANS, USUALS = 1e3, 1e6
TOLERANCE = 1e-3
SATURATED_S = 60.0
SATURATED_SD = 3.0


def range_findings(trajectory: Trajectory, facts: TagFacts | None) -> list[Finding]:
    """What a signal's magnitude says against it."""
    impossible = _impossible(trajectory, facts)
    ends = span_of_range(facts)
    size = np.abs(trajectory.value)
    found = _dropped(trajectory, impossible, size, "impossible_value", "no instrument gives")
    if ends is None:
        return found
    low, high = ends
    with np.errstate(invalid="ignore"):
        below = trajectory.value < low - FAILED_BELOW * (high - low)
        above = trajectory.value > high + FAILED_ABOVE * (high - low)
    outside = np.maximum(low - trajectory.value, trajectory.value - high)
    words = f"beyond {low:g} to {high:g} {trajectory.signal.unit}".rstrip()
    failed = (below | above) & ~impossible
    return [
        *found,
        *_dropped(trajectory, failed, outside, "out_of_range", words),
        *_saturated(trajectory, low, high),
    ]


def _impossible(trajectory: Trajectory, facts: TagFacts | None) -> Flags:
    size = np.abs(np.where(with_value(trajectory), trajectory.value, 0.0))
    ends = span_of_range(facts)
    if ends is not None:
        return np.asarray(size > max(abs(ends[0]), abs(ends[1])) + SPANS * (ends[1] - ends[0]))
    usual = size[size > 0.0]
    return np.asarray(size > USUALS * (float(np.median(usual)) if usual.size else np.inf))


def _dropped(
    trajectory: Trajectory, flags: Flags, far: NDArray[np.float64], kind: str, words: str
) -> list[Finding]:
    inside = np.flatnonzero(with_value(trajectory) & ~flags)
    found = []
    for first, last in runs(flags):
        between = inside.size > 0 and inside[0] < first and last < inside[-1]
        worst = float(trajectory.value[first + int(np.argmax(far[first : last + 1]))])
        several = last > first
        found.append(
            Finding(
                subject=trajectory.signal.tag,
                kind=kind,
                span=stretch(trajectory, first, last),
                action="not used",
                severity=Severity.MAJOR if between else Severity.MINOR,
                treatment=Treatment.DROP,
                detail=f"{last - first + 1} sample{'s' if several else ''} {words},"
                f" {'the furthest' if several else 'at'} {worst:g}",
            )
        )
    return found


def _saturated(trajectory: Trajectory, low: float, high: float) -> list[Finding]:
    slack = TOLERANCE * (high - low)
    value = np.where(with_value(trajectory), trajectory.value, np.nan)
    with np.errstate(invalid="ignore"):
        at_top, at_foot = np.abs(value - high) <= slack, np.abs(value - low) <= slack
    inside = np.flatnonzero(np.isfinite(value) & ~at_top & ~at_foot)
    found = []
    for first, last in runs(at_top | at_foot if low != 0.0 else at_top):
        span = stretch(trajectory, first, last)
        between = inside.size > 0 and inside[0] < first and last < inside[-1]
        if span.seconds < SATURATED_S or not between:
            continue
        found.append(
            Finding(
                subject=trajectory.signal.tag,
                kind="saturated",
                span=span,
                action=f"standard deviation taken {SATURATED_SD:g} times: it was at least so much",
                severity=Severity.MAJOR,
                treatment=Treatment.WIDEN,
                sd_factor=SATURATED_SD,
                detail=f"stands at the end of its range for {span.seconds:.0f} s",
            )
        )
    return found
