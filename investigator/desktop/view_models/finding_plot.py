"""The signal around a finding, as it was read: what is left out and what is widened stand out.

- The curve is what the analyses use; samples that are left out are dots at the values that were
  read, samples whose standard deviation is widened are dots on the curve.
- No more is taken than the stretch that is shown; a long one is thinned before it is drawn.
"""

from dataclasses import dataclass

import numpy as np

from investigator.desktop.plots.content import Curve, Plot, Ribbon, RibbonSpan
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.doubtful_samples import (
    LEFT_OUT,
    WIDENED,
    Flags,
    as_read,
    dots,
    treated_so,
)
from investigator.desktop.view_models.findings import GRAVITY_TONE, FindingRow
from investigator.domain.decimate import thin_line
from investigator.domain.evidence import Treatment
from investigator.domain.instant import Span
from investigator.domain.quantities import count
from investigator.domain.trajectory import Interpolation, Quality, Trajectory

NO_SIGNAL = "This finding is about no signal that was sampled; there is nothing to be plotted."
_AROUND, _LEAST_AROUND_MS, _COLUMNS = 1.5, 600_000, 4_000


@dataclass(frozen=True, slots=True, eq=False)
class FindingPlot:
    """What is drawn of a finding.

    Attributes:
        plot: the signal.
        bounds: first and last instant that are shown, ms.
        span: the stretch of the finding; None where it is of all samples.
        ribbon: all findings on the signal in what is shown.
        note: what was seen, and how many samples are left out and widened in what is shown.
    """

    plot: Plot
    bounds: tuple[int, int]
    span: Span | None
    ribbon: Ribbon
    note: str


def finding_plot(
    scene: Scene, rows: tuple[FindingRow, ...], shown: FindingRow
) -> FindingPlot | None:
    """The signal around a finding; None where the finding is about no signal.

    Args:
        scene: the case with its evidence, as read and as decided.
        rows: all findings.
        shown: the one that is gone to.
    """
    read = as_read(scene)
    if read is None:
        return None
    trajectory = read.trajectories.get(shown.subject) or read.environment.get(shown.subject)
    if trajectory is None or not trajectory.t_ms.size:
        return None
    bounds = _around(shown.finding.span, trajectory)
    part = _within(trajectory, bounds)
    mine = [r for r in rows if r.subject == shown.subject and _meets(r.finding.span, bounds)]
    dropped = treated_so(part.t_ms, mine, Treatment.DROP)
    widened = treated_so(part.t_ms, mine, Treatment.WIDEN) & ~dropped
    return FindingPlot(
        Plot(
            shown.subject,
            f"{shown.subject} {trajectory.signal.description}".strip(),
            trajectory.signal.unit,
            _curves(part, dropped, widened),
        ),
        bounds,
        shown.finding.span,
        Ribbon("Data quality", tuple(_span(row, bounds) for row in _longest_first(mine))),
        _note(shown, int(dropped.sum()), int(widened.sum())),
    )


def _around(span: Span | None, trajectory: Trajectory) -> tuple[int, int]:
    first, last = int(trajectory.t_ms[0]), int(trajectory.t_ms[-1])
    if span is None:
        return first, last
    more = max(round(_AROUND * (span.end_ms - span.start_ms)), _LEAST_AROUND_MS)
    return (
        min(max(span.start_ms - more, first), span.start_ms),
        max(min(span.end_ms + more, last), span.end_ms),
    )


def _within(trajectory: Trajectory, bounds: tuple[int, int]) -> Trajectory:
    """The samples that are shown, and those next to them."""
    start = max(int(np.searchsorted(trajectory.t_ms, bounds[0])) - 1, 0)
    end = int(np.searchsorted(trajectory.t_ms, bounds[1], side="right")) + 1
    return Trajectory(
        trajectory.signal,
        trajectory.t_ms[start:end],
        trajectory.value[start:end],
        trajectory.quality[start:end],
    )


def _curves(part: Trajectory, dropped: Flags, widened: Flags) -> tuple[Curve, ...]:
    held = part.signal.interpolation is Interpolation.STEP
    bad = part.quality == Quality.BAD
    used = np.where(dropped | bad, np.nan, part.value)
    line = Curve("used", *thin_line(part.t_ms, used, _COLUMNS), held=held)
    return (line, *dots(part, dropped, widened))


def _meets(span: Span | None, bounds: tuple[int, int]) -> bool:
    return span is None or (span.start_ms <= bounds[1] and span.end_ms >= bounds[0])


def _longest_first(rows: list[FindingRow]) -> list[FindingRow]:
    def length(row: FindingRow) -> float:
        span = row.finding.span
        return float("inf") if span is None else float(span.end_ms - span.start_ms)

    return sorted(rows, key=length, reverse=True)


def _span(row: FindingRow, bounds: tuple[int, int]) -> RibbonSpan:
    span = row.finding.span or Span(*bounds)
    tone = GRAVITY_TONE[row.severity]
    tip = f"{row.kind}, {row.treatment}: {row.detail or row.done}"
    return RibbonSpan(row.finding_id, span.start_ms, span.end_ms, row.kind, tone, tip)


def _note(shown: FindingRow, dropped: int, widened: int) -> str:
    said = [f"{count(dropped, 'sample')} {LEFT_OUT}"] if dropped else []
    said += [f"{count(widened, 'sample')} {WIDENED}"] if widened else []
    here = ", ".join(said) if said else "all samples used as they are"
    seen = shown.detail.rstrip(".")
    return f"{seen}; in this stretch {here}" if seen else f"In this stretch {here}"
