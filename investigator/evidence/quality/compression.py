"""What storage took away: stretches stored as a few straight lines, and values in coarse steps.

- A historian that compresses keeps the corners of a signal. Where a lively signal has hardly any
  for twenty minutes while the others have theirs, the straight lines are not the swinging door's:
  the door was opened, or the source sent less.
- Its noise is gone there: the door was at least three standard deviations wide, so that the course
  is known within 2 ExcDev + CompDev, twice that, as a uniform doubt (divide by sqrt(3)).
- Steps of at least two compression deviations q are coarser than the historian's own: the variance
  grows by q^2/12.
- A stored corner of an interpolated export is a point where its course bends.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from investigator.domain.evidence import Finding, Severity, Treatment
from investigator.domain.instant import Span
from investigator.domain.trajectory import Trajectory
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.quality.stretches import LONGEST_INTERVAL_S, measured, runs, with_value

BIN_S = 600.0
FEWEST_BINS = 2
FEW = 0.2
"""Share of a signal's usual number of corners below which it has hardly any."""

USUAL_LEAST = 10.0
"""A signal with fewer corners in ten minutes is stored straight anyhow."""

OTHERS_LIVE = 0.5
REST_POINTS = 121
MOSTLY_FLAT, ALL_FLAT = 0.5, 0.9
"""Where one value lasts so long it is a flat line, which is another finding."""

FEWEST_CORNERS, LIVELY_S = 50, 60.0
DOOR_SIGMAS = 3.0
STRAIGHT_SD = float(np.hypot(1.0, 2.0 * DOOR_SIGMAS / np.sqrt(3.0)))

BLOCK_S = 1800.0
BLOCK_FEWEST, BLOCK_CHANGES = 12, 6
REVISITED = 0.5
"""A noisy signal comes back to its steps; a ramp, which does not, says nothing of them."""

STEPS = 2.0


def straight_findings(trajectories: Mapping[str, Trajectory], *, gridded: bool) -> list[Finding]:
    """Lively signals that are stored as straight lines for a while, while others are not."""
    judged = measured(trajectories)
    if not judged:
        return []
    start_ms = min(int(t.t_ms[0]) for t in judged.values())
    bins = 1 + max(int((t.t_ms[-1] - start_ms) / 1000.0 / BIN_S) for t in judged.values())
    counts = {
        tag: _counts(_corners(t, gridded=gridded), start_ms, bins) for tag, t in judged.items()
    }
    usual = {tag: float(np.median(c[c > 0])) if c.any() else 0.0 for tag, c in counts.items()}
    lively = [tag for tag in judged if usual[tag] >= USUAL_LEAST]
    if len(lively) < 3:
        return []
    live = np.vstack([counts[tag] >= 0.5 * usual[tag] for tag in lively])
    found = []
    for row, tag in enumerate(lively):
        others = (live.sum(axis=0) - live[row]) / (len(lively) - 1)
        few = (counts[tag] <= FEW * usual[tag]) & (others >= OTHERS_LIVE)
        for first, last in runs(few):
            if last - first + 1 >= FEWEST_BINS:
                span = Span(
                    start_ms + round(first * BIN_S * 1000),
                    start_ms + round((last + 1) * BIN_S * 1000),
                )
                if _drawn(judged[tag], span, flat_share=MOSTLY_FLAT):
                    found.append(_straight(judged[tag], span))
    return found


def drawn_gaps(trajectories: Mapping[str, Trajectory]) -> list[Finding]:
    """Straight lines of an interpolated export that are longer than the historian lets pass.

    It was interpolated across a gap. A line that stands at one value is another finding.
    """
    found = []
    for trajectory in measured(trajectories).values():
        corners = _corners(trajectory, gridded=True)
        apart_s = np.diff(corners) / 1000.0
        if apart_s.size < FEWEST_CORNERS or _usual_s(apart_s) > LIVELY_S:
            continue
        for n in np.flatnonzero(apart_s > 1.5 * LONGEST_INTERVAL_S).tolist():
            span = Span(int(corners[n]) + 1, int(corners[n + 1]))
            if _drawn(trajectory, span, flat_share=ALL_FLAT):
                found.append(_drawn_gap(trajectory, span))
    return found


def _usual_s(apart_s: NDArray[np.float64]) -> float:
    """For half of the time corners are no further apart than this."""
    ascending = np.sort(apart_s)
    time = np.cumsum(ascending)
    return float(ascending[np.searchsorted(time, time[-1] / 2.0)])


def _drawn_gap(trajectory: Trajectory, span: Span) -> Finding:
    return Finding(
        subject=trajectory.signal.tag,
        kind="gap",
        span=span,
        action="no value inside: the export draws a line across a gap",
        severity=Severity.MAJOR,
        treatment=Treatment.DROP,
        detail=f"one straight line for {span.seconds:.0f} s",
    )


