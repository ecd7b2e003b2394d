"""Rate violations: a signal that jumps to another level faster than instrument or process can, seen
by nothing else.

- The line reacts together: when a set-point, a state or a stop makes a signal jump, another signal
  of its unit or several of the line move within a minute. A jump that none shares is the
  instrument's.
- A jump has both sides: the level holds for three minutes before and after, else it is a spike.
- A signal that jumps often does so by nature, and a set-point is meant to.
- Which of the two levels is right the jump does not say: from it to the jump back, or to the end,
  the standard deviation is widened by the size of the jump against a uniform doubt, size/sqrt(3).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.evidence import Finding, Severity, Treatment
from investigator.domain.instant import Span
from investigator.domain.trajectory import Interpolation, Trajectory
from investigator.evidence.facts import TagFacts
from investigator.evidence.stretches import (
    NORMAL_MAD,
    measured,
    near,
    noise_sd,
    span_of_range,
    with_value,
)

SIGMAS = 8.0
DEVIATIONS = 8.0
SHARE_OF_RANGE = 0.08
LEVEL_S = 180.0
JUMP_S = 15.0
"""A jump takes no longer: a compressed signal is stored right before and right after it."""

TOGETHER_S = 60.0
OFTEN = 2
SEVERAL = 3
LEAST_SD, MOST_SD = 3.0, 100.0


@dataclass(frozen=True, slots=True)
class Jump:
    """A change of level of a tag at `t_ms` (the first sample of the new level) by `size`."""

    tag: str
    t_ms: int
    size: float
    sigma: float


def step_findings(
    trajectories: Mapping[str, Trajectory], tags: Mapping[str, TagFacts]
) -> list[Finding]:
    """Findings for the jumps of measured signals that nothing else shares."""
    judged = measured(trajectories)
    found: list[Finding] = []
    for tag, trajectory in judged.items():
        jumps = _jumps(trajectory, tags.get(tag))
        if not 0 < len(jumps) <= 2 * OFTEN:
            continue
        alone = [j for j in jumps if not _shared(j, trajectories, tags)]
        if len(alone) <= OFTEN:
            found += _findings(alone, trajectory)
    return found


def _shared(
    jump: Jump, trajectories: Mapping[str, Trajectory], tags: Mapping[str, TagFacts]
) -> bool:
    """Whether a neighbour on the same unit moves at the same time, or several others do."""
    moved = [
        tag
        for tag, t in trajectories.items()
        if tag != jump.tag and _moves(t, tags.get(tag), jump.t_ms)
    ]
    return len(moved) >= SEVERAL or any(_unit(t, tags) == _unit(jump.tag, tags) for t in moved)


def _unit(tag: str, tags: Mapping[str, TagFacts]) -> str:
    return tags[tag].equipment if tag in tags else ""


def _moves(trajectory: Trajectory, facts: TagFacts | None, t_ms: int) -> bool:
    reach = round(1000 * TOGETHER_S)
    good = with_value(trajectory)
    times, value = trajectory.t_ms[good], trajectory.value[good]
    if times.size < 2:
        return False
    if trajectory.signal.interpolation is Interpolation.STEP:
        return near(times[1:][np.diff(value) != 0], t_ms, within_s=TOGETHER_S)
    before = _level(times, value, t_ms - 2 * reach, t_ms - reach)
    after = _level(times, value, t_ms + reach, t_ms + 2 * reach)
    return abs(after - before) > max(SIGMAS * noise_sd(trajectory), _floor(facts))


def _jumps(trajectory: Trajectory, facts: TagFacts | None) -> list[Jump]:
    good = np.flatnonzero(with_value(trajectory))
    if good.size < 50:
        return []
    t_ms, value = trajectory.t_ms[good], trajectory.value[good]
    change, apart_s = np.diff(value), np.diff(t_ms) / 1000.0
    sigma = NORMAL_MAD * float(np.median(np.abs(change - np.median(change)))) / np.sqrt(2.0)
    least = max(SIGMAS * sigma, _floor(facts), 1e-12)
    quick = (np.abs(change) > least) & (apart_s <= JUMP_S)
    found = []
    for n in np.flatnonzero(quick).tolist():
        before = _level(t_ms, value, int(t_ms[n]) - round(1000 * LEVEL_S), int(t_ms[n]))
        after = _level(t_ms, value, int(t_ms[n + 1]), int(t_ms[n + 1]) + round(1000 * LEVEL_S))
        size = after - before
        if abs(size) > least and abs(size) > 0.6 * abs(change[n]):
            found.append(Jump(trajectory.signal.tag, int(t_ms[n + 1]), float(size), sigma))
    return found


def _level(
    t_ms: NDArray[np.int64], value: NDArray[np.float64], start_ms: int, end_ms: int
) -> float:
    """Median of the course between two instants, as the historian draws it."""
    return float(np.median(np.interp(np.linspace(start_ms, end_ms, 21), t_ms, value)))


def _floor(facts: TagFacts | None) -> float:
    ends = span_of_range(facts)
    floor = DEVIATIONS * ((facts.compression_deviation if facts else None) or 0.0)
    return max(floor, SHARE_OF_RANGE * (ends[1] - ends[0])) if ends else floor


def _findings(jumps: Sequence[Jump], trajectory: Trajectory) -> list[Finding]:
    found, last_ms = [], int(trajectory.t_ms[-1]) + 1
    for n, jump in enumerate(jumps):
        if n and abs(jump.size + jumps[n - 1].size) <= 0.3 * abs(jump.size):
            continue
        back = jumps[n + 1] if n + 1 < len(jumps) else None
        returns = back is not None and abs(back.size + jump.size) <= 0.3 * abs(jump.size)
        end_ms = back.t_ms if back is not None and returns else last_ms
        doubt = abs(jump.size) / np.sqrt(3.0) / max(jump.sigma, 1e-12)
        factor = float(np.clip(np.hypot(1.0, doubt), LEAST_SD, MOST_SD))
        factor = float(f"{factor:.3g}")
        found.append(
            Finding(
                subject=jump.tag,
                kind="rate",
                span=Span(jump.t_ms, end_ms),
                action=f"standard deviation taken {factor:g} times from there on",
                severity=Severity.MAJOR,
                treatment=Treatment.WIDEN,
                sd_factor=factor,
                detail=f"jumps by {jump.size:.3g} {trajectory.signal.unit} at once, seen by no"
                " other signal",
            )
        )
    return found
