"""Rate violations: a signal that jumps to another level faster than instrument or process can, seen
by nothing else.

- The line reacts together: when a set-point, a state or a stop makes a signal jump, another signal
  of its unit or several of the line move within half a minute. A jump that none shares is the
  instrument's.
- From rest and to rest a machine jumps as it should; a transmitter that fails there stands still.
- A drive changes its speed within a scan: a wrong speed is a cause to be found, not an instrument
  to be doubted, and what follows of it may be slow.
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
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.mapping.units import canonical
from investigator.evidence.quality.stretches import (
    measured,
    near,
    noise_sd,
    span_of_range,
    with_value,
)

SIGMAS = 6.0
"""In noise taken from stored corners, which lie about twice as far out as the samples do."""

DEVIATIONS = 8.0
SHARE_OF_RANGE = 0.08
LEVEL_S = 180.0
JUMP_S = 15.0
"""A jump takes no longer: a compressed signal is stored right before and right after it."""

TOGETHER_S = 30.0
RARE = 0.3
"""A state near whose changes more of the time lies changes together with anything."""

OFTEN = 2
FEWEST_SAMPLES = 50
AT_REST = 0.1
"""Within this share of its usual level from zero a machine is at rest."""

LASTING = 0.6
"""Share of a jump that the level still has three minutes later."""

SEVERAL = 3
ROTATION = frozenset({"1/min", "1/s", "Hz"})
"""Canonical units in which the speed of a drive is recorded."""

LEAST_SD, MOST_SD = 3.0, 100.0


@dataclass(frozen=True, slots=True)
class Jump:
    """A change of level of a tag at `t_ms` (the first sample of the new level) by `size`."""

    tag: str
    t_ms: int
    size: float
    sigma: float


@dataclass(frozen=True, slots=True)
class _Course:
    """Samples with a value; `least` is the least change of level that is more than noise.

    `changes_ms` are the changes of a held signal, where they are rare enough to tell something.
    """

    t_ms: NDArray[np.int64]
    value: NDArray[np.float64]
    held: bool
    changes_ms: NDArray[np.int64]
    sigma: float
    least: float

    def level(self, start_ms: int, end_ms: int) -> float:
        """Median between two instants, as the historian draws the course."""
        instants = np.linspace(start_ms, end_ms, 21)
        return float(np.median(np.interp(instants, self.t_ms, self.value)))


def step_findings(
    trajectories: Mapping[str, Trajectory], tags: Mapping[str, TagFacts]
) -> list[Finding]:
    """Findings for the jumps of measured signals that nothing else shares."""
    courses = {tag: _course(t, tags.get(tag)) for tag, t in trajectories.items()}
    found: list[Finding] = []
    for tag, trajectory in measured(trajectories).items():
        if canonical(trajectory.signal.unit) in ROTATION:
            continue
        jumps = _jumps(tag, courses[tag])
        if not 0 < len(jumps) <= 2 * OFTEN:
            continue
        alone = [j for j in jumps if not _shared(j, courses, tags)]
        if len(alone) <= OFTEN:
            found += _findings(alone, trajectory)
    return found


def _course(trajectory: Trajectory, facts: TagFacts | None) -> _Course:
    good = with_value(trajectory)
    sigma = noise_sd(trajectory)
    t_ms, value = trajectory.t_ms[good], trajectory.value[good]
    held = trajectory.signal.interpolation is Interpolation.STEP
    return _Course(
        t_ms,
        value,
        held,
        _rare_changes(t_ms, value) if held else np.zeros(0, dtype=np.int64),
        sigma,
        max(SIGMAS * sigma, _floor(facts)),
    )


def _rare_changes(t_ms: NDArray[np.int64], value: NDArray[np.float64]) -> NDArray[np.int64]:
    changes = t_ms[1:][np.diff(value) != 0]
    around = 2000.0 * TOGETHER_S
    covered = float(np.minimum(np.diff(changes), around).sum()) + around
    if not changes.size or covered > RARE * float(t_ms[-1] - t_ms[0]):
        return np.zeros(0, dtype=np.int64)
    return np.asarray(changes)


def _floor(facts: TagFacts | None) -> float:
    ends = span_of_range(facts)
    floor = DEVIATIONS * ((facts.compression_deviation if facts else None) or 0.0)
    return max(floor, SHARE_OF_RANGE * (ends[1] - ends[0])) if ends else floor


def _shared(jump: Jump, courses: Mapping[str, _Course], tags: Mapping[str, TagFacts]) -> bool:
    """Whether a neighbour on the same unit moves at the same time, or several others do."""
    moved = [tag for tag, c in courses.items() if tag != jump.tag and _moves(c, jump.t_ms)]
    return len(moved) >= SEVERAL or any(_unit(t, tags) == _unit(jump.tag, tags) for t in moved)


def _unit(tag: str, tags: Mapping[str, TagFacts]) -> str:
    return tags[tag].equipment if tag in tags else ""


def _moves(course: _Course, t_ms: int) -> bool:
    if course.t_ms.size < 2:
        return False
    if course.held:
        return near(course.changes_ms, t_ms, within_s=TOGETHER_S)
    reach = round(1000 * TOGETHER_S)
    before = course.level(t_ms - 2 * reach, t_ms - reach)
    after = course.level(t_ms + reach, t_ms + 2 * reach)
    return abs(after - before) > course.least


def _jumps(tag: str, course: _Course) -> list[Jump]:
    if course.t_ms.size < FEWEST_SAMPLES:
        return []
    change, apart_s = np.diff(course.value), np.diff(course.t_ms) / 1000.0
    found = []
    reach, usual = round(1000 * LEVEL_S), float(np.median(np.abs(course.value)))
    for n in np.flatnonzero((np.abs(change) > course.least) & (apart_s <= JUMP_S)).tolist():
        begin, end = int(course.t_ms[n]), int(course.t_ms[n + 1])
        before, after = course.level(begin - reach, begin), course.level(end, end + reach)
        size = after - before
        starts = min(abs(before), abs(after)) <= AT_REST * usual
        if abs(size) > max(course.least, LASTING * abs(change[n])) and not starts:
            found.append(Jump(tag, end, size, course.sigma))
    return found


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
