"""Steps of the time base inside one export: all signals pause or repeat at once.

- Pause: no signal at all has a sample for a time that is long for the export. The source stood
  still or its clock was set forward; which of the two the samples do not say.
- Repeat: rows of most signals go back in time over the same stretch: the clock was set back, and
  two stretches of the run lie over each other there. Their samples are dropped.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from investigator.domain.evidence import Finding, Severity, Treatment
from investigator.domain.instant import Span
from investigator.domain.trajectory import Trajectory
from investigator.evidence.quality.stretches import all_times

EXPORT = "historian export"
PAUSE_S = 60.0
TIMES_USUAL = 5.0
FEWEST_TAGS = 5
MOST_TAGS = 0.5


def clock_jumps(
    trajectories: Mapping[str, Trajectory], reading: Iterable[Finding], *, gridded: bool
) -> list[Finding]:
    """Findings for the jumps of an export's clock.

    Args:
        trajectories: of one export.
        reading: what its reading found; `disordered` names tags whose rows go back in time.
        gridded: whether it is interpolated on a grid, in which no pause can be seen.
    """
    pauses = [] if gridded else _pauses(trajectories)
    return [*pauses, *_repeats(trajectories, reading)]


def _pauses(trajectories: Mapping[str, Trajectory]) -> list[Finding]:
    if len(trajectories) < FEWEST_TAGS:
        return []
    times = all_times(trajectories.values())
    apart_s = np.diff(times) / 1000.0
    if not apart_s.size:
        return []
    least = max(PAUSE_S, TIMES_USUAL * float(np.quantile(apart_s, 0.999)))
    return [
        Finding(
            subject=EXPORT,
            kind="clock_jump",
            span=Span(int(times[n]) + 1, int(times[n + 1])),
            action="kept: times on both sides as they stand, to be compared with other clocks",
            severity=Severity.CRITICAL,
            detail=f"no signal has a sample for {apart_s[n]:.0f} s: the source stood still or its"
            " clock was set forward",
        )
        for n in np.flatnonzero(apart_s >= least).tolist()
    ]


def _repeats(trajectories: Mapping[str, Trajectory], reading: Iterable[Finding]) -> list[Finding]:
    back = [f for f in reading if f.kind == "disordered" and f.span is not None]
    tags = {f.subject for f in back}
    if len(tags) < max(FEWEST_TAGS, MOST_TAGS * len(trajectories)):
        return []
    spans = [f.span for f in back if f.span is not None]
    span = Span(
        int(np.median([s.start_ms for s in spans])), int(np.median([s.end_ms for s in spans]))
    )
    return [
        Finding(
            subject=tag,
            kind="clock_jump",
            span=span,
            action="not used: two stretches of the run lie over each other",
            severity=Severity.CRITICAL,
            treatment=Treatment.DROP,
            detail=f"rows of {len(tags)} signals go back in time over the same"
            f" {span.seconds:.0f} s: the clock was set back",
        )
        for tag in sorted(tags)
    ]
