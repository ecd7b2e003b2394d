"""What was not recorded: tags that the export lacks, stretches without value or with a doubtful
status, and times without any sample.

- Over a stretch without value nothing is interpolated; its length makes it grave.
- A held signal is stored on change alone: a long time without a sample says nothing of it.
- Uncertain samples weigh a third (quality weight 0.33: the standard deviation times 3).
- A tag without value for more than three tenths of the export is no evidence by itself.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from investigator.domain.evidence import Finding, Severity, Treatment
from investigator.domain.instant import Span
from investigator.domain.trajectory import Interpolation, Quality, Trajectory
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.quality.stretches import LONGEST_INTERVAL_S, runs, stretch, with_value

GAP_S = 1.5 * LONGEST_INTERVAL_S
"""Without a sample for longer than this a linear signal was not recorded."""

STEPS_MISSED = 3.0
"""A signal that is stored less often by design misses samples from so many of its steps on."""

LONG_S = 900.0
"""A stretch without value that is longer may hide an excursion of the product."""

UNCERTAIN_SD = 3.0
MOST_MISSING = 0.3


def missing_tags(
    trajectories: Mapping[str, Trajectory], tags: Mapping[str, TagFacts]
) -> list[Finding]:
    """Tags of the tag list that the export lacks."""
    return [
        Finding(
            subject=tag,
            kind="missing_tag",
            span=None,
            action="continued without it",
            detail="in the tag list of the line, not in the export",
        )
        for tag in tags
        if tag not in trajectories
    ]


def bad_status(trajectory: Trajectory) -> list[Finding]:
    """Stretches without value, up to the next sample that has one."""
    t_ms, findings = trajectory.t_ms, []
    for first, last in runs(trajectory.quality == Quality.BAD):
        span = Span(int(t_ms[first]), int(t_ms[min(last + 1, t_ms.size - 1)]))
        findings.append(
            Finding(
                subject=trajectory.signal.tag,
                kind="bad_status",
                span=span,
                action="no value until the next good sample; not interpolated across",
                severity=Severity.MAJOR if span.seconds > LONG_S else Severity.MINOR,
                treatment=Treatment.DROP,
                detail=f"{last - first + 1} sample{'s' if last > first else ''} without value",
            )
        )
    return findings


def uncertain_status(trajectory: Trajectory) -> list[Finding]:
    """Stretches of samples that the source itself calls uncertain or questionable."""
    return [
        _uncertain(trajectory, first, last)
        for first, last in runs(trajectory.quality == Quality.UNCERTAIN)
    ]


def _uncertain(trajectory: Trajectory, first: int, last: int) -> Finding:
    """Widened here, unless the reading of its status has done so already."""
    span, factor = stretch(trajectory, first, last), trajectory.sd_factor
    as_read = 1.0 if factor is None else float(factor[first : last + 1].max())
    acted_on = as_read > 1.0
    times = as_read if acted_on else UNCERTAIN_SD
    samples = f"{last - first + 1} sample{'s' if last > first else ''}"
    return Finding(
        subject=trajectory.signal.tag,
        kind="uncertain_status",
        span=span,
        action=f"standard deviation taken {times:g} times"
        + (", as its status says" if acted_on else ""),
        severity=Severity.MAJOR if span.seconds > LONG_S else Severity.MINOR,
        treatment=Treatment.IGNORE if acted_on else Treatment.WIDEN,
        sd_factor=1.0 if acted_on else UNCERTAIN_SD,
        detail=f"{samples} called uncertain by the source",
    )


def gaps(trajectory: Trajectory) -> list[Finding]:
    """Times without any sample, longer than the historian would let pass.

    Of a signal that is stored every hour by design, an hour is no gap.
    """
    if trajectory.signal.interpolation is Interpolation.STEP:
        return []
    t_ms, good = trajectory.t_ms, trajectory.quality != Quality.BAD
    apart_s = np.diff(t_ms) / 1000.0
    return [
        Finding(
            subject=trajectory.signal.tag,
            kind="gap",
            span=Span(int(t_ms[n]) + 1, int(t_ms[n + 1])),
            action="no value inside; not interpolated across",
            severity=Severity.MAJOR,
            treatment=Treatment.DROP,
            detail=f"no sample for {apart_s[n]:.0f} s",
        )
        for n in np.flatnonzero((apart_s > _longest_s(apart_s)) & good[:-1]).tolist()
    ]


def _longest_s(apart_s: NDArray[np.float64]) -> float:
    """The longest time, s, that two samples of a tag may be apart."""
    step_s = float(np.median(apart_s)) if apart_s.size else 0.0
    return GAP_S if step_s <= GAP_S else STEPS_MISSED * step_s


def mostly_missing(trajectory: Trajectory) -> list[Finding]:
    """A finding where a tag has no value for more than `MOST_MISSING` of its time."""
    good = with_value(trajectory)
    apart_s = np.diff(trajectory.t_ms) / 1000.0
    if not apart_s.size or not good.any():
        return []
    unknown = ~good[:-1]
    if trajectory.signal.interpolation is Interpolation.LINEAR:
        unknown |= apart_s > _longest_s(apart_s)
    share = float(apart_s[unknown].sum() / apart_s.sum())
    if share <= MOST_MISSING:
        return []
    return [
        Finding(
            subject=trajectory.signal.tag,
            kind="mostly_missing",
            span=Span(int(trajectory.t_ms[0]), int(trajectory.t_ms[-1])),
            action="used where it has a value; what rests on it alone is not shown",
            severity=Severity.CRITICAL,
            detail=f"no value for {100 * share:.0f} % of the time",
        )
    ]