def _corners(trajectory: Trajectory, *, gridded: bool) -> NDArray[np.int64]:
    good = with_value(trajectory)
    t_ms, value = trajectory.t_ms[good], trajectory.value[good]
    if not gridded or value.size < 3:
        return t_ms
    step = np.diff(np.unique(value))
    slack = 1.5 * float(step.min()) if step.size else 0.0
    bent = np.abs(value[:-2] - 2.0 * value[1:-1] + value[2:]) > slack
    return t_ms[1:-1][bent]


def _counts(times_ms: NDArray[np.int64], start_ms: int, bins: int) -> NDArray[np.int64]:
    place = ((times_ms - start_ms) / 1000.0 / BIN_S).astype(np.int64)
    return np.bincount(place, minlength=bins)


def _drawn(trajectory: Trajectory, span: Span, *, flat_share: float) -> bool:
    """Whether there is a course inside, neither a gap nor one value for that share of the time."""
    reach = round(1000 * LONGEST_INTERVAL_S)
    around = (trajectory.t_ms >= span.start_ms - reach) & (trajectory.t_ms <= span.end_ms + reach)
    inside = (trajectory.t_ms >= span.start_ms) & (trajectory.t_ms < span.end_ms)
    apart_s = np.diff(trajectory.t_ms[around]) / 1000.0
    if not with_value(trajectory)[inside].all() or not apart_s.size:
        return False
    recorded = bool(apart_s.max() <= 1.5 * LONGEST_INTERVAL_S)
    return recorded and _longest_rest(trajectory, span) < flat_share


def _longest_rest(trajectory: Trajectory, span: Span) -> float:
    """The longest share of a span during which the course holds one value."""
    grid_ms = np.linspace(span.start_ms, span.end_ms, REST_POINTS).astype(np.int64)
    rests = runs(np.diff(np.interp(grid_ms, trajectory.t_ms, trajectory.value)) == 0.0)
    return max((last - first + 1 for first, last in rests), default=0) / (REST_POINTS - 1)


def _straight(trajectory: Trajectory, span: Span) -> Finding:
    factor = float(f"{STRAIGHT_SD:.3g}")
    return Finding(
        subject=trajectory.signal.tag,
        kind="straight",
        span=span,
        action=f"standard deviation taken {factor:g} times",
        severity=Severity.MAJOR,
        treatment=Treatment.WIDEN,
        sd_factor=factor,
        detail=f"stored as a few straight lines for {span.seconds / 60.0:.0f} min while other"
        " signals keep theirs",
    )


def quantised_findings(trajectory: Trajectory, facts: TagFacts | None) -> list[Finding]:
    """Stretches in which all values are multiples of a step that is coarse for this tag."""
    deviation = (facts.compression_deviation if facts else None) or 0.0
    good = np.flatnonzero(with_value(trajectory))
    if deviation <= 0.0 or good.size < BLOCK_FEWEST:
        return []
    t_ms, value = trajectory.t_ms[good], trajectory.value[good]
    if np.all(np.diff(value) >= 0.0):
        return []
    block = ((t_ms - t_ms[0]) / 1000.0 / BLOCK_S).astype(np.int64)
    steps = np.array([_step(value[block == b]) for b in range(int(block[-1]) + 1)])
    found = []
    for first, last in runs(steps >= STEPS * deviation):
        inside = (block >= first) & (block <= last)
        span = Span(int(t_ms[inside][0]), int(t_ms[inside][-1]) + 1)
        found.append(_quantised(trajectory, span, float(steps[first : last + 1].min()), deviation))
    return found


def _step(value: NDArray[np.float64]) -> float:
    """The smallest difference of two values; 0 where there are too few to tell."""
    distinct = np.unique(value)
    changes = int(np.count_nonzero(np.diff(value)))
    few = value.size < BLOCK_FEWEST or distinct.size < 2 or changes < BLOCK_CHANGES
    if few or distinct.size > REVISITED * value.size:
        return 0.0
    return float(np.diff(distinct).min())


def _quantised(trajectory: Trajectory, span: Span, step: float, deviation: float) -> Finding:
    factor = float(f"{np.hypot(1.0, step / np.sqrt(12.0) / deviation):.3g}")
    return Finding(
        subject=trajectory.signal.tag,
        kind="quantised",
        span=span,
        action=f"standard deviation taken {factor:g} times",
        severity=Severity.MAJOR if factor >= 2.0 else Severity.MINOR,
        treatment=Treatment.WIDEN,
        sd_factor=factor,
        detail=f"comes in steps of {step:g} {trajectory.signal.unit}, the historian keeps"
        f" {deviation:g}",
    )
